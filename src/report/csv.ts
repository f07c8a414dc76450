import type { Cell, Table } from "./table.js";

/**
 * A table as CSV: a header line, quotes only where they are needed, numbers in full, nothing for missing values.
 *
 * @param safe whether texts that a spreadsheet would take as formulas get an apostrophe before them; numbers never do.
 */
export function csvText(table: Table, safe = false): string {
  const text = safe ? (cell: string) => quoted(harmless(cell)) : quoted;
  const field = (cell: Cell) => (typeof cell === "string" ? text(cell) : numeral(cell));
  const header = table.columns.map(({ name }) => text(name)).join(",");
  const lines = table.rows.map((row) => row.map(field).join(","));
  return `${[header, ...lines].join("\n")}\n`;
}

function numeral(cell: Exclude<Cell, string>): string {
  return cell === null || Number.isNaN(cell) ? "" : String(cell);
}

/** Texts that begin as formulas do, after blanks too, are kept from being run (OWASP, CSV injection). */
function harmless(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
