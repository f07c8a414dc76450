import { at, load, mac, splat } from "./lanes";

// out (+)= A·W. A(r, k) lies at a + r·aRow + k·aStep, so strides alone give A or its transpose; W and out are
// row-major with `columns` a multiple of 4. Every output element is summed in order of k, whatever the tile.

/** Wide outputs take tiles of 2 rows × 16 columns, narrow ones 4 × 8: both keep all sums in registers. */
export function product(
  rows: i32, columns: i32, depth: i32,
  a: i32, aRow: i32, aStep: i32,
  w: i32, wRow: i32,
  out: i32, outRow: i32, accumulate: i32,
): void {
  if ((columns & 15) == 0) {
    tall(rows, columns, depth, at(a), at(aRow), at(aStep), at(w), at(wRow), at(out), at(outRow), accumulate);
  } else {
    narrow(rows, columns, depth, at(a), at(aRow), at(aStep), at(w), at(wRow), at(out), at(outRow), accumulate);
  }
}

function tall(
  rows: i32, columns: i32, depth: i32,
  a: usize, aRow: usize, aStep: usize, w: usize, wRow: usize, out: usize, outRow: usize, accumulate: i32,
): void {
  const width = (<usize>columns) << 2;
  let r = 0;
  for (; r + 2 <= rows; r += 2) {
    const a0 = a + <usize>r * aRow, a1 = a0 + aRow;
    const c0 = out + <usize>r * outRow, c1 = c0 + outRow;
    for (let j: usize = 0; j < width; j += 64) {
      let s00 = splat(0), s01 = splat(0), s02 = splat(0), s03 = splat(0);
      let s10 = splat(0), s11 = splat(0), s12 = splat(0), s13 = splat(0);
      if (accumulate) {
        s00 = load(c0 + j); s01 = v128.load(c0 + j, 16); s02 = v128.load(c0 + j, 32); s03 = v128.load(c0 + j, 48);
        s10 = load(c1 + j); s11 = v128.load(c1 + j, 16); s12 = v128.load(c1 + j, 32); s13 = v128.load(c1 + j, 48);
      }
      let q = w + j, o: usize = 0;
      for (let k = depth; k > 0; --k) {
        const x = v128.load32_splat(a0 + o), y = v128.load32_splat(a1 + o);
        let v = load(q); s00 = mac(x, v, s00); s10 = mac(y, v, s10);
        v = v128.load(q, 16); s01 = mac(x, v, s01); s11 = mac(y, v, s11);
        v = v128.load(q, 32); s02 = mac(x, v, s02); s12 = mac(y, v, s12);
        v = v128.load(q, 48); s03 = mac(x, v, s03); s13 = mac(y, v, s13);
        q += wRow; o += aStep;
      }
      v128.store(c0 + j, s00); v128.store(c0 + j, s01, 16); v128.store(c0 + j, s02, 32); v128.store(c0 + j, s03, 48);
      v128.store(c1 + j, s10); v128.store(c1 + j, s11, 16); v128.store(c1 + j, s12, 32); v128.store(c1 + j, s13, 48);
    }
  }
  if (r < rows) single(width, depth, a + <usize>r * aRow, aStep, w, wRow, out + <usize>r * outRow, accumulate);
}

