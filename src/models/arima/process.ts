import type { Distribution } from "../../core/distribution.js";
import type { Process } from "../../core/model.js";
import { diffuse } from "../../distributions/families/diffuse.js";
import { normal } from "../../distributions/families/normal.js";
import { isInvertible, isStationary } from "../../math/polynomials.js";
import { standardNormal } from "../../math/special-functions/normal.js";
import { type ArimaParams, regressionAt, stateSpaceOf } from "./params.js";
import { replayArima } from "./replay.js";
import { forecastLags } from "./state-space/forecast.js";
import { predict } from "./state-space/predict.js";
import { PathMemory, planRoll } from "./state-space/sample-paths.js";
import { type LagState, startState } from "./state-space/state.js";
import { advance } from "./state-space/update.js";

/** Memory of an ARIMA: what is known of its last values, and how many rows went by. */
export interface ArimaState {
  readonly lags: LagState;
  readonly row: number;
}

/**
 * The ARIMA step: a filter on lagged values that starts from the exact stationary distribution of the differenced series
 * and, for the values that differencing needs, from an exactly diffuse one.
 *
 * @see J. Durbin and S. J. Koopman, Time Series Analysis by State Space Methods, 2nd ed. (2012), chapter 5, for exact
 * diffuse starts; here diffuse directions are eliminated one by one by reflections.
 */
export const arimaProcess: Process<ArimaParams, ArimaState> = {
  kind: "arima",
  start(params) {
    const { model, start } = stateSpaceOf(params);
    return { lags: startState(model, start), row: 0 };
  },
  conditional(params, state, input) {
    const { mean, relativeVariance, isDiffuse } = predict(stateSpaceOf(params).model, state.lags);
    const level = mean[0]! + regressionAt(params, state.row, input);
    return isDiffuse ? diffuse(level) : normal(level, params.sigma2 * relativeVariance);
  },
  advance(params, state, y, input) {
    const { model, start } = stateSpaceOf(params);
    const value = Float64Array.of(y - regressionAt(params, state.row, input));
    return { lags: advance(model, start, state.lags, value), row: state.row + 1 };
  },
  ahead(params, state, inputs) {
    const { model, start } = stateSpaceOf(params);
    const { mean, relativeVariance } = forecastLags(model, start, state.lags, inputs.length);
    return inputs.map((input, h): Distribution => {
      const level = mean[h]! + regressionAt(params, state.row + h, input);
      return relativeVariance[h] === Number.POSITIVE_INFINITY
        ? diffuse(level)
        : normal(level, params.sigma2 * relativeVariance[h]!);
    });
  },
  rollMany(params, state, inputs, streams) {
    const { model, start } = stateSpaceOf(params);
    const horizon = inputs.length;
    const { state: from, steps } = planRoll(model, start, state.lags, horizon);
    const regression = inputs.map((input, h) => regressionAt(params, state.row + h, input));
    const values = new Float64Array(streams.length * horizon);
    const memory = new PathMemory(model, horizon);
    streams.forEach((rng, path) => {
      memory.begin(from.mean);
      for (let h = 0; h < horizon; h++) {
        const step = steps[h]!;
        const mean = memory.expect(h) + regression[h]!;
        const y =
          step.relativeVariance === Number.POSITIVE_INFINITY
            ? diffuse(mean).sample(rng)
            : mean + Math.sqrt(params.sigma2 * step.relativeVariance) * standardNormal(rng);
        values[path * horizon + h] = y;
        memory.learn(h, y - regression[h]!, y - mean, step);
      }
    });
    return { count: streams.length, horizon, values };
  },
  redraw,
  replayMany: replayArima,
};

/** Names of the report that stand for no input. */
const OWN_NAME = /^(s?(ar|ma)\d+|mean|intercept|drift)$/;

/** Other coefficients and variance; null for those that are not stationary or not invertible. */
function redraw(
  params: ArimaParams,
  coefficients: ReadonlyMap<string, number>,
  sigma2: number,
): ArimaParams | null {
  const drawn = (name: string, values: readonly number[]) =>
    values.map((value, j) => coefficients.get(`${name}${j + 1}`) ?? value);
  const [ar, ma] = [drawn("ar", params.ar), drawn("ma", params.ma)];
  const [sar, sma] = [drawn("sar", params.sar), drawn("sma", params.sma)];
  if (!isStationary(ar) || !isStationary(sar) || !isInvertible(ma) || !isInvertible(sma)) return null;
  const level = coefficients.get("mean") ?? coefficients.get("intercept");
  const others = [...coefficients].filter(([name]) => !OWN_NAME.test(name)).map(([, value]) => value);
  return {
    ...params,
    ar,
    ma,
    sar,
    sma,
    mean: params.mean === null ? null : (level ?? params.mean),
    drift: params.drift === null ? null : (coefficients.get("drift") ?? params.drift),
    inputs: others.length === params.inputs.length ? others : params.inputs,
    sigma2,
  };
}
