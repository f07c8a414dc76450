import { rounded } from "./numbers.js";
import { isNumeric, type Table } from "./table.js";

/** A table as a GitHub Markdown pipe table, its columns aligned in the source too. */
export function markdownText(table: Table): string {
  const heads = table.columns.map(({ name, title }) => escaped(title ?? name));
  const rows = rounded(table).map((row) => row.map(escaped));
  const right = table.columns.map((_, at) => isNumeric(table, at));
  const widths = heads.map((head, at) => Math.max(3, head.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (right[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join(" | ")} |`;
  const rule = widths.map((width, at) => (right[at] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return `${[line(heads), line(rule), ...rows.map(line)].join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
