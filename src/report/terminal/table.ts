import { Table as Printer } from "console-table-printer";
import { largestOf } from "../../math/extremes.js";
import { rounded } from "../numbers.js";
import { isNumeric, type Table, without } from "../table.js";
import type { Colors } from "./colors.js";
import { printable } from "./printable.js";
import { wrapped } from "./wrap.js";

/** Characters of a cell. */
const MOST = 200;
/** Characters between columns, one less before the first: where there is room, and where that spares a column. */
const GAPS = [3, 2] as const;
type Gap = (typeof GAPS)[number];
/** A column of text is not folded to fewer characters. */
const NARROWEST = 10;
const NOTHING = { left: "", mid: "", right: "", other: "" };
const RULED = {
  headerTop: NOTHING,
  headerBottom: { left: "", mid: "─", right: "", other: "─" },
  tableBottom: NOTHING,
  rowSeparator: NOTHING,
};

/**
 * A table for a terminal: a head, a rule, and aligned columns. Where `width` has no room for all of them, they stand closer, or are
 * left out in the order of their `drop`, which a line under the table says; then the cells of text columns are folded.
 */
export function terminalTable(table: Table, paint: Colors, width = Number.POSITIVE_INFINITY): string {
  const { shown, left, gap } = fitting(table, width);
  const cells = rounded(shown).map((row) => row.map((cell) => printable(cell, MOST)));
  const titles = shown.columns.map(({ name, title }) => printable(title ?? name, MOST));
  const right = shown.columns.map((_, at) => isNumeric(shown, at));
  const limits = folded(titles, cells, right, width, gap);
  const printer = new Printer({
    // A space stands on either side of a cell anyway.
    style: { ...RULED, vertical: " ".repeat(gap - 2) },
    shouldDisableColors: true,
    columns: titles.map((title, at) => ({
      name: String(at),
      title,
      alignment: right[at] ? "right" : "left",
    })),
  });
  for (const row of cells) {
    for (const line of linesOf(row, limits)) printer.addRow({ ...line });
  }
  const [head = "", rule = "", ...rows] = printer
    .render()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trimEnd());
  const note = left.length === 0 ? [] : [paint.dim(wrapped(leftOut(left), width - 1, " "))];
  const ruled = rule.slice(0, columnWidth(head, rows));
  return `${[paint.bold(head), paint.dim(ruled), ...rows, ...note].join("\n")}\n`;
}

function leftOut(names: readonly string[]): string {
  return ` No room for ${names.join(", ")}; --format csv has every column.`;
}

/** The table without the columns that have no room, their names in its order, and how far apart the others stand. */
function fitting(table: Table, width: number): { shown: Table; left: string[]; gap: Gap } {
  let shown = table;
  for (;;) {
    const widths = Number.isFinite(width) ? widthsOf(shown) : [];
    const gap = GAPS.find((size) => tableWidth(widths, size) <= width);
    const ranked = shown.columns.filter(({ drop }) => drop !== undefined);
    if (gap !== undefined || ranked.length === 0) {
      const kept = new Set(shown.columns);
      const left = table.columns.filter((column) => !kept.has(column)).map(({ name }) => name);
      return { shown, left, gap: gap ?? GAPS[1] };
    }
    const first = largestOf(ranked.map(({ drop }) => drop!));
    for (const { name, drop } of ranked) if (drop === first) shown = without(shown, name);
  }
}

function widthsOf(table: Table): number[] {
  const cells = rounded(table);
  return table.columns.map(({ name, title }, at) =>
    columnWidth(
      title ?? name,
      cells.map((row) => printable(row[at]!, MOST)),
    ),
  );
}

function columnWidth(title: string, cells: readonly string[]): number {
  return largestOf(
    cells.map(({ length }) => length),
    title.length,
  );
}

function tableWidth(widths: readonly number[], gap: Gap): number {
  return widths.reduce((sum, width) => sum + width, gap - 1 + gap * (widths.length - 1));
}

/** How wide each column may be: text gives way to numbers, the widest first. */
function folded(
  titles: readonly string[],
  cells: readonly (readonly string[])[],
  right: readonly boolean[],
  width: number,
  gap: Gap,
): number[] {
  const widths = titles.map((title, at) =>
    columnWidth(
      title,
      cells.map((row) => row[at]!),
    ),
  );
  let excess = tableWidth(widths, gap) - width;
  while (excess > 0) {
    const slack = widths.map((size, at) => (right[at] ? 0 : size - Math.max(NARROWEST, titles[at]!.length)));
    const most = largestOf(slack);
    if (most <= 0) break;
    const at = slack.indexOf(most);
    const less = Math.min(excess, most);
    widths[at] = widths[at]! - less;
    excess -= less;
  }
  return widths;
}

/** A row as the lines it takes: cells that are too long go on below. */
function linesOf(row: readonly string[], limits: readonly number[]): string[][] {
  if (row.every((cell, at) => cell.length <= limits[at]!)) return [[...row]];
  const columns = row.map((cell, at) =>
    cell.length <= limits[at]! ? [cell] : wrapped(cell, limits[at]!, "").split("\n"),
  );
  const height = largestOf(columns.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => columns.map((lines) => lines[line] ?? ""));
}
