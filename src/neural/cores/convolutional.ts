import type { Arena } from "../arena.js";
import type { Core } from "../core.js";
import { linearLayer } from "../layers/linear.js";
import { type ConvolutionLayer, type Convolutions, tapWeight } from "./convolutional-layout.js";
import { convolutionalLeaps } from "./convolutional-leaps.js";
import { convolutionalPass } from "./convolutional-pass.js";
import { convolutionalSteps } from "./convolutional-steps.js";

// Stacked causal convolutions with gated units, residual and skip connections (van den Oord et al. 2016, WaveNet):
//   z = tanh(a)·sigmoid(b),  (a, b) = Σ_k x_{t−τ_k}·W_k + bias;   x' = x + z·R;   out = max(0, h·O + o),  h = max(0, Σ z·S + s)

/** Convolutions that look back at a few steps each. */
export interface ConvolutionalShape {
  readonly kind: "convolutional";
  /** Channels, a multiple of 4. */
  readonly hidden: number;
  /** The steps back that each layer reads, descending, the last one 0. */
  readonly taps: readonly (readonly number[])[];
}

export function convolutionalCore(parameters: Arena, inputs: number, shape: ConvolutionalShape): Core {
  const { hidden } = shape;
  const square = hidden * hidden;
  const input = linearLayer(parameters, inputs, hidden);
  const net: Convolutions = {
    hidden,
    layers: shape.taps.map((taps) => ({
      taps,
      weight: parameters.take(taps.length * 2 * square),
      bias: parameters.take(2 * hidden),
      residual: parameters.take(square),
      skip: parameters.take(square),
    })),
    skipBias: parameters.take(hidden),
    output: linearLayer(parameters, hidden, hidden),
  };
  return {
    input,
    width: hidden,
    drops: true,
    matrices: [...net.layers.flatMap((layer) => matricesOf(net, layer)), squareAt(hidden, net.output.weight)],
    memory: { past: net.layers.reduce((sum, { taps }) => sum + taps[0], 0) * hidden },
    initialise(_, __, uniform) {
      uniform(input.weight, inputs * hidden, 1 / Math.sqrt(inputs));
      for (const { taps, weight, residual, skip } of net.layers) {
        uniform(weight, taps.length * 2 * square, 1 / Math.sqrt(taps.length * hidden));
        uniform(residual, square, 1 / Math.sqrt(hidden));
        uniform(skip, square, 1 / Math.sqrt(hidden));
      }
      uniform(net.output.weight, square, 1 / Math.sqrt(hidden));
    },
    pass: (memory, steps, rows) => convolutionalPass(net, memory, steps, rows),
    stepwise: (memory, rows) => convolutionalSteps(net, memory, rows),
    leaping: (memory, most) => convolutionalLeaps(net, memory, most),
  };
}

/** What the way back needs of a layer: its taps, then residual and skip. */
function matricesOf({ hidden }: Convolutions, layer: ConvolutionLayer) {
  return [
    ...layer.taps.map((_, k) => ({ at: tapWeight(hidden, layer, k), rows: hidden, columns: 2 * hidden })),
    squareAt(hidden, layer.residual),
    squareAt(hidden, layer.skip),
  ];
}

function squareAt(hidden: number, at: number) {
  return { at, rows: hidden, columns: hidden };
}
