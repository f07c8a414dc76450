import { show } from "../checks.js";
import { usageError } from "../errors.js";

/** More values than any series has: beyond, memory would go first. */
const MOST = 268_435_456;

/**
 * Numbers in a row as a new array; null and undefined mark missing values, as NaN does. A series counts as its values.
 *
 * @throws YuleError `not-numbers` for anything that is no array, typed array or series, and `bad-value` for a member that is no number.
 */
export function numbersFrom(values: unknown, name: string): Float64Array {
  if (values instanceof Float64Array) return values.slice();
  const list = listOf(values);
  if (list === null) throw notNumbers(values, name);
  if (list.length > MOST) {
    const message = `There are ${list.length} ${name}; a series takes at most ${MOST}.`;
    throw usageError("too-many-values", name, list.length, message);
  }
  const result = new Float64Array(list.length);
  for (let i = 0; i < result.length; i++) result[i] = numberAt(list, i, name);
  return result;
}

function listOf(values: unknown): ArrayLike<unknown> | null {
  if (Array.isArray(values)) return values;
  if (typeof values !== "object" || values === null) return null;
  if (ArrayBuffer.isView(values))
    return values instanceof DataView ? null : (values as unknown as ArrayLike<unknown>);
  const { y, length } = values as { y?: unknown; length?: unknown };
  if (y instanceof Float64Array) return y;
  return Number.isInteger(length) && (length as number) > 0 ? (values as ArrayLike<unknown>) : null;
}

function numberAt(list: ArrayLike<unknown>, i: number, name: string): number {
  const value = list[i];
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return Number.NaN;
  throw usageError(
    "bad-value",
    `${name}[${i}]`,
    value,
    `Value ${i + 1} of ${name} is ${show(value)}, which is no number; convert it, e.g. by Number(), or write NaN for missing.`,
  );
}

function notNumbers(values: unknown, name: string): Error {
  const way = isIterable(values) ? "; write [...it] for the members of an iterable" : "";
  const message = `${name} must be an array of numbers or a series, not ${show(values)}${way}.`;
  return usageError("not-numbers", name, values, message);
}

function isIterable(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** The same without missing values. @throws YuleError `not-numbers`, `bad-value` for what is not finite. */
export function finiteFrom(values: unknown, name: string): Float64Array {
  const numbers = numbersFrom(values, name);
  const at = numbers.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return numbers;
  const message = `Value ${at + 1} of ${name} is ${numbers[at]}; it must be a finite number.`;
  throw usageError("bad-value", `${name}[${at}]`, numbers[at], message);
}

/** @throws YuleError `bad-<name>` unless `value` is a text. */
export function requireText(name: string, value: unknown, example: string): string {
  if (typeof value === "string") return value;
  throw usageError(
    `bad-${name}`,
    name,
    value,
    `The ${name} must be a text such as ${example}, not ${show(value)}.`,
  );
}
