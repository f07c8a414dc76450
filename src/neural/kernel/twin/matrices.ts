import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

type Matrices = Pick<
  Kernel,
  | "product"
  | "affine"
  | "tileRows"
  | "columnSums"
  | "addScaledRows"
  | "mixRows"
  | "transpose"
  | "accumulate"
  | "blend"
  | "multiply"
  | "dropout"
  | "sumOfSquares"
  | "adam"
>;

/** Products, sums, dropout and Adam over `cells`. */
export function matrices(cells: Cells, { round }: Arithmetic): Matrices {
  function sums(
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aRow: number,
    aStep: number,
    w: number,
    wRow: number,
    start: number | null,
    startRow: number,
    out: number,
    outRow: number,
  ): void {
    for (let r = 0; r < rows; r++) {
      const row = a + r * aRow;
      const from = start === null ? null : start + r * startRow;
      const target = out + r * outRow;
      // Two columns at a time: twice the work for each element of A that is read.
      for (let j = 0; j < columns; j += 2) {
        let s0 = from === null ? 0 : cells[from + j];
        let s1 = from === null ? 0 : cells[from + j + 1];
        for (let k = 0, p = row, q = w + j; k < depth; k++, p += aStep, q += wRow) {
          const x = cells[p];
          s0 = round(s0 + round(x * cells[q]));
          s1 = round(s1 + round(x * cells[q + 1]));
        }
        cells[target + j] = s0;
        cells[target + j + 1] = s1;
      }
    }
  }

  return {
    product(rows, columns, depth, a, aRow, aStep, w, wRow, out, outRow, accumulate) {
      const start = accumulate ? out : null;
      sums(rows, columns, depth, a, aRow, aStep, w, wRow, start, outRow, out, outRow);
    },
    affine: sums,
    tileRows(rows, columns, source, sourceRows, out) {
      for (let r = 0; r < rows; r++) {
        const from = source + (r % sourceRows) * columns;
        cells.copyWithin(out + r * columns, from, from + columns);
      }
    },
    columnSums(rows, columns, x, out) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let r = 0; r < rows; r++) sum = round(sum + cells[x + r * columns + j]);
        cells[out + j] = sum;
      }
    },
    addScaledRows(rows, columns, factor, x, y) {
      for (let r = 0; r < rows; r++) {
        const scale = cells[factor + r];
        for (let i = r * columns; i < (r + 1) * columns; i++) {
          cells[y + i] = cells[y + i] + round(scale * cells[x + i]);
        }
      }
    },
    mixRows(rows, columns, start, factor, x, share, row, out) {
      for (let r = 0; r < rows; r++) {
        const [scale, part] = [cells[factor + r], cells[share + r]];
        for (let j = 0; j < columns; j++) {
          const scaled = round(cells[start + j] + round(scale * cells[x + r * columns + j]));
          cells[out + r * columns + j] = scaled + round(part * cells[row + j]);
        }
      }
    },
    transpose(rows, columns, x, out) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < columns; j++) cells[out + j * rows + r] = cells[x + r * columns + j];
      }
    },
    accumulate(n, x, y) {
      for (let i = 0; i < n; i++) cells[y + i] = cells[x + i] + cells[y + i];
    },
    blend(n, rate, x, y) {
      const share = round(rate);
      for (let i = 0; i < n; i++) {
        const old = cells[y + i];
        cells[y + i] = old + round(share * round(cells[x + i] - old));
      }
    },
    multiply(n, x, y) {
      for (let i = 0; i < n; i++) cells[y + i] = cells[x + i] * cells[y + i];
    },
    dropout(n, x, mask, out, seed0, seed1, seed2, seed3, threshold, keepScale) {
      const streams = Int32Array.of(seed0, seed1, seed2, seed3);
      const least = threshold >>> 0;
      const scale = round(keepScale);
      for (let i = 0; i < n; i++) {
        let s = streams[i & 3];
        s ^= s << 13;
        s ^= s >>> 17;
        s ^= s << 5;
        streams[i & 3] = s;
        const keep = s >>> 0 >= least ? scale : 0;
        cells[mask + i] = keep;
        cells[out + i] = cells[x + i] * keep;
      }
    },
    sumOfSquares(n, x) {
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < n; i++) sums[i & 3] += cells[x + i] * cells[x + i];
      return sums[0] + sums[2] + (sums[1] + sums[3]);
    },
    adam(
      n,
      weights,
      gradient,
      first,
      second,
      gradientScale,
      keep,
      beta1,
      beta2,
      rate,
      rootCorrection,
      epsilon,
    ) {
      const scale = round(gradientScale);
      const [K, R, C, E] = [round(keep), round(rate), round(rootCorrection), round(epsilon)];
      const [B1, B2] = [round(beta1), round(beta2)];
      const [N1, N2] = [round(1 - B1), round(1 - B2)];
      for (let i = 0; i < n; i++) {
        const g = round(cells[gradient + i] * scale);
        const m = round(round(B1 * cells[first + i]) + round(N1 * g));
        const v = round(round(B2 * cells[second + i]) + round(N2 * round(g * g)));
        cells[first + i] = m;
        cells[second + i] = v;
        const step = round(round(R * m) / round(round(round(Math.sqrt(v)) * C) + E));
        cells[weights + i] = round(cells[weights + i] * K) - step;
      }
    },
  };
}
