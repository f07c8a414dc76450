import { show } from "../../core/checks.js";
import type { Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { listing } from "./errors.js";
import { quoted } from "./numbers/flags.js";
import type { NumberColumn } from "./numbers/number-column.js";
import type { Table } from "./table.js";

/** Numbers that files write where a value is missing. */
const SENTINELS = new Set([
  ...[
    999, 9999, 99_999, 999_999, 9_999_999, 99_999_999, 999_999_999, 99.99, 99.9, 999.9, 999.99, 9999.9,
    9999.99, 99,
  ].flatMap((value) => [value, -value]),
  ...[
    -1, -32_768, 32_767, 65_535, 2_147_483_647, -2_147_483_648, 9.96921e36, 1e20, -1e20, 1e30, -1e30, 1e34,
    -1e34, 1e36,
  ],
]);

/** Above 10 the other values have to be where a -1 marks a missing one: near it, it is a value as they are. */
const TEN = 10;

/** What a user should know about the numbers of a table before they are forecast. */
export function valueNotes(table: Table, panel: readonly Series[]): Note[] {
  const columns = table.plan.numbers.map(({ column }) => column);
  return [
    ...sentinelNotes(table, columns, panel),
    ...missingNotes(columns),
    ...columns.filter(({ long }) => long).map(longNote),
    ...columns.flatMap(pointNotes),
    ...columns.filter(({ bracketed }) => bracketed !== null).map(bracketNote),
    ...unitNotes(columns),
  ];
}

/** One sentinel of one column, over all series. */
interface Found {
  readonly column: NumberColumn;
  readonly value: number;
  count: number;
  readonly low: number;
  readonly high: number;
}

function sentinelNotes(table: Table, columns: readonly NumberColumn[], panel: readonly Series[]): Note[] {
  const found = new Map<string, Found>();
  const look = (column: NumberColumn | undefined, values: Float64Array) => {
    for (const { value, count, low, high } of column === undefined ? [] : sentinelsIn(values)) {
      const key = `${column!.name}\u0000${value}`;
      const before = found.get(key);
      if (before === undefined) found.set(key, { column: column!, value, count, low, high });
      else before.count += count;
    }
  };
  const values = columns.slice(0, columns.length - (panel[0]?.inputs.names.length ?? 0));
  panel.forEach(({ y, inputs }, i) => {
    look(values[i % values.length], y);
    if (i % values.length === 0)
      for (const [at, column] of inputs.columns.entries()) look(columns[values.length + at], column);
  });
  return [...found.values()].map((one) => sentinelNote(table, one));
}

/** Sentinels at the ends of a series, farther from the other values than these are from each other. */
function sentinelsIn(values: Float64Array): Omit<Found, "column">[] {
  const found: Omit<Found, "column">[] = [];
  const taken = new Set<number>();
  for (let round = 0; round < 4; round++) {
    const { low, high } = rangeOf(values, taken);
    const candidates = [low, high].filter((value) => SENTINELS.has(value));
    if (candidates.length === 0) break;
    const next = candidates.find((value) => isFar(value, values, new Set([...taken, value])));
    if (next === undefined) break;
    taken.add(next);
    let count = 0;
    for (const value of values) if (value === next) count++;
    found.push({ value: next, count, ...rangeOf(values, taken) });
  }
  return found;
}

function rangeOf(values: Float64Array, without: ReadonlySet<number>): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const all = without.size === 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low && (all || !without.has(value))) low = value;
    if (value > high && (all || !without.has(value))) high = value;
  }
  return { low, high };
}

function isFar(value: number, values: Float64Array, without: ReadonlySet<number>): boolean {
  const { low, high } = rangeOf(values, without);
  if (low > high || (value === -1 && low < TEN)) return false;
  const distance = value < low ? low - value : value - high;
  const size = Math.max(Math.abs(low), Math.abs(high));
  return distance > 0 && distance >= Math.max(high - low, 0.5 * size);
}

function sentinelNote(table: Table, { column, value, count, low, high }: Found): Note {
  const { row } = table.place(column.values.view().indexOf(value));
  const what =
    count === 1
      ? `One value of ${column.name} is ${value}`
      : `${count} values of ${column.name} are ${value}`;
  return {
    code: "likely-sentinel",
    severity: "warning",
    message: `${what}, far from the others (${low} to ${high}), the first in row ${row}; if that marks a missing value, say so with --na ${quoted(String(value))}.`,
    details: { column: column.name, value, count, row },
  };
}

/** Says how many cells of each column hold a word or a mark for a missing value. */
function missingNotes(columns: readonly NumberColumn[]): Note[] {
  const marked = columns.filter(({ missingWords }) => missingWords.size > 0);
  return marked.map(({ name, missingWords }) => {
    const count = [...missingWords.values()].reduce((sum, each) => sum + each, 0);
    const words = listing(
      [...missingWords.keys()].map((word) => show(word)),
      5,
    );
    const [cells, were] = count === 1 ? ["cell", "was"] : ["cells", "were"];
    return {
      code: "missing-cells",
      severity: "info",
      message: `${count} ${cells} of ${name} with ${words} ${were} read as missing values.`,
      details: { column: name, count, words: [...missingWords.keys()].slice(0, 20) },
    };
  });
}

function pointNotes({ name, doubtful: example, style }: NumberColumn): Note[] {
  if (example === null) return [];
  const message =
    style.group === "."
      ? `Numbers of ${name} such as ${example} are read as ${example.replaceAll(".", "")}, with a point between thousands; if it is a decimal point, --decimal . says so.`
      : `Numbers of ${name} such as ${example} are read with a decimal point; if it separates thousands, say so with --decimal ,.`;
  return [
    {
      code: "point-or-thousands",
      severity: "warning",
      message,
      details: { column: name },
    },
  ];
}

function bracketNote({ name, bracketed }: NumberColumn): Note {
  return {
    code: "brackets-below-zero",
    severity: "info",
    message: `Numbers of ${name} in brackets, such as ${bracketed}, are read as below zero.`,
    details: { column: name },
  };
}

/** Says which columns have something beside their numbers, in one note where it is the same. */
function unitNotes(columns: readonly NumberColumn[]): Note[] {
  return columns.flatMap(({ name, unit, measured }) => {
    if (unit === null || measured === null) return [];
    const [cell, value] = measured;
    const rest = unit.base === "" ? "with their multiples" : `without ${unit.base}`;
    return {
      code: "units-left-out",
      severity: "info",
      message: `The numbers of ${name} are read ${rest}: ${cell} is ${value}.`,
      details: { column: name, unit: unit.base },
    };
  });
}

function longNote({ name }: NumberColumn): Note {
  return {
    code: "beyond-precision",
    severity: "warning",
    message: `Column ${name} has whole numbers of 16 digits or more; a number here holds 15 to 16 digits (2^53), so the last ones are lost: subtract a constant, or write them in larger units.`,
    details: { column: name },
  };
}
