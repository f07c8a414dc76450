import { quadraticForm, timesVector } from "../../../math/linear-algebra/vector.js";
import {
  factorGaps,
  fillGaps,
  type GapBand,
  gapBand,
  gapLogDeterminant,
  gapMoments,
  precision,
} from "../../shared/autoregression-gaps.js";
import { aboveRounding, type ExactObjective, type LikelihoodParts } from "./exact-objective.js";
import { filledMoments, type GapSeries } from "./gap-series.js";

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
      if (!aboveRounding(quadratic, a, series.valueSums[0])) return Number.NaN;
      const determinant = gapLogDeterminant(band, factor) / 2;
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
  for (let at = 0; at < moments.length; at++) moments[at] += mean * (mean * other[at] - 2 * cross[at]);
  return { a, factor, moments, quadratic: own - mean * crossForm, mean, onesForm, crossForm };
}

function derivativesAt(partials: Float64Array, filling: Filling, band: GapBand, series: GapSeries) {
  const { a, quadratic, moments, factor } = filling;
  const size = a.length;
  const scale = (series.length - series.missing.length) / quadratic;
  const missingMoments = gapMoments(band, factor, series.length, size - 1);
  const slope = timesVector(moments, a);
  const bend = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      bend[at] = scale * (moments[at] - (2 * slope[i] * slope[j]) / quadratic) + missingMoments[at];
    }
  }
  const missingSlope = timesVector(missingMoments, a);
  for (let i = 0; i < size; i++) slope[i] = scale * slope[i] + missingSlope[i];
  return throughStepUp(partials, slope, bend);
}

/** Jacobian of a gradient by central differences, made symmetric. */
function differenced(gradientAt: (point: Float64Array) => Float64Array, point: Float64Array): Float64Array {
  const size = point.length;
  const hessian = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const width = DIFFERENCE * (1 - point[k]) * (1 + point[k]);
    const ahead = gradientAt(point.with(k, point[k] + width));
    const behind = gradientAt(point.with(k, point[k] - width));
    for (let l = 0; l < size; l++) {
      const value = (ahead[l] - behind[l]) / (4 * width);
      hessian[k * size + l] += value;
      hessian[l * size + k] += value;
    }
  }
  return hessian;
}
