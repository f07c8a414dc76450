import { load, mac, splat } from "../lanes";
import { single } from "./single";

// start + A·W for a block of A and a block of W, or A·W alone where nothing is `started`; strides and `width` in bytes. A
// tile's columns of W serve all rows before the next ones are read. The steps over k are written out with a way out after
// each: those branches keep the compiler from loading several steps ahead, for which there are no registers left.

/** Tiles of 2 rows × 16 columns: all sums stay in registers. */
export function wide(
  rows: i32, width: usize, depth: i32,
  a: usize, aRow: usize, step: usize, w: usize, wRow: usize,
  start: usize, startRow: usize, out: usize, outRow: usize, started: bool,
): void {
  for (let j: usize = 0; j < width; j += 64) {
    let from = a, b0 = start + j, c0 = out + j;
    for (let r = rows; r > 1; r -= 2) {
      const b1 = b0 + startRow, c1 = c0 + outRow;
      let s00 = splat(0), s01 = splat(0), s02 = splat(0), s03 = splat(0);
      let s10 = splat(0), s11 = splat(0), s12 = splat(0), s13 = splat(0);
      if (started) {
        s00 = load(b0); s01 = v128.load(b0, 16); s02 = v128.load(b0, 32); s03 = v128.load(b0, 48);
        s10 = load(b1); s11 = v128.load(b1, 16); s12 = v128.load(b1, 32); s13 = v128.load(b1, 48);
      }
      let x: v128, y: v128, v: v128;
      let q = w + j, p0 = from, p1 = from + aRow;
      let k = depth;
      if (k > 0) do {
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 1) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 2) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 3) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 4) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 5) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 6) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
        if (k == 7) break;
        x = v128.load32_splat(p0); y = v128.load32_splat(p1);
        v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; p0 += step; p1 += step;
      } while ((k -= 8) != 0);
      v128.store(c0, s00); v128.store(c0, s01, 16); v128.store(c0, s02, 32); v128.store(c0, s03, 48);
      v128.store(c1, s10); v128.store(c1, s11, 16); v128.store(c1, s12, 32); v128.store(c1, s13, 48);
      from += 2 * aRow;
      b0 = b1 + startRow;
      c0 = c1 + outRow;
    }
  }
  if ((rows & 1) == 0) return;
  const last = <usize>(rows - 1);
  single(width, depth, a + last * aRow, step, w, wRow, start + last * startRow, out + last * outRow, started);
}
