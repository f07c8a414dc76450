import type { LinearLayer } from "../layers/linear.js";

export const HEADS = 4;
/** The inner layer is so many times as wide as the features. */
export const WIDENING = 2;

export interface NormLayer {
  readonly gain: number;
  readonly bias: number;
}

/** Offsets in the block of parameters. */
export interface AttentionLayer {
  readonly before: NormLayer;
  /** hidden × hidden each. */
  readonly query: number;
  readonly key: number;
  readonly value: number;
  /** span × 4. */
  readonly distance: number;
  readonly output: LinearLayer;
  readonly between: NormLayer;
  readonly inner: LinearLayer;
  readonly outer: LinearLayer;
}

export interface Decoder {
  readonly hidden: number;
  readonly span: number;
  readonly layers: readonly AttentionLayer[];
  readonly last: NormLayer;
}

/** 1/√d of the d components of a head. */
export function scoreScale(hidden: number): number {
  return 1 / Math.sqrt(hidden / HEADS);
}
