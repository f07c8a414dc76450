import type { Cell, Table } from "./table.js";

/** A table as CSV: a header line, quotes only where they are needed, numbers in full, nothing for missing values. */
export function csvText(table: Table): string {
  const header = table.columns.map(({ name }) => quoted(name)).join(",");
  const lines = table.rows.map((row) => row.map(field).join(","));
  return `${[header, ...lines].join("\n")}\n`;
}

function field(cell: Cell): string {
  if (cell === null || Number.isNaN(cell)) return "";
  return typeof cell === "string" ? quoted(cell) : String(cell);
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
