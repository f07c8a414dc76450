import { load, mac, splat } from "../lanes";
import { single } from "./single";

// As in wide.ts, for numbers of columns that are no multiple of 16.

/** Tiles of 4 rows × 8 columns, and of 4 × 4 where columns are left over. */
export function narrow(
  rows: i32, width: usize, depth: i32,
  a: usize, aRow: usize, step: usize, w: usize, wRow: usize,
  start: usize, startRow: usize, out: usize, outRow: usize, started: bool,
): void {
  const whole = rows & ~3, paired = width & ~31;
  for (let j: usize = 0; j < paired; j += 32) {
    let from = a, b0 = start + j, c0 = out + j;
    for (let r = whole; r > 0; r -= 4) {
      const b1 = b0 + startRow, b2 = b1 + startRow, b3 = b2 + startRow;
      const c1 = c0 + outRow, c2 = c1 + outRow, c3 = c2 + outRow;
      let s00 = splat(0), s01 = splat(0), s10 = splat(0), s11 = splat(0);
      let s20 = splat(0), s21 = splat(0), s30 = splat(0), s31 = splat(0);
      if (started) {
        s00 = load(b0); s01 = v128.load(b0, 16); s10 = load(b1); s11 = v128.load(b1, 16);
        s20 = load(b2); s21 = v128.load(b2, 16); s30 = load(b3); s31 = v128.load(b3, 16);
      }
      let x: v128, v: v128, u: v128;
      let q = w + j, p0 = from, p1 = p0 + aRow, p2 = p1 + aRow, p3 = p2 + aRow;
      let k = depth;
      if (k > 0) do {
        v = load(q); u = v128.load(q, 16);
        x = v128.load32_splat(p0); s00 = mac(x, v, s00); s01 = mac(x, u, s01);
        x = v128.load32_splat(p1); s10 = mac(x, v, s10); s11 = mac(x, u, s11);
        x = v128.load32_splat(p2); s20 = mac(x, v, s20); s21 = mac(x, u, s21);
        x = v128.load32_splat(p3); s30 = mac(x, v, s30); s31 = mac(x, u, s31);
        q += wRow; p0 += step; p1 += step; p2 += step; p3 += step;
        if (k == 1) break;
        v = load(q); u = v128.load(q, 16);
        x = v128.load32_splat(p0); s00 = mac(x, v, s00); s01 = mac(x, u, s01);
        x = v128.load32_splat(p1); s10 = mac(x, v, s10); s11 = mac(x, u, s11);
        x = v128.load32_splat(p2); s20 = mac(x, v, s20); s21 = mac(x, u, s21);
        x = v128.load32_splat(p3); s30 = mac(x, v, s30); s31 = mac(x, u, s31);
        q += wRow; p0 += step; p1 += step; p2 += step; p3 += step;
        if (k == 2) break;
        v = load(q); u = v128.load(q, 16);
        x = v128.load32_splat(p0); s00 = mac(x, v, s00); s01 = mac(x, u, s01);
        x = v128.load32_splat(p1); s10 = mac(x, v, s10); s11 = mac(x, u, s11);
        x = v128.load32_splat(p2); s20 = mac(x, v, s20); s21 = mac(x, u, s21);
        x = v128.load32_splat(p3); s30 = mac(x, v, s30); s31 = mac(x, u, s31);
        q += wRow; p0 += step; p1 += step; p2 += step; p3 += step;
        if (k == 3) break;
        v = load(q); u = v128.load(q, 16);
        x = v128.load32_splat(p0); s00 = mac(x, v, s00); s01 = mac(x, u, s01);
        x = v128.load32_splat(p1); s10 = mac(x, v, s10); s11 = mac(x, u, s11);
        x = v128.load32_splat(p2); s20 = mac(x, v, s20); s21 = mac(x, u, s21);
        x = v128.load32_splat(p3); s30 = mac(x, v, s30); s31 = mac(x, u, s31);
        q += wRow; p0 += step; p1 += step; p2 += step; p3 += step;
      } while ((k -= 4) != 0);
      v128.store(c0, s00); v128.store(c0, s01, 16); v128.store(c1, s10); v128.store(c1, s11, 16);
      v128.store(c2, s20); v128.store(c2, s21, 16); v128.store(c3, s30); v128.store(c3, s31, 16);
      from += 4 * aRow;
      b0 = b3 + startRow;
      c0 = c3 + outRow;
    }
  }
  if (paired < width) {
    column(whole, depth, a, aRow, step, w + paired, wRow, start + paired, startRow, out + paired, outRow, started);
  }
  for (let r = <usize>whole; r < <usize>rows; r++) {
    single(width, depth, a + r * aRow, step, w, wRow, start + r * startRow, out + r * outRow, started);
  }
}

/** Four columns of out, four rows at a time. */
function column(
  rows: i32, depth: i32,
  a: usize, aRow: usize, step: usize, w: usize, wRow: usize,
  start: usize, startRow: usize, out: usize, outRow: usize, started: bool,
): void {
  let from = a, b0 = start, c0 = out;
  for (let r = rows; r > 0; r -= 4) {
    const b1 = b0 + startRow, b2 = b1 + startRow, b3 = b2 + startRow;
    const c1 = c0 + outRow, c2 = c1 + outRow, c3 = c2 + outRow;
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    if (started) { s0 = load(b0); s1 = load(b1); s2 = load(b2); s3 = load(b3); }
    let q = w, p0 = from, p1 = p0 + aRow, p2 = p1 + aRow, p3 = p2 + aRow;
    for (let k = depth; k > 0; --k) {
      const v = load(q);
      s0 = mac(v128.load32_splat(p0), v, s0); s1 = mac(v128.load32_splat(p1), v, s1);
      s2 = mac(v128.load32_splat(p2), v, s2); s3 = mac(v128.load32_splat(p3), v, s3);
      q += wRow; p0 += step; p1 += step; p2 += step; p3 += step;
    }
    v128.store(c0, s0); v128.store(c1, s1); v128.store(c2, s2); v128.store(c3, s3);
    from += 4 * aRow;
    b0 = b3 + startRow;
    c0 = c3 + outRow;
  }
}
