import { type Cell, type Column, madeRows, type Table } from "../../report/table.js";

/** Parts of a JSON result that are no numbers of the result. */
const KEPT: ReadonlySet<string> = new Set(["notes", "details", "level", "probabilities"]);

/** Columns of probabilities have no unit of the data. */
const isProbability = ({ name }: Column) => name.startsWith("P(");

/** A result with its numbers rounded to so many decimals, in every format; as it is where none are asked for. */
export function withDigits<R extends { readonly items: () => readonly object[]; readonly table: Table }>(
  result: R,
  digits: number | undefined,
): R {
  if (digits === undefined) return result;
  const { table } = result;
  return {
    ...result,
    items: () => result.items().map((item) => rounded(item, digits) as object),
    table: roundedTable(table, digits),
  };
}

/** A table with its numbers rounded to so many decimals; as it is where none are asked for. */
export function roundedTable(table: Table, digits: number | undefined): Table {
  if (digits === undefined) return table;
  const { columns, rows } = table;
  const made = function* (): Generator<Cell[]> {
    for (const row of rows)
      yield row.map((cell, at) =>
        typeof cell === "number" && !isProbability(columns[at]!) ? toDecimals(cell, digits) : cell,
      );
  };
  return {
    columns: columns.map((column) =>
      column.round === undefined || isProbability(column) ? column : { ...column, round: digits },
    ),
    rows: madeRows(made),
  };
}

function rounded(value: unknown, digits: number): unknown {
  if (typeof value === "number") return toDecimals(value, digits);
  if (value instanceof Float64Array) return value.map((item) => toDecimals(item, digits));
  if (Array.isArray(value)) return value.map((item) => rounded(item, digits));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEPT.has(key) ? item : rounded(item, digits)]),
  );
}

function toDecimals(value: number, digits: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toFixed(digits));
}
