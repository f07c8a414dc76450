import type { Series } from "../../../core/series.js";
import { timeLabel } from "../../../core/time/calendar.js";
import { largestOf } from "../../../math/extremes.js";
import { probability, significant } from "../../../report/numbers.js";
import { pictureOf } from "../../../report/pictures/picture-of.js";
import type { Cell, Table } from "../../../report/table.js";
import type { Colors } from "../../../report/terminal/colors.js";
import { correlograms } from "../../../report/terminal/correlogram.js";
import { terminalPlot } from "../../../report/terminal/plot.js";
import { printable } from "../../../report/terminal/printable.js";
import { flowed, wrapped } from "../../../report/terminal/wrap.js";
import type { Correlations, Inspection, Looked } from "../../inspection.js";

/** More series than this are shown without plots. */
const MANY = 6;
/** Lags shown to people. */
const LAGS = 24;
/** A command is shown whole. */
const MOST_COMMAND = 10_000;

/** The series, what it is like, what the tests say and how it correlates, for people. */
export async function inspectView(
  panel: readonly Series[],
  looked: readonly Looked[],
  command: string,
  paint: Colors,
  width: number,
): Promise<string> {
  const { terminalTable } = await import("../../../report/terminal/table.js");
  const next = `\n ${paint.dim("next")} ${wrapped(printable(command, MOST_COMMAND), width - 9, " ").replaceAll("\n ", " \\\n        ")}\n`;
  if (panel.length > MANY) {
    const items = looked.map(({ item }) => item);
    return `${terminalTable(overview(items), paint, width)}${next}`;
  }
  const blocks = looked.map(({ item, differenced, foundPeriod }, at) => {
    const series = panel[at]!;
    const plot = terminalPlot(pictureOf(item.id, series, []), { width, height: 10 }, paint);
    return [
      headline(series, item, paint, width),
      plot,
      facts(item, foundPeriod, paint, width),
      ...(Object.values(item.tests).every((test) => test === null)
        ? []
        : [terminalTable(testTable(item), paint, width)]),
      bars(item, differenced, width, paint),
      advice(item, width, paint),
    ].join("\n");
  });
  return `\n${blocks.join("\n\n")}\n${next}`;
}

function headline(
  { time, y }: Series,
  { id, frequency, observations, missing }: Inspection,
  paint: Colors,
  width: number,
): string {
  const span = time === null ? "" : `, ${timeLabel(time, 0)} to ${timeLabel(time, y.length - 1)}`;
  const step = frequency === null || frequency === "index" ? "" : ` (${frequency})`;
  const gaps = missing === 0 ? "none missing" : `${missing} missing`;
  const text = `${printable(id)}${span}${step}, ${observations} ${observations === 1 ? "value" : "values"}, ${gaps}`;
  return `${paint.bold(wrapped(text, width))}\n`;
}

function facts(
  { observations, period, summary, differences }: Inspection,
  foundPeriod: number | null,
  paint: Colors,
  width: number,
): string {
  if (observations === 0) return "";
  const numbers = Object.entries(summary).flatMap(([name, value]) =>
    Number.isNaN(value) ? [] : [[name, significant(value)] as const],
  );
  const season = foundPeriod !== null ? `${foundPeriod}, found` : period === 1 ? "none" : String(period);
  const { ordinary, seasonal } = differences;
  const lags = seasonal === null || (period === 1 && foundPeriod === null) ? "" : ` and ${seasonal} seasonal`;
  const needs = ordinary === null ? [] : [["differences", `${ordinary}${lags}`] as const];
  const size = ([name, value]: readonly [string, string]) => name.length + 1 + value.length;
  const lines = [
    ...flowed(numbers, size, width - 1),
    ...flowed([["period", season], ...needs], size, width - 1),
  ];
  return `${lines.map((line) => ` ${line.map(([name, value]) => `${paint.dim(name)} ${value}`).join("   ")}`).join("\n")}\n`;
}

/** A narrower terminal has the topic of a sentence above it, not beside it. */
const BESIDE = 60;

/** What to do about the series, a sentence a topic, folded to the width of the terminal. */
function advice({ advice: { sentences } }: Inspection, width: number, paint: Colors): string {
  if (sentences.length === 0) return "";
  const topics = largestOf(sentences.map(({ topic }) => topic.length)) + 3;
  const blocks = sentences.map(({ topic, text }) => {
    const indent = width < BESIDE ? 3 : topics;
    const lines = wrapped(printable(text), width - indent).replaceAll("\n", `\n${" ".repeat(indent)}`);
    const head = width < BESIDE ? ` ${paint.dim(topic)}\n   ` : ` ${paint.dim(topic.padEnd(indent - 1))}`;
    return head + lines;
  });
  return `\n${blocks.join("\n")}`;
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
    columns: [{ name: "test" }, { name: "statistic", round: 3, drop: 1 }, { name: "p" }, { name: "says" }],
    rows,
  };
}

/** The correlograms of the series, and beside them those of the differenced one that the orders are read from. */
function bars(
  { acf, pacf }: Inspection,
  differenced: Looked["differenced"],
  width: number,
  paint: Colors,
): string {
  const groups = [
    { group: differenced === null ? "" : "series", correlations: { acf, pacf } },
    ...(differenced === null ? [] : [{ group: differenced.name, correlations: correlationsOf(differenced) }]),
  ];
  const shown = groups.flatMap(({ group, correlations }) =>
    Object.entries(correlations).flatMap(([name, found]: [string, Correlations | null]) =>
      found === null
        ? []
        : [
            {
              ...{ group, title: name },
              band: found.band,
              lags: found.lags.slice(0, LAGS),
              values: found.values.slice(0, LAGS),
            },
          ],
    ),
  );
  return shown.length === 0 ? "" : correlograms(shown, width, paint);
}

function correlationsOf({ acf, pacf }: NonNullable<Looked["differenced"]>) {
  return { acf, pacf };
}

/** Many series: one row each. */
function overview(items: readonly Inspection[]): Table {
  const columns = ["unique_id", "values", "missing", "mean", "sd", "period", "differences", "seasonal"];
  return {
    columns: columns.map((name, at) => ({
      name,
      round: name === "mean" || name === "sd" ? "each" : "exact",
      ...(at < 2 ? {} : { drop: name === "sd" ? 3 : name === "mean" || name === "seasonal" ? 2 : 1 }),
    })),
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