function narrow(
  rows: i32, columns: i32, depth: i32,
  a: usize, aRow: usize, aStep: usize, w: usize, wRow: usize, out: usize, outRow: usize, accumulate: i32,
): void {
  const width = (<usize>columns) << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    const a0 = a + <usize>r * aRow, a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
    const c0 = out + <usize>r * outRow, c1 = c0 + outRow, c2 = c1 + outRow, c3 = c2 + outRow;
    let j: usize = 0;
    for (; j + 32 <= width; j += 32) {
      const p0 = c0 + j, p1 = c1 + j, p2 = c2 + j, p3 = c3 + j;
      let s00 = splat(0), s01 = splat(0), s10 = splat(0), s11 = splat(0);
      let s20 = splat(0), s21 = splat(0), s30 = splat(0), s31 = splat(0);
      if (accumulate) {
        s00 = load(p0); s01 = v128.load(p0, 16); s10 = load(p1); s11 = v128.load(p1, 16);
        s20 = load(p2); s21 = v128.load(p2, 16); s30 = load(p3); s31 = v128.load(p3, 16);
      }
      let q = w + j, o: usize = 0;
      for (let k = depth; k > 0; --k) {
        const v0 = load(q), v1 = v128.load(q, 16);
        let x = v128.load32_splat(a0 + o); s00 = mac(x, v0, s00); s01 = mac(x, v1, s01);
        x = v128.load32_splat(a1 + o); s10 = mac(x, v0, s10); s11 = mac(x, v1, s11);
        x = v128.load32_splat(a2 + o); s20 = mac(x, v0, s20); s21 = mac(x, v1, s21);
        x = v128.load32_splat(a3 + o); s30 = mac(x, v0, s30); s31 = mac(x, v1, s31);
        q += wRow; o += aStep;
      }
      v128.store(p0, s00); v128.store(p0, s01, 16); v128.store(p1, s10); v128.store(p1, s11, 16);
      v128.store(p2, s20); v128.store(p2, s21, 16); v128.store(p3, s30); v128.store(p3, s31, 16);
    }
    if (j < width) {
      const p0 = c0 + j, p1 = c1 + j, p2 = c2 + j, p3 = c3 + j;
      let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
      if (accumulate) { s0 = load(p0); s1 = load(p1); s2 = load(p2); s3 = load(p3); }
      let q = w + j, o: usize = 0;
      for (let k = depth; k > 0; --k) {
        const v = load(q);
        s0 = mac(v128.load32_splat(a0 + o), v, s0); s1 = mac(v128.load32_splat(a1 + o), v, s1);
        s2 = mac(v128.load32_splat(a2 + o), v, s2); s3 = mac(v128.load32_splat(a3 + o), v, s3);
        q += wRow; o += aStep;
      }
      v128.store(p0, s0); v128.store(p1, s1); v128.store(p2, s2); v128.store(p3, s3);
    }
  }
  for (; r < rows; r++) {
    single(width, depth, a + <usize>r * aRow, aStep, w, wRow, out + <usize>r * outRow, accumulate);
  }
}

/** One row: eight independent sums at a time hide the latency of the additions. */
function single(
  width: usize, depth: i32, a: usize, aStep: usize, w: usize, wRow: usize, out: usize, accumulate: i32,
): void {
  let j: usize = 0;
  for (; j + 128 <= width; j += 128) {
    const c = out + j;
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    let s4 = splat(0), s5 = splat(0), s6 = splat(0), s7 = splat(0);
    if (accumulate) {
      s0 = load(c); s1 = v128.load(c, 16); s2 = v128.load(c, 32); s3 = v128.load(c, 48);
      s4 = v128.load(c, 64); s5 = v128.load(c, 80); s6 = v128.load(c, 96); s7 = v128.load(c, 112);
    }
    let q = w + j, o: usize = 0;
    for (let k = depth; k > 0; --k) {
      const x = v128.load32_splat(a + o);
      s0 = mac(x, load(q), s0); s1 = mac(x, v128.load(q, 16), s1);
      s2 = mac(x, v128.load(q, 32), s2); s3 = mac(x, v128.load(q, 48), s3);
      s4 = mac(x, v128.load(q, 64), s4); s5 = mac(x, v128.load(q, 80), s5);
      s6 = mac(x, v128.load(q, 96), s6); s7 = mac(x, v128.load(q, 112), s7);
      q += wRow; o += aStep;
    }
    v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
    v128.store(c, s4, 64); v128.store(c, s5, 80); v128.store(c, s6, 96); v128.store(c, s7, 112);
  }
  for (; j < width; j += 16) {
    let s = accumulate ? load(out + j) : splat(0);
    let q = w + j, o: usize = 0;
    for (let k = depth; k > 0; --k) {
      s = mac(v128.load32_splat(a + o), load(q), s);
      q += wRow; o += aStep;
    }
    v128.store(out + j, s);
  }
}
