import { usageError } from "./errors.js";

/** Forecasts beyond this many steps are refused: no model means anything there, and memory would go first. */
export const MAX_HORIZON = 100_000;

/** @throws YuleError `bad-<name>` unless `value` is a whole number from `low` to `high`. */
export function requireInteger(name: string, value: unknown, low: number, high: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return value;
  const code = `bad-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw usageError(
    code,
    name,
    value,
    `The ${name} must be a whole number from ${low} to ${high}, not ${show(value)}.`,
  );
}

/** @throws YuleError `bad-horizon`. */
export function requireHorizon(value: unknown): number {
  return requireInteger("horizon", value, 1, MAX_HORIZON);
}

/** @throws YuleError `bad-level` unless 0 < level < 100. */
export function requireLevel(value: unknown): number {
  if (typeof value === "number" && value > 0 && value < 100) return value;
  throw usageError(
    "bad-level",
    "level",
    value,
    `The level must be a percentage above 0 and below 100, such as 95, not ${show(value)}.`,
  );
}

/** A value as it can stand in a sentence. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? showObject(value) : String(value);
}

function showObject(value: object): string {
  if (Array.isArray(value))
    return value.length <= 3 && value.every(isShort)
      ? `[${value.map(show).join(", ")}]`
      : `an array of ${value.length}`;
  const name: unknown = value.constructor?.name;
  if (typeof name !== "string" || name === "Object") return "an object";
  return `a ${name}`;
}

function isShort(value: unknown): boolean {
  if (typeof value === "string") return value.length <= 20;
  return value === null || ["number", "boolean", "undefined"].includes(typeof value);
}

/** The member of `known` nearest to `word` by edit distance, to suggest in an error. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const target = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(target, candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** The fields of anything; none of what has none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
