import { dataError } from "../../../core/errors.js";
import type { Cell, Table } from "../../../report/table.js";
import type { Run } from "../../command.js";
import { readData } from "../../data.js";
import { type Inspection, inspection, type TestSummary } from "../../inspection.js";
import { emit } from "../../output/output.js";
import { savePlot } from "../../output/plots.js";
import { nextCommand } from "../next-command.js";
import { inspectFigures } from "./inspect-figures.js";
import { inspectView } from "./inspect-view.js";

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
  const looked = panel.map(inspection);
  const command = nextCommand(context, file, decisions.flags, looked);
  const items = looked.map(({ item }) => item);
  const table = quantityTable(items, showIds);
  await savePlot(context, () => ({
    title: decisions.file,
    remarks: [],
    table,
    figures: panel.flatMap((series, at) => inspectFigures(series, looked[at]!)),
  }));
  await emit(context, {
    json: () => inspectJson(decisions.columns, items, command),
    items: () => items.map((item) => ({ columns: decisions.columns, ...item })),
    table,
    view: (paint, width) => inspectView(panel, looked, command, paint, width),
  });
  return 0;
};

/** One series: all of it at the top. Several: what they share at the top, and each of them in `series`. */
function inspectJson(columns: readonly string[], items: readonly Inspection[], command: string): object {
  const [only] = items;
  if (items.length === 1) return { columns, ...only, next: command };
  const total = (pick: (item: Inspection) => number) => items.reduce((sum, item) => sum + pick(item), 0);
  return {
    columns,
    frequency: only!.frequency,
    period: only!.period,
    observations: total(({ observations }) => observations),
    missing: total(({ missing }) => missing),
    series: items,
    next: command,
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
