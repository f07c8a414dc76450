import type { Cell, Table } from "../table.js";

/**
 * A table as CSV: a header line, quotes only where they are needed, numbers in full, nothing for missing values.
 *
 * @param safe whether texts that a spreadsheet would take as formulas get an apostrophe before them; numbers never do.
 */
export function csvText(table: Table, safe = false): string {
  return [...csvLines(table, safe)].join("");
}

/** The lines of `csvText`, made one by one, each with its end. */
export function* csvLines({ columns, rows }: Table, safe = false): Generator<string> {
  const text = safe ? (cell: string) => quoted(harmless(cell)) : quoted;
  // Names and times repeat from row to row: what was written last is at hand for each column.
  const last = columns.map(() => ({ cell: "", written: "" }));
  const textAt = (at: number, cell: string) => {
    const known = last[at]!;
    if (known.cell !== cell) last[at] = { cell, written: text(cell) };
    return last[at]!.written;
  };
  const lineOf = (row: readonly Cell[]) => {
    let line = "";
    for (let at = 0; at < row.length; at++) {
      const cell = row[at]!;
      line += `${at === 0 ? "" : ","}${typeof cell === "string" ? textAt(at, cell) : numeral(cell)}`;
    }
    return line;
  };
  yield `${columns.map(({ name }) => text(name)).join(",")}\n`;
  for (const row of rows) yield `${lineOf(row)}\n`;
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
