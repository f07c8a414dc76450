import type { Series } from "../../../core/series.js";
import { timeLabel } from "../../../core/time/calendar.js";
import { largestOf } from "../../../math/extremes.js";
import { probability, significant } from "../../../report/numbers.js";
import type { Cell, Table } from "../../../report/table.js";
import type { Colors } from "../../../report/terminal/colors.js";
import { correlograms } from "../../../report/terminal/correlogram.js";
import { terminalPlot } from "../../../report/terminal/plot.js";
import { printable } from "../../../report/terminal/printable.js";
import type { Correlations, Inspection, Looked } from "../../inspection.js";
import { pictureOf } from "../../output/pictures.js";

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
  const next = `\n ${paint.dim("next")} ${folded(printable(command, MOST_COMMAND), width - 8).join(" \\\n        ")}\n`;
  if (panel.length > MANY) {
    const items = looked.map(({ item }) => item);
    return `${terminalTable(overview(items), paint)}${next}`;
  }
  const blocks = looked.map(({ item, differenced, foundPeriod }, at) => {
    const series = panel[at]!;
    const plot = terminalPlot(pictureOf(item.id, series, []), { width, height: 10 }, paint);
    return [
      headline(series, item, paint),
      plot,
      facts(item, foundPeriod, paint),
      ...(Object.values(item.tests).every((test) => test === null)
        ? []
        : [terminalTable(testTable(item), paint)]),
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
): string {
  const span = time === null ? "" : `, ${timeLabel(time, 0)} to ${timeLabel(time, y.length - 1)}`;
  const gaps = missing === 0 ? "none missing" : paint.yellow(`${missing} missing`);
  return `${paint.bold(printable(id))}${span}${frequency === null || frequency === "index" ? "" : ` (${frequency})`}, ${observations} ${observations === 1 ? "value" : "values"}, ${gaps}\n`;
}

function facts(
  { observations, period, summary, differences }: Inspection,
  foundPeriod: number | null,
  paint: Colors,
): string {
  if (observations === 0) return "";
  const numbers = Object.entries(summary).flatMap(([name, value]) =>
    Number.isNaN(value) ? [] : [`${paint.dim(name)} ${significant(value)}`],
  );
  const season = foundPeriod !== null ? `${foundPeriod}, found` : period === 1 ? "none" : String(period);
  const { ordinary, seasonal } = differences;
  const lags = seasonal === null || (period === 1 && foundPeriod === null) ? "" : ` and ${seasonal} seasonal`;
  const needs = ordinary === null ? "" : `   ${paint.dim("differences")} ${ordinary}${lags}`;
  return ` ${numbers.join("   ")}\n ${paint.dim("period")} ${season}${needs}\n`;
}

/** What to do about the series, a sentence a topic, folded to the width of the terminal. */
function advice({ advice: { sentences } }: Inspection, width: number, paint: Colors): string {
  if (sentences.length === 0) return "";
  const indent = largestOf(sentences.map(({ topic }) => topic.length)) + 3;
  const blocks = sentences.map(({ topic, text }) => {
    const lines = folded(text, Math.max(30, width - indent));
    return ` ${paint.dim(topic.padEnd(indent - 1))}${lines.join(`\n${" ".repeat(indent)}`)}`;
  });
  return `\n${blocks.join("\n")}`;
}

/** Words gathered into lines of at most `width` characters. */
function folded(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1]!;
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
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
