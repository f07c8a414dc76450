import { stepUp } from "./levinson.js";
import { type LaggedGram, laggedGrams } from "./linear-algebra/lagged-gram.js";
import { square } from "./square.js";

/** The reflection coefficients that Burg's method finds, and two estimates of the innovation variance. */
export interface BurgRecursion {
  /** Partial autocorrelations of lag 1 … maxOrder, all inside [−1, 1]. */
  readonly partials: Float64Array;
  /** Innovation variance of order 0 … maxOrder by v_k = v_{k−1}(1 − r_k²). */
  readonly recursive: Float64Array;
  /** Innovation variance as the mean square of the forward and backward prediction errors. */
  readonly meanSquare: Float64Array;
}

/** Up to this many values the lattice is as fast as anything else, and it loses no digits. */
const SHORT = 4000;
/** Largest relative error of a reflection coefficient that the fast form may risk. */
const RISK = 1e-11;

/**
 * Burg's recursion on a series whose mean has been taken out: r_p minimises the sum of squares of the forward and
 * backward errors of order p, 2Σ f_t b_{t−1} / Σ (f_t² + b_{t−1}²).
 *
 * Long series are not filtered again for every order; the sums follow from the lagged products of the series and
 * its ends. Where cancellation in these could cost digits, the lattice filter takes over.
 *
 * @param maxOrder below the length of x.
 * @param lagged Σ x_t x_{t+k} for k = 0 … maxOrder, where they are known already.
 * @see J. P. Burg, Maximum Entropy Spectral Analysis, thesis, Stanford (1975).
 * @see K. Vos, A fast implementation of Burg's method (2013).
 */
export function burgRecursion(x: Float64Array, maxOrder: number, lagged?: Float64Array): BurgRecursion {
  return (x.length > SHORT ? burgFromProducts(x, maxOrder, lagged) : null) ?? burgLattice(x, maxOrder);
}

/** One pass over the series for all lagged products, then O(maxOrder³); null where digits would be lost. */
export function burgFromProducts(
  x: Float64Array,
  maxOrder: number,
  lagged?: Float64Array,
): BurgRecursion | null {
  const n = x.length;
  const gramOf = laggedGrams(x, maxOrder, lagged);
  const power = gramOf(0).products[0];
  const result = emptyRecursion(maxOrder, power / n);
  const ar = new Float64Array(maxOrder);
  for (let p = 1; p <= maxOrder; p++) {
    const gram = gramOf(p);
    const { forward, backward, cross } = errorProducts(gram, ar);
    const energy = forward + backward;
    let size = 1;
    for (let i = 0; i < p - 1; i++) size += Math.abs(ar[i]);
    if (!(Number.EPSILON * power * size * size < RISK * energy)) return null;
    record(result, p, gram.rows, cross, energy);
    stepUp(ar, 0, p - 1, result.partials[p - 1]);
  }
  return result;
}

/** Σf², Σb² and Σfb of the prediction errors of order p − 1 over the rows t = p … n−1. */
function errorProducts({ products, order }: LaggedGram, ar: Float64Array) {
  const size = order + 1;
  const weight = (i: number) => (i === 0 ? 1 : i === order ? 0 : -ar[i - 1]);
  let forward = 0;
  let backward = 0;
  let cross = 0;
  for (let i = 0; i < size; i++) {
    let ahead = 0;
    let behind = 0;
    for (let j = 0; j < size; j++) {
      ahead += products[i * size + j] * weight(j);
      behind += products[i * size + j] * weight(order - j);
    }
    forward += weight(i) * ahead;
    backward += weight(order - i) * behind;
    cross += weight(i) * behind;
  }
  return { forward, backward, cross };
}

/** Filters the series by the lattice, one pass an order that also sums what the next order needs. */
export function burgLattice(x: Float64Array, maxOrder: number): BurgRecursion {
  const n = x.length;
  let power = 0;
  for (let t = 0; t < n; t++) power += x[t] * x[t];
  const result = emptyRecursion(maxOrder, power / n);
  if (power === 0) return result;
  const forward = x.slice();
  const backward = x.slice();
  let cross = 0;
  let energy = 2 * power - square(x[0]) - square(x[n - 1]);
  for (let t = 1; t < n; t++) cross += x[t] * x[t - 1];
  const sums = new Float64Array(2);
  for (let p = 1; p <= maxOrder; p++) {
    record(result, p, n - p, cross, energy);
    latticePass(forward, backward, p, result.partials[p - 1], sums);
    [cross, energy] = [sums[0], sums[1]];
  }
  return result;
}

/**
 * Raises the errors from order p − 1 to p: f_t ← f_t − r·b_{t−1}, b_t ← b_{t−1} − r·f_t for t = p … n−1, and sums
 * the products f_t b_{t−1} and squares of the new errors for t = p+1 … n−1.
 */
function latticePass(
  forward: Float64Array,
  backward: Float64Array,
  p: number,
  partial: number,
  sums: Float64Array,
): void {
  let cross = 0;
  let energy = 0;
  let shifted = backward[p - 1];
  let last = 0;
  for (let t = p; t < forward.length; t++) {
    const f = forward[t];
    const ahead = f - partial * shifted;
    const behind = shifted - partial * f;
    shifted = backward[t];
    forward[t] = ahead;
    backward[t] = behind;
    if (t > p) {
      cross += ahead * last;
      energy += ahead * ahead + last * last;
    }
    last = behind;
  }
  sums[0] = cross;
  sums[1] = energy;
}

function emptyRecursion(maxOrder: number, variance: number): BurgRecursion {
  const recursion = {
    partials: new Float64Array(maxOrder),
    recursive: new Float64Array(maxOrder + 1),
    meanSquare: new Float64Array(maxOrder + 1),
  };
  recursion.recursive[0] = variance;
  recursion.meanSquare[0] = variance;
  return recursion;
}

/** Enters the reflection coefficient of order p and the variances it leaves. */
function record(result: BurgRecursion, p: number, rows: number, cross: number, energy: number): void {
  const partial = energy === 0 ? 0 : (2 * cross) / energy;
  result.partials[p - 1] = partial;
  result.recursive[p] = result.recursive[p - 1] * (1 - partial) * (1 + partial);
  result.meanSquare[p] = Math.max(0, (1 + partial * partial) * energy - 4 * partial * cross) / (2 * rows);
}
