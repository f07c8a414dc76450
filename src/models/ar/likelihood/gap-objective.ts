import { quadraticForm, timesVector } from "../../../math/linear-algebra/vector.js";
import { aboveRounding, type ExactObjective, type LikelihoodParts } from "./exact-objective.js";
import { filledMoments, type GapSeries } from "./gap-series.js";
import { factorGaps, type GapBand, gapBand, gapCovariances, precision, solveGaps } from "./gaps.js";
import { logDeterminantTerm, stepUpAll, throughStepUp } from "./step-up.js";

/** Relative width of the differences that make the Hessian out of the exact gradient. */
const DIFFERENCE = 3e-5;

/**
 * The exact Gaussian likelihood of an AR(p) when values are missing. The missing values z_m enter as unknowns that
 * minimise the quadratic form of the whole series, and the determinant of their own block of the precision matrix
 * accounts for integrating over them:
 *
 * −log L = ½ n log S + ½ log|P_mm| − ½ Σ k log(1 − r_k²) + const, n the number of values observed.
 *
 * The gradient is exact: that of the complete series' likelihood with its moments replaced by their expectations
 * given what was observed (Fisher's identity). The Hessian that comes with it is that of the complete series, too
 * certain by what the gaps hide. O(missing·p²) a point, whatever the length of the series.
 *
 * @see A. C. Harvey and R. G. Pierse, J. American Statistical Association 79 (1984), 125–131.
 */
export function gapObjective(series: GapSeries, order: number, freeMean: boolean): ExactObjective {
  const band = gapBand(series.missing, order);
  const observed = series.length - series.missing.length;
  let latest: { readonly partials: Float64Array; readonly filling: Filling } | null = null;
  // A point's derivatives follow its value: what both need is made once.
  const evaluate = (partials: Float64Array): Filling => {
    if (latest?.partials !== partials) {
      latest = { partials, filling: fill(series, band, stepUpAll(partials), freeMean) };
    }
    return latest.filling;
  };
  const derivatives = (partials: Float64Array) => derivativesAt(partials, evaluate(partials), band, series);
  return {
    at: evaluate,
    value(partials) {
      const { a, quadratic, factor } = evaluate(partials);
      if (!aboveRounding(quadratic, a, series.valueSums[0]!)) return Number.NaN;
      let determinant = 0;
      for (let at = band.width; at < factor.length; at += band.width + 1)
        determinant += Math.log(factor[at]!);
      return (observed / 2) * Math.log(quadratic) + determinant - logDeterminantTerm(partials);
    },
    derivatives,
    approximate: true,
    hessian: (partials) => differenced((point) => derivatives(point).gradient, partials),
  };
}

/** The gaps filled at one point, and what follows. */
interface Filling extends LikelihoodParts {
  readonly factor: Float64Array;
  /** Moments D of the filled series, the mean of the process taken out. */
  readonly moments: Float64Array;
}

function fill(series: GapSeries, band: GapBand, a: Float64Array, freeMean: boolean): Filling {
  const order = a.length - 1;
  const precisionAt = precision(a, series.length);
  const factor = factorGaps(band, precisionAt);
  const { filledValues: values, filledOnes: ones } = series;
  fillGaps(series.values, values, band, factor, precisionAt, order);
  const moments = filledMoments(series, series.valueSums, values, values, order);
  const own = quadraticForm(moments, a);
  if (!freeMean) return { a, factor, moments, quadratic: own, mean: 0, onesForm: 1, crossForm: 0 };
  fillGaps(series.ones, ones, band, factor, precisionAt, order);
  const cross = filledMoments(series, series.crossSums, values, ones, order);
  const other = filledMoments(series, series.oneSums, ones, ones, order);
  const [crossForm, onesForm] = [quadraticForm(cross, a), quadraticForm(other, a)];
  const mean = crossForm / onesForm;
  for (let at = 0; at < moments.length; at++) moments[at]! += mean * (mean * other[at]! - 2 * cross[at]!);
  return { a, factor, moments, quadratic: own - mean * crossForm, mean, onesForm, crossForm };
}

