import type { Series } from "../../core/series.js";
import { MEAN_UNRELIABLE } from "../../engine/points.js";
import { significant } from "../../report/numbers.js";
import type { Picture } from "../../report/pictures/picture.js";
import { pictureOf } from "../../report/pictures/picture-of.js";
import { type Cell, type Column, madeRows, type Table, without } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { inkOf, letterOf } from "../../report/terminal/signs.js";
import { wrapped } from "../../report/terminal/wrap.js";
import type { ForecastResult, HistoryResult } from "../../run/tasks/results.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { roundedTable } from "../output/digits.js";
import { isForPrograms } from "../output/format.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import type { Shape } from "../stream/shape.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "./tasks/shared.js";
import { type RunResult, runTasks, saveFitted } from "./tasks/work.js";

/** More series than this are shown as one table, without a plot of each. */
const MANY = 6;

type Ok = Extract<Outcome<ForecastResult>, { status: "ok" }>;

/** How forecasts are written series by series. */
export const FORECAST_SHAPE: Shape<ForecastResult> = {
  list: "forecasts",
  settled: (settings) => settings,
  item: (outcome) => itemOf(outcome),
  table: (done, { level = [80, 95] }) => forecastTable(done, true, false, level),
  notes: ({ notes }) => notes,
};

/** Fits (or loads) and rolls forward: the main job. */
export const runForecast: Run = async (context, file) => {
  const work = await runTasks("forecast", context, file);
  const code = reportFailures(context, withoutForecast(work.outcomes, context));
  const done = succeeded(work.outcomes);
  reportAll(context, done);
  await saveFitted(context, done);
  tellProbabilities(context, done);
  const table = forecastTable(done, work.showIds);
  const shown = done.some(({ value }) => hasUnreliableMean(value))
    ? forecastTable(done, work.showIds, true)
    : table;
  await savePlot(context, () => ({
    title: "Forecast",
    figures: picturesOf(done, work.panel),
    table: shown,
    remarks: done.flatMap(remarks),
  }));
  await emit(context, {
    items: () => work.outcomes.map(itemOf),
    json: (forecasts) => ({ forecasts }),
    table: isForPrograms(context) ? table : shown,
    view: (paint, width) => forecastView(context, work, done, paint, width),
  });
  return code;
};

/** What to do where a model is to be saved and a forecast of it needs inputs that nobody gave. */
const SAVED_ALONE = " yule fit with --save keeps the model without a forecast.";

function withoutForecast<T>(outcomes: readonly Outcome<T>[], { settings }: Context): readonly Outcome<T>[] {
  if (settings.save === undefined) return outcomes;
  return outcomes.map((outcome) => {
    if (outcome.status === "ok" || outcome.error.code !== "missing-inputs") return outcome;
    return { ...outcome, error: { ...outcome.error, message: outcome.error.message + SAVED_ALONE } };
  });
}

function itemOf(outcome: Outcome<ForecastResult>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const { history, probabilities } = value;
  return {
    id,
    model,
    status,
    ...(history === null
      ? {}
      : { history: stepsOf(history).map((step, t) => ({ ...step, y: history.y[t] })) }),
    steps: stepsOf(value),
    ...(probabilities.length === 0 ? {} : { probabilities }),
    notes: notesJson(value.notes),
  };
}

function stepsOf({ times, mean, median, intervals }: Omit<HistoryResult, "y">): object[] {
  return times.map((ds, h) => ({
    ds,
    mean: mean[h],
    median: median[h],
    intervals: Object.fromEntries(intervals.map(({ level, lower, upper }) => [level, [lower[h], upper[h]]])),
  }));
}

/** `P(sum > 1000) = 0.83 (standard error 0.004, 10000 paths)`, a line a series, model and event. */
function tellProbabilities(context: Context, done: readonly Ok[]): void {
  for (const { id, model, value } of done.slice(0, MANY)) {
    for (const { event, probability, stdError, paths } of value.probabilities) {
      const error = significant(stdError, 2);
      context.decided(
        `${id}, ${model}: P(${event}) = ${significant(probability, 4)} (standard error ${error}, ${paths} paths).`,
      );
    }
  }
}

/** Whether a mean of the forecast says little of where the next values will be. */
function hasUnreliableMean({ notes }: ForecastResult): boolean {
  return notes.some(({ code }) => code === MEAN_UNRELIABLE);
}

/** One row a step: id, time, model, mean, the median where it is asked for, and the ends of each interval. */
export function forecastTable(
  done: readonly Ok[],
  showIds: boolean,
  median = false,
  levels: readonly number[] = done[0]?.value.intervals.map(({ level }) => level) ?? [],
): Table {
  const first = done[0]?.value;
  const numbers = [
    ...(done.some(({ value }) => value.history !== null) ? ["y"] : []),
    "mean",
    ...(median ? ["median"] : []),
    ...levels.flatMap((level) => [`lo-${level}`, `hi-${level}`]),
  ];
  const columns: Column[] = [
    ...(showIds ? [{ name: "unique_id" }] : []),
    { name: "ds" },
    { name: "model" },
    ...numbers.map((name): Column => ({ name, round: "shared", ...droppedAs(name, levels) })),
    ...(first?.probabilities ?? []).map(({ event }): Column => ({ name: `P(${event})`, round: 4, drop: 99 })),
  ];
  return { columns, rows: madeRows(() => forecastRows(done, showIds, median)) };
}

