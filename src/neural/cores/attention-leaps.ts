import type { Arena } from "../arena.js";
import type { CoreLeaps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import {
  type AttentionLayer,
  type Decoder,
  HEADS,
  type NormLayer,
  scoreScale,
  WIDENING,
} from "./attention-layout.js";

/** Rows beyond the span, so that keys and values move to the front only now and then. */
const SPARE = 256;

/** The decoder over one sequence, several steps at once: a layer's keys and values lie in a row, and taking steps back is to write over them. */
export function attentionLeaps(net: Decoder, memory: Arena, most: number) {
  const { hidden, span, layers } = net;
  const kept = span - 1;
  const caches = layers.map(() => ({
    keys: memory.take((kept + SPARE + most) * hidden),
    values: memory.take((kept + SPARE + most) * hidden),
  }));
  const block = () => memory.take(most * hidden);
  const [x, normed, query, mixed, part, out] = [block(), block(), block(), block(), block(), block()];
  const inner = memory.take(WIDENING * most * hidden);
  const moments = memory.take(2 * most);
  const shares = memory.take(most * span * HEADS);
  const scale = scoreScale(hidden);
  /** Steps that keys and values are kept of. */
  let now = 0;

  function leapLayer(kernel: Kernel, parameters: number, steps: number, l: number): void {
    const layer = layers[l]!;
    const { keys, values } = caches[l]!;
    const square = (weight: number, to: number) =>
      kernel.product(steps, hidden, hidden, normed, hidden, 1, parameters + weight, hidden, to, hidden, 0);
    normalise(kernel, parameters, steps, layer.before, x);
    square(layer.query, query);
    square(layer.key, keys + now * hidden);
    square(layer.value, values + now * hidden);
    const distance = parameters + layer.distance;
    kernel.attendForward(
      steps,
      1,
      hidden,
      span,
      scale,
      query,
      0,
      keys,
      values,
      now,
      keys,
      values,
      1,
      distance,
      shares,
      mixed,
    );
    linearForward(kernel, layer.output, parameters, steps, mixed, part);
    kernel.accumulate(steps * hidden, part, x);
    feed(kernel, parameters, steps, layer);
  }

  function feed(kernel: Kernel, parameters: number, steps: number, layer: AttentionLayer): void {
    normalise(kernel, parameters, steps, layer.between, x);
    linearForward(kernel, layer.inner, parameters, steps, normed, inner);
    kernel.rectify(steps * WIDENING * hidden, inner, inner);
    linearForward(kernel, layer.outer, parameters, steps, inner, part);
    kernel.accumulate(steps * hidden, part, x);
  }

  function normalise(
    kernel: Kernel,
    parameters: number,
    steps: number,
    { gain, bias }: NormLayer,
    from: number,
    to = normed,
  ): void {
    kernel.normalise(steps, hidden, from, parameters + gain, parameters + bias, moments, to);
  }

  function makeRoom(kernel: Kernel): void {
    if (now < kept + SPARE) return;
    for (const { keys, values } of caches) {
      for (const at of [keys, values])
        kernel.cells.copyWithin(at, at + (now - kept) * hidden, at + now * hidden);
    }
    now = kept;
  }

  return (kernel: Kernel, parameters: number): CoreLeaps => ({
    entry: x,
    out,
    leap(steps) {
      makeRoom(kernel);
      layers.forEach((_, l) => {
        leapLayer(kernel, parameters, steps, l);
      });
      now += steps;
      normalise(kernel, parameters, steps, net.last, x, out);
    },
    takeBack(steps) {
      now -= steps;
    },
    load(from) {
      // A file may claim anything.
      now = Math.max(0, Math.min(kept, Math.floor(from.seen![0]!)));
      caches.forEach(({ keys, values }, l) => {
        const [start, end] = [l * kept * hidden, (l * kept + now) * hidden];
        kernel.cells.set(from.keys!.subarray(start, end), keys);
        kernel.cells.set(from.values!.subarray(start, end), values);
      });
    },
  });
}
