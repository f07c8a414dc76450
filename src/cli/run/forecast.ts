import type { Series } from "../../core/series.js";
import { MEAN_UNRELIABLE } from "../../engine/points.js";
import type { Picture } from "../../report/pictures/picture.js";
import { pictureOf } from "../../report/pictures/picture-of.js";
import { type Cell, type Column, madeRows, type Table, without } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { inkOf, letterOf } from "../../report/terminal/signs.js";
import { wrapped } from "../../report/terminal/wrap.js";
import type { ForecastResult } from "../../run/tasks/results.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { isForPrograms } from "../output/format.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "./tasks/shared.js";
import { type RunResult, runTasks, saveFitted } from "./tasks/work.js";

/** More series than this are shown as one table, without a plot of each. */
const MANY = 6;

type Ok = Extract<Outcome<ForecastResult>, { status: "ok" }>;

/** Fits (or loads) and rolls forward: the main job. */
export const runForecast: Run = async (context, file) => {
  const work = await runTasks("forecast", context, file);
  const code = reportFailures(context, work.outcomes);
  const done = succeeded(work.outcomes);
  reportAll(
    context,
    done.map(({ id, value }) => ({ id, notes: value.notes })),
  );
  await saveFitted(
    context,
    done.map(({ value }) => value),
  );
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

function itemOf(outcome: Outcome<ForecastResult>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const steps = value.times.map((ds, h) => ({
    ds,
    mean: value.mean[h],
    median: value.median[h],
    intervals: Object.fromEntries(
      value.intervals.map(({ level, lower, upper }) => [level, [lower[h], upper[h]]]),
    ),
  }));
  return { id, model, status, steps, notes: notesJson(value.notes) };
}

/** Whether a mean of the forecast says little of where the next values will be. */
function hasUnreliableMean({ notes }: ForecastResult): boolean {
  return notes.some(({ code }) => code === MEAN_UNRELIABLE);
}

/** One row a step: id, time, model, mean, the median where it is asked for, and the ends of each interval. */
export function forecastTable(done: readonly Ok[], showIds: boolean, median = false): Table {
  const levels = done[0]?.value.intervals.map(({ level }) => level) ?? [];
  const numbers = [
    "mean",
    ...(median ? ["median"] : []),
    ...levels.flatMap((level) => [`lo-${level}`, `hi-${level}`]),
  ];
  const columns: Column[] = [
    ...(showIds ? [{ name: "unique_id" }] : []),
    { name: "ds" },
    { name: "model" },
    ...numbers.map((name): Column => ({ name, round: "shared", ...droppedAs(name, levels) })),
  ];
  return { columns, rows: madeRows(() => forecastRows(done, showIds, median)) };
}

/** Where a terminal has no room, the narrower intervals go first; the widest, which says most of the risk, stays. */
function droppedAs(name: string, levels: readonly number[]): Pick<Column, "drop"> {
  const at = levels.indexOf(Number(/^(?:lo|hi)-(.+)$/.exec(name)?.[1]));
  return at < 0 || at === levels.length - 1 ? {} : { drop: levels.length - at };
}

function* forecastRows(done: readonly Ok[], showIds: boolean, median: boolean): Generator<Cell[]> {
  for (const { id, model, value } of done) {
    const { times, mean, intervals } = value;
    for (let h = 0; h < times.length; h++) {
      const row: Cell[] = showIds ? [id, times[h]!, model, mean[h]!] : [times[h]!, model, mean[h]!];
      if (median) row.push(value.median[h]!);
      for (const { lower, upper } of intervals) row.push(lower[h]!, upper[h]!);
      yield row;
    }
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
    const head = `${paint.bold(printable(picture.title))}, ${steps} ${steps === 1 ? "step" : "steps"} ahead\n\n`;
    const tables = own.map((outcome, at) => {
      const table = without(forecastTable([outcome], false, hasUnreliableMean(outcome.value)), "model");
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
