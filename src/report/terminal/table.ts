import { Table as Printer } from "console-table-printer";
import { rounded } from "../numbers.js";
import { isNumeric, type Table } from "../table.js";
import type { Colors } from "./colors.js";
import { printable } from "./printable.js";

/** Characters of a cell. */
const MOST = 200;
const NOTHING = { left: "", mid: "", right: "", other: "" };
const RULED = {
  headerTop: NOTHING,
  headerBottom: { left: "", mid: "─", right: "", other: "─" },
  tableBottom: NOTHING,
  vertical: " ",
  rowSeparator: NOTHING,
};

/** A table for a terminal: a head, a rule, and aligned columns. Lines longer than `width` are cut with an ellipsis. */
export function terminalTable(table: Table, paint: Colors, width = Number.POSITIVE_INFINITY): string {
  const printer = new Printer({
    style: RULED,
    shouldDisableColors: true,
    columns: table.columns.map(({ name, title }, at) => ({
      name: String(at),
      title: printable(title ?? name, MOST),
      alignment: isNumeric(table, at) ? "right" : "left",
    })),
  });
  for (const row of rounded(table)) printer.addRow({ ...row.map((cell) => printable(cell, MOST)) });
  const [head, rule, ...rows] = printer
    .render()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => cut(line.trimEnd(), width));
  return `${[paint.bold(head), paint.dim(rule), ...rows].join("\n")}\n`;
}

function cut(line: string, width: number): string {
  if (line.length <= width) return line;
  return line.startsWith("─") ? line.slice(0, width) : `${line.slice(0, width - 1)}…`;
}
