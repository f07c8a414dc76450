import { requireInteger } from "../core/checks.js";
import { YuleError } from "../core/errors.js";
import type { Forecast } from "../core/forecast.js";
import type { FitOptions, Fitted, Model } from "../core/model.js";
import { type Series, slice } from "../core/series.js";
import { type ForecastOptions, forecast } from "../engine/forecast.js";
import { update } from "../engine/update.js";
import { largestOf } from "../math/extremes.js";
import { foundOf } from "../models/partly-fitted.js";
import type { Fold } from "./folds.js";
import { logProbabilities } from "./log-probabilities.js";
import { type Outcome, outcomes } from "./outcome.js";
import { withheldInputs } from "./withheld-inputs.js";

export interface RollingOptions extends FitOptions, Pick<ForecastOptions, "paths" | "seed"> {
  readonly horizon: number;
  readonly gap?: number;
  /** Fit anew every k folds and only update between; default 1. */
  readonly refit?: number;
  /**
   * Whether forecasts take the regressors that came (`known`, default), or as they would have been expected (`withheld`): by their value one
   * season before. Those that follow from the times are known in any case.
   */
  readonly inputs?: "known" | "withheld";
  /** Interval levels in percent, ascending. */
  readonly levels: readonly number[];
}

/** Gives the model fitted to the training rows of a fold. */
type FitAt = (training: Series, fold: number) => Fitted;

/**
 * Forecasts a series from each of its folds with one model, and confronts the forecasts with what came.
 *
 * @throws YuleError as the fit and the forecast do, `bad-refit`.
 * @example rollSeries(passengers, folds, naive(), { horizon: 12, levels: [95] });
 */
export function rollSeries(
  series: Series,
  folds: readonly Fold[],
  model: Model,
  options: RollingOptions,
): Outcome[] {
  return roll(
    series,
    folds,
    (training, fold) => model.fit(training, fitOptions([folds[fold]!], options)),
    options,
  );
}

/**
 * The same for every series of a panel with a model that learns from all of them together (`fitPanel`). Folds are
 * matched from the end; where series have different numbers of folds, each takes part in as many as it has.
 *
 * @returns one entry a series: what was forecast, or why a fit or forecast of it failed.
 */
export async function rollTogether(
  panel: readonly Series[],
  folds: readonly (readonly Fold[])[],
  model: Model & Required<Pick<Model, "fitPanel">>,
  options: RollingOptions,
): Promise<(Outcome[] | Error)[]> {
  const most = largestOf(folds.map((own) => own.length));
  const fits = panel.map(() => new Map<number, Fitted | Error>());
  for (let k = 0; k < most; k++) {
    const taking = panel.flatMap((_, i) => (wantsFit(k - most + folds[i]!.length, options) ? [i] : []));
    if (taking.length === 0) continue;
    const trainings = taking.map((i) => trainingOf(panel[i]!, folds[i]!.at(k - most)!));
    const own = taking.map((i) => folds[i]!.at(k - most)!);
    const found = await foundOf(model.fitPanel(trainings, fitOptions(own, options)));
    taking.forEach((i, at) => {
      fits[i]!.set(k - most + folds[i]!.length, found[at]!);
    });
  }
  return panel.map((series, i) => {
    const failure = [...fits[i]!.values()].find((found) => found instanceof Error);
    return failure ?? rolledOrFailure(series, folds[i]!, (_, fold) => fits[i]!.get(fold) as Fitted, options);
  });
}

function rolledOrFailure(
  series: Series,
  folds: readonly Fold[],
  fitAt: FitAt,
  options: RollingOptions,
): Outcome[] | Error {
  try {
    return roll(series, folds, fitAt, options);
  } catch (error) {
    if (error instanceof YuleError && error.category !== "usage") return error;
    throw error;
  }
}

/** The options of a fit whose forecasts start at these folds: they go as far as the longest does. */
function fitOptions(folds: readonly Fold[], options: RollingOptions): RollingOptions {
  const steps = folds.map(({ horizon = options.horizon }) => horizon);
  return { ...options, horizon: largestOf(steps) + (options.gap ?? 0) };
}

function wantsFit(fold: number, { refit = 1 }: RollingOptions): boolean {
  return fold >= 0 && fold % requireInteger("refit", refit, 1, 1_000_000) === 0;
}

function trainingOf(series: Series, { from, origin }: Fold): Series {
  return slice(series, from, origin);
}

function roll(series: Series, folds: readonly Fold[], fitAt: FitAt, options: RollingOptions): Outcome[] {
  const { levels, gap = 0 } = options;
  let fitted: Fitted | null = null;
  let seen = 0;
  return folds.flatMap((fold, k) => {
    const { origin, horizon = options.horizon } = fold;
    const training = trainingOf(series, fold);
    if (fitted === null || wantsFit(k, options)) fitted = fitAt(training, k);
    else fitted = update(fitted, series.y.slice(seen, origin), inputsBetween(fitted, series, seen, origin));
    seen = origin;
    const actual = series.y.slice(origin + gap, origin + gap + horizon);
    const scored = outcomes(
      ahead(fitted, series, origin, horizon + gap, options),
      actual,
      training,
      levels,
      k,
      gap,
    );
    return withProbabilities(scored, fitted, series, origin, horizon + gap, options);
  });
}

/** The outcomes with the probabilities of their values, where the model has such. */
function withProbabilities(
  scored: Outcome[],
  fitted: Fitted,
  series: Series,
  origin: number,
  horizon: number,
  options: RollingOptions,
): Outcome[] {
  const until = origin + horizon;
  const seen = options.inputs === "withheld" ? withheldInputs(series, origin, until) : series;
  const columns = Object.values(inputsBetween(fitted, seen, origin, until));
  const values = series.y.slice(origin, until);
  const rows = Array.from(values, (_, t) => Float64Array.from(columns, (column) => column[t]!));
  const logs = logProbabilities(fitted, values, rows);
  if (logs === null) return scored;
  const gap = options.gap ?? 0;
  return scored.map((outcome) => ({ ...outcome, logProbability: logs[gap + outcome.step - 1]! }));
}

/** Forecasts from an origin. */
function ahead(
  fitted: Fitted,
  series: Series,
  origin: number,
  horizon: number,
  options: RollingOptions,
): Forecast {
  const until = origin + horizon;
  const seen = options.inputs === "withheld" ? withheldInputs(series, origin, until) : series;
  return forecast(fitted, {
    horizon,
    inputs: inputsBetween(fitted, seen, origin, until),
    ...(options.paths === undefined ? {} : { paths: options.paths }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
}

function inputsBetween(
  fitted: Fitted,
  { inputs }: Series,
  from: number,
  to: number,
): Record<string, Float64Array> {
  return Object.fromEntries(
    fitted.origin.inputNames.map((name) => [
      name,
      inputs.columns[inputs.names.indexOf(name)]!.slice(from, to),
    ]),
  );
}
