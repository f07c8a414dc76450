import type { Rng } from "../../../core/random.js";
import { largestOf } from "../../../math/extremes.js";
import { partialsToAr, partialsWithin } from "../../../math/levinson.js";
import { cholesky, solveCholesky } from "../../../math/linear-algebra/cholesky.js";
import { dot } from "../../../math/linear-algebra/vector.js";
import type { ArmaOrders } from "../definition/orders.js";
import type { LongAutoregression } from "../problem/long-autoregression.js";

/**
 * Starting coefficients by Hannan and Rissanen's regression of w_t on its own lags and on those of the residuals of a
 * long autoregression, the products of the two factors' lags included; shrunk into the regions where roots belong.
 *
 * @see E. J. Hannan and J. Rissanen, Biometrika 69 (1982), 81–94.
 */
export function hannanRissanen(orders: ArmaOrders, long: LongAutoregression): Float64Array {
  const { p, q, P, Q, period } = orders;
  const x = new Float64Array(p + q + P + Q);
  const arLags = productLags(p, P, period);
  const maLags = productLags(q, Q, period);
  const solution =
    regress(long, arLags, maLags) ?? regress(long, factorLags(p, P, period), factorLags(q, Q, period));
  if (solution === null) return x;
  for (const { lag, ar, coefficient } of solution) {
    const degree = ar ? p : q;
    const from = ar ? 0 : p;
    const fromSeasonal = ar ? p + q : p + q + P;
    if (lag <= degree) x[from + lag - 1] = coefficient;
    else if (lag % period === 0 && lag / period <= (ar ? P : Q))
      x[fromSeasonal + lag / period - 1] = coefficient;
  }
  pullInside(orders, x, 0.98);
  return x;
}

/** Multiplies coefficient j of each factor by s^j, s as near 1 as puts all roots outside the unit circle. */
export function pullInside(orders: ArmaOrders, x: Float64Array, limit: number): void {
  const { p, q, P, Q } = orders;
  shrinkFactor(x, 0, p, 1, limit);
  shrinkFactor(x, p, q, -1, limit);
  shrinkFactor(x, p + q, P, 1, limit);
  shrinkFactor(x, p + q + P, Q, -1, limit);
}

/** Coefficients with partial autocorrelations uniform on (−0.9, 0.9), in every factor. */
export function randomStart(orders: ArmaOrders, rng: Rng): Float64Array {
  const { p, q, P, Q } = orders;
  const x = new Float64Array(p + q + P + Q);
  randomFactor(x, 0, p, 1, rng);
  randomFactor(x, p, q, -1, rng);
  randomFactor(x, p + q, P, 1, rng);
  randomFactor(x, p + q + P, Q, -1, rng);
  return x;
}

function randomFactor(x: Float64Array, from: number, degree: number, sign: number, rng: Rng): void {
  for (let k = 0; k < degree; k++) x[from + k] = 1.8 * rng.uniform() - 0.9;
  partialsToAr(x, from, degree);
  if (sign < 0) for (let k = 0; k < degree; k++) x[from + k] = -x[from + k]!;
}

function shrinkFactor(x: Float64Array, from: number, degree: number, sign: number, limit: number): void {
  if (degree === 0) return;
  for (let round = 0; round < 60 && !partialsWithin(x, from, degree, sign, limit); round++) {
    let power = 1;
    for (let i = 0; i < degree; i++) {
      power *= 0.95;
      x[from + i]! *= power;
    }
  }
}

function productLags(degree: number, seasonalDegree: number, period: number): number[] {
  const lags: number[] = [];
  for (let seasons = 0; seasons <= seasonalDegree; seasons++) {
    for (let steps = 0; steps <= degree; steps++) {
      const lag = seasons * period + steps;
      if (lag > 0 && !lags.includes(lag)) lags.push(lag);
    }
  }
  return lags;
}

function factorLags(degree: number, seasonalDegree: number, period: number): number[] {
  return productLags(degree, seasonalDegree, period).filter((lag) => lag <= degree || lag % period === 0);
}

/** Lags are collinear where less than this share of the square of one is left after those before it. */
const COLLINEAR = 1e-12;

interface Regressed {
  readonly lag: number;
  readonly ar: boolean;
  readonly coefficient: number;
}

/** Null where there are too few rows for so many lags or they are collinear. */
function regress(
  long: LongAutoregression,
  arLags: readonly number[],
  maLags: readonly number[],
): Regressed[] | null {
  const { series, residuals, order } = long;
  const lags = [...arLags, ...maLags];
  const size = lags.length;
  if (size === 0) return [];
  const longestAr = largestOf(arLags, 0);
  const longestMa = maLags.length > 0 ? order + largestOf(maLags) : 0;
  const first = Math.max(longestAr, longestMa);
  const rows = series.length - first;
  if (rows < 2 * size + 2) return null;
  const signalOf = (i: number) => (i < arLags.length ? series : residuals);
  const gram = new Float64Array(size * size);
  const solution = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++)
      gram[i * size + j] = dot(signalOf(i), first - lags[i]!, signalOf(j), first - lags[j]!, rows);
    solution[i] = dot(signalOf(i), first - lags[i]!, series, first, rows);
  }
  if (Number.isNaN(cholesky(gram, size, COLLINEAR))) return null;
  solveCholesky(gram, size, solution);
  return Array.from(solution, (coefficient, i) => ({ lag: lags[i]!, ar: i < arLags.length, coefficient }));
}
