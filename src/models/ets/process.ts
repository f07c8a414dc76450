import type { Distribution } from "../../core/distribution.js";
import type { Process, Replay } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { normal } from "../../distributions/families/normal.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { replayStepwise } from "../../engine/replay.js";
import { rollStepwise } from "../../engine/roll.js";
import { GapFilter } from "./likelihood/gap-filter.js";
import { afterMissing, afterValue, leverage, unitVariance } from "./likelihood/state-covariance.js";
import { isLinear } from "./recursion/form.js";
import { runRecursion } from "./recursion/recursion.js";
import { makeTrace, shapeOf } from "./recursion/trace.js";
import { type EtsParams, type EtsState, Transition } from "./recursion/transition.js";
import { rollPaths } from "./roll-paths.js";

/**
 * Exponential smoothing as a process: one source of error moves level, slope and season.
 *
 * The conditional is N(f, σ²), with relative errors N(f, σ²f²). A missing value leaves what it would have changed
 * uncertain; linear forms carry that exactly, the others go on as if its error had been 0.
 */
export const etsProcess: Process<EtsParams, EtsState> = {
  kind: "ets",
  start: ({ level, slope, season }) => ({
    level,
    slope,
    season: season.slice(),
    phase: 0,
    covarianceRoot: [],
  }),
  conditional(params, state) {
    const states = new Transition(params);
    states.put(state);
    const mean = states.predict();
    if (params.form.error === "M") return normal(mean, params.sigma2 * mean * mean);
    if (state.covarianceRoot.length === 0) return normal(mean, params.sigma2);
    const h = leverage(state.covarianceRoot, params.smoothing.phi, state.phase);
    return normal(mean, params.sigma2 * unitVariance(h));
  },
  advance(params, state, y) {
    const states = new Transition(params);
    states.put(state);
    const mean = states.predict();
    if (Number.isNaN(y)) {
      states.move(0);
      const root = isLinear(params.form)
        ? afterMissing(state.covarianceRoot, params.smoothing, state.season.length, state.phase)
        : state.covarianceRoot;
      return states.state(root);
    }
    if (state.covarianceRoot.length === 0) {
      states.move(y - mean);
      return states.state(state.covarianceRoot);
    }
    return advanceUncertain(params, state, states, y - mean);
  },
  ahead(params, state, inputs) {
    return isLinear(params.form) ? linearAhead(params, state, inputs.length) : bySampling();
  },
  means(params, state, inputs) {
    return isLinear(params.form) ? null : undisturbed(params, state, inputs.length);
  },
  rollMany(params, state, inputs, streams) {
    if (state.covarianceRoot.length > 0) return rollStepwise(etsProcess, params, state, inputs, streams);
    return rollPaths(params, state, inputs.length, streams);
  },
  parts({ form }, { level, slope, season, phase }) {
    const last = season[(phase + season.length - 1) % season.length];
    return {
      level,
      ...(form.trend === "N" ? {} : { slope }),
      ...(last === undefined ? {} : { season: last }),
    };
  },
  replayMany(params, series) {
    if (isLinear(params.form) && series.y.some(Number.isNaN)) return replayOverGaps(params, series);
    return replayWhole(params, series) ?? replayStepwise(etsProcess, params, series);
  },
};

/** The states after a value that was predicted from uncertain states: moved by Kalman's gain. */
function advanceUncertain(params: EtsParams, state: EtsState, states: Transition, error: number): EtsState {
  const seasons = state.season.length;
  const h = leverage(state.covarianceRoot, params.smoothing.phi, state.phase);
  const { root, gain } = afterValue(state.covarianceRoot, h, params.smoothing, seasons, state.phase);
  states.move(0);
  const season = states.season.slice();
  for (let j = 0; j < seasons; j++) season[j] = season[j]! + gain[2 + j]! * error;
  return {
    level: states.level + gain[0]! * error,
    slope: states.slope + gain[1]! * error,
    season,
    phase: states.phase,
    covarianceRoot: root,
  };
}

/**
 * Exact normal marginals of a linear form: the value h steps ahead has variance σ²(1 + Σ_{j<h} c_j² + Σ_k d_{k,h}²) with
 * c_j = α + βφ_j + γ[m divides j], φ_j = φ + … + φ^j, and d what is uncertain of the states now, carried forward.
 *
 * @see R. J. Hyndman, A. B. Koehler, J. K. Ord, R. D. Snyder (2008), pp. 81-82.
 */
