import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { requireInteger } from "../core/checks.js";
import { dataError } from "../core/errors.js";
import { leastSquares } from "../math/linear-algebra/least-squares.js";
import { boxCox, inverseBoxCox } from "./box-cox/transform.js";
import { separateSeasons } from "./decomposition/seasons.js";
import { countMissing, toFloats, type Values } from "./values.js";

export interface InterpolateOptions {
  /** Straight lines even where there is a season. Default false. */
  readonly linear?: boolean;
  /** Interpolate on the Box-Cox scale of this lambda. Default: no transformation. */
  readonly lambda?: number;
}

const INTERPOLATE_MISSING_OPTIONS: OptionTable<InterpolateOptions> = {
  linear: "boolean",
  lambda: "number",
};

/**
 * Fills missing values: straight lines between neighbours, held at the ends; where there is a season and more than
 * two periods of values, lines through the seasonally adjusted series with the season put back.
 *
 * Follows R's `forecast::na.interp` 8.20 (a Fourier and polynomial fit to start with, then robust STL). Where the
 * seasonal filling runs out of the data by half their range, straight lines are used instead.
 *
 * @param y values in time order; NaN is missing.
 * @param period values in a season, 1 for none. Default 1.
 * @returns a new array without NaN; the observed values are unchanged.
 * @throws YuleError `no-values` where everything is missing, `bad-period`, `infinite-value`, `not-positive`.
 * @example interpolateMissing([1, NaN, 3]); // [1, 2, 3]
 */
export function interpolateMissing(y: Values, period = 1, options: InterpolateOptions = {}): Float64Array {
  requireOptions("interpolateMissing", options, INTERPOLATE_MISSING_OPTIONS);
  requireInteger("period", period, 1, Number.MAX_SAFE_INTEGER);
  const values = toFloats(y);
  const missing = countMissing(values);
  if (missing === 0) return values;
  const observed = values.length - missing;
  if (observed === 0) {
    throw dataError(
      "no-values",
      "y",
      0,
      `There is nothing to interpolate from: all ${missing} values are missing.`,
    );
  }
  const linear = options.linear ?? (period <= 1 || observed <= 2 * period);
  if (linear) return back(values, linearFill(forth(values, options)), options);
  const filled = back(values, seasonalFill(forth(values, options), period), options);
  return runsAway(values, filled) ? interpolateMissing(values, period, { ...options, linear: true }) : filled;
}

function forth(y: Float64Array, { lambda }: InterpolateOptions): Float64Array {
  return lambda === undefined ? y : boxCox(y, lambda);
}

/** The filled values on the original scale, the observed ones as they were. */
function back(y: Float64Array, filled: Float64Array, { lambda }: InterpolateOptions): Float64Array {
  const scaled = lambda === undefined ? filled : inverseBoxCox(filled, lambda);
  return y.map((value, t) => (Number.isNaN(value) ? scaled[t] : value));
}

/** Straight lines between neighbours, the first and the last value held beyond them. */
function linearFill(y: Float64Array): Float64Array {
  const result = y.slice();
  let before = -1;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t])) continue;
    if (before < 0) result.fill(y[t], 0, t);
    const step = before < 0 ? 0 : (y[t] - y[before]) / (t - before);
    for (let gap = before + 1; before >= 0 && gap < t; gap++) result[gap] = y[before] + step * (gap - before);
    before = t;
  }
  if (before >= 0) result.fill(y[before], before + 1);
  return result;
}

function seasonalFill(y: Float64Array, period: number): Float64Array {
  const { seasons } = separateSeasons(smoothStart(y, period), [period], { robust: true });
  const season = seasons[0].values;
  const adjusted = linearFill(y.map((value, t) => value - season[t]));
  return adjusted.map((value, t) => value + season[t]);
}

/** Gaps filled by a fitted polynomial trend plus Fourier terms: something reasonable to start STL with. */
function smoothStart(y: Float64Array, period: number): Float64Array {
  const n = y.length;
  const harmonics = Math.min(Math.floor(period / 2), 5);
  const degree = Math.min(Math.max(Math.trunc(n / 10), 1), 6);
  const { terms, width } = smoothTerms(n, period, harmonics, degree);
  const observed = y.filter((value) => !Number.isNaN(value));
  const known = new Float64Array(observed.length * width);
  let row = 0;
  for (let t = 0; t < n; t++)
    if (!Number.isNaN(y[t])) known.set(terms.subarray(width * t, width * (t + 1)), width * row++);
  const fit = leastSquares(known, observed.length, width, observed);
  return y.map((value, t) => {
    if (!Number.isNaN(value)) return value;
    let sum = 0;
    for (let j = 0; j < width; j++)
      if (!fit.collinear.includes(j)) sum += terms[width * t + j] * fit.coefficients[j];
    return sum;
  });
}

/** A row a time: Chebyshev polynomials of time, then cosine and sine of each harmonic. */
function smoothTerms(n: number, period: number, harmonics: number, degree: number) {
  // The sine of half a period is 0 at every step.
  const width = 1 + degree + 2 * harmonics - (2 * harmonics === period ? 1 : 0);
  const terms = new Float64Array(n * width);
  const angles = Float64Array.from({ length: period }, (_, step) => (2 * Math.PI * step) / period);
  const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)];
  for (let t = 0; t < n; t++) {
    const x = n > 1 ? (2 * t) / (n - 1) - 1 : 0;
    let at = width * t;
    terms[at++] = 1;
    terms[at++] = x;
    for (let k = 2; k <= degree; k++, at++) terms[at] = 2 * x * terms[at - 1] - terms[at - 2];
    for (let k = 1; k <= harmonics; k++) {
      terms[at++] = cosines[(k * t) % period];
      if (2 * k !== period) terms[at++] = sines[(k * t) % period];
    }
  }
  return { terms, width };
}

function runsAway(y: Float64Array, filled: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of y) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const slack = (high - low) / 2;
  return filled.some((value) => value > high + slack || value < low - slack);
}
