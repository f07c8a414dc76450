import { type LagModel, lagged } from "../lag-polynomial/model.js";
import type { LagState } from "./state.js";
import type { StartFactor } from "./stationary-start.js";
import { generalState } from "./update.js";

/** Marginal moments of the next values, in units of σ². */
export interface LagForecast {
  readonly mean: Float64Array;
  /** Variance/σ²; Infinity where still diffuse. */
  readonly relativeVariance: Float64Array;
}

/** Diffuse weights this small beside 1 are rounding. */
const DIFFUSE_WEIGHT = 1e-9;

/**
 * Exact means and variances of the next `horizon` values.
 *
 * The mean, every column of the memory's factor and the response ψ to a unit innovation follow the same recursion,
 * so Var(y_{t+h}) = σ²(ψ₀² + … + ψ²_{h−1} + Σ_columns value²).
 */
export function forecastLags(
  model: LagModel,
  start: StartFactor,
  state: LagState,
  horizon: number,
): LagForecast {
  const { first, rank, factor, diffuseRank, diffuse, mean } = generalState(model, start, state);
  const buffers = extrapolationBuffers(model, horizon);
  const relativeVariance = new Float64Array(horizon);
  let sum = 0;
  for (let h = 0, psi = innovationResponses(model, horizon, buffers); h < horizon; h++) {
    sum += psi[h] * psi[h];
    relativeVariance[h] = sum;
  }
  for (let column = 0; column < rank; column++) {
    const values = extrapolate(model, factor, rank, column, first, buffers);
    for (let h = 0; h < horizon; h++) relativeVariance[h] += values[h] * values[h];
  }
  for (let column = 0; column < diffuseRank; column++) {
    const values = extrapolate(model, diffuse, diffuseRank, column, 0, buffers);
    for (let h = 0; h < horizon; h++) {
      if (Math.abs(values[h]) > DIFFUSE_WEIGHT) relativeVariance[h] = Number.POSITIVE_INFINITY;
    }
  }
  return { mean: extrapolate(model, mean, 1, 0, 0, buffers).slice(), relativeVariance };
}

/** ψ₀ = 1, ψ₁, …: the response of y to a unit innovation. */
export function innovationResponses(
  model: LagModel,
  count: number,
  buffers: ExtrapolationBuffers = extrapolationBuffers(model, count),
): Float64Array {
  buffers.clear();
  const { y, w, e } = buffers;
  e[model.ma.degree] = 1;
  for (let h = 0; h < count; h++) step(model, y, w, e, h, h === 0 ? 1 : 0);
  return y.slice(model.rowOfW, model.rowOfW + count);
}

interface ExtrapolationBuffers {
  /** Each holds its lags, oldest first, and `horizon` values after them. */
  readonly y: Float64Array;
  readonly w: Float64Array;
  readonly e: Float64Array;
  readonly values: Float64Array;
  clear(): void;
}

function extrapolationBuffers(model: LagModel, horizon: number): ExtrapolationBuffers {
  const y = new Float64Array(model.rowOfW + horizon);
  const w = new Float64Array(model.ar.degree + horizon);
  const e = new Float64Array(model.ma.degree + horizon);
  const values = new Float64Array(horizon);
  const clear = () => {
    y.fill(0);
    w.fill(0);
    e.fill(0);
  };
  return { y, w, e, values, clear };
}

/** The next values of y when the memory is one column of a matrix whose rows begin at `first`; no new innovations. */
function extrapolate(
  model: LagModel,
  rows: Float64Array,
  width: number,
  column: number,
  first: number,
  buffers: ExtrapolationBuffers,
): Float64Array {
  buffers.clear();
  const { y, w, e, values } = buffers;
  const entry = (row: number) => (row < first ? 0 : rows[(row - first) * width + column]);
  for (let lag = 1; lag <= model.rowOfW; lag++) y[model.rowOfW - lag] = entry(lag - 1);
  for (let lag = 1; lag <= model.ar.degree; lag++) w[model.ar.degree - lag] = entry(model.rowOfW + lag - 1);
  for (let lag = 1; lag <= model.ma.degree; lag++) e[model.ma.degree - lag] = entry(model.rowOfE + lag - 1);
  for (let h = 0; h < values.length; h++) {
    step(model, y, w, e, h, 0);
    values[h] = y[model.rowOfW + h];
  }
  return values;
}

function step(
  model: LagModel,
  y: Float64Array,
  w: Float64Array,
  e: Float64Array,
  h: number,
  innovation: number,
): void {
  const { difference, ar, ma } = model;
  const next = innovation - lagged(ar, w, ar.degree + h) + lagged(ma, e, ma.degree + h);
  w[ar.degree + h] = next;
  y[difference.degree + h] = next - lagged(difference, y, difference.degree + h);
}
