import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One case of a file in test/reference: how it was computed, and what came out. */
export interface ReferenceCase<R = Record<string, unknown>> {
  readonly id: string;
  readonly series?: string;
  readonly call: string;
  readonly input?: Record<string, unknown>;
  readonly result: R;
}

/** The cases of a reference file; `"NaN"`, `"Inf"` and `"-Inf"` are read as numbers. */
export function referenceCases<R = Record<string, unknown>>(file: string): ReferenceCase<R>[] {
  return readReference(file).cases as ReferenceCase<R>[];
}

/** A whole reference file. */
export function readReference(file: string): Record<string, unknown> {
  const text = readFileSync(join(import.meta.dirname, "reference", `${file}.json`), "utf8");
  return JSON.parse(text, (_, value) => SPECIAL.get(value) ?? value) as Record<string, unknown>;
}

const SPECIAL = new Map<unknown, number>([
  ["NaN", Number.NaN],
  ["Inf", Number.POSITIVE_INFINITY],
  ["-Inf", Number.NEGATIVE_INFINITY],
]);

export interface ReferenceSeries {
  readonly values: Float64Array;
  readonly period: number;
}

/** An input series of the reference suite; missing values are NaN. */
export function referenceSeries(name: string): ReferenceSeries {
  const all = readReference("series").series as Record<
    string,
    { values: (number | null)[]; frequency: number }
  >;
  const found = all[name];
  if (found === undefined) throw new Error(`test/reference/series.json has no series ${name}`);
  return { values: Float64Array.from(found.values, (value) => value ?? Number.NaN), period: found.frequency };
}
