import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Forecast } from "../core/forecast.js";
import type { Fitted, Model } from "../core/model.js";
import { type Panel, requireSeries, type Series } from "../core/series.js";
import { type ForecastOptions, forecast } from "../engine/forecast.js";
import type { FutureInputs } from "../engine/inputs.js";
import { nodeThreads } from "../io/node-threads.js";
import { withMissing } from "../models/missing.js";
import {
  fitAll,
  fitEach,
  jobsOf,
  modelFrom,
  PANEL_OPTIONS,
  type PanelOptions,
  threadedEach,
} from "./fit-all.js";
import { attempt, type SeriesOutcome } from "./outcome.js";

export interface PanelForecastOptions extends PanelOptions, Pick<ForecastOptions, "horizon" | "paths"> {
  /** Future values of the regressors: the same for all series, or by the id of a series. */
  readonly inputs?: FutureInputs | ((id: string) => FutureInputs);
}

const FORECAST_OPTIONS: OptionTable<PanelForecastOptions> = {
  ...PANEL_OPTIONS,
  inputs: "anything",
  paths: "number",
};

/**
 * Fits a model to every series of a panel and forecasts each. A series that fails is an outcome with its error.
 *
 * @param model a model, or its notation; default `auto`.
 * @returns one outcome a series, in the order of the panel; `value` is the forecast.
 * @throws YuleError as `fitAll` does.
 * @example
 * const outcomes = await forecastAll(panel, "auto", { horizon: 12 });
 * const rows = outcomes.flatMap((outcome) => (outcome.status === "ok" ? forecastRows(outcome.value) : []));
 */
export async function forecastAll(
  panel: Panel,
  model: Model | string = "auto",
  options: PanelForecastOptions = {},
): Promise<SeriesOutcome<Forecast>[]> {
  requireOptions("forecastAll", options, FORECAST_OPTIONS);
  const { paths: _, inputs: __, ...fitting } = options;
  const fits = await fitAll(panel, model, fitting);
  return fits.map((fit) => forecastOf(fit, options));
}

/**
 * Forecasts series one after the other as they come, holding one at a time: for panels that do not fit into memory.
 *
 * The next series is taken from the source when the caller asks for the next outcome, so that a slow consumer slows the
 * source down. With `jobs` threads a stretch of series is held, and the next one is fitted while the outcomes of the first are taken; the
 * results are the same. Models that learn from all series together (`deepar`) need `forecastAll`.
 *
 * @param source any iterable of series, asynchronous or not.
 * @param model a model, or its notation; default `auto`.
 * @returns an asynchronous iterator with one outcome a series, in the order of the source.
 * @throws YuleError `not-a-panel`, `not-a-series`, `needs-panel` for a model that learns from all series together, and as `parseModel` does.
 * @example for await (const outcome of forecastEach(panel, "theta", { horizon: 6 })) console.log(outcome.id);
 */
export async function* forecastEach(
  source: Iterable<Series> | AsyncIterable<Series>,
  model: Model | string = "auto",
  options: PanelForecastOptions = {},
): AsyncGenerator<SeriesOutcome<Forecast>> {
  requireOptions("forecastEach", options, FORECAST_OPTIONS);
  requireIterable(source);
  const whole = withMissing(await modelFrom(model), options.missing ?? "keep");
  if (whole.fitPanel !== undefined) throw needsPanel(whole);
  let done = 0;
  const onThreads = typeof model === "string" && jobsOf(options) > 1 && nodeThreads() !== null;
  const fits = onThreads
    ? threadedEach(seriesOf(source), whole.notation, options)
    : fitEach(seriesOf(source), whole, options);
  for await (const fit of fits) {
    yield forecastOf(fit, options);
    options.onProgress?.({ stage: "series", done: ++done, total: null, message: fit.id });
  }
}

function requireIterable(source: unknown): void {
  if (typeof source === "object" && source !== null)
    if (Symbol.iterator in source || Symbol.asyncIterator in source) return;
  const message = `forecastEach takes series one after the other, as an array or a generator, not ${show(source)}.`;
  throw usageError("not-a-panel", "source", source, message);
}

async function* seriesOf(source: Iterable<Series> | AsyncIterable<Series>): AsyncGenerator<Series> {
  for await (const series of source) yield requireSeries(series, "forecastEach takes series: each must be");
}

function forecastOf(fit: SeriesOutcome<Fitted>, options: PanelForecastOptions): SeriesOutcome<Forecast> {
  if (fit.status === "failed") return fit;
  const { horizon, paths, seed, inputs } = options;
  return attempt(fit.id, fit.model, () => {
    const future = typeof inputs === "function" ? inputs(fit.id) : inputs;
    const value = forecast(fit.value, {
      ...(horizon === undefined ? {} : { horizon }),
      ...(paths === undefined ? {} : { paths }),
      ...(seed === undefined ? {} : { seed }),
      ...(future === undefined ? {} : { inputs: future }),
    });
    return { model: fit.model, value };
  });
}

function needsPanel(model: Model): Error {
  return usageError(
    "needs-panel",
    "model",
    model.notation,
    `${model.notation} is fitted to all series together; use forecastAll with the whole panel.`,
  );
}
