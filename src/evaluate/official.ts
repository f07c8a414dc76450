import { following } from "../core/alignment.js";
import { requireInteger } from "../core/checks.js";
import { dataError } from "../core/errors.js";
import type { Panel, Series } from "../core/series.js";
import { timeLabel } from "../core/time/calendar.js";
import { valuesOfRule } from "../prepare/calendar/rule-values.js";
import type { Fold } from "./folds.js";

/** A series with its test part behind it, and the origins at which that is forecast. */
export interface Official {
  readonly series: Series;
  readonly folds: readonly Fold[];
}

/**
 * Puts the official test part of each series behind its training part. Without a horizon all of it is forecast at once; with one,
 * from origins that far apart (windows end to end, the last cut where the rows end).
 *
 * @returns those series that have a test part, and the ids of those that have none.
 * @throws YuleError `unknown-series`, `no-test-rows`, `test-not-following`, `missing-inputs`, each naming the series.
 */
export function officialSplit(
  train: Panel,
  test: Panel,
  horizon?: number,
): { readonly joined: readonly Official[]; readonly without: readonly string[] } {
  if (horizon !== undefined) requireInteger("horizon", horizon, 1, 100_000);
  const parts = new Map(test.map((part) => [part.id, part]));
  const joined = train.flatMap((series) => {
    const part = train.length === 1 && test.length === 1 ? test[0]! : parts.get(series.id);
    parts.delete(part?.id ?? series.id);
    return part === undefined ? [] : [official(series, part, horizon)];
  });
  const [stranger] = parts.keys();
  if (stranger !== undefined) {
    throw dataError(
      "unknown-series",
      stranger,
      null,
      `The test part has the series ${stranger}, of which there are no training rows.`,
    );
  }
  const having = new Set(joined.map(({ series }) => series.id));
  return { joined, without: train.map(({ id }) => id).filter((id) => !having.has(id)) };
}

function official(series: Series, part: Series, horizon: number | undefined): Official {
  const n = series.y.length;
  const rows = part.y.length;
  if (rows === 0) throw noRows(series);
  requireFollowing(series, part);
  const columns = series.inputs.names.map((name, i) => {
    const rule = series.inputs.rules?.[name];
    if (rule !== undefined && series.time !== null) return valuesOfRule(name, rule, series.time, 0, n + rows);
    const column = part.inputs.columns[part.inputs.names.indexOf(name)];
    if (column === undefined) throw missingInput(series, name);
    return behind(series.inputs.columns[i]!, column);
  });
  const step = horizon ?? rows;
  const folds = Array.from({ length: Math.ceil(rows / step) }, (_, k) => ({
    from: 0,
    origin: n + k * step,
    horizon: Math.min(step, rows - k * step),
  }));
  const y = behind(series.y, part.y);
  return { series: { ...series, y, inputs: { ...series.inputs, columns } }, folds };
}

function behind(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function requireFollowing(series: Series, part: Series): void {
  const { id, period, time, y, inputs } = series;
  const { seen, gap } = following({ id, period, time, length: y.length, inputNames: inputs.names }, part);
  if (seen === 0 && gap === 0) return;
  throw dataError(
    "test-not-following",
    id,
    timeLabel(part.time!, 0),
    `The test part of ${id} begins at ${timeLabel(part.time!, 0)}, but its training part ends before ${timeLabel(time!, y.length)}; it must continue from there.`,
  );
}

function noRows({ id }: Series): Error {
  return dataError("no-test-rows", id, 0, `The test part of ${id} has no rows; leave the series out of it.`);
}

function missingInput({ id }: Series, name: string): Error {
  return dataError(
    "missing-inputs",
    name,
    id,
    `The training part of ${id} has the input ${name}, its test part does not; add the column.`,
  );
}
