import { requireModel } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireLevel } from "../../core/checks.js";
import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import { requireSeries, type Series } from "../../core/series.js";
import { timeLabel } from "../../core/time/calendar.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import { type JudgedValue, judge, PLAUSIBLE } from "./judge.js";

export type { AnomalyKind } from "./judge.js";

export interface AnomalyOptions extends Omit<FitOptions, "horizon"> {
  /** Level of the one-step intervals in percent; default 99: of clean values about one in a hundred lies beyond. */
  readonly level?: number;
}

/** One value of a series with what was expected of it. */
export interface JudgedRow extends JudgedValue {
  /** Row of the series, from 0. */
  readonly row: number;
  /** Its time, as the input wrote its own; rows counted from 1 where there are no times. */
  readonly time: string;
  readonly value: number;
}

export interface Anomalies {
  readonly id: string;
  /** Notation of the model whose predictions the values are compared with. */
  readonly model: string;
  readonly level: number;
  /** Every row of the series, missing values too. */
  readonly rows: readonly JudgedRow[];
  /** The rows with a value beyond its interval. */
  readonly found: readonly JudgedRow[];
  /** Observed values that were compared; those at the start that nothing was expected of are not. */
  readonly judged: number;
  readonly fitted: Fitted;
  readonly notes: readonly Note[];
}

/** Fits after the first, each without what the one before found. */
const PASSES = 3;
/** A model that finds more than this share is not fitted again: what is left says less of the series. */
const MOST_FOUND = 0.2;

const ANOMALIES_OPTIONS: OptionTable<AnomalyOptions> = {
  level: "number",
  rng: "object",
  onProgress: "function",
  signal: "object",
  threads: "object",
  brief: "boolean",
  transformed: "boolean",
};

/**
 * Finds the values of a series that lie beyond their one-step prediction intervals.
 *
 * The model is fitted, its spikes are set missing and its level shifts taken off, and it is fitted again, until the same rows
 * are found: anomalies then widen no interval. Intervals are scaled by the robust spread of the scores, so that about
 * 100 − level percent of clean values lie beyond. A value beyond its interval is a `spike`, or the first of a `level-shift`
 * where the next three values lie beyond on the same side.
 *
 * @param model what to fit; `auto()` is a good default.
 * @returns each compared value with its expectation, interval and score, in units of the data.
 * @throws YuleError `bad-level`, and as the fit does.
 * @see C. Chen, L.-M. Liu (1993), Journal of the American Statistical Association 88, 284-297.
 * @example anomalies(series([5, 6, 5, 6, 5, 60, 5, 6, 5, 6]), ar({ order: 1 })).found.map(({ row }) => row);
 */
export function anomalies(series: Series, model: Model, options: AnomalyOptions = {}): Anomalies {
  requireSeries(series, "anomalies takes");
  requireModel(model, "anomalies takes");
  requireOptions("anomalies", options, ANOMALIES_OPTIONS);
  const { level = 99, ...fitOptions } = options;
  requireLevel(level);
  let fitted = model.fit(series, fitOptions);
  let judged = judgedBy(fitted, series, level);
  for (let pass = 0; pass < PASSES; pass++) {
    const { found } = judged;
    if (found.length === 0 || found.length > MOST_FOUND * series.y.length) break;
    fitted = model.fit(cleaned(series, judged.rows), fitOptions);
    const next = { ...judgedBy(fitted, series, level), notes: notesOn(fitted, series) };
    const same = sameRows(found, next.found);
    judged = next;
    if (same) break;
  }
  return judged;
}

/**
 * The same comparison by a model that is fitted already, e.g. one that was saved.
 *
 * @throws YuleError `bad-level`.
 */
export function judgedBy(fitted: Fitted, series: Series, level: number): Anomalies {
  requireLevel(level);
  const values = judge(fitted, series, normalQuantile(0.5 + level / 200));
  const rows = values.map((value, row) => ({
    row,
    time: series.time === null ? String(row + 1) : timeLabel(series.time, row),
    value: series.y[row]!,
    ...value,
  }));
  const found = rows.filter(({ kind }) => kind !== null);
  const judged = rows.filter(({ score }) => !Number.isNaN(score)).length;
  const { notation: model, report } = fitted;
  return { id: series.id, model, level, rows, found, judged, fitted, notes: report.notes };
}

/** The series without its spikes, and on the level it had before its shifts. */
function cleaned(series: Series, rows: readonly JudgedRow[]): Series {
  const y = series.y.map((value, t) => {
    const { kind, score, shift } = rows[t]!;
    return kind === "spike" && Math.abs(score) > PLAUSIBLE ? Number.NaN : value - shift;
  });
  return { ...series, y };
}

/** Notes of a fit without spikes; that these were filled in for it is not news of the series. */
function notesOn({ report }: Fitted, { y }: Series): readonly Note[] {
  const gaps = y.some((value) => Number.isNaN(value));
  return gaps ? report.notes : report.notes.filter(({ message }) => !/interpolated/.test(message));
}

function sameRows(one: readonly JudgedRow[], other: readonly JudgedRow[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ row, kind }, at) => row === other[at]!.row && kind === other[at]!.kind)
  );
}
