import { requireModel } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { usageError } from "../core/errors.js";
import type { FitOptions, Fitted, Model } from "../core/model.js";
import { random } from "../core/random.js";
import type { Panel, Series } from "../core/series.js";
import { type MissingPolicy, withMissing } from "../models/missing.js";
import { loadFamilies, parseModel } from "../select/catalogue.js";
import { asFailure, attempt, type SeriesOutcome } from "./outcome.js";

export interface PanelOptions extends Pick<FitOptions, "onProgress" | "signal" | "threads"> {
  /** What a missing value means; default `keep`, see `withMissing`. */
  readonly missing?: MissingPolicy;
  /** Seed of fits that draw random numbers; each series begins from the same seed. Default 1. */
  readonly seed?: number;
}

/** Time after which other work of the program gets a turn, in milliseconds. */
const SLICE = 50;

const FIT_ALL_OPTIONS: OptionTable<PanelOptions> = {
  missing: ["keep", "interpolate", "error"],
  seed: "number",
  onProgress: "function",
  signal: "object",
  threads: "object",
};

/**
 * Fits a model to every series of a panel. A series that cannot be fitted is an outcome with its error; the others go on.
 *
 * A family that learns one model from all series together (`deepar`) is fitted to those that it can take.
 *
 * @param model a model, or its notation.
 * @returns one outcome a series, in the order of the panel; `value` is the fitted model.
 * @throws YuleError `bad-panel`, and as `parseModel` does for a notation; the signal's reason when aborted.
 * @example
 * const outcomes = await fitAll(panel, "auto-ets");
 * for (const outcome of outcomes) if (outcome.status === "failed") console.warn(outcome.id, outcome.error.message);
 */
export async function fitAll(
  panel: Panel,
  model: Model | string,
  options: PanelOptions = {},
): Promise<SeriesOutcome<Fitted>[]> {
  requireOptions("fitAll", options, FIT_ALL_OPTIONS);
  requirePanel(panel);
  const whole = withMissing(await modelFrom(model), options.missing ?? "keep");
  return whole.fitPanel === undefined
    ? collect(fitEach(panel, whole, options), panel.length, options)
    : fitTogether(panel, whole as PanelModel, options);
}

export type PanelModel = Model & Required<Pick<Model, "fitPanel">>;

/** A model from itself or its notation, with the code of large families loaded. */
export async function modelFrom(model: Model | string): Promise<Model> {
  if (typeof model !== "string") return requireModel(model, "fitAll and forecastAll take");
  await loadFamilies([model]);
  return parseModel(model);
}

/** One fit after the other, giving way to other work of the program. */
export async function* fitEach(
  source: Iterable<Series> | AsyncIterable<Series>,
  model: Model,
  { signal, seed = 1 }: PanelOptions,
): AsyncGenerator<SeriesOutcome<Fitted>> {
  let turn = performance.now();
  for await (const series of source) {
    signal?.throwIfAborted();
    yield attempt(series.id, model.notation, () => {
      const fitted = model.fit(series, { rng: random(seed), ...(signal === undefined ? {} : { signal }) });
      return { model: fitted.notation, value: fitted };
    });
    if (performance.now() - turn < SLICE) continue;
    await new Promise((resume) => setTimeout(resume, 0));
    turn = performance.now();
  }
}

async function collect<T>(
  outcomes: AsyncIterable<SeriesOutcome<T>>,
  total: number,
  { onProgress }: PanelOptions,
): Promise<SeriesOutcome<T>[]> {
  const done: SeriesOutcome<T>[] = [];
  for await (const outcome of outcomes) {
    done.push(outcome);
    onProgress?.({ stage: "series", done: done.length, total, message: outcome.id });
  }
  return done;
}

/** One fit to all series that the model can take; the others get the reason why it cannot. */
async function fitTogether(
  panel: Panel,
  model: PanelModel,
  { seed = 1, missing: _, ...options }: PanelOptions,
): Promise<SeriesOutcome<Fitted>[]> {
  const refusals = panel.map((series) => refusalOf(model, series));
  const taken = panel.filter((_, at) => refusals[at] === null);
  const fitted = taken.length === 0 ? [] : await model.fitPanel(taken, { ...options, rng: random(seed) });
  let next = 0;
  return panel.map(({ id }, at) => {
    const error = refusals[at]!;
    if (error !== null) return { status: "failed", id, model: model.notation, error };
    const value = fitted[next++]!;
    return { status: "ok", id, model: value.notation, value };
  });
}

function refusalOf(model: PanelModel, series: Series) {
  try {
    return model.refusal?.(series) ?? null;
  } catch (error) {
    return asFailure(series.id, error);
  }
}

function requirePanel(panel: Panel): void {
  if (Array.isArray(panel) && panel.every((series) => series?.y instanceof Float64Array)) return;
  throw usageError(
    "bad-panel",
    "panel",
    panel,
    "A panel is an array of series; make each with series(values), or read them with readCsv(path).",
  );
}
