import type { Arena } from "../arena.js";
import type { Core } from "../core.js";
import { linearLayer } from "../layers/linear.js";
import { type AttentionLayer, type Decoder, HEADS, type NormLayer, WIDENING } from "./attention-layout.js";
import { attentionLeaps } from "./attention-leaps.js";
import { attentionPass } from "./attention-pass.js";
import { attentionSteps } from "./attention-steps.js";

// A decoder of causal attention (Vaswani et al. 2017), normalised before each part (Xiong et al. 2020):
//   x' = x + A(norm x)·O + o,   x'' = x' + max(0, norm(x')·F + f)·G + g,   out = norm x of the last layer
//   A: four heads, the share of a key ∝ exp(q·k/√d + a number learned for its distance), over the last `span` steps

export interface AttentionShape {
  readonly kind: "attention";
  /** Features, a multiple of 4: a quarter of them belongs to each head. */
  readonly hidden: number;
  readonly layers: number;
  /** How many steps a query looks back to, its own included. */
  readonly span: number;
}

export function attentionCore(parameters: Arena, inputs: number, shape: AttentionShape): Core {
  const { hidden, span } = shape;
  const square = hidden * hidden;
  const input = linearLayer(parameters, inputs, hidden);
  const norm = (): NormLayer => ({ gain: parameters.take(hidden), bias: parameters.take(hidden) });
  const layers = Array.from({ length: shape.layers }, () => ({
    before: norm(),
    query: parameters.take(square),
    key: parameters.take(square),
    value: parameters.take(square),
    distance: parameters.take(span * HEADS),
    output: linearLayer(parameters, hidden, hidden),
    between: norm(),
    inner: linearLayer(parameters, hidden, WIDENING * hidden),
    outer: linearLayer(parameters, WIDENING * hidden, hidden),
  }));
  const net: Decoder = { hidden, span, layers, last: norm() };
  const remembered = layers.length * (span - 1) * hidden;
  return {
    input,
    width: hidden,
    drops: true,
    matrices: layers.flatMap(matricesOf),
    memory: { keys: remembered, values: remembered, seen: 1 },
    initialise(cells, at, uniform) {
      const bound = 1 / Math.sqrt(hidden);
      // What many layers add to one stream begins small.
      const share = bound / Math.sqrt(2 * layers.length);
      uniform(input.weight, inputs * hidden, 1 / Math.sqrt(inputs));
      for (const { before, between, query, key, value, output, inner, outer } of layers) {
        for (const { gain } of [before, between]) cells.fill(1, at + gain, at + gain + hidden);
        for (const weight of [query, key, value]) uniform(weight, square, bound);
        uniform(output.weight, square, share);
        uniform(inner.weight, WIDENING * square, bound);
        uniform(outer.weight, WIDENING * square, share / Math.sqrt(WIDENING));
      }
      cells.fill(1, at + net.last.gain, at + net.last.gain + hidden);
    },
    pass: (memory, steps, rows) => attentionPass(net, memory, steps, rows),
    stepwise: (memory, rows) => attentionSteps(net, memory, rows),
    leaping: (memory, most) => attentionLeaps(net, memory, most),
  };
}

/** What the way back needs of a layer, in this order. */
function matricesOf({ query, key, value, output, inner, outer }: AttentionLayer) {
  const hidden = output.inputs;
  return [
    ...[query, key, value].map((at) => ({ at, rows: hidden, columns: hidden })),
    ...[output, inner, outer].map(({ weight, inputs, outputs }) => ({
      at: weight,
      rows: inputs,
      columns: outputs,
    })),
  ];
}
