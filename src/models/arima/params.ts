import type { Inputs } from "../../core/series.js";
import type { ArimaCoefficients, LagModel } from "./lag-polynomial/model.js";
import { lagModel } from "./lag-polynomial/model.js";
import { type StartFactor, stationaryStart } from "./state-space/stationary-start.js";

/** Estimates of an ARIMA: plain data. */
export interface ArimaParams {
  /** p, d, q. */
  readonly order: readonly [number, number, number];
  /** P, D, Q. */
  readonly seasonal: readonly [number, number, number];
  readonly period: number;
  readonly ar: readonly number[];
  readonly ma: readonly number[];
  readonly sar: readonly number[];
  readonly sma: readonly number[];
  /** Level around which the series moves, or null. */
  readonly mean: number | null;
  /** Slope of a straight line in the row number (1, 2, …), or null. */
  readonly drift: number | null;
  /** Coefficients of the inputs, in their order. */
  readonly inputs: readonly number[];
  /** Innovation variance. */
  readonly sigma2: number;
}

/** What the steps need of the estimates, worked out once for each, the start only where there is a step to make. */
export interface StateSpace {
  readonly model: LagModel;
  readonly start: StartFactor;
}

const STATE_SPACES = new WeakMap<ArimaParams, StateSpace>();
const CERTAIN: StartFactor = { rank: 0, values: new Float64Array(0) };

export function coefficientsOf(params: ArimaParams): ArimaCoefficients {
  const { order, seasonal, period, ar, ma, sar, sma } = params;
  return { d: order[1], D: seasonal[1], period, ar, ma, sar, sma };
}

export function stateSpaceOf(params: ArimaParams): StateSpace {
  const kept = STATE_SPACES.get(params);
  if (kept !== undefined) return kept;
  const model = lagModel(coefficientsOf(params));
  let start: StartFactor | null = null;
  const stateSpace = {
    model,
    get start() {
      // Without innovations there is nothing to be uncertain about.
      start ??= (params.sigma2 > 0 ? stationaryStart(model) : null) ?? CERTAIN;
      return start;
    },
  };
  STATE_SPACES.set(params, stateSpace);
  return stateSpace;
}

/** What the regression says about row `row`, counted from 0. */
export function regressionAt(params: ArimaParams, row: number, input: Float64Array): number {
  let sum = (params.mean ?? 0) + (params.drift ?? 0) * (row + 1);
  for (let i = 0; i < params.inputs.length; i++) sum += params.inputs[i]! * input[i]!;
  return sum;
}

/** The same about every row of a series. */
export function regressionOver(params: ArimaParams, { columns }: Inputs, rows: number): Float64Array {
  const values = new Float64Array(rows);
  const level = params.mean ?? 0;
  const slope = params.drift ?? 0;
  for (let t = 0; t < rows; t++) values[t] = level + slope * (t + 1);
  params.inputs.forEach((coefficient, i) => {
    const column = columns[i]!;
    for (let t = 0; t < rows; t++) values[t]! += coefficient * column[t]!;
  });
  return values;
}
