import { levinsonDurbin } from "../../math/levinson.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { autocovariance } from "../correlation/autocovariance.js";
import { quantileOfSorted } from "../summary.js";
import { isConstant } from "../values.js";

/** A single value that the values around it do not explain. */
export interface AdditiveOutlier {
  /** Index from 0. */
  readonly index: number;
  /** What the values around it lead to expect. */
  readonly expected: number;
}

/** Chance that a Gaussian series without outliers shows one. */
const FALSE_ALARM = 0.01;
const LEAST_VALUES = 10;
const MOST_ORDER = 20;
const MOST_PASSES = 12;
/** In one pass only outliers count that are at least this share of the largest: it may have bent the season around it. */
const SHARE_OF_LARGEST = 0.6;
/** More than this share of the values are no outliers but heavy tails. */
const MANY = 0.02;
/** Tails are judged by the quantiles at these normal scores: 10 % and 2.5 % beyond. */
const NEAR = 1.2815515655446004;
const AWAY = 1.959963984540054;
/** Fewer values do not tell how heavy their tails are. */
const LEAST_FOR_TAILS = 60;
const HEAVIEST = 0.3;

/**
 * Additive outliers: values away from what an autoregression of the values before and after them expects, by more than chance
 * allows in a series of this length.
 *
 * For residuals a_t of an AR(p) chosen by BIC, an outlier of size ω at time t adds c_j ω to a_{t+j}, c_0 = 1, c_j = −φ_j; hence
 * ω̂ = Σ c_j a_{t+j}/Σ c_j² and τ = ω̂ (Σ c_j²)^½/σ, σ from the median absolute residual. A τ beyond the 1 − 0.005/n quantile of
 * the normal distribution counts, moved outwards where the quantiles of all τ show tails heavier than normal ones (the h of
 * Tukey's g-and-h distribution, each side by itself). The largest are replaced, and season and autoregression estimated again
 * without them.
 *
 * @param y complete values without level shifts.
 * @param missing whether a value was missing; such a value is never an outlier.
 * @param seasonOf the seasonal component of such a series.
 * @returns in time order; none where there are so many that they are the tails of the distribution.
 * @see C. Chen, L.-M. Liu (1993), J. Amer. Statist. Assoc. 88, 284-297; C. Bruffaerts, V. Verardi, C. Vermandele (2014),
 *   Statistics & Probability Letters 95, 110-117.
 */
export function findAdditiveOutliers(
  y: Float64Array,
  missing: (index: number) => boolean,
  seasonOf: (y: Float64Array) => Float64Array,
): AdditiveOutlier[] {
  if (y.length < LEAST_VALUES || isConstant(y)) return [];
  const current = y.slice();
  const found = new Set<number>();
  for (let pass = 0; ; pass++) {
    const season = seasonOf(current);
    const scan = scanOf(
      current.map((value, t) => value - season[t]),
      missing,
    );
    if (scan === null) return standing(y, current, found, null);
    const peaks = pass < MOST_PASSES ? peaksOf(scan, missing) : [];
    if (peaks.length === 0) return standing(y, current, found, scan);
    for (const t of peaks) {
      found.add(t);
      current[t] = current[t] - scan.sizes[t];
    }
    if (found.size > Math.max(2, MANY * y.length)) return [];
  }
}

/** Those that still stand out by the model of the series without them. */
function standing(
  y: Float64Array,
  clean: Float64Array,
  found: ReadonlySet<number>,
  scan: Scan | null,
): AdditiveOutlier[] {
  return [...found]
    .sort((a, b) => a - b)
    .map((index) => ({ index, expected: clean[index] }))
    .filter(({ index, expected }) => {
      if (scan === null) return true;
      const tau = ((y[index] - expected) / scan.sigma) * Math.sqrt(scan.weights[index]);
      return tau > scan.high || tau < scan.low;
    });
}

interface Scan {
  /** ω̂ at each time. */
  readonly sizes: Float64Array;
  /** Σ c_j² at each time: less at the end, where fewer residuals tell. */
  readonly weights: Float64Array;
  readonly tau: Float64Array;
  readonly sigma: number;
  readonly low: number;
  readonly high: number;
  readonly order: number;
}

