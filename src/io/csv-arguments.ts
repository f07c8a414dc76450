import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import { type CsvOptions, ENCODINGS } from "./csv-options.js";

/** Options of reading, with a second file of known future values. */
type ReadOptions = CsvOptions & { readonly future?: unknown };

const TABLE: OptionTable<ReadOptions> = {
  time: "anything",
  value: "anything",
  id: "anything",
  inputs: "anything",
  period: "number",
  frequency: "text",
  zone: "text",
  dateOrder: ["dmy", "mdy", "ymd"],
  na: "anything",
  strip: "text",
  decimal: [".", ","],
  delimiter: [",", ";", "\t", "|"],
  header: "boolean",
  encoding: ENCODINGS,
  sheet: "text",
  skip: "number",
  aggregate: "object",
  skipBadSeries: "boolean",
  where: "anything",
  name: "text",
  future: "anything",
};

/** Options that name columns, and whether null stands for none of them. */
const COLUMNS = { time: true, value: false, id: true, inputs: false } as const;

/**
 * Refuses what plain JavaScript may pass in the place of the options of `of`.
 *
 * @throws YuleError `bad-options`, `unknown-option`, `bad-<option>`.
 */
export function requireCsvOptions(of: string, options: ReadOptions): void {
  requireOptions(of, options, TABLE);
  for (const [name, none] of Object.entries(COLUMNS)) {
    const value: unknown = options[name as keyof typeof COLUMNS];
    const fits = isText(value) ? name !== "inputs" : isListOf(value, isText) || (value === null && none);
    if (value !== undefined && !fits)
      refuse(
        of,
        name,
        value,
        name === "inputs" ? "a list of names of columns" : "a name of a column or a list of them",
      );
  }
  const { na, where, skip, aggregate } = options;
  if (na !== undefined && !isListOf(na, (one) => isText(one) || typeof one === "number"))
    refuse(of, "na", na, "a list of texts and numbers");
  if (where !== undefined && !isListOf(where, isText)) refuse(of, "where", where, "a list of texts");
  if (skip !== undefined && !(Number.isInteger(skip) && skip >= 0))
    refuse(of, "skip", skip, "a whole number of at least 0");
  if (aggregate !== undefined && !(isText(aggregate.by) && isText(aggregate.frequency)))
    refuse(of, "aggregate", aggregate, 'an object such as { by: "sum", frequency: "D" }');
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf(value: unknown, test: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function refuse(of: string, name: string, value: unknown, wanted: string): never {
  const message = `The ${name} of ${of} must be ${wanted}, not ${show(value)}.`;
  throw usageError(`bad-${name}`, name, value, message);
}

/** @throws YuleError `bad-input` unless a file is given as text or as bytes. */
export function requireInput(name: string, value: unknown): void {
  if (isText(value) || value instanceof Uint8Array) return;
  throw usageError(
    "bad-input",
    name,
    value,
    `The ${name} must be the text of a file or its bytes, not ${show(value)}.`,
  );
}
