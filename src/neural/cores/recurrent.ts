import type { Arena } from "../arena.js";
import type { Core, CorePass, CoreSteps } from "../core.js";
import type { Kernel } from "../kernel/kernel.js";
import { dropoutBackward, dropoutForward } from "../layers/dropout.js";
import { type LinearLayer, linearForward } from "../layers/linear.js";
import {
  type LstmLayer,
  lstmBackThrough,
  lstmBackward,
  lstmForward,
  lstmLayer,
  lstmOutput,
  lstmStep,
  lstmTape,
  lstmUnroll,
} from "../layers/lstm.js";
import { recurrentLeaps } from "./recurrent-leaps.js";

/**
 * Stacked LSTMs; the inputs enter the gates of the first one. Each layer, with x_t the output of the layer below:
 *
 * i, f, o = σ(x_t W + h_{t−1} U + b),  g = tanh(x_t W + h_{t−1} U + b), each with weights of its own;
 * c_t = f ⊙ c_{t−1} + i ⊙ g,  h_t = o ⊙ tanh c_t.
 */
export interface RecurrentShape {
  readonly kind: "recurrent";
  /** Hidden units a layer, a multiple of 4. */
  readonly hidden: number;
  readonly layers: number;
}

export function recurrentCore(parameters: Arena, inputs: number, { hidden, layers }: RecurrentShape): Core {
  const lstm = Array.from({ length: layers }, (_, l) =>
    lstmLayer(parameters, l === 0 ? inputs : hidden, hidden),
  );
  return {
    input: gateInput(lstm[0]),
    width: hidden,
    drops: layers > 1,
    matrices: lstm.flatMap((layer) => [
      { at: layer.hiddenWeight, rows: hidden, columns: 4 * hidden },
      { at: layer.inputWeight, rows: layer.inputs, columns: 4 * hidden },
    ]),
    memory: { out: layers * hidden, cell: layers * hidden },
    initialise(cells, at, uniform) {
      const bound = 1 / Math.sqrt(hidden);
      for (const layer of lstm) {
        uniform(layer.inputWeight, layer.inputs * 4 * hidden, bound);
        uniform(layer.hiddenWeight, hidden * 4 * hidden, bound);
        uniform(layer.bias, 4 * hidden, bound);
        // Forget gates begin open.
        cells.fill(1, at + layer.bias + hidden, at + layer.bias + 2 * hidden);
      }
    },
    pass: (memory, steps, rows) => recurrentPass(lstm, memory, steps, rows),
    stepwise: (memory, rows) => recurrentSteps(lstm, memory, rows),
    leaping: (memory, most) => recurrentLeaps(lstm, memory, most),
  };
}

/** The input part of a layer's gates is a linear layer. */
function gateInput(layer: LstmLayer): LinearLayer {
  return { inputs: layer.inputs, outputs: 4 * layer.hidden, weight: layer.inputWeight, bias: layer.bias };
}

function recurrentPass(lstm: readonly LstmLayer[], memory: Arena, steps: number, rows: number): CorePass {
  const { hidden } = lstm[0];
  const last = lstm.length - 1;
  const cells = steps * rows * hidden;
  const tapes = lstm.map(() => lstmTape(memory, hidden, steps, rows));
  /** After each layer but the last: what dropout leaves of its output, and the mask. */
  const dropped = tapes.slice(1).map(() => ({ out: memory.take(cells), mask: memory.take(cells) }));
  const outputs = lstm.map((layer, l) => lstmOutput(layer, tapes[l]));
  const top = tapes[last];
  return {
    entry: tapes[0].gates,
    entryGradient: tapes[0].gates,
    out: outputs[last],
    outGradient: top.outGradient,
    forward(kernel, parameters, dropout) {
      lstmUnroll(kernel, lstm[0], parameters, tapes[0]);
      for (let l = 1; l <= last; l++) {
        let x = outputs[l - 1];
        if (dropout !== null) {
          const { mask, out } = dropped[l - 1];
          dropoutForward(kernel, dropout.rate, dropout.rng.fork(l - 1), cells, x, mask, out);
          x = out;
        }
        const layer = lstm[l];
        lstmForward(kernel, layer, parameters, tapes[l], x, { at: parameters + layer.bias, rows: 1 });
      }
    },
    backward(kernel, gradients, transposed, masked) {
      for (let l = last; l >= 0; l--) {
        const weights = { hiddenWeight: transposed[2 * l], inputWeight: transposed[2 * l + 1] };
        if (l === 0) {
          lstmBackThrough(kernel, lstm[0], gradients, tapes[0], weights.hiddenWeight);
          return;
        }
        const x = masked ? dropped[l - 1].out : outputs[l - 1];
        const below = tapes[l - 1].outGradient;
        lstmBackward(kernel, lstm[l], gradients, tapes[l], x, weights, below);
        if (masked) dropoutBackward(kernel, cells, dropped[l - 1].mask, below);
      }
    },
  };
}

function recurrentSteps(lstm: readonly LstmLayer[], memory: Arena, rows: number) {
  const { hidden } = lstm[0];
  const gates = memory.take(rows * 4 * hidden);
  const cellTanh = memory.take(rows * hidden);
  const out = lstm.map(() => memory.take(rows * hidden));
  const cell = lstm.map(() => memory.take(rows * hidden));
  const arrays = { out, cell };
  return (kernel: Kernel, parameters: number): CoreSteps => ({
    entry: gates,
    out: out.at(-1)!,
    step(count) {
      lstm.forEach((layer, l) => {
        if (l > 0) linearForward(kernel, gateInput(layer), parameters, count, out[l - 1], gates);
        const [h, c] = [out[l], cell[l]];
        lstmStep(kernel, layer, parameters, count, {
          gates,
          outBefore: h,
          cellBefore: c,
          cell: c,
          cellTanh,
          out: h,
        });
      });
    },
    load(from) {
      for (const [name, places] of Object.entries(arrays)) {
        places.forEach((place, l) => {
          if (from === null) kernel.cells.fill(0, place, place + hidden);
          else kernel.cells.set(from[name].subarray(l * hidden, (l + 1) * hidden), place);
        });
      }
    },
    save() {
      const gathered = (places: readonly number[]) => {
        const all = new Float32Array(places.length * hidden);
        places.forEach((place, l) => {
          all.set(kernel.cells.subarray(place, place + hidden), l * hidden);
        });
        return all;
      };
      return { out: gathered(out), cell: gathered(cell) };
    },
    broadcast(count) {
      for (const place of [...out, ...cell]) kernel.tileRows(count, hidden, place, 1, place);
    },
  });
}
