import { load, mac, splat } from "../lanes";

/** One row, 16 columns at a time, then four. */
export function single(
  width: usize, depth: i32,
  a: usize, step: usize, w: usize, wRow: usize, start: usize, out: usize, started: bool,
): void {
  const paired = width & ~63;
  for (let j: usize = 0; j < paired; j += 64) {
    const b = start + j, c = out + j;
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    if (started) { s0 = load(b); s1 = v128.load(b, 16); s2 = v128.load(b, 32); s3 = v128.load(b, 48); }
    let q = w + j, p = a;
    for (let k = depth; k > 0; --k) {
      const x = v128.load32_splat(p);
      s0 = mac(x, load(q), s0); s1 = mac(x, v128.load(q, 16), s1);
      s2 = mac(x, v128.load(q, 32), s2); s3 = mac(x, v128.load(q, 48), s3);
      q += wRow; p += step;
    }
    v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
  }
  for (let j = paired; j < width; j += 16) {
    let s = started ? load(start + j) : splat(0);
    let q = w + j, p = a;
    for (let k = depth; k > 0; --k) {
      s = mac(v128.load32_splat(p), load(q), s);
      q += wRow; p += step;
    }
    v128.store(out + j, s);
  }
}
