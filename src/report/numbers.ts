import type { Cell, Rounding, Table } from "./table.js";

/** Beyond these a number is written with an exponent. */
const LARGE = 1e15;
const SMALL = 1e-9;

/** Decimals that give the typical one of some numbers four significant digits; 0 where all are whole. */
export function decimalsFor(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite).map(Math.abs);
  if (finite.every(Number.isInteger)) return 0;
  const sizes = finite.filter((size) => size > 0).sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 1;
  return Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(typical))));
}

/** A number for people, with so many decimals; blank for NaN. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "";
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (size >= LARGE || (size > 0 && size < SMALL)) return value.toExponential(3);
  const text = value.toFixed(decimals);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

/** A number for people, to so many significant digits; blank for NaN. */
export function significant(value: number, digits = 5): string {
  if (!Number.isFinite(value) || value === 0 || Number.isInteger(value)) return fixed(value, 0);
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  if (decimals > digits + 4) return value.toExponential(digits - 1);
  return fixed(value, Math.min(12, Math.max(0, decimals)));
}

/** A p-value for people: never a bare 0. */
export function probability(value: number): string {
  if (Number.isNaN(value)) return "";
  return value < 0.0001 ? "< 0.0001" : value.toFixed(4);
}

/** The cells of a table as people read them. */
export function rounded(table: Table): string[][] {
  const rows = [...table.rows];
  const shared = table.columns.flatMap((column, at) =>
    column.round === "shared" ? rows.map((row) => row[at]).filter((cell) => typeof cell === "number") : [],
  );
  const decimals = decimalsFor(shared);
  return rows.map((row) => row.map((cell, at) => cellText(cell, table.columns[at]?.round, decimals)));
}

function cellText(cell: Cell, round: Rounding | undefined, decimals: number): string {
  if (cell === null) return "";
  if (typeof cell !== "number") return String(cell);
  if (typeof round === "number") return fixed(cell, round);
  if (round === "shared") return fixed(cell, decimals);
  if (round === "each") return significant(cell);
  return Number.isNaN(cell) ? "" : String(cell);
}

/** `1 value`, `2 values`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
