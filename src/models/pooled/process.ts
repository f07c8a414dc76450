import { dataError } from "../../core/errors.js";
import type { Paths } from "../../core/forecast.js";
import type { Process, Replay, SeriesHead } from "../../core/model.js";
import type { Rng } from "../../core/random.js";
import type { Series } from "../../core/series.js";
import { formatFrequency, sameStep } from "../../core/time/frequency.js";
import { lookAheadBy, type Mover } from "../../engine/decoding/look-ahead.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { rollStepwise } from "../../engine/roll.js";
import { studentTLogDensity } from "../../math/special-functions/student-t.js";
import { columnCount, memoryLength, type PooledParams, type PooledState } from "./params.js";
import { rollPaths, spreadColumns } from "./roll-paths.js";
import { conditionalOf, knownPart, PooledWalker } from "./walker.js";

/**
 * A linear autoregression whose coefficients all series of a panel share, in units of a running scale s of each (of logarithms: relative to
 * their running mean; of deviations: with y less its usual value at this place of the cycle, and no constant):
 *
 *   y_t/s_t = c + Σ_j φ_j y_{t−l_j}/s_t + β'x_t + ε_t,   ε_t ~ t_ν(0, κ a_t),   a_t = (k ā + Σ fadeⁱ|ε_{t−1−i}|)/(k + Σ fadeⁱ),
 *
 * or, of panels of counts with many zeros, a negative binomial count of the mean s_t (c + …), at least a twentieth of s_t. There ā is the mean size of errors over the panel, which counts as k errors beside those that the series has shown, and κ makes the
 * mean size of such an error a_t.
 */
export const pooledProcess: Process<PooledParams, PooledState> = {
  kind: "pooled",
  start,
  conditional(params, state, input) {
    const walker = new PooledWalker(params, state, 0);
    walker.predict(input);
    return walker.conditional();
  },
  advance: (params, state, y, input) => advanceMany(params, state, [y], [input]),
  advanceMany,
  ahead: bySampling,
  means(params, state, inputs) {
    const walker = new PooledWalker(params, state, inputs.length);
    if (!walker.started) return null;
    return Float64Array.from(inputs, (input) => {
      walker.predict(input);
      const { expected } = walker;
      walker.take(Number.NaN);
      return expected;
    });
  },
  rollMany,
  spreadAhead: (params, state, inputs, count, seed) =>
    state.mass > 0 ? spreadColumns(params, state, knownParts(params, state, inputs), count, seed) : null,
  replayMany,
  lookAhead(params, state, inputs) {
    const walker = new PooledWalker(params, state, inputs.length);
    const mover: Mover<ReturnType<PooledWalker["mark"]>> = {
      expect(input) {
        walker.predict(input);
        return walker.conditional();
      },
      take: (y) => walker.take(y),
      mark: () => walker.mark(),
      back: (mark) => walker.back(mark),
    };
    return lookAheadBy(mover, inputs);
  },
};

/** @throws YuleError `mismatched-frequency` for a series that steps otherwise than those the model learned from. */
function start(params: PooledParams, series?: SeriesHead): PooledState {
  const { lags, frequency, period } = params;
  const own = series?.time?.frequency ?? null;
  const alike = frequency === null || own === null ? series?.period === period : sameStep(frequency, own);
  if (series !== undefined && !alike) {
    const text = (step: typeof own) => (step === null ? "no dates" : formatFrequency(step));
    throw dataError(
      "mismatched-frequency",
      series.id,
      text(own),
      `${series.id} has ${text(own)} and period ${series.period}, the model was fitted to ${text(frequency)} and period ${period}; give series of the same frequency, or fit again.`,
    );
  }
  const recent = new Float64Array(memoryLength(params)).fill(Number.NaN);
  const deviations = new Float64Array(params.usual === null ? 0 : lags.at(-1)!).fill(Number.NaN);
  const time = series?.time ?? null;
  return { t: 0, time, sum: 0, mass: 0, total: 0, seen: 0, errorSum: 0, weight: 0, recent, deviations };
}

function advanceMany(
  params: PooledParams,
  state: PooledState,
  values: ArrayLike<number>,
  inputs: readonly Float64Array[],
): PooledState {
  const walker = new PooledWalker(params, state, values.length);
  for (let t = 0; t < values.length; t++) {
    walker.predict(inputs[t]!);
    walker.take(values[t]!);
  }
  return walker.state();
}

function rollMany(
  params: PooledParams,
  state: PooledState,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
): Paths {
  if (!(state.mass > 0)) return rollStepwise(pooledProcess, params, state, inputs, streams);
  return rollPaths(params, state, knownParts(params, state, inputs), streams);
}

function knownParts(params: PooledParams, state: PooledState, inputs: readonly Float64Array[]): Float64Array {
  const scratch = new Float64Array(columnCount(params) - 1 - params.lags.length);
  return Float64Array.from(inputs, (input, h) => knownPart(params, state, state.t + h, input, scratch));
}

function replayMany(params: PooledParams, series: Series): Replay<PooledState> {
  const { y, inputs } = series;
  const { df, low, log, dispersion } = params;
  const walker = new PooledWalker(params, start(params, series), y.length);
  const [means, spreads, highs] = [y.map(nothing), y.map(nothing), y.map(nothing)];
  const row = new Float64Array(inputs.columns.length);
  const peak = studentTLogDensity(0, df);
  let logLikelihood = 0;
  for (let t = 0; t < y.length; t++) {
    for (let i = 0; i < row.length; i++) row[i] = inputs.columns[i]![t]!;
    walker.predict(row);
    const value = y[t]!;
    if (walker.started) {
      means[t] = walker.mean;
      const spread = walker.spread();
      spreads[t] = spread;
      highs[t] = walker.high;
      const own = log === null ? value : Math.log(value + log.offset);
      const e = (own - walker.mean) / spread;
      if (dispersion !== undefined || (low !== null && value <= low) || own >= walker.high)
        logLikelihood += Number.isNaN(value) ? 0 : walker.conditional().logDensity(value);
      else if (!Number.isNaN(value))
        logLikelihood +=
          peak - 0.5 * (df + 1) * Math.log1p((e * e) / df) - Math.log(spread) - (log === null ? 0 : own);
    }
    walker.take(value);
  }
  return Object.assign(judged(params, y, { means, spreads, highs }), {
    state: walker.state(),
    logLikelihood,
  });
}

/** One-step predictions and errors, worked out where somebody asks: means of distributions cut at a bound are costly. */
function judged(
  params: PooledParams,
  y: Float64Array,
  { means, spreads, highs }: Readonly<Record<"means" | "spreads" | "highs", Float64Array>>,
) {
  let known: Pick<Replay<PooledState>, "fitted" | "residuals" | "standardized"> | null = null;
  const all = () => {
    const conditionals = Array.from(means, (mean, t) =>
      Number.isNaN(mean) ? null : conditionalOf(params, mean, spreads[t]!, highs[t]!),
    );
    const fitted = Float64Array.from(conditionals, (conditional) => conditional?.mean ?? Number.NaN);
    const residuals = y.map((value, t) => value - fitted[t]!);
    const standardized = residuals.map((e, t) => e / Math.sqrt(conditionals[t]?.variance ?? Number.NaN));
    return { fitted, residuals, standardized };
  };
  return {
    get fitted() {
      return (known ??= all()).fitted;
    },
    get residuals() {
      return (known ??= all()).residuals;
    },
    get standardized() {
      return (known ??= all()).standardized;
    },
  };
}

function nothing(): number {
  return Number.NaN;
}
