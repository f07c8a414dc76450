import { square } from "../../math/square.js";
import { gridThenBrent } from "../shared/simple-smoothing.js";

export interface ThetaEstimate {
  readonly alpha: number;
  readonly omega: number;
  /** The level before the first value. */
  readonly level: number;
  /** Σ of squared errors, over all values (static) or from the third on (dynamic). */
  readonly squares: number;
}

/** Errors are counted from here in a dynamic model: before, its line has no slope. */
const DYNAMIC_FROM = 2;
/** How near to 1 the weight of the line may come: θ = 1/(1 − ω) is then a thousand. */
const LARGEST_OMEGA = 0.999;

/** Slope of the least-squares line through a series over 1, 2, 3 …; missing values are left out. */
export function slopeOf(y: Float64Array): number {
  let n = 0;
  let timeMean = 0;
  let mean = 0;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t]!)) continue;
    n++;
    timeMean += (t - timeMean) / n;
    mean += (y[t]! - mean) / n;
  }
  let product = 0;
  let squares = 0;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t]!)) continue;
    product += (t - timeMean) * (y[t]! - mean);
    squares += square(t - timeMean);
  }
  return squares === 0 ? 0 : product / squares;
}

/**
 * Optimised theta models: α by search, the initial level and the weight ω of the line by least squares at each α, in which
 * the errors are linear.
 *
 * @param slope of the training series' line, or null for a line that moves on with the data (dynamic).
 * @param omega to hold the weight where it is, or null.
 */
export function thetaEstimate(y: Float64Array, slope: number | null, omega: number | null): ThetaEstimate {
  const workspace = { pull: new Float64Array(y.length) };
  const fit = (alpha: number) => lineSquares(y, alpha, slope, omega, workspace.pull);
  const alpha = gridThenBrent(0.1, 0.99, (a) => fit(a).squares);
  return { alpha, ...fit(alpha) };
}

function lineSquares(
  y: Float64Array,
  alpha: number,
  slope: number | null,
  omega: number | null,
  pull: Float64Array,
): { squares: number; level: number; omega: number } {
  const from = slope === null ? DYNAMIC_FROM : 0;
  if (slope === null) movingPull(y, alpha, pull);
  else fixedPull(slope, alpha, pull);
  // Normal equations of z on (1−α)^t and the line's pull g.
  const left = 1 - alpha;
  const first = y[0]!;
  let behind = 0;
  let power = 1;
  let pp = 0;
  let pg = 0;
  let gg = 0;
  let pz = 0;
  let gz = 0;
  let zz = 0;
  for (let t = 0; t < y.length; t++) {
    const z = y[t]! - first - behind;
    behind += alpha * z;
    if (t >= from) {
      const g = pull[t]!;
      pp += power * power;
      pg += power * g;
      gg += g * g;
      pz += power * z;
      gz += g * z;
      zz += z * z;
    }
    power *= left;
  }
  const determinant = pp * gg - pg * pg;
  const free = determinant > 1e-12 * pp * gg ? (gz * pp - pz * pg) / determinant : 0;
  const weight = omega ?? Math.min(LARGEST_OMEGA, Math.max(0, free));
  const shift = pp > 0 ? (pz - weight * pg) / pp : 0;
  const squares =
    zz - 2 * (shift * pz + weight * gz) + shift * shift * pp + 2 * shift * weight * pg + weight * weight * gg;
  return { squares: Math.max(0, squares), level: first + shift, omega: weight };
}

/** What ω multiplies: B(1 − (1−α)^t)/α. */
function fixedPull(slope: number, alpha: number, pull: Float64Array): void {
  let power = 1;
  for (let t = 0; t < pull.length; t++) {
    pull[t] = (slope * (1 - power)) / alpha;
    power *= 1 - alpha;
  }
}

/** What ω multiplies: (1−α)^t A_t + (1 − (1−α)^{t+1})/α·B_t, the line through the first t values. */
function movingPull(y: Float64Array, alpha: number, pull: Float64Array): void {
  let mean = 0;
  let slope = 0;
  let power = 1;
  for (let t = 0; t < y.length; t++) {
    const intercept = mean - (slope * (t + 1)) / 2;
    const next = power * (1 - alpha);
    pull[t] = power * intercept + ((1 - next) / alpha) * slope;
    power = next;
    const n = t + 1;
    const gap = y[t]! - mean;
    slope = n === 1 ? 0 : ((n - 2) * slope + (6 * gap) / n) / (n + 1);
    mean += gap / n;
  }
}
