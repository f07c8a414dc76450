import { MULTIPLICATIVE, NONE, type Shape, type Smoothing, type Trace } from "./trace.js";

/** A direction in all that the recursion starts from. */
export interface Direction {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly level: number;
  readonly slope: number;
}

/**
 * How each prediction moves when the recursion's start moves in a direction: its derivative, step by step forwards.
 *
 * @param season n + period; the direction of the initial seasons in its first `period` entries, overwritten beyond.
 * @param out n derivatives of the predictions.
 */
export function runTangent(
  shape: Shape,
  smoothing: Smoothing,
  y: Float64Array,
  trace: Trace,
  direction: Direction,
  season: Float64Array,
  out: Float64Array,
): void {
  if (shape.trend === MULTIPLICATIVE || shape.season === MULTIPLICATIVE) {
    nonlinear(shape, smoothing, y, trace, direction, season, out);
    return;
  }
  const { alpha, beta, gamma, phi } = smoothing;
  const { n, slope, error } = trace;
  const { period } = shape;
  const seasonal = shape.season !== NONE;
  let dl = direction.level;
  let db = direction.slope;
  for (let t = 0; t < n; t++) {
    const e = error[t]!;
    const dpb = direction.phi * slope[t]! + phi * db;
    const dq = dl + dpb;
    const ds = seasonal ? season[t]! : 0;
    const df = dq + ds;
    const de = Number.isNaN(y[t]!) ? 0 : -df;
    out[t] = df;
    dl = dq + direction.alpha * e + alpha * de;
    db = dpb + direction.beta * e + beta * de;
    if (seasonal) season[t + period] = ds + direction.gamma * e + gamma * de;
  }
}

function nonlinear(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
  direction: Direction,
  season: Float64Array,
  out: Float64Array,
): void {
  const { n, level, slope, error } = trace;
  const { period } = shape;
  const scaled = shape.season === MULTIPLICATIVE;
  const grows = shape.trend === MULTIPLICATIVE;
  let dl = direction.level;
  let db = direction.slope;
  for (let t = 0; t < n; t++) {
    const l = level[t]!;
    const b = slope[t]!;
    const e = error[t]!;
    const s = scaled ? trace.season[t]! : 1;
    const ds = shape.season === NONE ? 0 : season[t]!;
    const pb = grows ? (phi === 1 ? b : b ** phi) : phi * b;
    const dpb = grows ? (phi * pb * db) / b + direction.phi * pb * Math.log(b) : direction.phi * b + phi * db;
    const q = grows ? l * pb : l + pb;
    const dq = grows ? dl * pb + l * dpb : dl + dpb;
    const df = scaled ? dq * s + q * ds : dq + ds;
    const de = Number.isNaN(y[t]!) ? 0 : -df;
    const u = e / s;
    const du = scaled ? (de - u * ds) / s : de;
    out[t] = df;
    const w = grows ? u / l : u;
    const dw = grows ? (du - w * dl) / l : du;
    dl = dq + direction.alpha * u + alpha * du;
    db = dpb + direction.beta * w + beta * dw;
    if (shape.season === NONE) continue;
    const v = scaled ? e / q : e;
    const dv = scaled ? (de - v * dq) / q : de;
    season[t + period] = ds + direction.gamma * v + gamma * dv;
  }
}
