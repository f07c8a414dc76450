import { powerOf } from "../../../math/power.js";
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
  if (shape.trend === MULTIPLICATIVE) growing(shape, smoothing, y, trace, direction, season, out);
  else if (shape.season === MULTIPLICATIVE)
    linearInSeasons(shape, smoothing, y, trace, direction, season, out);
  else linear(shape, smoothing, y, trace, direction, season, out);
}

/** Trends N and A, seasons N and A. */
function linear(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  { n, slope, error }: Trace,
  direction: Direction,
  season: Float64Array,
  out: Float64Array,
): void {
  const { alpha: toAlpha, beta: toBeta, gamma: toGamma, phi: toPhi } = direction;
  const { period } = shape;
  const seasonal = shape.season !== NONE;
  let dl = direction.level;
  let db = direction.slope;
  for (let t = 0; t < n; t++) {
    const e = error[t];
    const dpb = toPhi * slope[t] + phi * db;
    const dq = dl + dpb;
    const ds = seasonal ? season[t] : 0;
    const df = dq + ds;
    const de = Number.isNaN(y[t]) ? 0 : -df;
    out[t] = df;
    dl = dq + toAlpha * e + alpha * de;
    db = dpb + toBeta * e + beta * de;
    if (seasonal) season[t + period] = ds + toGamma * e + gamma * de;
  }
}

/** Trends N and A, season M. */
function linearInSeasons(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  { n, level, slope, error, season: factors }: Trace,
  direction: Direction,
  season: Float64Array,
  out: Float64Array,
): void {
  const { alpha: toAlpha, beta: toBeta, gamma: toGamma, phi: toPhi } = direction;
  const { period } = shape;
  let dl = direction.level;
  let db = direction.slope;
  for (let t = 0; t < n; t++) {
    const s = factors[t];
    const ds = season[t];
    const b = slope[t];
    const q = level[t] + phi * b;
    const overS = 1 / s;
    const overQ = 1 / q;
    const u = error[t] * overS;
    const v = error[t] * overQ;
    const dpb = toPhi * b + phi * db;
    const dq = dl + dpb;
    const df = dq * s + q * ds;
    const de = Number.isNaN(y[t]) ? 0 : -df;
    const du = (de - u * ds) * overS;
    out[t] = df;
    dl = dq + toAlpha * u + alpha * du;
    db = dpb + toBeta * u + beta * du;
    season[t + period] = ds + toGamma * v + gamma * (de - v * dq) * overQ;
  }
}

/** Trend M, with any season. */
function growing(
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
  let dl = direction.level;
  let db = direction.slope;
  for (let t = 0; t < n; t++) {
    const l = level[t];
    const b = slope[t];
    const e = error[t];
    const s = scaled ? trace.season[t] : 1;
    const ds = shape.season === NONE ? 0 : season[t];
    const pb = phi === 1 ? b : powerOf(b, phi);
    const dpb = (phi * pb * db) / b + direction.phi * pb * Math.log(b);
    const q = l * pb;
    const dq = dl * pb + l * dpb;
    const df = scaled ? dq * s + q * ds : dq + ds;
    const de = Number.isNaN(y[t]) ? 0 : -df;
    const u = e / s;
    const du = scaled ? (de - u * ds) / s : de;
    out[t] = df;
    const w = u / l;
    const dw = (du - w * dl) / l;
    dl = dq + direction.alpha * u + alpha * du;
    db = dpb + direction.beta * w + beta * dw;
    if (shape.season === NONE) continue;
    const v = scaled ? e / q : e;
    const dv = scaled ? (de - v * dq) / q : de;
    season[t + period] = ds + direction.gamma * v + gamma * dv;
  }
}
