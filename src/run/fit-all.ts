import { requireModel } from "../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { requireInteger } from "../core/checks.js";
import { usageError, YuleError } from "../core/errors.js";
import type { FitOptions, Fitted, Model } from "../core/model.js";
import { random } from "../core/random.js";
import type { Panel, Series } from "../core/series.js";
import { nodeThreads } from "../io/node-threads.js";
import { workerThreads } from "../io/threads.js";
import { type MissingPolicy, withMissing } from "../models/missing.js";
import { loadFamilies, parseModel } from "../select/catalogue.js";
import { fitTogether, learnsTogether, type PanelModel } from "./fit-together.js";
import { attempt, type SeriesOutcome } from "./outcome.js";
import { attach } from "./tasks/detached.js";
import type { TaskOf } from "./tasks/perform.js";
import type { EstimateResult } from "./tasks/results.js";
import type { Outcome } from "./tasks/task.js";
import { performAll } from "./threads/perform-all.js";
import { performEach } from "./threads/perform-each.js";

export interface PanelOptions extends Pick<FitOptions, "horizon" | "onProgress" | "signal" | "threads"> {
  /** What a missing value means; default `keep`, see `withMissing`. */
  readonly missing?: MissingPolicy;
  /**
   * Threads of Node that fit series of their own, 1 to 256; default 1. The results are the same; browsers have one. They need
   * the model as a notation: a model object, which may hold code of yours, is fitted on the calling thread.
   */
  readonly jobs?: number;
  /** Seed of fits that draw random numbers; each series begins from the same seed. Default 1. */
  readonly seed?: number;
}

const MOST_JOBS = 256;
/** Time after which other work of the program gets a turn, in milliseconds. */
const SLICE = 50;

/** What every verb of panels takes. */
export const PANEL_OPTIONS: OptionTable<PanelOptions> = {
  missing: ["keep", "interpolate", "error"],
  jobs: "number",
  seed: "number",
  onProgress: "function",
  signal: "object",
  threads: "object",
  horizon: "number",
};

/**
 * Fits a model to every series of a panel. A series that cannot be fitted is an outcome with its error; the others continue.
 *
 * A model of all series together (`deepar`, `pooled`) is fitted to those that it accepts.
 *
 * @param model a model, or its notation such as `"auto-ets"`; threads need a notation.
 * @returns one outcome a series, in the order of the panel; `value` is the fitted model.
 * @throws YuleError `bad-panel`, `bad-jobs`, and as `parseModel` does for a notation; the signal's reason when aborted.
 * @example
 * const outcomes = await fitAll(panel, "auto-ets");
 * for (const outcome of outcomes) if (outcome.status === "failed") console.warn(outcome.id, outcome.error.message);
 */
export async function fitAll(
  panel: Panel,
  model: Model | string,
  options: PanelOptions = {},
): Promise<SeriesOutcome<Fitted>[]> {
  requireOptions("fitAll", options, PANEL_OPTIONS);
  requirePanel(panel);
  const whole = withMissing(await modelFrom(model), options.missing ?? "keep");
  options.signal?.throwIfAborted();
  if (learnsTogether(whole)) return together(panel, whole, options);
  return typeof model === "string" && jobsOf(options) > 1
    ? threaded(panel, whole.notation, { ...options, jobs: jobsOf(options) })
    : collect(fitEach(panel, whole, options), panel.length, options);
}

/** Threads for fits of one series each. */
export function jobsOf({ jobs, threads }: PanelOptions): number {
  if (jobs !== undefined) requireInteger("jobs", jobs, 1, MOST_JOBS);
  return jobs ?? threads?.count ?? 1;
}

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
  { signal, seed = 1, horizon }: PanelOptions,
): AsyncGenerator<SeriesOutcome<Fitted>> {
  let turn = performance.now();
  for await (const series of source) {
    signal?.throwIfAborted();
    yield attempt(series.id, model.notation, () => {
      const fitted = model.fit(series, {
        rng: random(seed),
        ...(signal === undefined ? {} : { signal }),
        ...(horizon === undefined ? {} : { horizon }),
      });
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
async function together(
  panel: Panel,
  model: PanelModel,
  { seed = 1, missing: _, jobs = 1, ...options }: PanelOptions,
): Promise<SeriesOutcome<Fitted>[]> {
  const threads = options.threads ?? (jobs > 1 && nodeThreads() !== null ? workerThreads(jobs) : undefined);
  const fits = await fitTogether(panel, model, seed, {
    ...options,
    ...(threads === undefined ? {} : { threads }),
  });
  return panel.map(({ id }, at) => {
    const found = fits[at]!;
    return found instanceof YuleError
      ? { status: "failed", id, model: model.notation, error: found }
      : { status: "ok", id, model: found.notation, value: found };
  });
}

/** The fits of a notation on threads: what crosses is plain data, and each model gets its series back. */
async function threaded(
  panel: Panel,
  notation: string,
  options: PanelOptions,
): Promise<SeriesOutcome<Fitted>[]> {
  const { jobs = 1, signal, onProgress } = options;
  let done = 0;
  const outcomes = await performAll<"estimate">(
    panel.map((series) => estimateOf(series, notation, options)),
    {
      jobs,
      ...(signal === undefined ? {} : { signal }),
      step: (id) => onProgress?.({ stage: "series", done: ++done, total: panel.length, message: id }),
    },
  );
  return outcomes.map((outcome, at) => attached(outcome, panel[at]!));
}

/** The same of series as they come, which wait for whoever takes the fits. */
export async function* threadedEach(
  source: AsyncIterable<Series>,
  notation: string,
  options: PanelOptions,
): AsyncGenerator<SeriesOutcome<Fitted>> {
  const tasks = async function* () {
    for await (const series of source) yield estimateOf(series, notation, options);
  };
  for await (const { task, outcome } of performEach<"estimate">(tasks(), jobsOf(options), options.signal))
    yield attached(outcome, task.series!);
}

function estimateOf(
  series: Series,
  notation: string,
  { missing = "keep", seed = 1, horizon }: PanelOptions,
): TaskOf<"estimate"> {
  return {
    kind: "estimate",
    series,
    model: { notation, missing },
    horizon: horizon ?? null,
    levels: [],
    paths: null,
    seed,
    future: null,
    keep: true,
  };
}

function attached(outcome: Outcome<EstimateResult>, series: Series): SeriesOutcome<Fitted> {
  if (outcome.status === "failed") return { ...outcome, error: new YuleError(outcome.error) };
  const { fitted, history } = outcome.value;
  const known = history === "same" ? series : history;
  return { ...outcome, value: { ...attach(fitted), ...(known === "none" ? {} : { history: known }) } };
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
