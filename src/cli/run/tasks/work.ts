import type { Fitted } from "../../../core/model.js";
import type { Panel, Series } from "../../../core/series.js";
import { defaultHorizon } from "../../../engine/forecast.js";
import type { FutureInputs } from "../../../engine/inputs.js";
import type { CsvOptions } from "../../../io/csv-options.js";
import { fileOfModels } from "../../../io/model-files.js";
import { largestOf } from "../../../math/extremes.js";
import type { Hierarchy } from "../../../reconcile/index.js";
import { fieldsOf } from "../../../run/outcome.js";
import { attach, type Detached, detach } from "../../../run/tasks/detached.js";
import type { TaskOf, TaskResults } from "../../../run/tasks/perform.js";
import type { Failed, Outcome, TaskModel } from "../../../run/tasks/task.js";
import { performAll } from "../../../run/threads/perform-all.js";
import type { Context } from "../../context.js";
import { type Data, readData } from "../../data.js";
import { byName, futureAfter, givenInputs } from "../../future.js";
import { COMPUTED, exclude, FITTED } from "../../options/settings.js";
import { requireSpace } from "../../places/space.js";
import { writeWhole } from "../../places/write.js";
import { withProgress } from "../../training.js";
import { loadFrom, noModel } from "../load.js";
import { type SeriesAndModel, tasksFromNotations } from "./fresh.js";
import { searchLines, succeeded } from "./shared.js";

/** What was worked on and what came of it, one outcome for each series and model. */
export interface RunResult<T> {
  /** Null where loaded models went on without data. */
  readonly panel: Panel | null;
  /** Whether results name their series. */
  readonly showIds: boolean;
  readonly outcomes: readonly Outcome<T>[];
}

/**
 * Reads the data (or takes those `given`), fits or loads the models, and does one kind of task for each pair of them.
 */
export async function runTasks<K extends Exclude<keyof TaskResults, "backtest">>(
  kind: K,
  context: Context,
  file: string | undefined,
  given: { readonly data?: Data; readonly keep?: true } = {},
): Promise<RunResult<TaskResults[K]>> {
  const { settings } = context;
  for (const option of FITTED) exclude(settings, "load", option, "a loaded model is fitted already");
  for (const option of COMPUTED)
    exclude(settings, "load", option, "a loaded model contains the rules for its own regressors");
  const loaded = settings.load === undefined ? null : await loadFrom(context, settings.load);
  const data =
    given.data ??
    (loaded !== null && file === undefined ? null : await readData(context, file, inputsOf(loaded)));
  const whole = data?.hierarchy ?? null;
  const { pairs, failed } =
    loaded === null
      ? {
          pairs: await tasksFromNotations(
            context,
            data!.panel,
            kind === "fit" ? null : stepsAsked(context, data!),
          ),
          failed: [],
        }
      : tasksFromSaved(context, loaded, data, settings.load!);
  const future = await futuresOf(context, pairs, data);
  const drafts = await draftsOf(context, data);
  const levels = settings.level ?? [80, 95];
  const tasks = pairs.map(({ series, model }, at) => ({
    kind,
    series,
    model,
    horizon: settings.horizon ?? stepsIn(future[at] ?? null),
    levels,
    paths: settings.paths ?? null,
    seed: settings.seed ?? 1,
    future: future[at] ?? null,
    keep: given.keep === true || settings.save !== undefined || settings.verbose === true || whole !== null,
    ...(settings.decode === undefined ? {} : { decode: settings.decode }),
    ...(drafts === null ? {} : { draft: drafts.get(series!)! }),
    ...(settings.probability === undefined ? {} : { events: settings.probability }),
    ...(settings["include-history"] === true ? { history: true } : {}),
  }));
  requireSpace(context, {
    fits: tasks.length,
    horizon: kind === "fit" ? 10 : (tasks[0]?.horizon ?? defaultHorizon(periodOf(pairs[0]))),
    levels: kind === "simulate" ? (settings.paths ?? 1) : levels.length,
  });
  const performed = await withProgress(context, tasks.length, (running) =>
    performAll<K>(tasks as TaskOf<K>[], running),
  );
  const coherent = whole === null ? performed : await madeCoherent(context, whole, performed);
  const outcomes = failed.length === 0 ? coherent : inOrder(data!.panel, [...coherent, ...failed]);
  for (const { id, model, value } of settings.verbose === true ? succeeded(outcomes) : []) {
    const lines = value.fitted === null ? [] : searchLines(value.fitted.rest.report);
    if (lines.length > 0) context.detail([`${id}, search for ${model}:`, ...lines].join("\n"));
  }
  const ids = new Set(outcomes.map(({ id }) => id));
  return { panel: data?.panel ?? null, showIds: data?.showIds ?? ids.size > 1, outcomes };
}

/** The models that propose values, fitted to the same panel; null where none was asked for. */
async function draftsOf(context: Context, data: Data | null): Promise<ReadonlyMap<Series, TaskModel> | null> {
  const { settings } = context;
  const { draft } = settings;
  if (draft === undefined) return null;
  exclude(settings, "load", "draft", "a draft is fitted to the same rows as the model");
  exclude(settings, "decode", "draft", "a draft works with plain sampling only");
  const { model: _, epochs: __, "time-budget": ___, ...rest } = settings;
  const pairs = await tasksFromNotations(
    { ...context, settings: { ...rest, model: [draft] } },
    data!.panel,
    settings.horizon ?? null,
  );
  return new Map(pairs.map(({ series, model }) => [series!, model]));
}

