import { laggedProducts } from "../../../math/linear-algebra/lagged-products.js";

/**
 * A series with values missing, ready for many fillings: what its present values and a series of ones have in common
 * at every lag is summed once, so that a filling costs what is missing, not what is there.
 */
export interface GapSeries {
  readonly length: number;
  /** Positions of the missing values, ascending. */
  readonly missing: Int32Array;
  /** 1 where a value is missing. */
  readonly absent: Uint8Array;
  /** The values, and ones; 0 where they are missing. */
  readonly values: Float64Array;
  readonly ones: Float64Array;
  /** Σ ½(u_t v_{t+k} + v_t u_{t+k}) over the values present, for u and v values or ones. */
  readonly valueSums: Float64Array;
  readonly crossSums: Float64Array;
  readonly oneSums: Float64Array;
  /** Room for the values and ones with their gaps filled: overwritten at the gaps by every filling. */
  readonly filledValues: Float64Array;
  readonly filledOnes: Float64Array;
}

/** @param x centred and scaled, 0 where missing. */
export function gapSeries(x: Float64Array, missing: Int32Array, maxOrder: number): GapSeries {
  const absent = new Uint8Array(x.length);
  const ones = new Float64Array(x.length).fill(1);
  for (let i = 0; i < missing.length; i++) {
    absent[missing[i]] = 1;
    ones[missing[i]] = 0;
  }
  const sum = new Float64Array(x.length);
  for (let t = 0; t < x.length; t++) sum[t] = x[t] + ones[t];
  const valueSums = laggedProducts(x, maxOrder);
  const oneSums = laggedProducts(ones, maxOrder).map(Math.round);
  const crossSums = laggedProducts(sum, maxOrder).map((value, k) => (value - valueSums[k] - oneSums[k]) / 2);
  const room = { filledValues: x.slice(), filledOnes: ones.slice() };
  return { length: x.length, missing, absent, values: x, ones, valueSums, crossSums, oneSums, ...room };
}

/**
 * The moments D of two filled series, D_ij = Σ ½(u_s v_{s+j−i} + v_s u_{s+j−i}) over s = i … n−1−j, from those of
 * the values present (`present`) and the pairs that a filled value is part of.
 */
export function filledMoments(
  series: GapSeries,
  present: Float64Array,
  u: Float64Array,
  v: Float64Array,
  order: number,
): Float64Array {
  const lagged = present.slice(0, order + 1);
  if (u === v) addOwnPairs(lagged, series, u);
  else addPairs(lagged, series, u, v);
  return bordered(lagged, u, v);
}

/** Pairs that a missing value is part of; a pair of two missing values is counted once, by the later one. */
function addPairs(lagged: Float64Array, series: GapSeries, u: Float64Array, v: Float64Array): void {
  const { missing, absent, length } = series;
  for (let i = 0; i < missing.length; i++) {
    const at = missing[i];
    const ua = u[at] / 2;
    const va = v[at] / 2;
    lagged[0] += ua * v[at] + va * u[at];
    for (let k = 1; k < lagged.length; k++) {
      if (at >= k) lagged[k] += ua * v[at - k] + va * u[at - k];
      if (at + k < length && absent[at + k] === 0) lagged[k] += ua * v[at + k] + va * u[at + k];
    }
  }
}

/** The same for u = v. */
function addOwnPairs(lagged: Float64Array, series: GapSeries, u: Float64Array): void {
  const { missing, absent, length } = series;
  for (let i = 0; i < missing.length; i++) {
    const at = missing[i];
    const ua = u[at];
    lagged[0] += ua * ua;
    for (let k = 1; k < lagged.length; k++) {
      if (at >= k) lagged[k] += ua * u[at - k];
      if (at + k < length && absent[at + k] === 0) lagged[k] += ua * u[at + k];
    }
  }
}

/** All D_ij from D_0k: from one row to the next a lag's sum only loses products at both ends. */
function bordered(lagged: Float64Array, u: Float64Array, v: Float64Array): Float64Array {
  const size = lagged.length;
  const n = u.length;
  const moments = new Float64Array(size * size);
  for (let lag = 0; lag < size; lag++) {
    let value = lagged[lag];
    for (let i = 0, j = lag; j < size; i++, j++) {
      moments[i * size + j] = value;
      moments[j * size + i] = value;
      const s = n - 1 - i;
      const t = n - 1 - j;
      value -= (u[i] * v[j] + u[j] * v[i] + u[s] * v[t] + u[t] * v[s]) / 2;
    }
  }
  return moments;
}
