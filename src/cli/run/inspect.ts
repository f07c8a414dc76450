import { timeLabel } from "../../core/calendar.js";
import { dataError } from "../../core/errors.js";
import type { Series } from "../../core/series.js";
import type { Colors } from "../../report/colors.js";
import { correlograms } from "../../report/correlogram.js";
import { probability, significant } from "../../report/numbers.js";
import type { Cell, Table } from "../../report/table.js";
import { terminalPlot } from "../../report/terminal-plot.js";
import type { Run } from "../command.js";
import { readData } from "../data.js";
import { type Inspection, inspection, type TestSummary } from "../inspection.js";
import { emit } from "../output.js";
import { pictureOf } from "../pictures.js";

/** More series than this are shown without plots. */
const MANY = 6;
/** Lags shown to people. */
const LAGS = 24;

/** Looks at the data without fitting. */
export const runInspect: Run = async (context, file) => {
  const { panel, decisions, showIds } = await readData(context, file);
  if (panel.every(({ y }) => y.every((value) => Number.isNaN(value)))) {
    throw dataError(
      "no-values",
      decisions.file,
      0,
      `${decisions.file} has no value that is not missing; there is nothing to inspect.`,
    );
  }
  const items = panel.map(inspection);
  await emit(context, {
    json: inspectJson(decisions.columns, items),
    items: items.map((item) => ({ columns: decisions.columns, ...item })),
    table: quantityTable(items, showIds),
    view: (paint, width) => inspectView(panel, items, paint, width),
  });
  return 0;
};

/** One series: all of it at the top. Several: what they share at the top, and each of them in `series`. */
function inspectJson(columns: readonly string[], items: readonly Inspection[]): object {
  const [only] = items;
  if (items.length === 1) return { columns, ...only };
  const total = (pick: (item: Inspection) => number) => items.reduce((sum, item) => sum + pick(item), 0);
  return {
    columns,
    frequency: only!.frequency,
    period: only!.period,
    observations: total(({ observations }) => observations),
    missing: total(({ missing }) => missing),
    series: items,
  };
}

/** One row a quantity; every test, difference and correlation has its own. */
function quantityTable(items: readonly Inspection[], showIds: boolean): Table {
  const rows = items.flatMap((item) =>
    quantities(item).map(([name, value]): Cell[] => [...(showIds ? [item.id] : []), name, value]),
  );
  return {
    columns: [
      ...(showIds ? [{ name: "unique_id" }] : []),
      { name: "quantity" },
      { name: "value", round: "each" },
    ],
    rows,
  };
}

function quantities({
  frequency,
  period,
  observations,
  missing,
  summary,
  tests,
  differences,
  ...item
}: Inspection): [string, Cell][] {
  const test = (name: string, result: TestSummary | null): [string, Cell][] => [
    [`${name}.statistic`, result?.statistic ?? null],
    [`${name}.pValue`, result?.pValue ?? null],
  ];
  const lags = (name: "acf" | "pacf"): [string, Cell][] =>
    (item[name]?.lags ?? []).map((lag, at) => [`${name}.${lag}`, item[name]!.values[at]!]);
  return [
    ["frequency", frequency],
    ...Object.entries({ period, observations, missing, ...summary }),
    ...test("adf", tests.adf),
    ...test("kpss", tests.kpss),
    ...test("pp", tests.pp),
    ["differences.ordinary", differences.ordinary],
    ["differences.seasonal", differences.seasonal],
    ...lags("acf"),
    ...lags("pacf"),
  ];
}

async function inspectView(
  panel: readonly Series[],
  items: readonly Inspection[],
  paint: Colors,
  width: number,
): Promise<string> {
  const { terminalTable } = await import("../../report/terminal-table.js");
  if (panel.length > MANY) return terminalTable(overview(items), paint);
  const blocks = items.map((item, at) => {
    const series = panel[at]!;
    const plot = terminalPlot(pictureOf(item.id, series, []), { width, height: 10 }, paint);
    return [
      headline(series, item, paint),
      plot,
      facts(item, paint),
      terminalTable(testTable(item), paint),
      bars(item, width, paint),
    ].join("\n");
  });
  return `\n${blocks.join("\n\n")}`;
}

function headline(
  { time, y }: Series,
  { id, frequency, observations, missing }: Inspection,
  paint: Colors,
): string {
  const span = time === null ? "" : `, ${timeLabel(time, 0)} to ${timeLabel(time, y.length - 1)}`;
  const gaps = missing === 0 ? "none missing" : paint.yellow(`${missing} missing`);
  return `${paint.bold(id)}${span}${frequency === null || frequency === "index" ? "" : ` (${frequency})`}, ${observations} values, ${gaps}\n`;
}

function facts({ period, summary, differences }: Inspection, paint: Colors): string {
  const numbers = Object.entries(summary).map(([name, value]) => `${paint.dim(name)} ${significant(value)}`);
  const season = period === 1 ? "no season" : `a season of ${period} steps`;
  const known = { ordinary: differences.ordinary ?? "?", seasonal: differences.seasonal ?? "?" };
  const needs = `${paint.dim("differences")} ${known.ordinary}${period === 1 ? "" : ` and ${known.seasonal} seasonal`}`;
  return ` ${numbers.join("   ")}\n ${paint.dim("period")} ${season}   ${needs}\n`;
}

function testTable({ tests }: Inspection): Table {
  const rows = Object.entries(tests).map(([name, result]): Cell[] => {
    if (result === null) return [name, Number.NaN, "", "cannot be computed for this series"];
    const small = result.pValue < 0.05;
    const verdict =
      name === "kpss"
        ? small
          ? "not stationary"
          : "stationary is possible"
        : small
          ? "stationary"
          : "a unit root is possible";
    return [name, result.statistic, probability(result.pValue), verdict];
  });
  return {
    columns: [{ name: "test" }, { name: "statistic", round: 3 }, { name: "p" }, { name: "says" }],
    rows,
  };
}

function bars({ acf, pacf }: Inspection, width: number, paint: Colors): string {
  const shown = Object.entries({ acf, pacf }).flatMap(([title, found]) =>
    found === null
      ? []
      : [{ title, band: found.band, lags: found.lags.slice(0, LAGS), values: found.values.slice(0, LAGS) }],
  );
  return shown.length === 0 ? "" : correlograms(shown, width, paint);
}

/** Many series: one row each. */
function overview(items: readonly Inspection[]): Table {
  const columns = ["unique_id", "values", "missing", "mean", "sd", "period", "differences", "seasonal"];
  return {
    columns: columns.map((name) => ({ name, round: name === "mean" || name === "sd" ? "each" : "exact" })),
    rows: items.map(({ id, observations, missing, summary, period, differences }) => [
      id,
      observations,
      missing,
      summary.mean,
      summary.sd,
      period,
      differences.ordinary,
      differences.seasonal,
    ]),
  };
}
