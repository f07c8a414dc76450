import { largestOf } from "../../math/extremes.js";
import type { Curve, Picture } from "../../report/pictures/picture.js";
import type { Cell, Column, Table } from "../../report/table.js";
import type { Colors } from "../../report/terminal/colors.js";
import { printable } from "../../report/terminal/printable.js";
import { sparkline } from "../../report/terminal/sparkline.js";
import { terminalTable } from "../../report/terminal/table.js";
import { wrapped } from "../../report/terminal/wrap.js";
import type { Outcome } from "../../run/tasks/task.js";

/** Series that are listed; of more, the first of this order. */
const LISTED = 100;
/** Characters of the line that shows the recent past and the forecast, and the values it covers. */
const SPARK = 24;
const RECENT = 2;

/** A line of the overview of a panel, and by what it is ordered: the largest first. */
export interface PanelLine {
  readonly cells: readonly Cell[];
  readonly badness: number;
}

/**
 * A panel on a terminal: one line a series, the worst first, and how to see the rest.
 *
 * @param order what the lines are ordered by, to end the sentence above them.
 */
export function overviewText(
  columns: readonly Column[],
  lines: readonly PanelLine[],
  order: string,
  paint: Colors,
  width: number,
): string {
  const sorted = lines.toSorted((a, b) => b.badness - a.badness);
  const listed = sorted.slice(0, LISTED);
  const shown = listed.length < lines.length ? `, the first ${LISTED} of them` : "";
  const text = `${lines.length} series${shown}, ${order}; --all prints every row.`;
  const table: Table = { columns, rows: listed.map(({ cells }) => cells) };
  return `\n${wrapped(text, width)}\n\n${terminalTable(table, paint, width)}`;
}

/** Forecasts of a panel, those with the widest intervals first; what failed stands before them. */
export function panelView(
  outcomes: readonly Outcome<unknown>[],
  pictures: readonly Picture[],
  paint: Colors,
  width: number,
): string {
  const models = new Set(outcomes.map(({ model }) => model));
  const drawn = pictures.flatMap((picture) => picture.curves.map((curve) => lineOf(picture, curve)));
  const failed = outcomes.flatMap((outcome): PanelLine[] =>
    outcome.status === "ok"
      ? []
      : [
          {
            cells: [printable(outcome.id), outcome.model, null, null, null, "failed"],
            badness: Number.POSITIVE_INFINITY,
          },
        ],
  );
  const level = largestOf(
    pictures.flatMap(({ curves }) => curves.flatMap(({ bands }) => bands.map((band) => band.level))),
    0,
  );
  const columns: Column[] = [
    { name: "series" },
    { name: "model", ...(models.size > 1 ? {} : { drop: 3 }) },
    { name: "last", round: "shared", drop: 1 },
    { name: "forecast", round: "shared" },
    ...(level === 0 ? [] : [{ name: "± %", round: 0 }]),
    { name: "past and forecast", drop: 2 },
  ];
  const lines = [...failed, ...drawn].map((line) =>
    level === 0 ? { ...line, cells: line.cells.toSpliced(4, 1) } : line,
  );
  const order =
    level === 0
      ? "each with its last value and the mean of its forecast"
      : `the widest ${level} % interval first (± half its width, in percent of the forecast)`;
  return overviewText(columns, lines, order, paint, width);
}

function lineOf(picture: Picture, curve: Curve): PanelLine {
  const history = Array.from(picture.history).filter(Number.isFinite);
  const mean = meanOf(curve.mean);
  const widest = curve.bands.at(-1);
  const half =
    widest === undefined ? 0 : meanOf(Array.from(widest.upper, (u, h) => (u - widest.lower[h]!) / 2));
  const relative = (100 * half) / (Math.abs(mean) || 1);
  const past = history.slice(-RECENT * Math.max(12, curve.mean.length));
  const spark = sparkline([...past, ...Array.from(curve.mean)], SPARK);
  return {
    cells: [printable(picture.title), curve.name, history.at(-1) ?? Number.NaN, mean, relative, spark],
    badness: relative,
  };
}

function meanOf(values: ArrayLike<number>): number {
  const known = Array.from(values).filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
