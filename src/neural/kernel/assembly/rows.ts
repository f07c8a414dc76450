import { add, at, load, mac, mul, splat, sub } from "./lanes";

/** out[r, :] = source[r mod sourceRows, :]. */
export function tileRows(rows: i32, columns: i32, source: i32, sourceRows: i32, out: i32): void {
  const width = at(columns), first = at(source), end = first + <usize>sourceRows * width;
  let p = first, q = at(out);
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < width; j += 16) v128.store(q + j, load(p + j));
    q += width;
    p += width;
    if (p == end) p = first;
  }
}

/** out[j] = Σ_r x[r, j], in order of r. */
export function columnSums(rows: i32, columns: i32, x: i32, out: i32): void {
  const width = at(columns), first = at(x), to = at(out);
  for (let j: usize = 0; j < width; j += 16) {
    let sum = splat(0), p = first + j;
    for (let r = 0; r < rows; r++) {
      sum = add(sum, load(p));
      p += width;
    }
    v128.store(to + j, sum);
  }
}

/** y[r, :] += factor[r] · x[r, :]. */
export function addScaledRows(rows: i32, columns: i32, factor: i32, x: i32, y: i32): void {
  const width = at(columns);
  let f = at(factor), p = at(x), q = at(y);
  for (let r = 0; r < rows; r++) {
    const scale = v128.load32_splat(f);
    for (let j: usize = 0; j < width; j += 16) v128.store(q + j, mac(scale, load(p + j), load(q + j)));
    f += 4;
    p += width;
    q += width;
  }
}

/** out[r, :] = start + factor[r] · x[r, :] + share[r] · row. */
export function mixRows(
  rows: i32, columns: i32, start: i32, factor: i32, x: i32, share: i32, row: i32, out: i32,
): void {
  const width = at(columns), first = at(start), added = at(row);
  let f = at(factor), g = at(share), p = at(x), q = at(out);
  for (let r = 0; r < rows; r++) {
    const scale = v128.load32_splat(f), part = v128.load32_splat(g);
    for (let j: usize = 0; j < width; j += 16) {
      v128.store(q + j, mac(part, load(added + j), mac(scale, load(p + j), load(first + j))));
    }
    f += 4;
    g += 4;
    p += width;
    q += width;
  }
}

/** out (columns × rows) = xᵀ. */
export function transpose(rows: i32, columns: i32, x: i32, out: i32): void {
  const from = at(x), to = at(out);
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < columns; j++) f32.store(to + at(j * rows + r), f32.load(from + at(r * columns + j)));
  }
}

/** y += x. */
export function accumulate(n: i32, x: i32, y: i32): void {
  const p = at(x), q = at(y), bytes = at(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(q + i, add(load(p + i), load(q + i)));
}

/** y += rate·(x − y). */
export function blend(n: i32, rate: f32, x: i32, y: i32): void {
  const p = at(x), q = at(y), bytes = at(n), share = splat(rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const old = load(q + i);
    v128.store(q + i, add(old, mul(share, sub(load(p + i), old))));
  }
}

/** y *= x. */
export function multiply(n: i32, x: i32, y: i32): void {
  const p = at(x), q = at(y), bytes = at(n);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(q + i, mul(load(p + i), load(q + i)));
}

/**
 * Inverted dropout: mask is 0 or `keepScale`, out = mask · x. Four xorshift32 streams, one a lane, seeded by the
 * caller; a lane is kept where its draw is at least `threshold`.
 */
export function dropout(
  n: i32, x: i32, mask: i32, out: i32,
  seed0: i32, seed1: i32, seed2: i32, seed3: i32, threshold: i32, keepScale: f32,
): void {
  let s = i32x4(0, 0, 0, 0);
  s = i32x4.replace_lane(s, 0, seed0);
  s = i32x4.replace_lane(s, 1, seed1);
  s = i32x4.replace_lane(s, 2, seed2);
  s = i32x4.replace_lane(s, 3, seed3);
  const least = i32x4.splat(threshold), scale = splat(keepScale);
  const p = at(x), m = at(mask), q = at(out), bytes = at(n);
  for (let i: usize = 0; i < bytes; i += 16) {
    s = v128.xor(s, i32x4.shl(s, 13));
    s = v128.xor(s, i32x4.shr_u(s, 17));
    s = v128.xor(s, i32x4.shl(s, 5));
    const keep = v128.and(i32x4.ge_u(s, least), scale);
    v128.store(m + i, keep);
    v128.store(q + i, mul(load(p + i), keep));
  }
}
