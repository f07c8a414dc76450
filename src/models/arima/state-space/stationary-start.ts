import { stepUp } from "../../../math/levinson.js";
import { arPartials } from "../lag-polynomial/autocovariances.js";
import type { LagList, LagModel } from "../lag-polynomial/model.js";

/** A factor S, rows × rank row-major, of the covariance SS' (in units of σ²) of the memory's rows w and e. */
export interface StartFactor {
  readonly rank: number;
  readonly values: Float64Array;
}

/**
 * The stationary covariance of (w_{t−1} … w_{t−p*}, e_{t−1} … e_{t−q*}), factored.
 *
 * x = w/t(B) is AR(p*). Its first p* values follow Levinson's recursion from independent draws, the next q* its own
 * recursion; w is t(B)x. Nothing is subtracted, so that a root near the unit circle costs no digits.
 *
 * @returns null where the AR part is not stationary.
 */
export function stationaryStart(model: LagModel): StartFactor | null {
  const p = model.ar.degree;
  const q = model.ma.degree;
  const rank = p + q;
  const x = arWindow(model.ar, rank);
  if (x === null) return null;
  const values = new Float64Array((p + q) * rank);
  for (let lag = 1; lag <= p; lag++) {
    const row = (lag - 1) * rank;
    addRow(values, row, x, (rank - lag) * rank, rank, 1);
    model.ma.lags.forEach((back, j) => {
      addRow(values, row, x, (rank - lag - back) * rank, rank, model.ma.coefficients[j]);
    });
  }
  for (let lag = 1; lag <= q; lag++) values[(p + lag - 1) * rank + rank - lag] = 1;
  return { rank, values };
}

/** Whether the AR part has all its roots outside the unit circle. */
export function isStationary(model: LagModel): boolean {
  return arPartials(model.ar) !== null;
}

/** Rows: x_1 … x_rank of the AR in terms of independent draws; the last rank − p* of these are innovations. */
function arWindow(ar: LagList, rank: number): Float64Array | null {
  const p = ar.degree;
  const x = new Float64Array(rank * rank);
  const partials = arPartials(ar);
  if (partials === null) return null;
  const deviations = innovationDeviations(partials);
  const phi = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    for (let j = 1; j <= k; j++) addRow(x, k * rank, x, (k - j) * rank, rank, phi[j - 1]);
    x[k * rank + k] = deviations[k];
    stepUp(phi, 0, k, partials[k]);
  }
  for (let k = p; k < rank; k++) {
    ar.lags.forEach((lag, j) => {
      addRow(x, k * rank, x, (k - lag) * rank, rank, -ar.coefficients[j]);
    });
    x[k * rank + k] = 1;
  }
  return x;
}

/** Standard deviation of the k-th value given those before it, 1 from the p*-th on. */
function innovationDeviations(partials: Float64Array): Float64Array {
  const deviations = new Float64Array(partials.length);
  let variance = 1;
  for (let k = partials.length - 1; k >= 0; k--) {
    variance /= (1 - partials[k]) * (1 + partials[k]);
    deviations[k] = Math.sqrt(variance);
  }
  return deviations;
}

/** target[at …] += factor · source[from …], `count` entries. */
function addRow(
  target: Float64Array,
  at: number,
  source: Float64Array,
  from: number,
  count: number,
  factor: number,
): void {
  for (let j = 0; j < count; j++) target[at + j] += factor * source[from + j];
}
