import type { Cells, Kernel } from "../kernel.js";
import type { Arithmetic } from "./arithmetic.js";

const HEADS = 4;

/** Causal attention of four heads over `cells`. */
export function attention(
  cells: Cells,
  { round, exp }: Arithmetic,
): Pick<Kernel, "attendForward" | "attendBackward"> {
  /** Σ a_{4i+h}·b_{4i+h} over i. */
  function dot(width: number, h: number, a: number, b: number): number {
    let sum = 0;
    for (let j = h; j < width; j += HEADS) sum = round(sum + round(cells[a + j] * cells[b + j]));
    return sum;
  }

  return {
    attendForward(
      steps,
      rows,
      width,
      span,
      scale,
      query,
      shared,
      sharedKeys,
      sharedValues,
      before,
      keys,
      values,
      keyRows,
      distance,
      shares,
      out,
    ) {
      const S = round(scale);
      const place = (s: number, r: number, common: number, own: number) =>
        s < shared ? common + s * width : own + ((s - shared) * keyRows + r) * width;
      for (let t = 0; t < steps; t++) {
        const last = shared + before + t;
        const first = Math.max(0, last - span + 1);
        for (let r = 0; r < rows; r++) {
          const row = t * rows + r;
          const [q, p, o] = [query + row * width, shares + row * HEADS * span, out + row * width];
          for (let h = 0; h < HEADS; h++) {
            let most = round(-1e30);
            for (let s = first; s <= last; s++) {
              const product = round(dot(width, h, q, place(s, r, sharedKeys, keys)) * S);
              const score = round(cells[distance + HEADS * (last - s) + h] + product);
              most = Math.max(most, score);
              cells[p + HEADS * (s - first) + h] = score;
            }
            let total = 0;
            for (let s = first; s <= last; s++) {
              const i = p + HEADS * (s - first) + h;
              const share = exp(round(cells[i] - most));
              total = round(total + share);
              cells[i] = share;
            }
            const per = round(1 / total);
            for (let j = h; j < width; j += HEADS) cells[o + j] = 0;
            for (let s = first; s <= last; s++) {
              const i = p + HEADS * (s - first) + h;
              cells[i] = cells[i] * per;
              const v = place(s, r, sharedValues, values);
              for (let j = h; j < width; j += HEADS) {
                cells[o + j] = cells[o + j] + round(cells[i] * cells[v + j]);
              }
            }
          }
        }
      }
    },
    attendBackward(
      steps,
      rows,
      width,
      span,
      scale,
      query,
      keys,
      values,
      shares,
      outGradient,
      scratch,
      queryGradient,
      keyGradient,
      valueGradient,
      distanceGradient,
    ) {
      const S = round(scale);
      for (let t = 0; t < steps; t++) {
        const first = Math.max(0, t - span + 1);
        for (let r = 0; r < rows; r++) {
          const row = t * rows + r;
          const [q, p, g] = [query + row * width, shares + row * HEADS * span, outGradient + row * width];
          const dq = queryGradient + row * width;
          cells.fill(0, dq, dq + width);
          for (let h = 0; h < HEADS; h++) {
            let mean = 0;
            for (let s = first; s <= t; s++) {
              const to = (s * rows + r) * width;
              const n = HEADS * (s - first) + h;
              const d = dot(width, h, g, values + to);
              for (let j = h; j < width; j += HEADS) {
                const v = valueGradient + to + j;
                cells[v] = cells[v] + round(cells[p + n] * cells[g + j]);
              }
              mean = round(mean + round(cells[p + n] * d));
              cells[scratch + n] = d;
            }
            for (let s = first; s <= t; s++) {
              const to = (s * rows + r) * width;
              const n = HEADS * (s - first) + h;
              const d = round(cells[p + n] * round(cells[scratch + n] - mean));
              const scaled = round(d * S);
              const at = distanceGradient + HEADS * (t - s) + h;
              cells[at] = cells[at] + d;
              for (let j = h; j < width; j += HEADS) {
                cells[dq + j] = cells[dq + j] + round(scaled * cells[keys + to + j]);
                const k = keyGradient + to + j;
                cells[k] = cells[k] + round(scaled * cells[q + j]);
              }
            }
          }
        }
      }
    },
  };
}
