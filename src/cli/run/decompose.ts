import { YuleError } from "../../core/errors.js";
import type { Series } from "../../core/series.js";
import { timeLabel } from "../../core/time/calendar.js";
import { usualPeriods } from "../../core/time/usual-periods.js";
import { mstl } from "../../diagnostics/decomposition/mstl.js";
import type { SeasonsResult } from "../../diagnostics/decomposition/seasons.js";
import { type Strengths, strengths } from "../../diagnostics/decomposition/strength.js";
import { type Cell, type Column, madeRows, type Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { wrapped } from "../../report/terminal/wrap.js";
import { fieldsOf } from "../../run/outcome.js";
import type { Outcome } from "../../run/tasks/task.js";
import type { Run } from "../command.js";
import { readData } from "../data.js";
import { partPictures, strengthChart } from "../output/figures.js";
import { emit } from "../output/output.js";
import { savePlot } from "../output/plots.js";
import { failedJson, notesJson, reportAll, reportFailures, succeeded } from "./tasks/shared.js";

interface Decomposition extends SeasonsResult {
  readonly series: Series;
  readonly strengths: Strengths;
}

type Ok = Extract<Outcome<Decomposition>, { status: "ok" }>;

/** More series than this are shown as one table, without plots. */
const MANY = 6;

/** Splits every series into trend, seasons and remainder. */
export const runDecompose: Run = async (context, file) => {
  const { panel, showIds } = await readData(context, file);
  const outcomes = panel.map(decomposed);
  const code = reportFailures(context, outcomes);
  const done = succeeded(outcomes);
  reportAll(context, done);
  await savePlot(context, () => ({
    title: "Decomposition",
    figures: done.flatMap(({ id, value }) => [
      ...partPictures(value.series, value),
      strengthChart(`${id}: strength of the parts`, value, value.strengths),
    ]),
    table: strengthTable(done, showIds),
    remarks: done.map(({ id, model }) => `${id}: ${model}`),
  }));
  await emit(context, {
    items: () => outcomes.map(itemOf),
    json: (decompositions) => ({ decompositions }),
    table: partTable(done, showIds),
    view: (paint, width) => decomposeView(done, showIds, paint, width),
  });
  return code;
};

/** Seasons of which two whole ones were seen; a trend alone where there is none. */
export function decomposed(series: Series): Outcome<Decomposition> {
  const { id, y } = series;
  const periods = usualPeriods(series).filter((period) => period > 1 && y.length > 2 * period);
  const model =
    periods.length === 0 ? "trend" : `${periods.length > 1 ? "mstl" : "stl"}[${periods.join(",")}]`;
  try {
    const parts = mstl(y, periods.length === 0 ? 1 : periods);
    return { status: "ok", id, model, value: { ...parts, series, strengths: strengths(parts) } };
  } catch (error) {
    if (!(error instanceof YuleError)) throw error;
    return { status: "failed", id, model, error: fieldsOf(error) };
  }
}

function itemOf(outcome: Outcome<Decomposition>): object {
  if (outcome.status === "failed") return failedJson(outcome);
  const { id, model, status, value } = outcome;
  const { series, trend, seasons, remainder, notes } = value;
  return {
    id,
    model,
    status,
    strengths: {
      trend: value.strengths.trend,
      seasons: Object.fromEntries(seasons.map(({ period }, at) => [period, value.strengths.seasons[at]])),
    },
    ds: Array.from(series.y, (_, t) => labelOf(series, t)),
    value: series.y,
    trend,
    seasons: Object.fromEntries(seasons.map(({ period, values }) => [period, values])),
    remainder,
    notes: notesJson(notes),
  };
}

function labelOf({ time }: Series, t: number): string {
  return time === null ? String(t + 1) : timeLabel(time, t);
}

/** One row a time: value, trend, one column a season, remainder. */
function partTable(done: readonly Ok[], showIds: boolean): Table {
  const periods = [...new Set(done.flatMap(({ value }) => value.seasons.map(({ period }) => period)))].sort(
    (a, b) => a - b,
  );
  const names = ["value", "trend", ...periods.map((period) => `season-${period}`), "remainder"];
  const columns: Column[] = [
    ...(showIds ? [{ name: "unique_id" }] : []),
    { name: "ds" },
    ...names.map((name): Column => ({ name, round: "shared" })),
  ];
  const rows = function* (): Generator<Cell[]> {
    for (const { id, value } of done) {
      const { series, trend, seasons, remainder } = value;
      const columnsOf = periods.map((period) => seasons.find((season) => season.period === period)?.values);
      for (let t = 0; t < series.y.length; t++) {
        const row: Cell[] = [
          labelOf(series, t),
          series.y[t]!,
          trend[t]!,
          ...columnsOf.map((values) => values?.[t] ?? null),
          remainder[t]!,
        ];
        yield showIds ? [id, ...row] : row;
      }
    }
  };
  return { columns, rows: madeRows(rows) };
}

/** How much each part explains, one row a part. */
function strengthTable(done: readonly Ok[], showIds: boolean): Table {
  const rows = done.flatMap(({ id, value }) =>
    [
      ["trend", value.strengths.trend] as const,
      ...value.seasons.map(
        ({ period }, at) => [`season of ${period}`, value.strengths.seasons[at]!] as const,
      ),
    ].map(([part, strength]): Cell[] => [...(showIds ? [id] : []), part, strength]),
  );
  const columns: Column[] = [
    ...(showIds ? [{ name: "unique_id" }] : []),
    { name: "part" },
    { name: "strength", round: 3 },
  ];
  return { columns, rows };
}

async function decomposeView(
  done: readonly Ok[],
  showIds: boolean,
  paint: Colors,
  width: number,
): Promise<string> {
  const { terminalTable } = await import("../../report/terminal/table.js");
  const { terminalPlot } = await import("../../report/terminal/plot.js");
  if (done.length > MANY) return terminalTable(strengthTable(done, showIds), paint, width);
  const parts = done.map((outcome) => {
    const plots = partPictures(outcome.value.series, outcome.value).map(
      (picture) =>
        `${paint.dim(wrapped(printable(picture.title), width))}\n${terminalPlot(picture, { width, height: 7 }, paint)}`,
    );
    const text = `${printable(outcome.id)}: ${outcome.model}; strength from 0 (explains nothing) to 1 (all). --format csv writes the parts.`;
    const head = wrapped(text, width);
    return `${head}\n\n${plots.join("\n")}\n${terminalTable(strengthTable([outcome], false), paint, width)}`;
  });
  return `\n${parts.join("\n")}`;
}
