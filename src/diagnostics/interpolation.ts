import { smallestOf } from "../math/extremes.js";
import type { TablePValue } from "./result.js";

/** Straight lines through the points (xs[i], ys[i]), xs ascending; the end values are held beyond them. */
export function lookUp(xs: readonly number[], ys: readonly number[], x: number): number {
  const last = xs.length - 1;
  if (x <= xs[0]) return ys[0];
  if (x >= xs[last]) return ys[last];
  let i = 1;
  while (xs[i] < x) i++;
  const share = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
  return ys[i - 1] + share * (ys[i] - ys[i - 1]);
}

/** The p-value of a statistic in a printed table: `statistics` ascending with their `pValues`. */
export function tablePValue(
  statistics: readonly number[],
  pValues: readonly number[],
  statistic: number,
  source: string,
): TablePValue {
  const pValue = lookUp(statistics, pValues, statistic);
  const inside = statistic >= statistics[0] && statistic <= statistics[statistics.length - 1];
  const beyond = inside ? null : pValue === smallestOf(pValues) ? "below" : "above";
  return { pValue, beyond, source };
}

/** What to say where a table ends; nothing where it does not. */
export function tableEnd(table: TablePValue) {
  if (table.beyond === null) return [];
  const side = table.beyond === "below" ? "smaller" : "greater";
  return [
    {
      code: "table-ends",
      severity: "info" as const,
      message: `The published table (${table.source}) ends at a p-value of ${table.pValue}; the true one is ${side}.`,
      details: { tablePValue: table.pValue, beyond: table.beyond },
    },
  ];
}
