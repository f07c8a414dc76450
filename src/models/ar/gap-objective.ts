import { choleskyInPlace, solveCholesky } from "../../math/cholesky.js";
import { aboveRounding, type ExactObjective, type LikelihoodParts } from "./exact-objective.js";
import { factorGaps, type GapBand, gapBand, gapCovariances, precision, solveGaps } from "./gaps.js";
import { arMoments } from "./moments.js";
import { logDeterminantTerm, stepUpAll, throughStepUp } from "./step-up.js";

/** Fewer missing than one in this many: the Hessian of the complete series converges fast enough by itself. */
const FEW = 5;
/** With more, expected decrease from which on the exact Hessian is worth its price. */
const NEAR = 1e-3;
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
 * given what was observed (Fisher's identity). O(n·p + missing·p²) a point. The search goes by the Hessian of the
 * complete series and, where much is missing, near the minimum by central differences of the gradient.
 *
 * @param x the values, centred and scaled, 0 where they are missing.
 * @param missing positions of the missing values, ascending, at least one.
 * @see D. A. Harvey and A. C. Pierse, J. American Statistical Association 79 (1984), 125–131.
 */
export function gapObjective(
  x: Float64Array,
  missing: Int32Array,
  order: number,
  freeMean: boolean,
): ExactObjective {
  const band = gapBand(missing, order);
  const observed = x.length - missing.length;
  let power = 0;
  for (let t = 0; t < x.length; t++) power += x[t]! * x[t]!;
  const ones = new Float64Array(x.length).fill(1);
  for (let i = 0; i < missing.length; i++) ones[missing[i]!] = 0;
  let latest: { readonly partials: Float64Array; readonly filling: Filling } | null = null;
  // A point's derivatives follow its value: what both need is made once.
  const evaluate = (partials: Float64Array): Filling => {
    if (latest?.partials !== partials) {
      latest = { partials, filling: fill(x, freeMean ? ones : null, band, stepUpAll(partials)) };
    }
    return latest.filling;
  };
  const derivativesAt = (partials: Float64Array) => {
    const { a, factor, ...filling } = evaluate(partials);
    const { squares } = arMoments(withoutMean(filling), order);
    const spread = gapMoments(band, factor, x.length, order);
    const slope = product(squares, a);
    let quadratic = 0;
    for (let i = 0; i <= order; i++) quadratic += a[i]! * slope[i]!;
    const scale = observed / quadratic;
    const bend = squares.map((value, at) => {
      const outer = slope[Math.floor(at / (order + 1))]! * slope[at % (order + 1)]!;
      return scale * (value - (2 * outer) / quadratic) + spread[at]!;
    });
    const lost = product(spread, a);
    return throughStepUp(
      partials,
      slope.map((value, i) => scale * value + lost[i]!),
      bend,
    );
  };
  const gradientAt = (partials: Float64Array) => derivativesAt(partials).gradient;
  return {
    at: evaluate,
    value(partials) {
      const { a, quadratic, factor } = evaluate(partials);
      if (!aboveRounding(quadratic, a, power)) return Number.NaN;
      let determinant = 0;
      for (let i = 0; i < missing.length; i++)
        determinant += Math.log(factor[i * (band.width + 1) + band.width]!);
      return (observed / 2) * Math.log(quadratic) + determinant - logDeterminantTerm(partials);
    },
    derivatives(partials) {
      const complete = derivativesAt(partials);
      if (FEW * missing.length < x.length || expectedDecrease(complete) > NEAR) return complete;
      return { gradient: complete.gradient, hessian: differenced(gradientAt, partials) };
    },
    hessian: (partials) => differenced(gradientAt, partials),
  };
}

/** The series and a series of ones with their gaps filled, and what follows from these at one point. */
interface Filling extends LikelihoodParts {
  readonly factor: Float64Array;
  readonly values: Float64Array;
  /** Null where the mean is fixed. */
  readonly ones: Float64Array | null;
}

function fill(x: Float64Array, ones: Float64Array | null, band: GapBand, a: Float64Array): Filling {
  const precisionAt = precision(a, x.length);
  const factor = factorGaps(band, precisionAt);
  const values = filled(x, band, factor, precisionAt, a.length - 1);
  if (ones === null) {
    const { own } = forms(a, values, values);
    return { a, factor, values, ones, quadratic: own, mean: 0, onesForm: 1, crossForm: 0 };
  }
  const filledOnes = filled(ones, band, factor, precisionAt, a.length - 1);
  const { own, cross, other } = forms(a, values, filledOnes);
  const mean = cross / other;
  const quadratic = own - mean * cross;
  return { a, factor, values, ones: filledOnes, quadratic, mean, onesForm: other, crossForm: cross };
}

function withoutMean({ values, ones, mean }: Pick<Filling, "values" | "ones" | "mean">): Float64Array {
  if (ones === null) return values;
  const series = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) series[t] = values[t]! - mean * ones[t]!;
  return series;
}

