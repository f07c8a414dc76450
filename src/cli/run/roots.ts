import type { FitReport } from "../../core/model.js";

/** A root of a fitted polynomial, as people read it. */
export interface Root {
  /** Which polynomial, e.g. `ar`. */
  readonly polynomial: string;
  readonly modulus: number;
  /** Steps in the cycle of a complex pair; null for a real root. */
  readonly period: number | null;
}
export function rootsOf(_report: FitReport): Root[] {
  return [];
}
