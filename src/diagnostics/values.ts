import { numbersFrom } from "../core/arguments/numbers.js";
import { dataError } from "../core/errors.js";
import type { Note } from "../core/model.js";
import type { Series } from "../core/series.js";

/** Numbers in a row: an array, a typed array, anything with a length and indices, or a series, which counts as its values. */
export type Values = ArrayLike<number> | Pick<Series, "y">;

/** What a test does with missing values: refuse them, or close the gaps and say so in a note. */
export type MissingPolicy = "error" | "drop";

/** Differences from the first value below this share of the values' size count as rounding. */
const CONSTANT_TOLERANCE = 1.5e-8;

/** The values as numbers in a new array; NaN marks missing ones. @throws YuleError `not-numbers`, `bad-value`, `infinite-value`. */
export function toFloats(y: Values, name = "y"): Float64Array {
  const values = numbersFrom(y, name);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === Number.POSITIVE_INFINITY || values[i] === Number.NEGATIVE_INFINITY) {
      throw dataError(
        "infinite-value",
        name,
        values[i],
        `Value ${i + 1} of ${name} is ${values[i]}; replace it by a number or NaN for missing.`,
      );
    }
  }
  return values;
}

/** Number of missing values. */
export function countMissing(y: ArrayLike<number>): number {
  let missing = 0;
  for (let i = 0; i < y.length; i++) if (Number.isNaN(y[i])) missing++;
  return missing;
}

/** The values that are not missing, gaps closed. */
export function dropMissing(y: Float64Array): Float64Array {
  return countMissing(y) === 0 ? y : y.filter((value) => !Number.isNaN(value));
}

/** The note that tells of closed gaps; none where nothing was missing. */
export function droppedNotes(missing: number): readonly Note[] {
  if (missing === 0) return [];
  return [
    {
      code: "missing-dropped",
      severity: "warning",
      message: `${missing} missing ${missing === 1 ? "value was" : "values were"} left out and the gaps closed; interpolate first where that matters.`,
      details: { missing },
    },
  ];
}

/** The note that tells of interpolated gaps; none where nothing was missing. */
export function interpolatedNotes(missing: number): readonly Note[] {
  if (missing === 0) return [];
  return [
    {
      code: "missing-interpolated",
      severity: "info",
      message: `${missing} missing ${missing === 1 ? "value was" : "values were"} interpolated to estimate trend and season.`,
      details: { missing },
    },
  ];
}

export interface Prepared {
  readonly values: Float64Array;
  readonly notes: readonly Note[];
}

/**
 * Values ready for a test: finite, without gaps, at least `minimum` of them.
 *
 * @param missing the option of the test; `"refused"` for one that has none, whose error then does not name it.
 * @throws YuleError `infinite-value`, `missing-values`, `too-short`.
 */
export function prepare(
  y: Values,
  purpose: string,
  minimum: number,
  missing: MissingPolicy | "refused" = "error",
): Prepared {
  const all = toFloats(y);
  const gaps = countMissing(all);
  if (gaps > 0 && missing !== "drop") {
    const drop = missing === "error" ? ', or leave them out with missing: "drop"' : "";
    throw dataError(
      "missing-values",
      "y",
      gaps,
      `${purpose} needs a series without gaps, but ${gaps} of ${all.length} values are missing; interpolate them${drop}.`,
    );
  }
  const values = dropMissing(all);
  requireLength(values.length, purpose, minimum);
  return { values, notes: droppedNotes(gaps) };
}

/** @throws YuleError `too-short` unless there are at least `minimum` values. */
export function requireLength(length: number, purpose: string, minimum: number): void {
  if (length >= minimum) return;
  throw dataError(
    "too-short",
    "y",
    length,
    `${purpose} needs at least ${minimum} values, but there ${length === 1 ? "is" : "are"} ${length}.`,
  );
}

/** @throws YuleError `constant-series` where all values are equal but for rounding. */
export function requireVariation(y: Float64Array, purpose: string): void {
  if (!isConstant(y)) return;
  throw dataError(
    "constant-series",
    "y",
    y[0],
    `${purpose} has nothing to test: all ${y.length} values are ${y[0]}.`,
  );
}

/**
 * Whether all values equal the first one but for rounding: the mean difference of those that differ is below
 * 1.5e-8 of their mean size. Judged by size alone, so that small units change nothing.
 */
export function isConstant(y: Float64Array): boolean {
  const first = y[0];
  let difference = 0;
  let size = 0;
  for (let i = 1; i < y.length; i++) {
    const value = y[i];
    if (Number.isNaN(value) || Number.isNaN(first)) return false;
    if (value === first) continue;
    difference += Math.abs(value - first);
    size += Math.abs(value);
  }
  return difference === 0 || difference < CONSTANT_TOLERANCE * size;
}
