import { normalLogDensity } from "../../math/special-functions/normal.js";

/** The log density of a Gaussian kernel estimate at x. */
export type KernelLogDensity = (x: number) => number;

/** Up to so many points every kernel is added up. */
const FEW = 256;
/** Width of a box of neighbouring points, in bandwidths. */
const BOX = 0.5;
/** Terms of exp(ud) = Σ (ud)^k/k!, |d| ≤ 1/4: those left out are below 1e-14 of the sum wherever it matters. */
const TERMS = 24;
/** Kernels smaller than the nearest point's by e to this power are left out. */
const NEGLIGIBLE = 45;
/** From so many bandwidths to the nearest point on, the points that count are few and added one by one. */
const FAR = 5;

/**
 * Log density (1/nh) Σ_j φ((x − r_j)/h) of a kernel estimate from ascending points r_j with bandwidth h > 0.
 *
 * Many points are gathered in boxes of half a bandwidth. With c the centre of a box, u = (x − c)/h and d_j = (r_j − c)/h the
 * kernels of its points add up to φ(u) Σ_k u^k m_k, m_k = Σ_j exp(−d_j²/2) d_j^k/k!, so that the cost of one density does not
 * grow with the number of points. Agrees with the plain sum within 1e-12.
 *
 * @see L. Greengard, J. Strain (1991), "The fast Gauss transform", SIAM J. Scientific and Statistical Computing 12, 79-94.
 */
export function kernelLogDensity(points: Float64Array, bandwidth: number): KernelLogDensity {
  if (points.length <= FEW) return (x) => directLogDensity(points, bandwidth, x, 0, points.length);
  const boxes = boxesOf(points, bandwidth);
  return (x) => {
    const nearest = nearestDistance(points, x) / bandwidth;
    const reach = Math.sqrt(nearest * nearest + 2 * NEGLIGIBLE) * bandwidth;
    if (nearest > FAR)
      return directLogDensity(
        points,
        bandwidth,
        x,
        firstAbove(points, x - reach),
        firstAbove(points, x + reach),
      );
    return boxedLogDensity(boxes, bandwidth, points.length, x, nearest, reach);
  };
}

/** The kernels of points `from` to `to` (exclusive), added up one by one. */
function directLogDensity(
  points: Float64Array,
  bandwidth: number,
  x: number,
  from: number,
  to: number,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = from; j < to; j++) largest = Math.max(largest, normalLogDensity((x - points[j]!) / bandwidth));
  let sum = 0;
  for (let j = from; j < to; j++) sum += Math.exp(normalLogDensity((x - points[j]!) / bandwidth) - largest);
  return largest + Math.log(sum / points.length) - Math.log(bandwidth);
}

interface Boxes {
  /** Centres of the boxes that hold points, ascending. */
  readonly centres: Float64Array;
  /** m_0 … m_23 of each box, one after the other. */
  readonly moments: Float64Array;
}

function boxesOf(points: Float64Array, bandwidth: number): Boxes {
  const width = BOX * bandwidth;
  const least = points[0]!;
  const boxOf = (point: number) => Math.floor((point - least) / width);
  const centres: number[] = [];
  const moments: number[] = [];
  for (let from = 0; from < points.length; ) {
    const box = boxOf(points[from]!);
    const centre = least + (box + 0.5) * width;
    const own = new Float64Array(TERMS);
    let next = from;
    for (; next < points.length && boxOf(points[next]!) === box; next++) {
      const d = (points[next]! - centre) / bandwidth;
      let term = Math.exp((-d * d) / 2);
      for (let k = 0; k < TERMS; k++) {
        own[k]! += term;
        term *= d / (k + 1);
      }
    }
    centres.push(centre);
    for (const moment of own) moments.push(moment);
    from = next;
  }
  return { centres: Float64Array.from(centres), moments: Float64Array.from(moments) };
}

function boxedLogDensity(
  { centres, moments }: Boxes,
  bandwidth: number,
  count: number,
  x: number,
  nearest: number,
  reach: number,
): number {
  const slack = BOX * bandwidth;
  const largest = (-nearest * nearest) / 2;
  let sum = 0;
  for (let b = firstAbove(centres, x - reach - slack); b < centres.length; b++) {
    if (centres[b]! > x + reach + slack) break;
    const u = (x - centres[b]!) / bandwidth;
    let series = 0;
    for (let k = TERMS - 1; k >= 0; k--) series = series * u + moments[b * TERMS + k]!;
    sum += Math.exp((-u * u) / 2 - largest) * series;
  }
  return normalLogDensity(nearest) + Math.log(sum / count) - Math.log(bandwidth);
}

function nearestDistance(points: Float64Array, x: number): number {
  const above = firstAbove(points, x);
  const right = above < points.length ? points[above]! - x : Number.POSITIVE_INFINITY;
  const left = above > 0 ? x - points[above - 1]! : Number.POSITIVE_INFINITY;
  return Math.min(left, right);
}

/** Index of the first of ascending values above x; their number where there is none. */
export function firstAbove(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
