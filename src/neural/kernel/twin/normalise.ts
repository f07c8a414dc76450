import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

/** Layer normalisation over `cells`. */
export function layerNorm(
  cells: Cells,
  { round }: Arithmetic,
): Pick<Kernel, "normalise" | "normaliseBackward"> {
  const least = round(1e-5);

  /** The sum of f over a row's columns, in four lanes as the kernel takes it. */
  function total(width: number, f: (j: number) => number): number {
    const lanes: [number, number, number, number] = [0, 0, 0, 0];
    for (let j = 0; j < width; j++) lanes[j & 3] = round(lanes[j & 3] + f(j));
    return round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3]));
  }

  return {
    normalise(rows, width, x, gain, bias, moments, out) {
      const per = round(1 / width);
      for (let r = 0; r < rows; r++) {
        const p = x + r * width;
        const mean = round(total(width, (j) => cells[p + j]) * per);
        const squares = total(width, (j) => {
          const d = round(cells[p + j] - mean);
          return round(d * d);
        });
        const inverse = round(1 / round(Math.sqrt(round(round(squares * per) + least))));
        for (let j = 0; j < width; j++) {
          const standard = round(round(cells[p + j] - mean) * inverse);
          cells[out + r * width + j] = round(standard * cells[gain + j]) + cells[bias + j];
        }
        cells[moments + 2 * r] = mean;
        cells[moments + 2 * r + 1] = inverse;
      }
    },
    normaliseBackward(rows, width, x, gain, moments, outGradient, gainGradient, biasGradient, gradient) {
      const per = round(1 / width);
      for (let r = 0; r < rows; r++) {
        const [p, q, d] = [x + r * width, outGradient + r * width, gradient + r * width];
        const [mean, inverse] = [cells[moments + 2 * r], cells[moments + 2 * r + 1]];
        const standard = (j: number) => round(round(cells[p + j] - mean) * inverse);
        const scaled = (j: number) => round(cells[q + j] * cells[gain + j]);
        for (let j = 0; j < width; j++) {
          const y = cells[q + j];
          cells[biasGradient + j] = cells[biasGradient + j] + y;
          cells[gainGradient + j] = cells[gainGradient + j] + round(y * standard(j));
        }
        const first = round(total(width, scaled) * per);
        const second = round(total(width, (j) => round(scaled(j) * standard(j))) * per);
        for (let j = 0; j < width; j++) {
          const inner = round(round(scaled(j) - first) - round(standard(j) * second));
          cells[d + j] = cells[d + j] + round(inverse * inner);
        }
      }
    },
  };
}
