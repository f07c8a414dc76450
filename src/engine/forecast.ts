import { requireFitted } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { requireHorizon } from "../core/checks.js";
import type { Distribution } from "../core/distribution.js";
import { usageError } from "../core/errors.js";
import type { Forecast, Paths } from "../core/forecast.js";
import type { Fitted, Origin } from "../core/model.js";
import { part } from "../core/parts.js";
import type { Rng } from "../core/random.js";
import { timeLabels } from "../core/time/calendar.js";
import { beamSearch } from "./decoding/beam.js";
import { type Decode, sampled } from "./decoding/decoders.js";
import { type Decoded, type Decoding, decodedFrom } from "./decoding/notation.js";
import { requireDraft, speculate } from "./decoding/speculative.js";
import { type FutureInputs, futureRows } from "./inputs.js";
import { DEFAULT_PATHS, streamsFor } from "./parts/sampled.js";
import { pointsOf } from "./points.js";
import { roll } from "./roll.js";

export interface ForecastOptions {
  /** Steps ahead; default: two periods, or 10 when not seasonal. */
  readonly horizon?: number;
  /** Future values of the regressors, by name. */
  readonly inputs?: FutureInputs;
  /** Sampled paths where no exact distribution is known; default 2000. */
  readonly paths?: number;
  /** Seed of the sampling; default 1. */
  readonly seed?: number;
}

export interface SimulateOptions extends ForecastOptions {
  /**
   * What is fed back at each step: a decoder such as `greedy`, `tempered(0.7)`, `nucleus(0.9)`, `topK(5)`, or the same as `"greedy"`,
   * `"temperature=0.7"`, `"top-p=0.9"`, `"top-k=5"`; `"beam=3"` for the most probable paths. Default: a draw from the conditional.
   */
  readonly decode?: Decode | Decoding;
  /** A cheaper model of the same rows that proposes four values at a time, which `fitted` accepts or corrects: the same distribution. */
  readonly draft?: Fitted;
}

/** Two periods, or 10 when not seasonal. */
export function defaultHorizon(period: number): number {
  return period > 1 ? 2 * period : 10;
}

const FORECAST_OPTIONS: OptionTable<ForecastOptions> = {
  horizon: "number",
  inputs: "object",
  paths: "number",
  seed: "number",
};

/**
 * Rolls a fitted model forward: one distribution for each of the next `horizon` values.
 *
 * Exact where the model knows its marginals, else the empirical distribution of sampled paths; the first step is
 * the exact conditional either way. Means are finite: where a distribution has no finite mean, its median stands in `mean`,
 * and a note `mean-unreliable` names the steps, as it does where a mean lies outside the 80 % interval.
 *
 * @param fitted what `fit` returned.
 * @param options see `ForecastOptions` for ranges and defaults.
 * @returns one distribution for each step, with means, medians and notes.
 * @throws YuleError `bad-horizon`, `bad-paths`, `bad-seed`, `missing-inputs`, `short-inputs`, `overflow`.
 * @example const ahead = forecast(fitted, { horizon: 24 }); ahead.mean;
 */
export function forecast(fitted: Fitted, options: ForecastOptions = {}): Forecast {
  requireFitted(fitted, "forecast");
  requireOptions("forecast", options, FORECAST_OPTIONS);
  const { process, params, state, origin } = fitted;
  const horizon = requireHorizon(options.horizon ?? defaultHorizon(origin.period));
  const inputs = futureRows(origin, options.inputs, horizon);
  const exact = process.ahead?.(params, state, inputs) ?? null;
  const sampled = exact === null ? part("sampledMarginals")(fitted, inputs, options) : null;
  const distributions = corrected(fitted, exact ?? sampled!.distributions);
  const points = pointsOf(origin.id, meansOf(fitted, inputs, distributions), distributions);
  const notes = sampled === null ? [] : [sampled.note];
  return {
    id: origin.id,
    notation: fitted.notation,
    horizon,
    times: futureTimes(origin, horizon),
    distributions,
    mean: points.mean,
    median: points.median,
    notes: [...fitted.report.notes, ...notes, ...points.notes],
  };
}

/** The distributions of the next values alone, without points, notes and calibration: exact where the model knows them, else sampled. */
export function marginalsOf(
  fitted: Fitted,
  inputs: readonly Float64Array[],
  options: ForecastOptions,
): readonly Distribution[] {
  const { process, params, state } = fitted;
  return (
    process.ahead?.(params, state, inputs) ?? part("sampledMarginals")(fitted, inputs, options).distributions
  );
}

/** Marginals of a fitted model as its calibration corrects them, where it has one. */
export function corrected(
  { calibration }: Pick<Fitted, "calibration">,
  marginals: readonly Distribution[],
): readonly Distribution[] {
  return calibration === undefined ? marginals : part("calibrate")(marginals, calibration);
}

