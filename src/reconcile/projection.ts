import { dataError, usageError } from "../core/errors.js";
import { cholesky, solveCholesky } from "../math/linear-algebra/cholesky.js";
import { type Covariance, incoherentErrors } from "./error-covariance.js";
import type { Hierarchy } from "./hierarchy.js";

export type ReconcileMethod = "bottom-up" | "top-down" | "ols" | "mint";

export const METHODS: readonly ReconcileMethod[] = ["bottom-up", "top-down", "ols", "mint"];

/**
 * Takes values of all series at one step, sums first, and leaves coherent ones in their place: the values at the bottom
 * are changed, then added up.
 */
export type Projection = (values: Float64Array, step: number) => void;

/**
 * How a method makes values coherent.
 *
 * `ols` and `mint` change the values at the bottom by −(WU)(U'WU)⁻¹ d, where d = U'y are the incoherences: each sum less what it adds
 * up. That is (S'W⁻¹S)⁻¹S'W⁻¹y, with a matrix to solve that is as large as there are sums. W is 1 for `ols`, the covariance of one-step
 * errors for `mint`.
 *
 * @param base forecasts of all series, one row a series: `top-down` takes its proportions from them.
 */
export function projectionOf(
  whole: Hierarchy,
  method: ReconcileMethod,
  covariance: Covariance,
  base: readonly Float64Array[],
): Projection {
  const { sums } = whole;
  const k = sums.length;
  if (method === "bottom-up") return (values) => addUp(values, sums);
  if (method === "top-down") return topDown(whole, base);
  const m = whole.series.length - k;
  const gain = gainOf(whole, method === "ols" ? UNIT(whole) : covariance);
  const d = new Float64Array(k);
  return (values) => {
    for (let a = 0; a < k; a++) {
      let sum = values[a]!;
      for (const member of sums[a]!) sum -= values[k + member]!;
      d[a] = sum;
    }
    for (let j = 0; j < m; j++) {
      let change = 0;
      for (let a = 0; a < k; a++) change += gain[j * k + a]! * d[a]!;
      values[k + j] = values[k + j]! - change;
    }
    addUp(values, sums);
  };
}

const UNIT = ({ series }: Hierarchy): Covariance => ({
  variances: new Float64Array(series.length).fill(1),
  lambda: 1,
  errors: { rows: 0, values: new Float64Array(0) },
});

/** The sums of the values at the bottom, in the order of the series. */
export function addUp(values: Float64Array, sums: readonly Int32Array[]): void {
  const k = sums.length;
  for (let a = 0; a < k; a++) {
    let sum = 0;
    for (const member of sums[a]!) sum += values[k + member]!;
    values[a] = sum;
  }
}

/** Share of the largest variance that every one is given, so that series without errors leave the matrix regular. */
const RIDGE = 1e-12;

/** (WU)(U'WU)⁻¹ for the series at the bottom, m×k row-major. */
function gainOf(whole: Hierarchy, { variances, lambda, errors }: Covariance): Float64Array {
  const { sums, series } = whole;
  const k = sums.length;
  const m = series.length - k;
  const largest = variances.reduce((high, variance) => Math.max(high, variance), 0);
  const target = variances.map((variance) => lambda * variance + RIDGE * (largest > 0 ? largest : 1));
  const incoherent = incoherentErrors({ variances, lambda, errors }, whole);
  const share = errors.rows === 0 ? 0 : (1 - lambda) / errors.rows;
  const gram = new Float64Array(k * k);
  const cross = new Float64Array(m * k);
  for (let a = 0; a < k; a++) {
    gram[a * k + a] = target[a]!;
    for (const member of sums[a]!) cross[member * k + a] = -target[k + member]!;
  }
  for (let j = 0; j < m; j++) {
    const own = sums.flatMap((members, a) => (members.includes(j) ? [a] : []));
    for (const a of own) for (const b of own) gram[a * k + b] = gram[a * k + b]! + target[k + j]!;
  }
  for (let t = 0; share > 0 && t < errors.rows; t++) {
    for (let a = 0; a < k; a++) {
      const weight = share * incoherent[t * k + a]!;
      if (weight === 0) continue;
      for (let b = 0; b < k; b++) gram[a * k + b] = gram[a * k + b]! + weight * incoherent[t * k + b]!;
      for (let j = 0; j < m; j++)
        cross[j * k + a] = cross[j * k + a]! + weight * errors.values[t * series.length + k + j]!;
    }
  }
  if (Number.isNaN(cholesky(gram, k))) throw singular();
  for (let j = 0; j < m; j++) solveCholesky(gram, k, cross.subarray(j * k, (j + 1) * k));
  return cross;
}

function singular(): Error {
  return dataError(
    "singular-errors",
    "method",
    "mint",
    "The covariance of the one-step errors has no inverse, so MinT cannot be computed; use ols or bottom-up (--reconcile ols).",
  );
}

/** Each sum's value shared out by the base forecasts of the series directly below it (Gross and Sohl 1990; Athanasopoulos et al. 2009). */
function topDown(whole: Hierarchy, base: readonly Float64Array[]): Projection {
  if (!whole.nested) {
    throw usageError(
      "bad-reconcile",
      "method",
      "top-down",
      `The levels of ${whole.notation} are crossed, so top-down cannot be used; use mint, ols or bottom-up.`,
    );
  }
  const { sums, series } = whole;
  const k = sums.length;
  const proportions = Array.from(base[0]!, (_, step) => proportionsAt(whole, base, step));
  return (values, step) => {
    const total = values[0]!;
    for (let j = 0; j < series.length - k; j++) values[k + j] = total * proportions[step]![j]!;
    addUp(values, sums);
  };
}

/** Share of the total that each series at the bottom gets at a step. */
function proportionsAt(
  { sums, series, levels }: Hierarchy,
  base: readonly Float64Array[],
  step: number,
): Float64Array {
  const k = sums.length;
  const m = series.length - k;
  // Nodes from the top down, each with the position of its own series; the bottom ones are nodes of one member.
  const names = [...new Set(levels)];
  const shares = new Float64Array(m).fill(1);
  const members = (at: number) => (at < k ? sums[at]! : Int32Array.of(at - k));
  let above: readonly number[] = [0];
  for (const name of names.slice(1)) {
    const nodes = [...levels.keys()].filter((at) => levels[at] === name);
    const parentOf = new Int32Array(m);
    above.forEach((at, i) => {
      for (const member of members(at)) parentOf[member] = i;
    });
    const total = new Float64Array(above.length);
    const count = new Float64Array(above.length);
    for (const at of nodes) {
      const parent = parentOf[members(at)[0]!]!;
      total[parent] = total[parent]! + base[at]![step]!;
      count[parent] = count[parent]! + 1;
    }
    for (const at of nodes) {
      const parent = parentOf[members(at)[0]!]!;
      const share = total[parent] === 0 ? 1 / count[parent]! : base[at]![step]! / total[parent]!;
      for (const member of members(at)) shares[member] = shares[member]! * share;
    }
    above = nodes;
  }
  return shares;
}
