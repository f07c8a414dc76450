import { expect, test } from "vitest";
import { type Rng, random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { arima } from "../../../src/models/arima/arima.js";
import { type ArimaParams, stateSpaceOf } from "../../../src/models/arima/params.js";
import { lessRegression } from "../../../src/models/arima/replay.js";
import { replayGaps } from "../../../src/models/arima/replay-gaps.js";
import { forecastLags } from "../../../src/models/arima/state-space/forecast.js";
import { predict } from "../../../src/models/arima/state-space/predict.js";
import { startState } from "../../../src/models/arima/state-space/state.js";
import { advance } from "../../../src/models/arima/state-space/update.js";
import { integer, normal, stable } from "./draws.js";

function drawn(rng: Rng): ArimaParams {
  const period = [1, 4, 12][integer(rng, 0, 2)]!;
  const most = period > 1 ? 1 : 0;
  const order = [integer(rng, 0, 3), integer(rng, 0, 2), integer(rng, 0, 3)] as const;
  const seasonal = [integer(rng, 0, most), integer(rng, 0, most), integer(rng, 0, most)] as const;
  return {
    ...{ order, seasonal, period, mean: null, drift: null, inputs: [], sigma2: 0.5 + rng.uniform() },
    ar: stable(rng, order[0]),
    ma: stable(rng, order[2]).map((v) => -v),
    sar: stable(rng, seasonal[0]),
    sma: stable(rng, seasonal[2]).map((v) => -v),
  };
}

/** The plain step, value by value. */
function stepped(params: ArimaParams, y: Float64Array) {
  const { model, start } = stateSpaceOf(params);
  let lags = startState(model, start);
  let logLikelihood = 0;
  const means: number[] = [];
  const variances: number[] = [];
  for (const value of y) {
    const { mean, relativeVariance, isDiffuse } = predict(model, lags);
    means.push(isDiffuse ? Number.NaN : mean[0]!);
    variances.push(isDiffuse ? Number.NaN : relativeVariance);
    if (!isDiffuse && !Number.isNaN(value)) {
      const variance = params.sigma2 * relativeVariance;
      logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + (value - mean[0]!) ** 2 / variance);
    }
    lags = advance(model, start, lags, Float64Array.of(value));
  }
  return { lags, logLikelihood, means, variances };
}

/** The largest difference beside 1 + the size of what was expected; NaN has to meet NaN. */
function apart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let most = 0;
  for (let t = 0; t < expected.length; t++) {
    if (Number.isNaN(expected[t]!)) expect(actual[t]).toBeNaN();
    else most = Math.max(most, Math.abs(actual[t]! - expected[t]!) / (1 + Math.abs(expected[t]!)));
  }
  return most;
}

test("a series with gaps is replayed as the plain steps do: errors, likelihood and what comes after", () => {
  const rng = random(41);
  let taken = 0;
  for (let i = 0; i < 150; i++) {
    const stream = rng.fork(i);
    const params = drawn(stream);
    const needed = params.order[1] + params.period * params.seasonal[1];
    const n = 8 * params.period + 3 * needed + 60;
    let level = 0;
    const skipped = [0, 2][integer(stream, 0, 1)]!;
    const ended = [0, 0, 3][integer(stream, 0, 2)]!;
    const share = [0.02, 0.1, 0.5][i % 3]!;
    const y = Float64Array.from({ length: n }, (_, t) => {
      const value = (level += normal(stream)) + normal(stream);
      return t < skipped || t >= n - ended || stream.uniform() < share ? Number.NaN : value;
    });
    const replay = replayGaps(params, stateSpaceOf(params), y);
    if (replay === null) continue;
    taken++;
    const plain = stepped(params, y);
    const about = JSON.stringify({ i, params });
    expect(apart(replay.predicted, plain.means), about).toBeLessThan(1e-10);
    expect(apart(replay.relativeVariance, plain.variances), about).toBeLessThan(1e-10);
    expect(apart([replay.logLikelihood], [plain.logLikelihood]), about).toBeLessThan(1e-11);
    expect(replay.lags.known).toBe(plain.lags.known);
    expect(replay.lags.stage).toBe(plain.lags.stage);
    const { model, start } = stateSpaceOf(params);
    const ahead = forecastLags(model, start, replay.lags, 2 * params.period + 12);
    const expected = forecastLags(model, start, plain.lags, 2 * params.period + 12);
    expect(apart(ahead.mean, expected.mean), about).toBeLessThan(1e-10);
    expect(apart(ahead.relativeVariance, expected.relativeVariance), about).toBeLessThan(1e-10);
  }
  expect(taken).toBeGreaterThan(100);
});

test("the memory that a fit leaves is that of the plain steps at its estimates, with a drift and missing rows at the end too", () => {
  const rng = random(43);
  for (let i = 0; i < 80; i++) {
    const stream = rng.fork(i);
    const { order: whole, seasonal: seasons, period } = drawn(stream);
    // Every fourth is a differenced autoregression, whose gaps are filled.
    const order = i % 4 === 3 ? ([whole[0], Math.max(1, whole[1]), 0] as const) : whole;
    const seasonal = i % 4 === 3 ? ([seasons[0], seasons[1], 0] as const) : seasons;
    const drift = order[1] === 1 && seasonal[1] === 0 && i % 2 === 0;
    const n = 8 * period + 50;
    let level = 20;
    const ended = [0, 0, 3][integer(stream, 0, 2)]!;
    const share = [0.1, 0.3, 0.5][i % 3]!;
    const y = Float64Array.from({ length: n }, (_, t) => {
      const value = (level += 0.1 + normal(stream)) + normal(stream);
      return t >= n - ended || stream.uniform() < share ? Number.NaN : value;
    });
    const one = series(y, { period: Math.max(period, 2) });
    const { params, state, report } = arima({ order, seasonal, drift, mean: false }).fit(one);
    const plain = stepped(params, lessRegression(one, params));
    const about = JSON.stringify({ i, params });
    expect(Math.abs(report.logLikelihood / plain.logLikelihood - 1), about).toBeLessThan(1e-9);
    expect(state.lags.known).toBe(plain.lags.known);
    expect(state.lags.stage).toBe(plain.lags.stage);
    const { model, start } = stateSpaceOf(params);
    const ahead = forecastLags(model, start, state.lags, 2 * period + 12);
    const expected = forecastLags(model, start, plain.lags, 2 * period + 12);
    // Measured: 7e-10 and 3e-10, where a unit root is near.
    expect(apart(ahead.mean, expected.mean), about).toBeLessThan(1e-8);
    expect(apart(ahead.relativeVariance, expected.relativeVariance), about).toBeLessThan(1e-8);
  }
});