/** The method's own point forecasts, where it has any, else the means of the marginals. */
function meansOf(
  { process, params, state }: Fitted,
  inputs: readonly Float64Array[],
  distributions: readonly Distribution[],
): Float64Array {
  const own = process.means?.(params, state, inputs) ?? null;
  if (own !== null) return own;
  const means = new Float64Array(distributions.length);
  for (let h = 0; h < means.length; h++) means[h] = distributions[h]!.mean;
  return means;
}

const SIMULATE_OPTIONS: OptionTable<SimulateOptions> = {
  decode: "anything",
  draft: "object",
  horizon: "number",
  inputs: "object",
  paths: "number",
  seed: "number",
};

/**
 * Samples futures: `paths` rows of `horizon` values, each value fed back before the next is drawn.
 *
 * Path i depends on the seed and i only, not on how many paths are drawn. `"greedy"` makes one path where `paths` does not say how many,
 * `"beam=W"` at most W, the most probable first, with their `logProbabilities`; those are of the model alone, without any calibration.
 *
 * @param fitted what `fit` returned.
 * @param options see `SimulateOptions` for ranges and defaults.
 * @returns the paths: `values[path * horizon + step]`, in units of the data.
 * @throws YuleError as `forecast` does; `bad-decode`, `bad-draft`, `no-density` (a draft of samples), `no-outcomes` (top-k and beam of a model that says densities).
 * @example const { values } = simulate(fitted, { horizon: 12, paths: 500, seed: 7 });
 * @example simulate(fitted, { horizon: 12, decode: "temperature=0.5" });
 */
export function simulate(fitted: Fitted, options: SimulateOptions = {}): Paths {
  requireFitted(fitted, "simulate");
  requireOptions("simulate", options, SIMULATE_OPTIONS);
  const horizon = requireHorizon(options.horizon ?? defaultHorizon(fitted.origin.period));
  const inputs = futureRows(fitted.origin, options.inputs, horizon);
  const decoded = decodedFrom(options.decode);
  const asked = decoded.paths === null ? options : { paths: decoded.paths, ...options };
  const streams = streamsFor(asked, horizon);
  if (options.draft !== undefined) return drafted(fitted, options.draft, inputs, streams, decoded);
  if (decoded.kind === "steps") return rolled(fitted, inputs, streams, decoded.decode);
  refuseOther(options.paths, decoded.width);
  return beamSearch(fitted.process, fitted.params, fitted.state, inputs, decoded.width);
}

/** Values that a draft proposes at a time. */
const PROPOSED = 4;

function drafted(
  fitted: Fitted,
  draft: Fitted,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
  decoded: Decoded,
): Paths {
  requireFitted(draft, "The draft of simulate");
  if (decoded.kind !== "steps" || decoded.decode !== sampled) {
    const message = "A draft works with plain sampling only; leave decode out, or the draft.";
    throw usageError("bad-decode", "decode", decoded.kind, message);
  }
  requireDraft(fitted, draft, inputs);
  const paths = speculate(fitted, draft, inputs, streams, PROPOSED);
  return correctedPaths(fitted, inputs, paths);
}

/** The width of a beam is its number of paths. */
function refuseOther(paths: number | undefined, width: number): void {
  if (paths === undefined || paths === width) return;
  const message = `beam=${width} makes ${width} paths; leave paths out, or take beam=${paths}.`;
  throw usageError("bad-paths", "paths", paths, message);
}

/** Sampled futures from streams of the caller's, one a path. */
export function simulateFrom(
  fitted: Fitted,
  streams: readonly Rng[],
  options: { readonly horizon: number; readonly inputs?: FutureInputs },
): Paths {
  return rolled(fitted, futureRows(fitted.origin, options.inputs, options.horizon), streams);
}

function rolled(
  fitted: Fitted,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
  decode?: Decode,
): Paths {
  const paths = roll(fitted.process, fitted.params, fitted.state, inputs, streams, decode);
  return correctedPaths(fitted, inputs, paths);
}

function correctedPaths(fitted: Fitted, inputs: readonly Float64Array[], paths: Paths): Paths {
  if (fitted.calibration === undefined) return paths;
  // The marginals of a forecast by default: path i must not depend on how many are drawn.
  return part("calibratePaths")(
    paths,
    fitted.calibration,
    marginalsOf(fitted, inputs, { paths: DEFAULT_PATHS }),
  );
}

/** Labels of the next `horizon` times, as the input wrote its own; 1, 2, 3 … counted on where it has no times. */
export function futureTimes({ time, length }: Origin, horizon: number): readonly string[] {
  if (time !== null) return timeLabels(time, length, horizon);
  return Array.from({ length: horizon }, (_, h) => String(length + h + 1));
}