/** Writes into `into` the missing entries of v, which holds 0 there, that minimise v'Pv. */
function fillGaps(
  v: Float64Array,
  into: Float64Array,
  { positions, first, width }: GapBand,
  factor: Float64Array,
  precisionAt: (i: number, d: number) => number,
  order: number,
): void {
  const n = v.length;
  const unknown = new Float64Array(positions.length);
  const inner = Float64Array.from({ length: order + 1 }, (_, d) =>
    n > 2 * order ? precisionAt(order, d) : 0,
  );
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]!;
    let sum = 0;
    if (at >= 2 * order && at < n - 2 * order) {
      for (let d = 1; d <= order; d++) sum -= inner[d]! * (v[at - d]! + v[at + d]!);
    } else {
      for (let d = 1; d <= order; d++) {
        if (at >= d) sum -= precisionAt(at - d, d) * v[at - d]!;
        if (at + d < n) sum -= precisionAt(at, d) * v[at + d]!;
      }
    }
    unknown[i] = sum;
  }
  solveGaps({ positions, first, width }, factor, unknown);
  for (let i = 0; i < positions.length; i++) into[positions[i]!] = unknown[i]!;
}

function derivativesAt(partials: Float64Array, filling: Filling, band: GapBand, series: GapSeries) {
  const { a, quadratic, moments, factor } = filling;
  const size = a.length;
  const scale = (series.length - series.missing.length) / quadratic;
  const spread = gapMoments(band, factor, series.length, size - 1);
  const slope = timesVector(moments, a);
  const bend = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      bend[at] = scale * (moments[at]! - (2 * slope[i]! * slope[j]!) / quadratic) + spread[at]!;
    }
  }
  const lost = timesVector(spread, a);
  for (let i = 0; i < size; i++) slope[i] = scale * slope[i]! + lost[i]!;
  return throughStepUp(partials, slope, bend);
}

/** The moments D that the covariances of the missing values add to those of their means. */
function gapMoments(band: GapBand, factor: Float64Array, n: number, order: number): Float64Array {
  const { positions, first, width } = band;
  const covariances = gapCovariances(band, factor);
  const size = order + 1;
  const moments = new Float64Array(size * size);
  const inside = new Float64Array(size);
  for (let i = 0; i < positions.length; i++) {
    for (let k = first[i]!; k <= i; k++) {
      const value = covariances[k * (width + 1) + i - k]!;
      const s = positions[k]!;
      const u = positions[i]!;
      if (s >= order && u < n - order) inside[u - s]! += value;
      else addToMoments(moments, size, n, s, u, value);
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) moments[i * size + j]! += inside[Math.abs(i - j)]!;
  }
  return moments;
}

/** The product of values s ≤ u is part of D_{i,i+u−s} for all i ≤ s with i ≤ n−1−u; beyond i + j = n it is taken off. */
function addToMoments(
  moments: Float64Array,
  size: number,
  n: number,
  s: number,
  u: number,
  value: number,
): void {
  const lag = u - s;
  for (let i = 0; i + lag < size; i++) {
    const present = (i <= s ? 1 : 0) - (i > n - 1 - u ? 1 : 0);
    if (present === 0) continue;
    moments[i * size + i + lag]! += present * value;
    if (lag > 0) moments[(i + lag) * size + i]! += present * value;
  }
}

/** Jacobian of a gradient by central differences, made symmetric. */
function differenced(gradientAt: (point: Float64Array) => Float64Array, point: Float64Array): Float64Array {
  const size = point.length;
  const hessian = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const width = DIFFERENCE * (1 - point[k]!) * (1 + point[k]!);
    const ahead = gradientAt(point.with(k, point[k]! + width));
    const behind = gradientAt(point.with(k, point[k]! - width));
    for (let l = 0; l < size; l++) {
      const value = (ahead[l]! - behind[l]!) / (4 * width);
      hessian[k * size + l]! += value;
      hessian[l * size + k]! += value;
    }
  }
  return hessian;
}
