import { laggedProductsByFourier } from "../fft.js";

/** Values a pass, long passes first: they fit the first cache, and short partial sums keep rounding small. */
const PASSES = [2048, 128, 16];
/** From this many lags and values on the Fourier transform is faster, measured for 10² to 10⁶ values. */
const FOURIER_LAGS = 96;
const FOURIER_VALUES = 400;

/**
 * c_k = Σ_t x_t x_{t+k} for k = 0 … maxLag.
 *
 * Summed directly, four lags and four values at a time, or by Fourier transform where that is faster.
 *
 * @param maxLag below the length of x.
 * @example laggedProducts(Float64Array.of(1, 2, 3), 2); // [14, 8, 3]
 */
export function laggedProducts(x: Float64Array, maxLag: number): Float64Array {
  const fourier = maxLag >= FOURIER_LAGS && x.length >= FOURIER_VALUES;
  return fourier ? laggedProductsByFourier(x, maxLag) : laggedProductsDirect(x, maxLag);
}

/** {@link laggedProducts} as plain sums. */
export function laggedProductsDirect(x: Float64Array, maxLag: number): Float64Array {
  const groups = Math.ceil((maxLag + 1) / 4);
  const sums = new Float64Array(4 * groups);
  // Whole passes end where the highest lag still lies inside the series.
  const inside = x.length - 4 * groups;
  let from = 0;
  for (const pass of PASSES) {
    for (; from + pass <= inside; from += pass) {
      for (let group = 0; group < groups; group++) addPass(x, from, from + pass, 4 * group, sums);
    }
  }
  for (let lag = 0; lag <= maxLag; lag++) {
    let sum = 0;
    for (let t = from; t + lag < x.length; t++) sum += x[t] * x[t + lag];
    sums[lag] += sum;
  }
  return sums.slice(0, maxLag + 1);
}

/** Adds the products of lags `lag` to `lag + 3` for t from `from` to `to`, a multiple of four values. */
function addPass(x: Float64Array, from: number, to: number, lag: number, sums: Float64Array): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let y0 = x[from + lag];
  let y1 = x[from + lag + 1];
  let y2 = x[from + lag + 2];
  for (let t = from, u = from + lag; t < to; t += 4, u += 4) {
    const a = x[t];
    const b = x[t + 1];
    const c = x[t + 2];
    const d = x[t + 3];
    const y3 = x[u + 3];
    const y4 = x[u + 4];
    const y5 = x[u + 5];
    const y6 = x[u + 6];
    s0 += a * y0 + b * y1 + (c * y2 + d * y3);
    s1 += a * y1 + b * y2 + (c * y3 + d * y4);
    s2 += a * y2 + b * y3 + (c * y4 + d * y5);
    s3 += a * y3 + b * y4 + (c * y5 + d * y6);
    y0 = y4;
    y1 = y5;
    y2 = y6;
  }
  sums[lag] += s0;
  sums[lag + 1] += s1;
  sums[lag + 2] += s2;
  sums[lag + 3] += s3;
}
