import type { Arena } from "../arena.js";
import type { CoreLeaps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { linearForward } from "../layers/linear.js";
import { type LstmLayer, lstmStep } from "../layers/lstm.js";

/**
 * LSTMs over one sequence, several steps at once. A layer's own recurrence goes step by step all the same; what comes from the layer below
 * is one product. Outputs and cells of each step are kept, to go back to.
 */
export function recurrentLeaps(lstm: readonly LstmLayer[], memory: Arena, most: number) {
  const { hidden } = lstm[0];
  const width = 4 * hidden;
  const entry = memory.take(most * width);
  const gates = memory.take(most * width);
  const cellTanh = memory.take(hidden);
  /** The first row is the memory before the leap. */
  const rows = () => memory.take((most + 1) * hidden);
  const layers = lstm.map((layer) => ({ layer, out: rows(), cell: rows() }));
  /** The row that holds the memory. */
  let now = 0;

  function leapLayer(kernel: Kernel, parameters: number, steps: number, l: number): void {
    const { layer, out, cell } = layers[l];
    const from = l === 0 ? entry : gates;
    if (l > 0) {
      const input = { inputs: hidden, outputs: width, weight: layer.inputWeight, bias: layer.bias };
      linearForward(kernel, input, parameters, steps, layers[l - 1].out + hidden, gates);
    }
    for (let t = 0; t < steps; t++) {
      const [before, after] = [t * hidden, (t + 1) * hidden];
      lstmStep(kernel, layer, parameters, 1, {
        gates: from + t * width,
        outBefore: out + before,
        cellBefore: cell + before,
        cell: cell + after,
        cellTanh,
        out: out + after,
      });
    }
  }

  return (kernel: Kernel, parameters: number): CoreLeaps => ({
    entry,
    out: layers.at(-1)!.out + hidden,
    leap(steps) {
      for (const { out, cell } of layers) {
        for (const at of [out, cell]) kernel.cells.copyWithin(at, at + now * hidden, at + (now + 1) * hidden);
      }
      layers.forEach((_, l) => {
        leapLayer(kernel, parameters, steps, l);
      });
      now = steps;
    },
    takeBack(steps) {
      now -= steps;
    },
    load(from) {
      now = 0;
      layers.forEach(({ out, cell }, l) => {
        const [start, end] = [l * hidden, (l + 1) * hidden];
        kernel.cells.set(from.out.subarray(start, end), out);
        kernel.cells.set(from.cell.subarray(start, end), cell);
      });
    },
  });
}
