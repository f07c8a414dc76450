import { powerOf } from "../../../math/power.js";
import { ADDITIVE, MULTIPLICATIVE, NONE, type Shape, type Smoothing, type Trace } from "./trace.js";

/**
 * Runs the smoothing recursion over a series from the initial states in `trace` (level[0], slope[0],
 * season[0 … period−1]) and fills in the rest of it.
 *
 * q = l + φb (multiplicative trend: l·b^φ), prediction f = q, q + s or q·s, error e = y − f. With u = e (multiplicative
 * season: e/s): l ← q + αu; b ← φb + βu (multiplicative trend: b^φ + βu/l); s ← s + γe (multiplicative: s + γe/q).
 * A missing value moves the states as if its error were 0.
 *
 * @returns false where a prediction that has to be positive is not, or a number stops being finite.
 * @see R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder, Forecasting with Exponential Smoothing (2008), table 2.2, 2.3.
 */
export function runRecursion(shape: Shape, smoothing: Smoothing, y: Float64Array, trace: Trace): boolean {
  const moved =
    shape.trend === MULTIPLICATIVE ? growing(shape, smoothing, y, trace) : linear(shape, smoothing, y, trace);
  if (!moved) return false;
  if (shape.relativeError) sumRelative(y, trace);
  else sumSquares(trace);
  return Number.isFinite(trace.squares + trace.logScale + trace.level[trace.n]);
}

/** What a season or a growth factor may not fall to, and a level not relative to the least value of the series. */
export const MIN_SEASON_FACTOR = 1e-6;

/** Trends N and A. */
function linear(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
): boolean {
  const { n, level, slope, season, forecast, error } = trace;
  const { period, floor } = shape;
  let l = level[0];
  let b = slope[0];
  if (shape.season === NONE) {
    for (let t = 0; t < n; t++) {
      const pb = phi * b;
      const q = l + pb;
      const e = errorOf(y[t], q);
      forecast[t] = q;
      error[t] = e;
      level[t + 1] = l = q + alpha * e;
      slope[t + 1] = b = pb + beta * e;
    }
    return true;
  }
  if (shape.season === ADDITIVE) {
    for (let t = 0; t < n; t++) {
      const pb = phi * b;
      const q = l + pb;
      const s = season[t];
      const f = q + s;
      const e = errorOf(y[t], f);
      forecast[t] = f;
      error[t] = e;
      level[t + 1] = l = q + alpha * e;
      slope[t + 1] = b = pb + beta * e;
      season[t + period] = s + gamma * e;
    }
    return true;
  }
  for (let t = 0; t < n; t++) {
    const pb = phi * b;
    const q = l + pb;
    const s = season[t];
    if (!(q > floor) || !(s > MIN_SEASON_FACTOR)) return false;
    const f = q * s;
    const e = errorOf(y[t], f);
    const u = e / s;
    forecast[t] = f;
    error[t] = e;
    level[t + 1] = l = q + alpha * u;
    slope[t + 1] = b = pb + beta * u;
    season[t + period] = s + (gamma * e) / q;
  }
  return true;
}

/** Trend M, with any season. */
function growing(
  shape: Shape,
  { alpha, beta, gamma, phi }: Smoothing,
  y: Float64Array,
  trace: Trace,
): boolean {
  const { n, level, slope, season, forecast, error } = trace;
  const { period, floor } = shape;
  let l = level[0];
  let b = slope[0];
  for (let t = 0; t < n; t++) {
    if (!(l > floor) || !(b > MIN_SEASON_FACTOR)) return false;
    const pb = phi === 1 ? b : powerOf(b, phi);
    const q = l * pb;
    const s = season[t];
    const f = shape.season === NONE ? q : shape.season === ADDITIVE ? q + s : q * s;
    if (shape.season === MULTIPLICATIVE && (!(s > MIN_SEASON_FACTOR) || !(q > floor))) return false;
    const e = errorOf(y[t], f);
    const u = shape.season === MULTIPLICATIVE ? e / s : e;
    forecast[t] = f;
    error[t] = e;
    slope[t + 1] = b = pb + (beta * u) / l;
    level[t + 1] = l = q + alpha * u;
    season[t + period] = shape.season === MULTIPLICATIVE ? s + (gamma * e) / q : s + gamma * e;
  }
  return true;
}

/** y − f; 0 where y is missing. */
function errorOf(y: number, f: number): number {
  return Number.isNaN(y) ? 0 : y - f;
}

function sumSquares(trace: Trace): void {
  const { n, error } = trace;
  let squares = 0;
  for (let t = 0; t < n; t++) squares += error[t] * error[t];
  trace.squares = squares;
  trace.logScale = 0;
}

/** Predictions are multiplied up and their logarithm taken once in a while: it costs as much as all the rest. */
function sumRelative(y: Float64Array, trace: Trace): void {
  const { n, forecast, error } = trace;
  let squares = 0;
  let logScale = 0;
  let product = 1;
  for (let t = 0; t < n; t++) {
    const f = forecast[t];
    const r = error[t] / f;
    squares += r * r;
    if (!(f > 0)) {
      trace.squares = Number.NaN;
      return;
    }
    if (Number.isNaN(y[t])) continue;
    product *= f;
    if (product > 1e100 || product < 1e-100) {
      logScale += Math.log(product);
      product = 1;
    }
  }
  trace.squares = squares;
  trace.logScale = logScale + Math.log(product);
}
