import { usageError } from "../../core/errors.js";
import type { JudgedRow } from "../../evaluate/anomalies/anomalies.js";
import type { Picture } from "../../report/pictures/picture.js";
import { pictureOf } from "../../report/pictures/picture-of.js";
import { type Cell, type Column, madeRows, type Table, without } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { wrapped } from "../../report/terminal/wrap.js";
import type { AnomaliesResult } from "../../run/tasks/results.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import type { Settings } from "../options/options.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import type { Shape } from "../stream/shape.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "./tasks/shared.js";
import { type RunResult, runTasks, saveFitted } from "./tasks/work.js";

const LEVEL = 99;
/** More series than this are shown as one table, without a plot of each. */
const MANY = 6;

type Ok = Extract<Outcome<AnomaliesResult>, { status: "ok" }>;

/** How judged values are written series by series. */
export const ANOMALIES_SHAPE: Shape<AnomaliesResult> = {
  list: "anomalies",
  settled: (settings) => ({ ...settings, level: [oneLevel(settings)] }),
  item: (outcome, settings) => itemOf(outcome, settings.all === true),
  table: (done, { all, level }) => anomalyTable(done, true, all === true, level?.[0]),
  notes: ({ notes }) => notes,
};

/** Compares every value with its one-step interval and lists those beyond it. */
export const runAnomalies: Run = async (context, file) => {
  const settings = { ...context.settings, level: [oneLevel(context.settings)] };
  if (file === undefined && settings.load !== undefined && context.shell.stdin.isTTY === true) throw noData();
  const work = await runTasks("anomalies", { ...context, settings }, file ?? "-");
  const code = reportFailures(context, work.outcomes);
  const done = succeeded(work.outcomes);
  reportAll(context, done);
  await saveFitted(context, done);
  const all = settings.all === true;
  await savePlot(context, () => ({
    title: "Anomalies",
    figures: picturesOf(done, work),
    table: anomalyTable(done, work.showIds, all),
    remarks: done.map((outcome) => countSentence(outcome)),
  }));
  await emit(context, {
    items: () => work.outcomes.map((outcome) => itemOf(outcome, all)),
    json: (anomalies) => ({ anomalies }),
    table: anomalyTable(done, work.showIds, all),
    view: (paint, width) => anomalyView(done, work, paint, width, all),
  });
  return code;
};

function oneLevel({ level }: Settings): number {
  if (level === undefined) return LEVEL;
  if (level.length === 1) return level[0]!;
  throw usageError(
    "bad-level",
    "level",
    level.join(","),
    `yule anomalies compares with one interval; give one --level, such as ${level.at(-1)}.`,
  );
}

function noData(): Error {
  return usageError(
    "no-input",
    "FILE",
    null,
    "There are no values to compare: name a CSV file, or - for standard input.",
  );
}

function shownRows({ value }: Ok, all: boolean): readonly JudgedRow[] {
  return all ? value.rows : value.rows.filter(({ kind }) => kind !== null);
}

function itemOf(outcome: Outcome<AnomaliesResult>, all: boolean): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const rows = shownRows(outcome, all).map(({ time, value: y, expected, lower, upper, score, kind }) => ({
    ds: time,
    value: y,
    expected,
    interval: [lower, upper],
    score,
    kind,
  }));
  return {
    id,
    model,
    status,
    level: value.level,
    compared: value.judged,
    rows,
    notes: notesJson(value.notes),
  };
}

/** One row an anomaly, or one a value. */
function anomalyTable(
  done: readonly Ok[],
  showIds: boolean,
  all: boolean,
  level = done[0]?.value.level ?? LEVEL,
): Table {
  const columns: Column[] = [
    ...(showIds ? [{ name: "unique_id" }] : []),
    { name: "ds" },
    { name: "model", drop: 4 },
    { name: "value", round: "shared" },
    { name: "expected", round: "shared", drop: 1 },
    ...[`lo-${level}`, `hi-${level}`].map((name): Column => ({ name, round: "shared", drop: 2 })),
    { name: "score", round: 2, drop: 3 },
    { name: "kind" },
  ];
  const rows = function* (): Generator<Cell[]> {
    for (const outcome of done) {
      for (const { time, value, expected, lower, upper, score, kind } of shownRows(outcome, all)) {
        const row: Cell[] = [time, outcome.model, value, expected, lower, upper, score, kind];
        yield showIds ? [outcome.id, ...row] : row;
      }
    }
  };
  return { columns, rows: madeRows(rows) };
}

/** Each series with what was expected of its values. */
function picturesOf(done: readonly Ok[], { panel }: RunResult<AnomaliesResult>): Picture[] {
  return done.map(({ id, model, value }) => {
    const series = panel?.find((candidate) => candidate.id === id) ?? null;
    const column = (pick: (row: JudgedRow) => number) => Float64Array.from(value.rows, pick);
    const band = {
      level: value.level,
      lower: column(({ lower }) => lower),
      upper: column(({ upper }) => upper),
    };
    const curve = {
      name: `${model}, one step ahead`,
      from: 0,
      mean: column(({ expected }) => expected),
      bands: [band],
    };
    const marks = value.rows.flatMap((row, at) => (row.kind === null ? [] : [{ at, value: row.value }]));
    return { ...pictureOf(id, series, []), curves: [curve], marks, marksName: "beyond the interval" };
  });
}

function countSentence({ id, model, value }: Ok): string {
  const found = value.rows.filter(({ kind }) => kind !== null).length;
  const chance = ((100 - value.level) / 100) * value.judged;
  const amount = chance < 10 ? chance.toFixed(1) : chance.toFixed(0);
  return `${id}: ${found} of ${value.judged} values lie beyond their ${value.level} % interval (about ${amount} expected by chance), compared with ${model}.`;
}

async function anomalyView(
  done: readonly Ok[],
  work: RunResult<AnomaliesResult>,
  paint: Colors,
  width: number,
  all: boolean,
): Promise<string> {
  const { terminalTable } = await import("../../report/terminal/table.js");
  const { terminalPlot } = await import("../../report/terminal/plot.js");
  if (all) return terminalTable(anomalyTable(done, work.showIds, all), paint, width);
  if (done.length > MANY) return anomalyOverview(done, paint, width);
  const pictures = picturesOf(done, work);
  const parts = done.map((outcome, at) => {
    const plot = terminalPlot(pictures[at]!, { width, height: 12 }, paint);
    const table =
      shownRows(outcome, all).length === 0
        ? ""
        : `\n${terminalTable(without(anomalyTable([outcome], false, all), "model"), paint, width)}`;
    return `${paint.bold(wrapped(printable(countSentence(outcome)), width))}\n\n${plot}${table}`;
  });
  return `\n${parts.join("\n")}`;
}

/** A panel: one line a series, the one whose farthest value is farthest first. */
async function anomalyOverview(done: readonly Ok[], paint: Colors, width: number): Promise<string> {
  const { overviewText } = await import("../output/panel-view.js");
  const columns: Column[] = [
    { name: "series" },
    { name: "found" },
    { name: "compared", drop: 2 },
    { name: "farthest", round: 1 },
    { name: "at", drop: 1 },
    { name: "model", drop: 3 },
  ];
  const lines = done.map((outcome) => {
    const { id, model, value } = outcome;
    const found = shownRows(outcome, false).toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score));
    const [first] = found;
    const cells = [id, found.length, value.judged, first?.score ?? null, first?.time ?? "", model];
    return { cells, badness: Math.abs(first?.score ?? 0) };
  });
  const order = "the farthest value first (its distance in standard deviations)";
  return overviewText(columns, lines, order, paint, width);
}
