import type { Arena } from "../arena.js";
import type { CoreLeaps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import { type Convolutions, passGates, sumTaps } from "./convolutional-layout.js";

/** Rows beyond the longest tap, so that the past moves to the front only now and then. */
const SPARE = 256;

/**
 * Convolutions of one sequence, several steps at once: the inputs of a layer lie in a row, so that each tap is one product over all
 * steps, and taking steps back is to write over them.
 */
export function convolutionalLeaps(net: Convolutions, memory: Arena, most: number) {
  const { hidden, layers, output } = net;
  const pasts = layers.map(({ taps }) => {
    const longest = taps[0];
    return { longest, at: memory.take((longest + SPARE + most) * hidden) };
  });
  const entry = memory.take(most * hidden);
  const gates = memory.take(2 * most * hidden);
  const [z, skips, out] = [
    memory.take(most * hidden),
    memory.take(most * hidden),
    memory.take(most * hidden),
  ];
  /** Steps that lie in a row behind the longest tap. */
  let now = 0;

  function leapLayer(kernel: Kernel, parameters: number, steps: number, l: number): void {
    const x = inputOf(l);
    sumTaps(kernel, net, parameters, l, steps, gates, (tap) => x - tap * hidden);
    const next = l + 1 < layers.length ? inputOf(l + 1) : x;
    passGates(kernel, net, parameters, l, steps, { gates, z, x, skips, next });
  }

  /** Where the next steps' inputs of a layer begin. */
  function inputOf(l: number): number {
    const { longest, at } = pasts[l];
    return at + (longest + now) * hidden;
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
      kernel.cells.copyWithin(inputOf(0), entry, entry + steps * hidden);
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
        kernel.cells.set(past.subarray(from, from + longest * hidden), at);
        from += longest * hidden;
      }
    },
  });
}
