import type { Arena } from "../arena.js";
import type { CoreSteps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { type Decoder, scoreScale } from "./attention-layout.js";
import { attentionRows } from "./attention-rows.js";

/** Planes beyond the span, so that keys and values move to the front only now and then. */
const SPARE = 64;

/** Where a layer keeps keys and values: those of the loaded memory, which all rows share, and a plane for each step since. */
interface Cache {
  readonly sharedKeys: number;
  readonly sharedValues: number;
  readonly keys: number;
  readonly values: number;
}

/** The decoder step by step, with the keys and values of the last `span` − 1 steps kept: a step costs O(span · hidden). */
export function attentionSteps(net: Decoder, memory: Arena, rows: number) {
  const { hidden, span, layers } = net;
  const plane = rows * hidden;
  const most = span - 1;
  const caches: Cache[] = layers.map(() => ({
    sharedKeys: memory.take(most * hidden),
    sharedValues: memory.take(most * hidden),
    keys: memory.take((span + SPARE) * plane),
    values: memory.take((span + SPARE) * plane),
  }));
  const block = attentionRows(net, memory, rows);
  const scale = scoreScale(hidden);
  /** Steps of the loaded memory, planes since, and whether row 0 alone has moved. */
  let shared = 0;
  let own = 0;
  let alone = true;

  function stepLayer(kernel: Kernel, parameters: number, count: number, l: number): void {
    const layer = layers[l];
    const { sharedKeys, sharedValues, keys, values } = caches[l];
    block.project(kernel, parameters, count, layer, keys + own * plane, values + own * plane);
    kernel.attendForward(
      1,
      count,
      hidden,
      span,
      scale,
      block.query,
      shared,
      sharedKeys,
      sharedValues,
      own,
      keys,
      values,
      rows,
      parameters + layer.distance,
      block.shares,
      block.mixed,
    );
    block.add(kernel, parameters, count, layer);
  }

  /** Makes room for another plane: one row's steps become its loaded memory, several rows' move to the front. */
  function makeRoom(kernel: Kernel): void {
    if (own < span + SPARE) return;
    if (alone) {
      put(kernel, gather(kernel));
      return;
    }
    for (const { keys, values } of caches) {
      for (const place of [keys, values]) {
        kernel.cells.copyWithin(place, place + (own - most) * plane, place + own * plane);
      }
    }
    shared = 0;
    own = most;
  }

  /** Row 0's keys and values of the last steps of all layers, those of a layer's oldest step first; zeros where there were none. */
  function gather(kernel: Kernel) {
    const count = Math.min(most, shared + own);
    const [first, last] = [shared + own - count, shared + own];
    const all = (pick: (cache: Cache) => readonly [number, number]): Float32Array => {
      const saved = new Float32Array(layers.length * most * hidden);
      caches.forEach((cache, l) => {
        const [common, planes] = pick(cache);
        for (let s = first; s < last; s++) {
          const from = s < shared ? common + s * hidden : planes + (s - shared) * plane;
          saved.set(kernel.cells.subarray(from, from + hidden), (l * most + s - first) * hidden);
        }
      });
      return saved;
    };
    return {
      keys: all((cache) => [cache.sharedKeys, cache.keys]),
      values: all((cache) => [cache.sharedValues, cache.values]),
      seen: Float32Array.of(count),
    };
  }

  function put(kernel: Kernel, from: ReturnType<typeof gather> | null): void {
    // A file may claim anything.
    shared = from === null ? 0 : Math.max(0, Math.min(most, Math.floor(from.seen[0])));
    own = 0;
    alone = true;
    if (from === null) return;
    caches.forEach(({ sharedKeys, sharedValues }, l) => {
      const [start, end] = [l * most * hidden, (l * most + shared) * hidden];
      kernel.cells.set(from.keys.subarray(start, end), sharedKeys);
      kernel.cells.set(from.values.subarray(start, end), sharedValues);
    });
  }

  return (kernel: Kernel, parameters: number): CoreSteps => ({
    entry: block.x,
    out: block.out,
    step(count) {
      makeRoom(kernel);
      layers.forEach((_, l) => {
        stepLayer(kernel, parameters, count, l);
      });
      own++;
      if (count > 1) alone = false;
      block.finish(kernel, parameters, count);
    },
    load: (from) => put(kernel, from as ReturnType<typeof gather> | null),
    save: () => gather(kernel),
    broadcast(count) {
      for (const { keys, values } of caches) {
        for (let s = 0; s < own; s++) {
          for (const place of [keys, values])
            kernel.tileRows(count, hidden, place + s * plane, 1, place + s * plane);
        }
      }
    },
  });
}
