import { powerOf } from "../../../math/power.js";
import { ADDITIVE, lists, MULTIPLICATIVE, NONE, type Shape, type Smoothing, type Trace } from "./trace.js";

/** Derivatives of a sum over steps in all that the recursion starts from. */
export interface Gradient {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
  level: number;
  slope: number;
  /** n + period; the first `period` entries are the derivatives in the initial seasons. */
  readonly season: Float64Array;
  /** n: the direct derivative of the sum in each prediction, an input. */
  readonly direct: Float64Array;
}

export function makeGradient(n: number, period: number): Gradient {
  const [season, direct] = lists(n + period, n);
  return {
    alpha: 0,
    beta: 0,
    gamma: 0,
    phi: 0,
    level: 0,
    slope: 0,
    season: season,
    direct: direct,
  };
}

/**
 * The recursion run backwards: given the derivative of a function of the predictions in each of them (`direct`), its
 * derivatives in the smoothing parameters and the initial states, for the price of about one run forwards.
 *
 * λ names the derivative in the state after a step, going back; for every step the lines are those of
 * {@link runRecursion} in reverse order.
 */
export function runAdjoint(
  shape: Shape,
  smoothing: Smoothing,
  y: Float64Array,
  trace: Trace,
  gradient: Gradient,
): void {
  gradient.alpha = gradient.beta = gradient.gamma = gradient.phi = 0;
  gradient.season.fill(0, trace.n);
  if (shape.trend === MULTIPLICATIVE) growing(shape, smoothing, y, trace, gradient);
  else if (shape.season === MULTIPLICATIVE) linearInSeasons(shape, smoothing, y, trace, gradient);
  else linear(shape, smoothing, y, trace, gradient);
}

/** Trends N and A, seasons N and A. */
function linear(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
  out: Gradient,
): void {
  const { n, slope, error } = trace;
  const { season, direct } = out;
  const { period } = shape;
  const seasonal = shape.season === ADDITIVE;
  let dl = 0;
  let db = 0;
  let alphaSum = 0;
  let betaSum = 0;
  let gammaSum = 0;
  let phiSum = 0;
  for (let t = n - 1; t >= 0; t--) {
    const e = error[t];
    const ds = seasonal ? season[t + period] : 0;
    alphaSum += dl * e;
    betaSum += db * e;
    gammaSum += ds * e;
    const df = Number.isNaN(y[t]) ? 0 : direct[t] - (alpha * dl + beta * db + gamma * ds);
    const dq = dl + df;
    if (seasonal) season[t] = ds + df;
    const dpb = db + dq;
    phiSum += dpb * slope[t];
    dl = dq;
    db = phi * dpb;
  }
  finish(out, dl, db, alphaSum, betaSum, gammaSum, phiSum);
}

/** Trends N and A, season M. */
function linearInSeasons(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
  out: Gradient,
): void {
  const { n, level, slope, error } = trace;
  const { season, direct } = out;
  const { period } = shape;
  let dl = 0;
  let db = 0;
  let alphaSum = 0;
  let betaSum = 0;
  let gammaSum = 0;
  let phiSum = 0;
  for (let t = n - 1; t >= 0; t--) {
    const s = trace.season[t];
    const b = slope[t];
    const q = level[t] + phi * b;
    const overS = 1 / s;
    const overQ = 1 / q;
    const u = error[t] * overS;
    const v = error[t] * overQ;
    const ds = season[t + period];
    alphaSum += dl * u;
    betaSum += db * u;
    gammaSum += ds * v;
    const du = alpha * dl + beta * db;
    const dv = gamma * ds;
    const df = Number.isNaN(y[t]) ? 0 : direct[t] - du * overS - dv * overQ;
    const dq = dl + df * s - dv * v * overQ;
    season[t] = ds + df * q - du * u * overS;
    const dpb = db + dq;
    phiSum += dpb * b;
    dl = dq;
    db = phi * dpb;
  }
  finish(out, dl, db, alphaSum, betaSum, gammaSum, phiSum);
}

/** Trend M, with any season. */
function growing(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
  out: Gradient,
): void {
  const { n, level, slope, error } = trace;
  const { season, direct } = out;
  const { period } = shape;
  const multiplicative = shape.season === MULTIPLICATIVE;
  let dl = 0;
  let db = 0;
  let alphaSum = 0;
  let betaSum = 0;
  let gammaSum = 0;
  let phiSum = 0;
  for (let t = n - 1; t >= 0; t--) {
    const l = level[t];
    const b = slope[t];
    const pb = phi === 1 ? b : powerOf(b, phi);
    const q = l * pb;
    const e = error[t];
    const s = multiplicative ? trace.season[t] : 1;
    const u = e / s;
    const ds = shape.season === NONE ? 0 : season[t + period];
    const v = multiplicative ? e / q : e;
    alphaSum += dl * u;
    betaSum += (db * u) / l;
    gammaSum += ds * v;
    const du = alpha * dl + (beta * db) / l;
    const dv = gamma * ds;
    const df = Number.isNaN(y[t]) ? 0 : direct[t] - du / s - (multiplicative ? dv / q : dv);
    const dq = dl + df * s - (multiplicative ? (dv * v) / q : 0);
    if (shape.season !== NONE) season[t] = multiplicative ? ds + df * q - (du * u) / s : ds + df;
    const dpb = db + dq * l;
    phiSum += dpb * pb * Math.log(b);
    dl = dq * pb - (beta * db * u) / (l * l);
    db = (dpb * phi * pb) / b;
  }
  finish(out, dl, db, alphaSum, betaSum, gammaSum, phiSum);
}

function finish(
  out: Gradient,
  level: number,
  slope: number,
  a: number,
  b: number,
  g: number,
  p: number,
): void {
  out.level = level;
  out.slope = slope;
  out.alpha = a;
  out.beta = b;
  out.gamma = g;
  out.phi = p;
}
