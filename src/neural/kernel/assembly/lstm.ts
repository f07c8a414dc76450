import { add, at, load, mac, mul, sigmoid, splat, sub, tanh } from "./lanes";

// One step of an LSTM: gates in rows of 4·hidden in the order input i, forget f, candidate g, output o.
//   c = f·c₋ + i·g,   h = o·tanh c

/**
 * Gates come in as pre-activations and leave as activations, which the backward pass reads. tanh c waits until a row's gates
 * are done: it hangs on all of them, and a processor looks only so far ahead for something else to do.
 */
export function cellForward(
  rows: i32, hidden: i32, gates: i32, cellBefore: i32, cell: i32, cellTanh: i32, out: i32,
): void {
  const H = at(hidden);
  let p = at(gates), before = at(cellBefore), now = at(cell), squashed = at(cellTanh), h = at(out);
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < H; j += 16) {
      const q = p + j;
      const i = sigmoid(load(q)), f = sigmoid(load(q + H)), g = tanh(load(q + 2 * H)), o = sigmoid(load(q + 3 * H));
      v128.store(q, i);
      v128.store(q + H, f);
      v128.store(q + 2 * H, g);
      v128.store(q + 3 * H, o);
      v128.store(now + j, mac(f, load(before + j), mul(i, g)));
    }
    for (let j: usize = 0; j < H; j += 16) {
      const t = tanh(load(now + j));
      v128.store(squashed + j, t);
      v128.store(h + j, mul(load(p + 3 * H + j), t));
    }
    p += 4 * H;
    before += H;
    now += H;
    squashed += H;
    h += H;
  }
}

/**
 * The gradient arrives in two parts, from above (`fromAbove`) and from the next step (`fromNext`); `cellGradient`
 * is carried from step to step. Gates leave as gradients of the pre-activations.
 */
export function cellBackward(
  rows: i32, hidden: i32, gates: i32, cellBefore: i32, cellTanh: i32,
  fromAbove: i32, fromNext: i32, cellGradient: i32,
): void {
  const H = at(hidden), one = splat(1);
  let p = at(gates), before = at(cellBefore), squashed = at(cellTanh);
  let above = at(fromAbove), next = at(fromNext), carried = at(cellGradient);
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < H; j += 16) {
      const q = p + j;
      const i = load(q), f = load(q + H), g = load(q + 2 * H), o = load(q + 3 * H), t = load(squashed + j);
      const dh = add(load(above + j), load(next + j));
      const dc = add(load(carried + j), mul(mul(dh, o), sub(one, mul(t, t))));
      v128.store(q, mul(mul(dc, g), mul(i, sub(one, i))));
      v128.store(q + H, mul(mul(dc, load(before + j)), mul(f, sub(one, f))));
      v128.store(q + 2 * H, mul(mul(dc, i), sub(one, mul(g, g))));
      v128.store(q + 3 * H, mul(mul(dh, t), mul(o, sub(one, o))));
      v128.store(carried + j, mul(dc, f));
    }
    p += 4 * H;
    before += H;
    squashed += H;
    above += H;
    next += H;
    carried += H;
  }
}
