import type { Forecast } from "../../src/core/forecast.js";
import { type Series, slice } from "../../src/core/series.js";
import { defaultHorizon, forecast } from "../../src/engine/forecast.js";
import { naiveScale } from "../../src/evaluate/measures.js";
import { withMissing } from "../../src/models/missing.js";
import { parseModel } from "../../src/select/catalogue.js";
import type { Generator } from "./generator.js";

/** What one model did on one series, all origins together. */
export interface Trial {
  /** Mean absolute error of the medians in units of the scale (MASE, or ranges of the data for exact ones). */
  readonly error: number;
  /** Shares of the values, 0 to 1. */
  readonly held80: number;
  readonly held95: number;
  /** Share of the printed means inside their own 80 % interval. */
  readonly meansInside: number;
  /** How far the farthest mean lies outside the data seen, in ranges of them. */
  readonly farthest: number;
  /** Seconds of CPU. */
  readonly seconds: number;
  /** Why there is no forecast. */
  readonly failure: string | null;
  /** What `auto` said first, where it spoke. */
  readonly said: string;
}

const LONGEST_HORIZON = 60;
/** Series up to this long have no in-sample error to speak of: the scale is at least this share of their level. */
const SHORT = 10;
const LEAST_SHORT_SCALE = 0.05;

export interface Backtest {
  readonly origins: readonly number[];
  readonly horizon: number;
}

/** The forecast origins of a drawn series, the last one a horizon before its end. */
export function backtestOf({ horizon, origins = 2 }: Generator, { y, period }: Series): Backtest {
  const steps = horizon ?? Math.min(defaultHorizon(period), LONGEST_HORIZON, Math.floor(y.length / 3));
  const apart = Math.floor(steps / 2) + 1;
  return { horizon: steps, origins: Array.from({ length: origins }, (_, k) => y.length - steps - k * apart) };
}

/** Forecasts a drawn series from each of its origins and confronts the forecasts with what came. */
export function tryModel(notation: string, generator: Generator, whole: Series): Trial {
  const { origins, horizon } = backtestOf(generator, whole);
  const model = withMissing(parseModel(notation));
  const began = process.cpuUsage();
  try {
    const outcomes = origins.map((origin) => {
      const training = slice(whole, 0, origin);
      const inputs = Object.fromEntries(
        whole.inputs.names.map((name, k) => [name, whole.inputs.columns[k]!.slice(origin, origin + horizon)]),
      );
      const fitted = model.fit(training);
      const used = fitted.origin.inputNames.length > 0 ? { inputs } : {};
      return confront(
        forecast(fitted, { horizon, ...used }),
        whole.y.slice(origin, origin + horizon),
        training,
        generator,
      );
    });
    return { ...average(outcomes), seconds: secondsSince(began), failure: null };
  } catch (error) {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const nothing = {
      error: Number.NaN,
      held80: 0,
      held95: 0,
      meansInside: 0,
      farthest: Number.NaN,
      said: "",
    };
    return { ...nothing, seconds: secondsSince(began), failure };
  }
}

type Outcome = Omit<Trial, "seconds" | "failure">;

function secondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

function average(outcomes: readonly Outcome[]): Outcome {
  const mean = (value: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + value(outcome), 0) / outcomes.length;
  return {
    error: mean((o) => o.error),
    held80: mean((o) => o.held80),
    held95: mean((o) => o.held95),
    meansInside: mean((o) => o.meansInside),
    farthest: Math.max(...outcomes.map((o) => o.farthest)),
    said: outcomes[0]!.said,
  };
}

function confront(ahead: Forecast, actual: Float64Array, training: Series, generator: Generator): Outcome {
  const seen = training.y.filter((value) => !Number.isNaN(value));
  const low = seen.reduce((a, b) => Math.min(a, b));
  const high = seen.reduce((a, b) => Math.max(a, b));
  const range = high - low || Math.abs(high) || 1;
  const tolerance = 1e-9 * range;
  const scale = generator.exact === true ? range : scaleOf(training, seen, range);
  const sums = { error: 0, held80: 0, held95: 0, count: 0 };
  actual.forEach((y, h) => {
    if (Number.isNaN(y)) return;
    const distribution = ahead.distributions[h]!;
    const below = distribution.cdf(y - tolerance);
    const upTo = distribution.cdf(y + tolerance);
    sums.error += Math.abs(y - ahead.median[h]!) / scale;
    sums.held80 += shareWithin(below, upTo, 0.1, 0.9);
    sums.held95 += shareWithin(below, upTo, 0.025, 0.975);
    sums.count++;
  });
  let inside = 0;
  let farthest = 0;
  ahead.mean.forEach((mean, h) => {
    const distribution = ahead.distributions[h]!;
    const within =
      mean >= distribution.quantile(0.1) - tolerance && mean <= distribution.quantile(0.9) + tolerance;
    if (within) inside++;
    const outside = Math.max(low - mean, mean - high, 0) / range;
    farthest = Math.max(farthest, Number.isFinite(mean) ? outside : Number.POSITIVE_INFINITY);
  });
  return {
    error: sums.error / sums.count,
    held80: sums.held80 / sums.count,
    held95: sums.held95 / sums.count,
    meansInside: inside / ahead.mean.length,
    farthest,
    said: ahead.notes.find(({ code }) => code.startsWith("auto"))?.message ?? "",
  };
}

/**
 * The share of an observed value's probability, F(y−) to F(y), that lies between two tail probabilities: 0 or 1 for
 * continuous distributions, the randomised coverage of Czado, Gneiting & Held (2009) for counts.
 */
function shareWithin(below: number, upTo: number, low: number, high: number): number {
  if (upTo - below < 1e-6) return upTo >= low && below <= high ? 1 : 0;
  return Math.max(0, Math.min(upTo, high) - Math.max(below, low)) / (upTo - below);
}

/** The scale of MASE; where a season has no error or was not seen twice, that of the last value, else the range. */
function scaleOf({ y, period }: Series, seen: Float64Array, range: number): number {
  const size = seen.reduce((sum, value) => sum + Math.abs(value), 0) / seen.length;
  const least = seen.length <= SHORT ? LEAST_SHORT_SCALE * size : 0;
  const scales = [naiveScale(y, period, 1), naiveScale(y, 1, 1), least];
  const usable = scales.map((scale) => Math.max(scale, least)).find((scale) => scale > 1e-9 * range);
  return usable ?? range;
}
