import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { decodeText } from "./bytes/encoding.js";
import type { RecordSink } from "./bytes/records.js";
import { fileError, listing, unknownColumn } from "./errors.js";

type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** A condition on one column of a file. */
export interface Condition {
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: string;
}

const CONDITION = /^\s*(.*?[^\s!<>=])\s*(==|!=|<>|<=|>=|=|<|>)\s*(.*?)\s*$/s;
const SPELLED: Readonly<Record<string, Comparison>> = { "==": "=", "<>": "!=" };
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const ISO = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}(:\d{2}(:\d{2})?)?)?)?)?$/;

/**
 * A condition such as `region=North`, `price>=10` or `date<2024-03-01`; quotes around the value are left out.
 *
 * @throws YuleError `bad-where`.
 */
export function parseCondition(text: string): Condition {
  const [, column, sign, written] = CONDITION.exec(text) ?? [];
  const value = written?.replace(
    /^"(.*)"$|^'(.*)'$/s,
    (_, double?: string, single?: string) => double ?? single ?? "",
  );
  if (column === undefined || value === undefined)
    throw badWhere(text, "name a column, a comparison and a value");
  const comparison = SPELLED[sign!] ?? (sign as Comparison);
  if (comparison.length > 0 && /[<>]/.test(comparison) && !NUMBER.test(value) && !ISO.test(value))
    throw badWhere(text, `${comparison} compares numbers and dates written as 2024-03-01`);
  return { column, comparison, value };
}

function badWhere(text: string, why: string): Error {
  return usageError(
    "bad-where",
    "where",
    text,
    `The condition ${show(text)} cannot be read: ${why}, such as "region=North", "price>=10" or "date<2024-03-01".`,
  );
}

/** Distinct values of a column that are kept for the error where no row is left. */
const MOST_VALUES = 1000;

interface Cell {
  bytes: Uint8Array;
  from: number;
  to: number;
}

/** Passes on the records that meet all conditions. */
export class WhereSink implements RecordSink {
  private cells: Cell[] = [];
  private count = 0;
  private taken = 0;
  private records = 0;
  private readonly values: Set<string>[];

  constructor(
    private readonly sink: RecordSink,
    private readonly conditions: readonly (Condition & { readonly position: number })[],
    private readonly file: string,
  ) {
    this.values = conditions.map(() => new Set());
  }

  quick(): number {
    return -1;
  }

  cell(column: number, bytes: Uint8Array, from: number, to: number): void {
    const cell = this.cells[column];
    if (cell === undefined) this.cells[column] = { bytes, from, to };
    else {
      cell.bytes = bytes;
      cell.from = from;
      cell.to = to;
    }
  }

  endRecord(count: number, line: number): void {
    this.count = count;
    this.records++;
    if (!this.conditions.every((condition, i) => this.meets(condition, i, line))) return;
    this.taken++;
    for (let column = 0; column < count; column++) {
      const { bytes, from, to } = this.cells[column]!;
      this.sink.cell(column, bytes, from, to);
    }
    this.sink.endRecord(count, line);
  }

  blankLine(line: number): void {
    this.sink.blankLine(line);
  }

  private meets(condition: Condition & { readonly position: number }, i: number, line: number): boolean {
    const { position, comparison, value } = condition;
    const cell = position < this.count ? this.cells[position] : undefined;
    const text = cell === undefined ? "" : decodeText(cell.bytes.subarray(cell.from, cell.to)).trim();
    if (this.values[i]!.size < MOST_VALUES) this.values[i]!.add(text);
    const number = NUMBER.test(value) ? numberOf(text) : Number.NaN;
    if (!Number.isNaN(number)) return holds(number - Number(value), comparison);
    if (comparison === "=" || comparison === "!=") return (text === value) === (comparison === "=");
    if (text === "" || NUMBER.test(value)) return false;
    if (ISO.test(text))
      return holds(
        text.replace(" ", "T") < value.replace(" ", "T") ? -1 : text.startsWith(value) ? 0 : 1,
        comparison,
      );
    throw fileError(
      "bad-where",
      { file: this.file, row: line, column: condition.column },
      text,
      `${show(text)} is not a date of the form 2024-03-01, so it cannot be compared (${comparison} ${value}); --from and --to take dates of any form.`,
    );
  }

  /** @throws YuleError `no-rows` where no record met the conditions, naming the values that there are. */
  requireRows(): void {
    if (this.taken > 0 || this.records === 0) return;
    const failed = this.conditions.findIndex(
      ({ value, comparison }, i) => comparison === "=" && !this.values[i]!.has(value),
    );
    const { column, value } = this.conditions[Math.max(0, failed)]!;
    const known = [...this.values[Math.max(0, failed)]!].filter((text) => text !== "");
    const guess = failed < 0 ? undefined : nearest(value, known);
    throw fileError(
      "no-rows",
      { file: this.file, column },
      value,
      `none of ${this.records} rows has ${this.text()}${guess === undefined ? "" : `; the nearest value is ${show(guess)}`}; the values of ${column} are ${listing(known)}.`,
    );
  }

  notes(): Note[] {
    const message = `Of ${this.records} rows ${this.taken} have ${this.text()} and are used.`;
    return [
      { code: "rows-selected", severity: "info", message, details: { rows: this.records, used: this.taken } },
    ];
  }

  private text(): string {
    return this.conditions
      .map(({ column, comparison, value }) => `${column}${comparison}${value}`)
      .join(" and ");
  }
}

/** A number in a cell, with a decimal point or comma; NaN for anything else. */
function numberOf(text: string): number {
  if (NUMBER.test(text)) return Number(text);
  return /^[+-]?\d+,\d+$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
}

function holds(difference: number, comparison: Comparison): boolean {
  switch (comparison) {
    case "=":
      return difference === 0;
    case "!=":
      return difference !== 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
  }
}

/**
 * A sink that passes on what meets the conditions; null where there are none.
 *
 * @param lenient whether conditions on columns that the file does not have are left out.
 * @throws YuleError `unknown-column`, `bad-where`.
 */
export function whereSink(
  sink: RecordSink,
  where: readonly string[] | undefined,
  names: readonly string[],
  file: string,
  lenient: boolean,
): WhereSink | null {
  const conditions = (where ?? []).map(parseCondition).flatMap((condition) => {
    const position = names.indexOf(condition.column);
    if (position >= 0) return [{ ...condition, position }];
    if (lenient) return [];
    throw unknownColumn("--where", condition.column, names, file);
  });
  return conditions.length === 0 ? null : new WhereSink(sink, conditions, file);
}
