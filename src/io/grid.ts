import { MS_PER_DAY, weekdayOf } from "../core/civil.js";
import { formatFrequency } from "../core/frequency.js";
import { marksPerStep } from "../core/time-steps.js";
import { fileError } from "./csv-errors.js";
import type { Groups } from "./groups.js";
import { refuseMixed } from "./mixed.js";
import type { OddDay } from "./month-days.js";
import type { Spacing } from "./spacing.js";
import { spanText } from "./span-text.js";
import type { Table } from "./table.js";

/** A file may grow this many times over by filling gaps in; beyond, its step is not what it seems. */
const MOST_FILLED = 50;

/** Everything an error about the spacing of rows needs to name them. */
export interface Labels {
  readonly table: Table;
  /** The column of times. */
  readonly column: string;
  /** Local times by row. */
  readonly local: Float64Array;
  /** The time of a row as the file writes it. */
  readonly time: (row: number) => string;
}

/** @throws YuleError `duplicate-times`, naming both rows. */
export function refuseDuplicates(groups: Groups, times: Float64Array, labels: Labels): void {
  const { ids, rows, starts } = groups;
  for (let series = 0; series < ids.length; series++) {
    for (let i = starts[series]! + 1; i < starts[series + 1]!; i++) {
      if (times[rows[i]!] === times[rows[i - 1]!]) throw duplicate(groups, series, i, labels, "the time");
    }
  }
}

/**
 * Steps from the first row of its series to each row, in the order of `groups.rows`.
 *
 * @param given whether the step was given, so that gaps of any length and series with few rows are meant.
 * @throws YuleError `duplicate-times`, `mixed-frequencies`, `irregular-times`, `too-many-gaps`, naming rows or ids.
 */
export function positionsOnGrid(
  groups: Groups,
  spacing: Spacing,
  given: boolean,
  labels: Labels,
): Float64Array {
  const { ids, rows, starts } = groups;
  if (spacing.odd !== null) throw oddRow(spacing.odd, labels);
  if (!given) refuseMixed(groups, spacing, labels.table.plan.file);
  if (given && spacing.ruler === "business") refuseWeekends(groups, labels);
  const perStep = marksPerStep(spacing.frequency);
  const positions = new Float64Array(rows.length);
  let filled = 0;
  for (let series = 0; series < ids.length; series++) {
    const from = starts[series]!;
    const origin = spacing.marks[rows[from]!]!;
    let previous = -1;
    for (let i = from; i < starts[series + 1]!; i++) {
      const position = (spacing.marks[rows[i]!]! - origin) / perStep;
      if (position <= previous)
        throw duplicate(groups, series, i, labels, `the step (${formatFrequency(spacing.frequency)}) of`);
      if (!Number.isInteger(position)) throw irregular(groups, spacing, i, given, labels);
      previous = positions[i] = position;
    }
    filled += previous + 1;
  }
  if (!given && filled > MOST_FILLED * rows.length + 10_000)
    throw tooManyGaps(groups, spacing, positions, labels);
  return positions;
}

function duplicate({ ids, rows }: Groups, series: number, i: number, labels: Labels, what: string): Error {
  const { table, column, time } = labels;
  const [first, second] = [table.place(rows[i - 1]!).row!, table.place(rows[i]!).row!];
  const id = ids[series];
  const of = id === null ? "" : ` of series ${id}`;
  const hint =
    id === null ? "take one out, or name the column that tells series apart with --id" : "take one out";
  return fileError(
    "duplicate-times",
    table.place(rows[i]!, column),
    time(rows[i]!),
    `rows ${first} and ${second}${of} have ${what} ${time(rows[i]!)} both; ${hint}.`,
    { rows: [first, second], id },
  );
}

function irregular({ rows }: Groups, spacing: Spacing, i: number, given: boolean, labels: Labels): Error {
  const { table, column, time } = labels;
  const before = table.place(rows[i - 1]!).row!;
  const here = spanText(spacing.ruler, spacing.marks[rows[i]!]! - spacing.marks[rows[i - 1]!]!);
  const usual = spanText(spacing.ruler, marksPerStep(spacing.frequency));
  const rule = given
    ? `which is no multiple of the step of ${usual} asked for`
    : `where the usual step is ${usual}`;
  return fileError(
    "irregular-times",
    table.place(rows[i]!, column),
    time(rows[i]!),
    `${time(rows[i]!)} comes ${here} after ${time(rows[i - 1]!)} in row ${before}, ${rule}; correct it, give the step with --frequency, or count rows with --frequency index.`,
    { rows: [before, table.place(rows[i]!).row] },
  );
}

function oddRow({ row, day }: OddDay, { table, column, time }: Labels): Error {
  const usual = day === 31 ? "the last day" : `day ${day}`;
  return fileError(
    "irregular-times",
    table.place(row, column),
    time(row),
    `${time(row)} breaks the step of months, since nearly all rows lie on ${usual} of theirs; correct it, or give --frequency M to let each row stand for its month.`,
    { rows: [table.place(row).row!] },
  );
}

function refuseWeekends({ rows }: Groups, labels: Labels): void {
  const { table, column, time } = labels;
  const row = rows.find((candidate) => weekdayOf(Math.floor(labels.local[candidate]! / MS_PER_DAY)) > 5);
  if (row === undefined) return;
  throw fileError(
    "irregular-times",
    table.place(row, column),
    time(row),
    `${time(row)} lies on a weekend, which business days leave out; give --frequency D.`,
  );
}

function tooManyGaps({ rows }: Groups, spacing: Spacing, positions: Float64Array, labels: Labels): Error {
  const { table, column, time } = labels;
  let widest = 1;
  for (let i = 1; i < rows.length; i++) {
    if (positions[i]! - positions[i - 1]! > positions[widest]! - positions[widest - 1]!) widest = i;
  }
  const before = table.place(rows[widest - 1]!).row!;
  const step = formatFrequency(spacing.frequency);
  return fileError(
    "too-many-gaps",
    table.place(rows[widest]!, column),
    time(rows[widest]!),
    `with a step of ${step} nearly all times would be missing, most of them between ${time(rows[widest - 1]!)} in row ${before} and ${time(rows[widest]!)}; correct the time, or give the step with --frequency ${step}.`,
    { rows: [before, table.place(rows[widest]!).row] },
  );
}
