import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

/** The loss of tokens over `cells`. */
export function tokenHead(cells: Cells, { round, exp, log }: Arithmetic): Pick<Kernel, "categoricalLoss"> {
  return {
    categoricalLoss(rows, columns, raw, token, weight, gradient) {
      let losses = 0;
      for (let r = 0; r < rows; r++) {
        const [p, d, w] = [raw + r * columns, gradient + r * columns, cells[weight + r]];
        let top = cells[p];
        for (let j = 1; j < columns; j++) top = Math.max(top, cells[p + j]);
        const lanes: [number, number, number, number] = [0, 0, 0, 0];
        for (let j = 0; j < columns; j++) {
          const e = exp(round(cells[p + j] - top));
          lanes[j & 3] = round(lanes[j & 3] + e);
          cells[d + j] = e;
        }
        const sum = round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3]));
        const scaled = round(w / sum);
        for (let j = 0; j < columns; j++) cells[d + j] = cells[d + j] * scaled;
        const k = Math.trunc(cells[token + r]);
        const loss = round(log(sum) - round(cells[p + k] - top));
        losses += round(loss * w);
        cells[d + k] = cells[d + k] - w;
      }
      return losses;
    },
  };
}
