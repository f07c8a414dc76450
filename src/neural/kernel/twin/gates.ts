import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

type Gates = Pick<Kernel, "gateForward" | "gateBackward" | "rectify" | "rectifyBackward">;

/** Gated units and max(x, 0), over `cells`. */
export function gatedUnits(cells: Cells, { round, tanh, sigmoid }: Arithmetic): Gates {
  return {
    gateForward(rows, width, gates, out) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < width; j++) {
          const p = gates + 2 * r * width + j;
          const a = tanh(cells[p]);
          const b = sigmoid(cells[p + width]);
          cells[p] = a;
          cells[p + width] = b;
          cells[out + r * width + j] = a * b;
        }
      }
    },
    gateBackward(rows, width, gates, outGradient) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < width; j++) {
          const p = gates + 2 * r * width + j;
          const a = cells[p];
          const b = cells[p + width];
          const g = cells[outGradient + r * width + j];
          cells[p] = round(g * b) * round(1 - round(a * a));
          cells[p + width] = round(g * a) * round(b * round(1 - b));
        }
      }
    },
    rectify(n, x, out) {
      for (let i = 0; i < n; i++) cells[out + i] = Math.max(cells[x + i], 0);
    },
    rectifyBackward(n, out, gradient) {
      for (let i = 0; i < n; i++) if (!(cells[out + i] > 0)) cells[gradient + i] = 0;
    },
  };
}
