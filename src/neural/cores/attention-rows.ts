import type { Arena } from "../arena.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import { type AttentionLayer, type Decoder, HEADS, type NormLayer, WIDENING } from "./attention-layout.js";

/** What the decoder does with up to `rows` rows before and after they attend to the past: of several paths, or of one path's next steps. */
export function attentionRows(net: Decoder, memory: Arena, rows: number) {
  const { hidden, span } = net;
  const block = () => memory.take(rows * hidden);
  const [x, normed, query, mixed, part, out] = [block(), block(), block(), block(), block(), block()];
  const inner = memory.take(WIDENING * rows * hidden);
  const moments = memory.take(2 * rows);
  const shares = memory.take(rows * span * HEADS);

  function normalise(
    kernel: Kernel,
    parameters: number,
    count: number,
    { gain, bias }: NormLayer,
    to: number,
  ): void {
    kernel.normalise(count, hidden, x, parameters + gain, parameters + bias, moments, to);
  }

  return {
    x,
    out,
    query,
    shares,
    mixed,
    /** Queries of a layer, and its keys and values where they are kept. */
    project(
      kernel: Kernel,
      parameters: number,
      count: number,
      layer: AttentionLayer,
      keys: number,
      values: number,
    ): void {
      const square = (weight: number, to: number) =>
        kernel.product(count, hidden, hidden, normed, hidden, 1, parameters + weight, hidden, to, hidden, 0);
      normalise(kernel, parameters, count, layer.before, normed);
      square(layer.query, query);
      square(layer.key, keys);
      square(layer.value, values);
    },
    /** Adds to the rows what they took from the past, and then what the layer makes of it. */
    add(kernel: Kernel, parameters: number, count: number, layer: AttentionLayer): void {
      linearForward(kernel, layer.output, parameters, count, mixed, part);
      kernel.accumulate(count * hidden, part, x);
      normalise(kernel, parameters, count, layer.between, normed);
      linearForward(kernel, layer.inner, parameters, count, normed, inner);
      kernel.rectify(count * WIDENING * hidden, inner, inner);
      linearForward(kernel, layer.outer, parameters, count, inner, part);
      kernel.accumulate(count * hidden, part, x);
    },
    /** What the last layer's rows come to. */
    finish(kernel: Kernel, parameters: number, count: number): void {
      normalise(kernel, parameters, count, net.last, out);
    },
  };
}
