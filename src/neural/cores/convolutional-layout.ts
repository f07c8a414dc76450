import type { Kernel } from "../kernel/kernel.js";
import type { LinearLayer } from "../layers/linear.js";

/** Offsets in the block of parameters. */
export interface ConvolutionLayer {
  readonly taps: readonly number[];
  /** A matrix a tap, hidden × 2·hidden, one after the other. */
  readonly weight: number;
  readonly bias: number;
  /** hidden × hidden each. */
  readonly residual: number;
  readonly skip: number;
}

export interface Convolutions {
  readonly hidden: number;
  readonly layers: readonly ConvolutionLayer[];
  /** What the sum of all skips begins with. */
  readonly skipBias: number;
  readonly output: LinearLayer;
}

/** Offset of the weights of a layer's tap. */
export function tapWeight(hidden: number, { weight }: ConvolutionLayer, k: number): number {
  return weight + k * 2 * hidden * hidden;
}

/** out = start + z·W, with W hidden × hidden. */
export function mix(
  kernel: Kernel,
  rows: number,
  hidden: number,
  z: number,
  weight: number,
  start: number,
  startRow: number,
  out: number,
): void {
  kernel.affine(rows, hidden, hidden, z, hidden, 1, weight, hidden, start, startRow, out, hidden);
}
