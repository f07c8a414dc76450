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

/** gates = Σ_τ u(t − τ) W_τ + c of a layer, for rows that lie one after the other from the address `from(τ)` on. */
export function sumTaps(
  kernel: Kernel,
  { hidden, layers }: Convolutions,
  parameters: number,
  l: number,
  rows: number,
  gates: number,
  from: (tap: number) => number,
): void {
  const layer = layers[l];
  const width = 2 * hidden;
  layer.taps.forEach((tap, k) => {
    const [then, weight] = [from(tap), parameters + tapWeight(hidden, layer, k)];
    if (k > 0) kernel.product(rows, width, hidden, then, hidden, 1, weight, width, gates, width, 1);
    else {
      const bias = parameters + layer.bias;
      kernel.affine(rows, width, hidden, then, hidden, 1, weight, width, bias, 0, gates, width);
    }
  });
}

/** Where a layer's gates, z and input lie, the sum of skips, and the input of the next layer. */
export interface LayerPlaces {
  readonly gates: number;
  readonly z: number;
  readonly x: number;
  readonly skips: number;
  readonly next: number;
}

/** z = tanh a ⊙ σ(b) of a layer's gates, added to the skips; the next layer's input is u + z R. */
export function passGates(
  kernel: Kernel,
  { hidden, layers, skipBias }: Convolutions,
  parameters: number,
  l: number,
  rows: number,
  { gates, z, x, skips, next }: LayerPlaces,
): void {
  const layer = layers[l];
  kernel.gateForward(rows, hidden, gates, z);
  // out = start + z·W, with W hidden × hidden.
  const mix = (weight: number, start: number, startRow: number, out: number) =>
    kernel.affine(rows, hidden, hidden, z, hidden, 1, weight, hidden, start, startRow, out, hidden);
  const start = l === 0 ? parameters + skipBias : skips;
  mix(parameters + layer.skip, start, l === 0 ? 0 : hidden, skips);
  if (l < layers.length - 1) mix(parameters + layer.residual, x, hidden, next);
}
