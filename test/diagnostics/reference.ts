import { readFileSync } from "node:fs";

/** One stored result of R or statsmodels; see test/reference/README.md. */
export interface ReferenceCase {
  readonly id: string;
  readonly series: string;
  readonly call: string;
  readonly warnings?: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs from case to case
  readonly result: any;
}

export interface ReferenceSeries {
  readonly values: Float64Array;
  readonly frequency: number;
}

const root = new URL("../reference/", import.meta.url);

function read(file: string) {
  return JSON.parse(readFileSync(new URL(file, root), "utf8"));
}

/** The cases of one reference file. */
export function cases(file: string): readonly ReferenceCase[] {
  return read(file).cases;
}

/** R's NA is null, and so is a missing value; the strings stand for themselves. */
export function toNumber(value: number | string | null): number {
  if (value === null || value === "NaN") return Number.NaN;
  if (value === "Inf") return Number.POSITIVE_INFINITY;
  if (value === "-Inf") return Number.NEGATIVE_INFINITY;
  return value as number;
}

const stored = read("series.json").series as Record<string, { values: (number | null)[]; frequency: number }>;

/** An input series of the reference results. */
export function referenceSeries(name: string): ReferenceSeries {
  const { values, frequency } = stored[name]!;
  return { values: Float64Array.from(values, toNumber), frequency };
}

/** Keeps the worst error of each quantity, to be printed by the test that watches it. */
export class Worst {
  private readonly errors = new Map<string, { error: number; id: string; count: number }>();

  note(quantity: string, error: number, id: string): void {
    const entry = this.errors.get(quantity) ?? { error: -1, id, count: 0 };
    entry.count++;
    // NaN must not hide.
    if (!(error <= entry.error)) {
      entry.error = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
      entry.id = id;
    }
    this.errors.set(quantity, entry);
  }

  relative(quantity: string, actual: number, expected: number, id: string): void {
    this.note(quantity, actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected), id);
  }

  absolute(quantity: string, actual: number, expected: number, id: string, scale = 1): void {
    this.note(quantity, actual === expected ? 0 : Math.abs(actual - expected) / scale, id);
  }

  of(quantity: string): number {
    return this.errors.get(quantity)?.error ?? Number.NaN;
  }

  report(title: string): void {
    for (const [quantity, { error, id, count }] of this.errors) {
      console.log(`${title}: ${quantity}: ${count} compared, worst ${error.toExponential(1)} (${id})`);
    }
  }
}
