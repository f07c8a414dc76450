import type { FitReport } from "../../../core/model.js";

/** A root of a fitted lag polynomial: its distance from the unit circle's centre, and the cycle it stands for. */
export interface Root {
  readonly re: number;
  readonly im: number;
  readonly modulus: number;
  /** Steps in a cycle; infinite for a positive real root. */
  readonly period: number;
}

/** The roots of the autoregressive polynomial where the family reports them. */
export function rootsOf({ details }: FitReport): Root[] {
  const roots = details.roots;
  return Array.isArray(roots)
    ? roots.filter(isRoot).map(({ re, im, modulus, period }) => ({ re, im, modulus, period }))
    : [];
}

function isRoot(value: unknown): value is Root {
  const root = value as Partial<Root> | null;
  return typeof root?.modulus === "number" && typeof root.period === "number" && typeof root.im === "number";
}

/** Real roots, and one of each complex pair. */
export function distinct(roots: readonly Root[]): Root[] {
  return roots.filter(({ im }) => im >= 0);
}
