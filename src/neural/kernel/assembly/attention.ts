import { add, at, div, exp, load, mac, mul, splat, sub } from "./lanes";

// Causal attention of four heads, one a lane: column 4i + h of a row is component i of head h. A query looks at the `span` last
// keys up to its own: `shared` ones that are the same for all rows, then planes with a key a row. The score of a key is
// q·k·scale and a number for its distance.

/** Address of row r of key s. */
@inline function keyAt(s: i32, r: i32, shared: i32, common: usize, own: usize, W: usize, plane: usize): usize {
  return s < shared ? common + <usize>s * W : own + <usize>(s - shared) * plane + <usize>r * W;
}

/** `shares`: steps × rows × span × 4, what each key counts, the oldest first. */
export function attendForward(
  steps: i32, rows: i32, width: i32, span: i32, scale: f32, query: i32,
  shared: i32, sharedKeys: i32, sharedValues: i32,
  before: i32, keys: i32, values: i32, keyRows: i32,
  distance: i32, shares: i32, out: i32,
): void {
  const W = at(width), plane = <usize>keyRows * W, S = splat(scale), row = at(4 * span);
  const K = at(keys), V = at(values), CK = at(sharedKeys), CV = at(sharedValues), D = at(distance);
  let q = at(query), p = at(shares), o = at(out);
  for (let t = 0; t < steps; t++) {
    const last = shared + before + t, first = max(0, last - span + 1);
    for (let r = 0; r < rows; r++) {
      let most = splat(-1e30), e = p;
      for (let s = first; s <= last; s++) {
        const k = keyAt(s, r, shared, CK, K, W, plane);
        let score = splat(0);
        for (let j: usize = 0; j < W; j += 16) score = mac(load(q + j), load(k + j), score);
        score = mac(score, S, load(D + at(4 * (last - s))));
        most = f32x4.max(most, score);
        v128.store(e, score);
        e += 16;
      }
      let total = splat(0);
      for (let f = p; f < e; f += 16) {
        const share = exp(sub(load(f), most));
        total = add(total, share);
        v128.store(f, share);
      }
      const per = div(splat(1), total);
      for (let f = p; f < e; f += 16) v128.store(f, mul(load(f), per));
      for (let j: usize = 0; j < W; j += 16) v128.store(o + j, splat(0));
      let f = p;
      for (let s = first; s <= last; s++) {
        const v = keyAt(s, r, shared, CV, V, W, plane), share = load(f);
        for (let j: usize = 0; j < W; j += 16) v128.store(o + j, mac(share, load(v + j), load(o + j)));
        f += 16;
      }
      q += W;
      o += W;
      p += row;
    }
  }
}

/** Adds the gradients of keys, values and distances to what is there, and writes that of queries; nothing is shared or before. */
export function attendBackward(
  steps: i32, rows: i32, width: i32, span: i32, scale: f32, query: i32, keys: i32, values: i32,
  shares: i32, outGradient: i32, scratch: i32,
  queryGradient: i32, keyGradient: i32, valueGradient: i32, distanceGradient: i32,
): void {
  const W = at(width), plane = <usize>rows * W, S = splat(scale), row = at(4 * span);
  const K = at(keys), V = at(values), DK = at(keyGradient), DV = at(valueGradient), DD = at(distanceGradient);
  let q = at(query), p = at(shares), g = at(outGradient), dq = at(queryGradient);
  for (let t = 0; t < steps; t++) {
    const first = max(0, t - span + 1);
    for (let r = 0; r < rows; r++) {
      let mean = splat(0), f = p, e = at(scratch);
      for (let s = first; s <= t; s++) {
        const to = <usize>s * plane + <usize>r * W, v = V + to, share = load(f);
        let d = splat(0);
        for (let j: usize = 0; j < W; j += 16) {
          const y = load(g + j);
          d = mac(y, load(v + j), d);
          v128.store(DV + to + j, mac(share, y, load(DV + to + j)));
        }
        mean = mac(share, d, mean);
        v128.store(e, d);
        f += 16;
        e += 16;
      }
      for (let j: usize = 0; j < W; j += 16) v128.store(dq + j, splat(0));
      f = p;
      e = at(scratch);
      for (let s = first; s <= t; s++) {
        const to = <usize>s * plane + <usize>r * W, k = K + to;
        const d = mul(load(f), sub(load(e), mean)), scaled = mul(d, S), place = DD + at(4 * (t - s));
        v128.store(place, add(load(place), d));
        for (let j: usize = 0; j < W; j += 16) {
          v128.store(dq + j, mac(scaled, load(k + j), load(dq + j)));
          v128.store(DK + to + j, mac(scaled, load(q + j), load(DK + to + j)));
        }
        f += 16;
        e += 16;
      }
      q += W;
      g += W;
      dq += W;
      p += row;
    }
  }
}