/** Outcomes in the order of their series. */
function inOrder<T>(panel: Panel, outcomes: readonly Outcome<T>[]): Outcome<T>[] {
  const places = new Map(panel.map(({ id }, at) => [id, at]));
  return [...outcomes].sort(
    (a, b) => (places.get(a.id) ?? panel.length) - (places.get(b.id) ?? panel.length),
  );
}

async function madeCoherent<T>(
  context: Context,
  whole: Hierarchy,
  outcomes: readonly Outcome<T>[],
): Promise<Outcome<T>[]> {
  return (await import("./reconciled.js")).reconciled(context, whole, outcomes);
}

function periodOf(pair: SeriesAndModel | undefined): number {
  if (pair?.series) return pair.series.period;
  return pair !== undefined && "fitted" in pair.model ? pair.model.fitted.rest.origin.period : 1;
}

/** The regressors that loaded models were fitted with: their columns are read without being named again. */
function inputsOf(loaded: readonly Fitted[] | null): CsvOptions {
  const inputs = givenInputs(loaded ?? []);
  return inputs.length === 0 ? {} : { inputs };
}

/** The future regressors of each pair, where a file gives them. */
async function futuresOf(
  context: Context,
  pairs: readonly SeriesAndModel[],
  data: Data | null,
): Promise<(FutureInputs | null)[]> {
  if (context.settings.future === undefined) return pairs.map(() => null);
  if (data === null) {
    const origins = pairs.flatMap(({ model }) => ("fitted" in model ? [model.fitted.rest.origin] : []));
    return futureAfter(context, origins);
  }
  const rows = new Map(data.panel.map((series, at) => [series, data.future![at]!]));
  return pairs.map(({ series }) => byName(rows.get(series!)!));
}

/** Steps that the longest forecast was asked to go, null where nothing says it. */
function stepsAsked({ settings }: Context, { future }: Data): number | null {
  if (settings.horizon !== undefined || settings.future === undefined) return settings.horizon ?? null;
  const steps = (future ?? []).flatMap((rows) => stepsIn(byName(rows)) ?? []);
  return steps.length === 0 ? null : largestOf(steps);
}

/** A forecast goes as far as its regressors are known, where nothing else is said. */
function stepsIn(future: FutureInputs | null): number | null {
  return future === null ? null : (Object.values(future)[0]?.length ?? null);
}

/**
 * Loaded models on their own, or each on the series it belongs to. A lone one serves any series, and so does what was
 * learned from a whole panel: estimates that all models of the file share. A series that none serves is a failure of its own.
 */
function tasksFromSaved(
  context: Context,
  loaded: readonly Fitted[],
  data: Data | null,
  name: string,
): { readonly pairs: SeriesAndModel[]; readonly failed: Failed[] } {
  const detached = loaded.map(detach);
  const failed: Failed[] = [];
  if (data === null) {
    const pairs = detached.map((fitted) => ({ series: null, model: { fitted, refit: false } }));
    return { pairs, failed };
  }
  const lone = new Set(loaded.map(({ origin }) => origin.id)).size === 1;
  const general = loaded.every(({ params }) => params === loaded[0]!.params);
  const byId = new Map<string, Detached[]>();
  for (const one of detached) {
    const { id } = one.rest.origin;
    const own = byId.get(id);
    if (own === undefined) byId.set(id, [one]);
    else own.push(one);
  }
  const strangers: string[] = [];
  const pairs = data.panel.flatMap((series) => {
    const own = lone ? detached : (byId.get(series.id) ?? []);
    if (own.length === 0 && general) {
      strangers.push(series.id);
      return [{ series, model: { fitted: detached[0]!, refit: true } }];
    }
    if (own.length === 0) {
      const error = fieldsOf(noModel(name, series.id), series.id);
      failed.push({ status: "failed", id: series.id, model: "", error });
    }
    return own.map((fitted) => ({ series, model: { fitted, refit: true } }));
  });
  if (strangers.length > 0) {
    const which =
      strangers.length === 1 ? strangers[0] : `${strangers.length} series, the first ${strangers[0]}`;
    context.decided(`${which}: no model in ${name}; the estimates for the whole panel were used.`);
  }
  return { pairs, failed };
}

/** A result with its fitted model, where the task asked to keep it. */
interface Kept {
  readonly fitted: Detached | null;
}

/** Saves every fitted model of a run, where that was asked for. */
export async function saveFitted(context: Context, done: readonly { readonly value: Kept }[]): Promise<void> {
  const { settings, shell } = context;
  if (settings.save === undefined) return;
  const fitted = done.flatMap(({ value }) => value.fitted ?? []);
  await writeWhole("save", shell.cwd, settings.save, fileOfModels(settings.save, fitted.map(attach)));
  const count = fitted.length === 1 ? "the fitted model" : `${fitted.length} fitted models`;
  context.decided(`Saved ${count} to ${settings.save}.`);
}
