import type { Arena } from "../arena.js";
import type { CoreLeaps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Decoder, scoreScale } from "./attention-layout.js";
import { attentionRows } from "./attention-rows.js";

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
  const block = attentionRows(net, memory, most);
  const scale = scoreScale(hidden);
  /** Steps that keys and values are kept of. */
  let now = 0;

  function leapLayer(kernel: Kernel, parameters: number, steps: number, l: number): void {
    const layer = layers[l];
    const { keys, values } = caches[l];
    block.project(kernel, parameters, steps, layer, keys + now * hidden, values + now * hidden);
    const distance = parameters + layer.distance;
    kernel.attendForward(
      steps,
      1,
      hidden,
      span,
      scale,
      block.query,
      0,
      keys,
      values,
      now,
      keys,
      values,
      1,
      distance,
      block.shares,
      block.mixed,
    );
    block.add(kernel, parameters, steps, layer);
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
    entry: block.x,
    out: block.out,
    leap(steps) {
      makeRoom(kernel);
      layers.forEach((_, l) => {
        leapLayer(kernel, parameters, steps, l);
      });
      now += steps;
      block.finish(kernel, parameters, steps);
    },
    takeBack(steps) {
      now -= steps;
    },
    load(from) {
      // A file may claim anything.
      now = Math.max(0, Math.min(kept, Math.floor(from.seen[0])));
      caches.forEach(({ keys, values }, l) => {
        const [start, end] = [l * kept * hidden, (l * kept + now) * hidden];
        kernel.cells.set(from.keys.subarray(start, end), keys);
        kernel.cells.set(from.values.subarray(start, end), values);
      });
    },
  });
}
