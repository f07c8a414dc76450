import type { Arena } from "../arena.js";
import type { CorePass } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { dropoutBackward, dropoutForward } from "../layers/dropout.js";
import { linearBackward, linearForward } from "../layers/linear.js";
import { type Convolutions, passGates, sumTaps, tapWeight } from "./convolutional-layout.js";

/** What one layer leaves for the way back; time comes first. */
interface LayerTape {
  /** steps × rows × hidden, behind as many planes of zeros as the layer looks back: a shift in time is one of addresses. */
  readonly x: number;
  /** steps × rows × 2·hidden. */
  readonly gates: number;
  readonly z: number;
}

/** A pass of stacked convolutions over windows of `steps` steps. */
export function convolutionalPass(net: Convolutions, memory: Arena, steps: number, rows: number): CorePass {
  const { hidden, layers, output } = net;
  const plane = rows * hidden;
  const [all, cells] = [steps * rows, steps * plane];
  const block = () => memory.take(cells);
  const tapes: LayerTape[] = layers.map(({ taps }) => ({
    x: memory.take((taps[0] + steps) * plane) + taps[0] * plane,
    gates: memory.take(2 * cells),
    z: block(),
  }));
  const [skips, left, mask, out] = [block(), block(), block(), block()];
  const [outGradient, skipGradient, xGradient, zGradient] = [block(), block(), block(), block()];

  function forwardLayer(kernel: Kernel, parameters: number, l: number): void {
    const { x, gates, z } = tapes[l];
    sumTaps(kernel, net, parameters, l, all, gates, (tap) => x - tap * plane);
    passGates(kernel, net, parameters, l, all, { gates, z, x, skips, next: tapes[l + 1]?.x ?? x });
  }

  /** From the gradient of z to those of the layer's weights, and to what of it reaches the layer's x. */
  function backwardLayer(kernel: Kernel, gradients: number, l: number, transposed: readonly number[]): void {
    const layer = layers[l];
    const { x, gates } = tapes[l];
    const width = 2 * hidden;
    kernel.gateBackward(all, hidden, gates, zGradient);
    kernel.columnSums(all, width, gates, gradients + layer.bias);
    layer.taps.forEach((tap, k) => {
      const [from, weight] = [x - tap * plane, gradients + tapWeight(hidden, layer, k)];
      kernel.product(hidden, width, all, from, 1, hidden, gates, width, weight, width, 0);
      const later = (steps - tap) * rows;
      if (later <= 0) return;
      const shifted = gates + 2 * tap * plane;
      kernel.product(later, hidden, width, shifted, width, 1, transposed[k], hidden, xGradient, hidden, 1);
    });
  }

  return {
    entry: tapes[0].x,
    entryGradient: xGradient,
    out,
    outGradient,
    forward(kernel, parameters, dropout) {
      layers.forEach((_, l) => {
        forwardLayer(kernel, parameters, l);
      });
      kernel.rectify(cells, skips, skips);
      let x = skips;
      if (dropout !== null) {
        dropoutForward(kernel, dropout.rate, dropout.rng, cells, skips, mask, left);
        x = left;
      }
      linearForward(kernel, output, parameters, all, x, out);
      kernel.rectify(cells, out, out);
    },
    backward(kernel, gradients, transposed, dropped) {
      kernel.rectifyBackward(cells, out, outGradient);
      const last = transposed.length - 1;
      linearBackward(kernel, output, gradients, all, dropped ? left : skips, outGradient, {
        gradient: skipGradient,
        transposed: transposed[last],
      });
      if (dropped) dropoutBackward(kernel, cells, mask, skipGradient);
      kernel.rectifyBackward(cells, skips, skipGradient);
      kernel.columnSums(all, hidden, skipGradient, gradients + net.skipBias);
      kernel.cells.fill(0, xGradient, xGradient + cells);
      let end = last;
      for (let l = layers.length - 1; l >= 0; l--) {
        const { taps, residual, skip } = layers[l];
        const { z } = tapes[l];
        const own = transposed.slice(end - taps.length - 2, end);
        end -= taps.length + 2;
        const [residualT, skipT] = own.slice(-2) as [number, number];
        kernel.product(all, hidden, hidden, skipGradient, hidden, 1, skipT, hidden, zGradient, hidden, 0);
        kernel.product(hidden, hidden, all, z, 1, hidden, skipGradient, hidden, gradients + skip, hidden, 0);
        // Nothing reads the last layer's residual output.
        if (l < layers.length - 1) {
          kernel.product(
            hidden,
            hidden,
            all,
            z,
            1,
            hidden,
            xGradient,
            hidden,
            gradients + residual,
            hidden,
            0,
          );
          kernel.product(all, hidden, hidden, xGradient, hidden, 1, residualT, hidden, zGradient, hidden, 1);
        }
        backwardLayer(kernel, gradients, l, own);
      }
    },
  };
}
