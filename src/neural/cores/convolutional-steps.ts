import type { Arena } from "../arena.js";
import type { CoreSteps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import { type Convolutions, passGates, sumTaps } from "./convolutional-layout.js";

/**
 * Convolutions step by step: each layer keeps its last inputs in a ring of planes, so that a step costs as much as a layer has
 * taps, however far they reach (Paine et al. 2016, Fast WaveNet). With u_l the input of layer l and τ its taps:
 *
 * (a, b) = Σ_τ u_l(t − τ) W_τ + c,  z_l = tanh a ⊙ σ(b),  u_{l+1} = u_l + z_l R_l,
 * out = max(0, max(0, Σ_l z_l S_l + s) O + o).
 */
export function convolutionalSteps(net: Convolutions, memory: Arena, rows: number) {
  const { hidden, layers, output } = net;
  const plane = rows * hidden;
  const rings = layers.map(({ taps }) => memory.take(taps[0] * plane));
  const x = layers.map(() => memory.take(plane));
  const gates = memory.take(2 * plane);
  const [z, skips, out] = [memory.take(plane), memory.take(plane), memory.take(plane)];
  /** Steps since the memory was loaded; a layer's oldest plane is that of now, modulo the length of its ring. */
  let now = 0;

  function stepLayer(kernel: Kernel, parameters: number, count: number, l: number): void {
    const longest = layers[l].taps[0];
    const [from, ring] = [x[l], rings[l]];
    sumTaps(kernel, net, parameters, l, count, gates, (tap) =>
      tap === 0 ? from : ring + ((now + longest - tap) % longest) * plane,
    );
    if (longest > 0) kernel.cells.copyWithin(ring + (now % longest) * plane, from, from + count * hidden);
    passGates(kernel, net, parameters, l, count, { gates, z, x: from, skips, next: x[l + 1] ?? from });
  }

  /** Calls with the address of every plane, the oldest of each layer first, and where its row 0 lies in the saved array. */
  function eachPlane(visit: (place: number, at: number) => void): void {
    let at = 0;
    layers.forEach(({ taps }, l) => {
      const longest = taps[0];
      for (let i = 0; i < longest; i++, at += hidden) visit(rings[l] + ((now + i) % longest) * plane, at);
    });
  }

  return (kernel: Kernel, parameters: number): CoreSteps => ({
    entry: x[0],
    out,
    step(count) {
      layers.forEach((_, l) => {
        stepLayer(kernel, parameters, count, l);
      });
      now++;
      kernel.rectify(count * hidden, skips, skips);
      linearForward(kernel, output, parameters, count, skips, out);
      kernel.rectify(count * hidden, out, out);
    },
    load(from) {
      now = 0;
      eachPlane((place, at) => {
        if (from === null) kernel.cells.fill(0, place, place + hidden);
        else kernel.cells.set(from.past.subarray(at, at + hidden), place);
      });
    },
    save() {
      const past = new Float32Array(layers.reduce((sum, { taps }) => sum + taps[0], 0) * hidden);
      eachPlane((place, at) => {
        past.set(kernel.cells.subarray(place, place + hidden), at);
      });
      return { past };
    },
    broadcast(count) {
      eachPlane((place) => {
        kernel.tileRows(count, hidden, place, 1, place);
      });
    },
  });
}
