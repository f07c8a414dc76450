import { medianOf } from "../diagnostics/summary.js";

/** What becomes of the values of one period. */
export type AggregateBy = "sum" | "mean" | "median" | "first" | "last" | "min" | "max" | "count";

/** One value of the values of a period; NaN where there is none, and for a sum with a missing part. */
export function aggregateValues(values: Float64Array, by: AggregateBy): number {
  let present = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    present++;
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (by === "count") return present;
  if (present === 0 || (by === "sum" && present < values.length)) return Number.NaN;
  switch (by) {
    case "sum":
      return sum;
    case "mean":
      return sum / present;
    case "median":
      return medianOf(values.filter((value) => !Number.isNaN(value)));
    case "first":
      return values.find((value) => !Number.isNaN(value))!;
    case "last":
      return values.findLast((value) => !Number.isNaN(value))!;
    case "min":
      return least;
    case "max":
      return most;
  }
}
