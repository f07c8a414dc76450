import { square } from "../../math/power.js";

/** Terms besides the seasonal regressors. */
export interface HegyTerms {
  readonly constant: boolean;
  readonly trend: boolean;
  /** A level of its own for each phase of the season. */
  readonly dummies: boolean;
}

/** Δ_m y on y filtered to each seasonal frequency, terms and lags, rows without gaps only. */
export interface HegyDesign {
  readonly n: number;
  readonly k: number;
  /** n×k row-major: the `period` filtered columns first. */
  readonly design: Float64Array;
  readonly response: Float64Array;
}

/**
 * Rows of the regression for times `period + reserved` to the end. Column 0 filters to frequency 0; for even periods
 * column 1 to the frequency with alternating signs; then a cosine and a sine column for each other frequency.
 */
export function hegyDesign(
  y: Float64Array,
  period: number,
  terms: HegyTerms,
  lags: number,
  reserved = lags,
): HegyDesign {
  const times = completeTimes(y, period + reserved, period + lags);
  const filters = seasonalFilters(period);
  const fixed = termsAt(0, period, terms).length;
  const k = period + fixed + lags;
  const design = new Float64Array(times.length * k);
  const response = new Float64Array(times.length);
  times.forEach((t, row) => {
    const at = row * k;
    for (let j = 0; j < period; j++) design[at + j] = apply(filters[j], y, t - 1);
    if (fixed > 0) design.set(termsAt(t - period, period, terms), at + period);
    for (let lag = 1; lag <= lags; lag++)
      design[at + period + fixed + lag - 1] = y[t - lag] - y[t - lag - period];
    response[row] = y[t] - y[t - period];
  });
  return { n: times.length, k, design, response };
}

/** Times from `first` on whose value and the `before` values before it are there. */
function completeTimes(y: Float64Array, first: number, before: number): number[] {
  const times: number[] = [];
  let lastGap = -1;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t])) lastGap = t;
    if (t >= first && t - before > lastGap) times.push(t);
  }
  return times;
}

function termsAt(row: number, period: number, terms: HegyTerms): number[] {
  const values: number[] = [];
  if (terms.constant) values.push(1);
  if (terms.trend) values.push(row + 1);
  const first = terms.constant ? 1 : 0;
  for (let phase = first; terms.dummies && phase < period; phase++)
    values.push(row % period === phase ? 1 : 0);
  return values;
}

/** Weights of y_{t}, y_{t−1}, … y_{t−period+1} for each column. */
function seasonalFilters(period: number): Float64Array[] {
  const weights = (value: (i: number) => number) => Float64Array.from({ length: period }, (_, i) => value(i));
  const filters = [weights(() => 1)];
  if (period % 2 === 0) filters.push(weights((i) => (i % 2 === 0 ? -1 : 1)));
  for (let j = 1; 2 * j < period; j++) {
    const angle = (i: number) => (2 * Math.PI * ((j * (i + 1)) % period)) / period;
    filters.push(weights((i) => Math.cos(angle(i))));
    filters.push(weights((i) => Math.sin(angle(i))));
  }
  return filters;
}

function apply(filter: Float64Array, y: Float64Array, t: number): number {
  let sum = 0;
  for (let i = 0; i < filter.length; i++) sum += filter[i] * y[t - i];
  return sum;
}

/** Statistics of one fitted regression. */
export interface HegyStatistics {
  /** t-ratio at frequency 0. */
  readonly zero: number;
  /** t-ratio at half a cycle a step; null for odd periods. */
  readonly half: number | null;
  /** F of each other frequency, one cycle a season first. */
  readonly pairs: readonly number[];
  /** F of all seasonal frequencies. */
  readonly seasonal: number;
  /** F of all frequencies. */
  readonly all: number;
}

/** Wald statistics from coefficients, the inverse of X'X (k×k) and the residual variance. */
export function hegyStatistics(
  coefficients: Float64Array,
  inverse: Float64Array,
  k: number,
  variance: number,
  period: number,
): HegyStatistics {
  const ratio = (j: number) => coefficients[j] / Math.sqrt(variance * inverse[j * k + j]);
  const f = (from: number, to: number) => waldF(coefficients, inverse, k, variance, from, to);
  const first = period % 2 === 0 ? 2 : 1;
  const pairs: number[] = [];
  for (let j = first; j < period; j += 2) pairs.push(f(j, j + 2));
  return {
    zero: ratio(0),
    half: period % 2 === 0 ? ratio(1) : null,
    pairs,
    seasonal: f(1, period),
    all: f(0, period),
  };
}

/** b'(V)⁻¹b/(q s²) of the coefficients `from` to `to`, by elimination (V is positive definite). */
function waldF(
  coefficients: Float64Array,
  inverse: Float64Array,
  k: number,
  variance: number,
  from: number,
  to: number,
): number {
  const q = to - from;
  const factor = new Float64Array(q * q);
  const rest = new Float64Array(q);
  let sum = 0;
  for (let i = 0; i < q; i++) {
    for (let j = 0; j <= i; j++) {
      let value = inverse[(from + i) * k + from + j];
      for (let l = 0; l < j; l++) value -= factor[i * q + l] * factor[j * q + l];
      factor[i * q + j] = j < i ? value / factor[j * q + j] : Math.sqrt(value);
    }
    let value = coefficients[from + i];
    for (let l = 0; l < i; l++) value -= factor[i * q + l] * rest[l];
    rest[i] = value / factor[i * q + i];
    sum += square(rest[i]);
  }
  return sum / q / variance;
}
