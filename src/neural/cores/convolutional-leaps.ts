import type { Arena } from "../arena.js";
import type { CoreLeaps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import { type Convolutions, mix, tapWeight } from "./convolutional-layout.js";

/** Rows beyond the longest tap, so that the past moves to the front only now and then. */
const SPARE = 256;

/**
 * Convolutions of one sequence, several steps at once: the inputs of a layer lie in a row, so that each tap is one product over all
 * steps, and taking steps back is to write over them.
 */
export function convolutionalLeaps(net: Convolutions, memory: Arena, most: number) {
  const { hidden, layers, output } = net;
  const width = 2 * hidden;
  const pasts = layers.map(({ taps }) => {
    const longest = taps[0]!;
    return { longest, at: memory.take((longest + SPARE + most) * hidden) };
  });
  const entry = memory.take(most * hidden);
  const gates = memory.take(most * width);
  const [z, skips, out] = [
    memory.take(most * hidden),
    memory.take(most * hidden),
    memory.take(most * hidden),
  ];
  /** Steps that lie in a row behind the longest tap. */
  let now = 0;

  function leapLayer(kernel: Kernel, parameters: number, steps: number, l: number): void {
    const layer = layers[l]!;
    const { longest, at } = pasts[l]!;
    const from = at + (longest + now) * hidden;
    layer.taps.forEach((tap, k) => {
      const then = from - tap * hidden;
      const weight = parameters + tapWeight(hidden, layer, k);
      if (k > 0) kernel.product(steps, width, hidden, then, hidden, 1, weight, width, gates, width, 1);
      else {
        const bias = parameters + layer.bias;
        kernel.affine(steps, width, hidden, then, hidden, 1, weight, width, bias, 0, gates, width);
      }
    });
    kernel.gateForward(steps, hidden, gates, z);
    const start = l === 0 ? parameters + net.skipBias : skips;
    mix(kernel, steps, hidden, z, parameters + layer.skip, start, l === 0 ? 0 : hidden, skips);
    if (l === layers.length - 1) return;
    const next = pasts[l + 1]!;
    const to = next.at + (next.longest + now) * hidden;
    mix(kernel, steps, hidden, z, parameters + layer.residual, from, hidden, to);
  }

  function makeRoom(kernel: Kernel): void {
    if (now < SPARE) return;
    for (const { longest, at } of pasts)
      kernel.cells.copyWithin(at, at + now * hidden, at + (now + longest) * hidden);
    now = 0;
  }

  return (kernel: Kernel, parameters: number): CoreLeaps => ({
    entry,
    out,
    leap(steps) {
      makeRoom(kernel);
      const [first] = pasts as [(typeof pasts)[number]];
      kernel.cells.copyWithin(first.at + (first.longest + now) * hidden, entry, entry + steps * hidden);
      layers.forEach((_, l) => {
        leapLayer(kernel, parameters, steps, l);
      });
      now += steps;
      kernel.rectify(steps * hidden, skips, skips);
      linearForward(kernel, output, parameters, steps, skips, out);
      kernel.rectify(steps * hidden, out, out);
    },
    takeBack(steps) {
      now -= steps;
    },
    load({ past }) {
      now = 0;
      let from = 0;
      for (const { longest, at } of pasts) {
        kernel.cells.set(past!.subarray(from, from + longest * hidden), at);
        from += longest * hidden;
      }
    },
  });
}
