import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

/** The LSTM cell, forward and backward, over `cells`. */
export function lstmCell(
  cells: Cells,
  { round, tanh, sigmoid }: Arithmetic,
): Pick<Kernel, "cellForward" | "cellBackward"> {
  return {
    cellForward(rows, hidden, gates, cellBefore, cell, cellTanh, out) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < hidden; j++) {
          const q = gates + 4 * r * hidden + j;
          const at = r * hidden + j;
          const i = sigmoid(cells[q]);
          const f = sigmoid(cells[q + hidden]);
          const g = tanh(cells[q + 2 * hidden]);
          const o = sigmoid(cells[q + 3 * hidden]);
          const c = round(round(i * g) + round(f * cells[cellBefore + at]));
          const t = tanh(c);
          cells[q] = i;
          cells[q + hidden] = f;
          cells[q + 2 * hidden] = g;
          cells[q + 3 * hidden] = o;
          cells[cell + at] = c;
          cells[cellTanh + at] = t;
          cells[out + at] = o * t;
        }
      }
    },
    cellBackward(rows, hidden, gates, cellBefore, cellTanh, fromAbove, fromNext, cellGradient) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < hidden; j++) {
          const q = gates + 4 * r * hidden + j;
          const at = r * hidden + j;
          const i = cells[q];
          const f = cells[q + hidden];
          const g = cells[q + 2 * hidden];
          const o = cells[q + 3 * hidden];
          const t = cells[cellTanh + at];
          const dh = round(cells[fromAbove + at] + cells[fromNext + at]);
          const through = round(round(dh * o) * round(1 - round(t * t)));
          const dc = round(cells[cellGradient + at] + through);
          cells[q] = round(dc * g) * round(i * round(1 - i));
          cells[q + hidden] = round(dc * cells[cellBefore + at]) * round(f * round(1 - f));
          cells[q + 2 * hidden] = round(dc * i) * round(1 - round(g * g));
          cells[q + 3 * hidden] = round(dh * t) * round(o * round(1 - o));
          cells[cellGradient + at] = dc * f;
        }
      }
    },
  };
}
