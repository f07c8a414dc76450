import { largestOf } from "../../math/extremes.js";
import { rounded } from "../numbers.js";
import { isNumeric, type Table } from "../table.js";

/** A table as a GitHub Markdown pipe table, its columns aligned in the source too. */
export function markdownText(table: Table): string {
  const heads = table.columns.map(({ name, title }) => escaped(title ?? name));
  const rows = rounded(table).map((row) => row.map(escaped));
  const right = table.columns.map((_, at) => isNumeric(table, at));
  const widths = heads.map((head, at) =>
    largestOf(
      rows.map((row) => row[at]!.length),
      Math.max(3, head.length),
    ),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (right[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join(" | ")} |`;
  const rule = widths.map((width, at) => (right[at] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return `${[line(heads), line(rule), ...rows.map(line)].join("\n")}\n`;
}

/**
 * Text of a cell that shows as it is written: what Markdown would take as a mark gets a backslash, what HTML would take as
 * one becomes an entity, and a cell stays on its line. `_` and `[12]` inside of names are no marks, so names stay legible.
 *
 * @see GitHub Flavored Markdown Spec, version 0.29, sections 2.4, 4.10 and 6.
 */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\\`*|~]/g, "\\$&")
    .replace(/!?\[(?=[^\]]*\]\()/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}