/** Where a terminal has no room, the narrower intervals go first; the widest, which says most of the risk, is the last. */
function droppedAs(name: string, levels: readonly number[]): Pick<Column, "drop"> {
  const at = levels.indexOf(Number(/^(?:lo|hi)-(.+)$/.exec(name)?.[1]));
  return at < 0 ? {} : { drop: levels.length - at };
}

function* forecastRows(done: readonly Ok[], showIds: boolean, median: boolean): Generator<Cell[]> {
  const observed = done.some(({ value }) => value.history !== null);
  for (const { id, model, value } of done) {
    const head: Cell[] = showIds ? [id] : [];
    const behind = value.probabilities.map(({ probability }) => probability);
    if (value.history !== null) yield* rowsOf(value.history, head, model, value.history.y, median, behind);
    yield* rowsOf(value, head, model, observed ? null : undefined, median, behind);
  }
}

/** @param y values of a column of observed ones; null where it stays blank, undefined where there is none. */
function* rowsOf(
  { times, mean, median, intervals }: Omit<HistoryResult, "y">,
  head: readonly Cell[],
  model: string,
  y: Float64Array | null | undefined,
  withMedian: boolean,
  behind: readonly Cell[],
): Generator<Cell[]> {
  for (let h = 0; h < times.length; h++) {
    const row: Cell[] = [...head, times[h]!, model];
    if (y !== undefined) row.push(y?.[h] ?? null);
    row.push(mean[h]!);
    if (withMedian) row.push(median[h]!);
    for (const { lower, upper } of intervals) row.push(lower[h]!, upper[h]!);
    for (const cell of behind) row.push(cell);
    yield row;
  }
}

/** The forecasts of each series with what was observed of it. */
export function picturesOf(done: readonly Ok[], panel: readonly Series[] | null): Picture[] {
  const known = new Map((panel ?? []).map((series) => [series.id, series]));
  const byId = new Map<string, Ok[]>();
  for (const outcome of done) {
    const own = byId.get(outcome.id);
    if (own === undefined) byId.set(outcome.id, [outcome]);
    else own.push(outcome);
  }
  return [...byId].map(([id, own]) => {
    const series = known.get(id) ?? null;
    return pictureOf(
      id,
      series,
      own.map(({ model, value }) => ({
        name: model,
        mean: hasUnreliableMean(value) ? value.median : value.mean,
        bands: value.intervals,
        origin: value.origin,
      })),
    );
  });
}

function remarks({ id, model, value }: Ok): string[] {
  return [`${id}: ${model}`, ...value.notes.map(({ message }) => message)];
}

async function forecastView(
  { settings }: Context,
  work: RunResult<ForecastResult>,
  done: readonly Ok[],
  paint: Colors,
  width: number,
): Promise<string> {
  const { terminalTable } = await import("../../report/terminal/table.js");
  const { terminalPlot } = await import("../../report/terminal/plot.js");
  const pictures = picturesOf(done, work.panel);
  if (settings.all === true) {
    const median = done.some(({ value }) => hasUnreliableMean(value));
    return terminalTable(forecastTable(done, pictures.length > 1, median), paint, width);
  }
  if (pictures.length > MANY) {
    const { panelView } = await import("../output/panel-view.js");
    return panelView(work.outcomes, pictures, paint, width);
  }
  const parts = pictures.map((picture) => {
    const own = done.filter(({ id }) => id === picture.title);
    const steps = own[0]!.value.times.length;
    const title = `${printable(picture.title)}, ${steps} ${steps === 1 ? "step" : "steps"} ahead`;
    const head = `${paint.bold(wrapped(title, width))}\n\n`;
    const tables = own.map((outcome, at) => {
      const plain = without(forecastTable([outcome], false, hasUnreliableMean(outcome.value)), "model");
      const table = roundedTable(plain, settings.digits);
      return `${modelHead(picture, outcome, at, paint, width)}${terminalTable(table, paint, width)}`;
    });
    return `${head}${terminalPlot(picture, { width, height: 15 }, paint)}\n${tables.join("\n")}`;
  });
  return `\n${parts.join("\n")}`;
}

/** Of several models, which one a table is of, by its letter in the plot. */
function modelHead(picture: Picture, { model }: Ok, at: number, paint: Colors, width: number): string {
  if (picture.curves.length < 2) return "";
  const text = wrapped(`${letterOf(at, picture)} ${printable(model)}`, width - 1, "  ");
  return `${inkOf(at, paint)(text)}\n`;
}