function linearAhead(params: EtsParams, state: EtsState, horizon: number): Distribution[] {
  const { alpha, beta, gamma, phi } = params.smoothing;
  const period = state.season.length;
  const deviations = state.covarianceRoot.map((c) => c.slice());
  const result: Distribution[] = [];
  let damped = 0;
  let power = 1;
  let sum = 1;
  for (let h = 1; h <= horizon; h++) {
    power *= phi;
    damped += power;
    const phase = period === 0 ? 0 : (state.phase + h - 1) % period;
    const mean = state.level + damped * state.slope + (period === 0 ? 0 : state.season[phase]!);
    let variance = sum;
    for (const c of deviations) {
      const d = c[0]! + damped * c[1]! + (period === 0 ? 0 : c[2 + phase]!);
      variance += d * d;
    }
    result.push(normal(mean, params.sigma2 * variance));
    const response = alpha + beta * damped + (period > 0 && h % period === 0 ? gamma : 0);
    sum += response * response;
  }
  return result;
}

/**
 * The forecasts with every error at 0. Their means exactly where only errors are relative, and within a season where the
 * season is; else within σ²αγ of them, relatively, and more with multiplicative trends. R's point forecasts.
 */
function undisturbed(params: EtsParams, state: EtsState, horizon: number): Float64Array {
  const states = new Transition(params);
  states.put(state);
  return Float64Array.from({ length: horizon }, () => {
    const mean = states.predict();
    states.move(0);
    return mean;
  });
}

/** The whole series in one run; null where a state left the region in which the form is defined. */
function replayWhole(params: EtsParams, series: Series): Replay<EtsState> | null {
  const n = series.y.length;
  const { form, smoothing, sigma2 } = params;
  const shape = shapeOf(form, params.floor);
  const trace = makeTrace(n, shape.period);
  trace.level[0] = params.level;
  trace.slope[0] = params.slope;
  trace.season.set(params.season);
  if (!runRecursion(shape, smoothing, series.y, trace)) return null;
  const { forecast } = trace;
  const residuals = series.y.map((y, t) => y - forecast[t]!);
  const sd = Math.sqrt(sigma2);
  const standardized = residuals.map((e, t) =>
    e === 0 ? 0 : e / (shape.relativeError ? sd * Math.abs(forecast[t]!) : sd),
  );
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    if (Number.isNaN(series.y[t]!)) continue;
    const variance = shape.relativeError ? sigma2 * forecast[t]! * forecast[t]! : sigma2;
    logLikelihood += normal(forecast[t]!, variance).logDensity(series.y[t]!);
  }
  return { state: lastState(params, trace, n), logLikelihood, fitted: forecast, residuals, standardized };
}

/** A linear form over missing values, its states as uncertain as these leave them. */
function replayOverGaps(params: EtsParams, { y }: Series): Replay<EtsState> {
  const n = y.length;
  const { smoothing, sigma2, season } = params;
  const states = Float64Array.from([params.level, params.slope, ...season]);
  const fitted = new Float64Array(n);
  const variances = new Float64Array(n).fill(Number.NaN);
  const filter = new GapFilter(season.length);
  filter.run(y, smoothing, states, fitted, variances);
  const residuals = y.map((value, t) => value - fitted[t]!);
  const standardized = residuals.map((e, t) => (e === 0 ? 0 : e / Math.sqrt(sigma2 * variances[t]!)));
  let logLikelihood = 0;
  for (let t = 0; t < n; t++) {
    if (!Number.isNaN(y[t])) logLikelihood += normal(fitted[t]!, sigma2 * variances[t]!).logDensity(y[t]!);
  }
  const state = {
    level: states[0]!,
    slope: states[1]!,
    season: states.slice(2),
    phase: season.length === 0 ? 0 : n % season.length,
    covarianceRoot: filter.root,
  };
  return { state, logLikelihood, fitted, residuals, standardized };
}

/** The states at the end of a run, the seasons in ring order. */
function lastState(params: EtsParams, trace: ReturnType<typeof makeTrace>, n: number): EtsState {
  const period = params.season.length;
  const season = new Float64Array(period);
  for (let j = 0; j < period; j++) season[(n + j) % period] = trace.season[n + j]!;
  return {
    level: trace.level[n]!,
    slope: trace.slope[n]!,
    season,
    phase: period === 0 ? 0 : n % period,
    covarianceRoot: [],
  };
}