/** The missing entries of v, which holds 0 there, replaced by those that minimise v'Pv. */
function filled(
  v: Float64Array,
  band: GapBand,
  factor: Float64Array,
  precisionAt: (i: number, d: number) => number,
  order: number,
): Float64Array {
  const { positions } = band;
  const unknown = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]!;
    let sum = 0;
    for (let d = 1; d <= order; d++) {
      if (at >= d) sum -= precisionAt(at - d, d) * v[at - d]!;
      if (at + d < v.length) sum -= precisionAt(at, d) * v[at + d]!;
    }
    unknown[i] = sum;
  }
  solveGaps(band, factor, unknown);
  const result = v.slice();
  for (let i = 0; i < positions.length; i++) result[positions[i]!] = unknown[i]!;
  return result;
}

/** u'Pu, u'Pv and v'Pv by |L_a u|² − |Vu|²: forward errors from a presample of zeros, less what that presample adds. */
function forms(a: Float64Array, u: Float64Array, v: Float64Array) {
  const order = a.length - 1;
  let own = 0;
  let cross = 0;
  let other = 0;
  for (let t = 0; t < u.length; t++) {
    let e = 0;
    let f = 0;
    for (let j = 0; j <= Math.min(order, t); j++) {
      e += a[j]! * u[t - j]!;
      f += a[j]! * v[t - j]!;
    }
    own += e * e;
    cross += e * f;
    other += f * f;
  }
  for (let lead = 0; lead < order; lead++) {
    let e = 0;
    let f = 0;
    for (let j = lead + 1; j <= order; j++) {
      e += a[j]! * u[j - 1 - lead]!;
      f += a[j]! * v[j - 1 - lead]!;
    }
    own -= e * e;
    cross -= e * f;
    other -= f * f;
  }
  return { own, cross, other };
}

/** The moments D that the covariances of the missing values add to those of their means. */
function gapMoments(band: GapBand, factor: Float64Array, n: number, order: number): Float64Array {
  const { positions, first, width } = band;
  const covariances = gapCovariances(band, factor);
  const size = order + 1;
  const moments = new Float64Array(size * size);
  for (let i = 0; i < positions.length; i++) {
    for (let k = first[i]!; k <= i; k++) {
      const value = covariances[k * (width + 1) + i - k]!;
      addToMoments(moments, size, n, positions[k]!, positions[i]!, value);
    }
  }
  return moments;
}

/** The product of values s ≤ u is part of D_{i,i+u−s} for all i ≤ s with i ≤ n − 1 − u; beyond i + j = n it is taken off. */
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

function product(matrix: Float64Array, v: Float64Array): Float64Array {
  return v.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < v.length; j++) sum += matrix[i * v.length + j]! * v[j]!;
    return sum;
  });
}

/** ½ g'H⁻¹g; Infinity where H is not positive definite. */
function expectedDecrease({ gradient, hessian }: { gradient: Float64Array; hessian: Float64Array }): number {
  const factor = hessian.slice();
  if (!choleskyInPlace(factor, gradient.length)) return Number.POSITIVE_INFINITY;
  const step = gradient.slice();
  solveCholesky(factor, gradient.length, step);
  return step.reduce((sum, value, i) => sum + value * gradient[i]!, 0) / 2;
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