/** Null where nothing is left to judge by: the series follows its own past exactly. */
function scanOf(y: Float64Array, missing: (index: number) => boolean): Scan | null {
  const effect = effectOf(y);
  const order = effect.length - 1;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const n = y.length;
  const residuals = new Float64Array(n).fill(Number.NaN);
  for (let t = order; t < n; t++) {
    let sum = 0;
    for (let j = 0; j <= order; j++) sum += effect[j] * (y[t - j] - mean);
    residuals[t] = sum;
  }
  // Interpolated values lie too close to their neighbours to tell of the spread.
  const size = residuals
    .filter((value, t) => !Number.isNaN(value) && !missing(t))
    .map(Math.abs)
    .sort();
  const sigma = quantileOfSorted(size, 0.5) / 0.6744897501960817;
  const range = y.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  if (!(sigma > 1e-12 * range)) return null;
  const sizes = new Float64Array(n);
  const weights = new Float64Array(n);
  const tau = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    let cross = 0;
    for (let j = 0; j <= order && t + j < n; j++) {
      if (t + j < order) continue;
      cross += effect[j] * residuals[t + j];
      weights[t] += effect[j] * effect[j];
    }
    if (weights[t] === 0) continue;
    sizes[t] = cross / weights[t];
    tau[t] = (sizes[t] * Math.sqrt(weights[t])) / sigma;
  }
  return { sizes, weights, tau, sigma, order, ...fences(tau.filter((_, t) => !missing(t))) };
}

/** 1, −φ_1, … −φ_p of the autoregression with the least BIC. */
function effectOf(y: Float64Array): Float64Array {
  const n = y.length;
  const most = Math.max(0, Math.min(MOST_ORDER, Math.floor(n / 5), Math.floor(10 * Math.log10(n))));
  const fits = levinsonDurbin(autocovariance(y, { maxLag: most }));
  let order = 0;
  let least = Number.POSITIVE_INFINITY;
  fits.variances.forEach((variance, p) => {
    const bic = n * Math.log(variance) + Math.log(n) * p;
    if (bic < least) {
      least = bic;
      order = p;
    }
  });
  const effect = new Float64Array(order + 1);
  effect[0] = 1;
  for (let j = 1; j <= order; j++) effect[j] = -fits.coefficients[order][j - 1];
  return effect;
}

/** Below and above which a τ is no chance. */
function fences(tau: Float64Array): { low: number; high: number } {
  const n = tau.length;
  const normal = normalQuantile(1 - FALSE_ALARM / (2 * n));
  if (n < LEAST_FOR_TAILS) {
    // Estimates from few values make τ vary more than normal ones do.
    const fence = normal * (1 + 8 / n);
    return { low: -fence, high: fence };
  }
  const sorted = tau.slice().sort();
  const middle = quantileOfSorted(sorted, 0.5);
  const side = (sign: 1 | -1) => {
    const at = (tail: number) => sign * (quantileOfSorted(sorted, sign > 0 ? 1 - tail : tail) - middle);
    return Math.max(normal, stretched(at(0.1), at(0.025), normal, n));
  };
  return { low: middle - side(-1), high: middle + side(1) };
}

/**
 * A z e^{hz²/2} at z = `normal`, A and h from the two quantiles; h counts only as far as it exceeds its standard error, and is
 * at least 0.
 */
function stretched(near: number, away: number, normal: number, n: number): number {
  if (!(near > 0)) return normal;
  const half = (AWAY * AWAY - NEAR * NEAR) / 2;
  const error = 1.4 / Math.sqrt(n) / half;
  const h = Math.log((away / near) * (NEAR / AWAY)) / half;
  const used = Math.min(HEAVIEST, Math.max(0, h - error));
  const scale = near / (NEAR * Math.exp((used * NEAR * NEAR) / 2));
  return scale * normal * Math.exp((used * normal * normal) / 2);
}

/** Times where τ lies beyond the fences, is among the largest, and the largest in reach of the autoregression. */
function peaksOf({ tau, low, high, order }: Scan, missing: (index: number) => boolean): number[] {
  const beyond = (t: number) => tau[t] > high || tau[t] < low;
  const size = (t: number) => Math.abs(tau[t]);
  let top = 0;
  for (let t = 0; t < tau.length; t++) if (!missing(t) && size(t) > top) top = size(t);
  const peaks: number[] = [];
  for (let t = 0; t < tau.length; t++) {
    if (!beyond(t) || missing(t) || size(t) < SHARE_OF_LARGEST * top) continue;
    let largest = true;
    for (let j = Math.max(0, t - order); largest && j <= Math.min(tau.length - 1, t + order); j++)
      if (size(j) > size(t) || (size(j) === size(t) && j < t)) largest = false;
    if (largest) peaks.push(t);
  }
  return peaks;
}
