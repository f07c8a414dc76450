import { dateOf, MS_PER_DAY, weekdayOf } from "../../../core/time/civil.js";
import { formatFrequency } from "../../../core/time/frequency.js";
import { marksPerStep } from "../../../core/time/time-steps.js";
import { formatTime } from "../../../core/time/time-style.js";
import { fixedOffset } from "../../../core/time/zone.js";
import { fileError, type Place } from "../errors.js";
import type { Table } from "../table.js";
import type { Times } from "../times/times.js";
import { type Groups, rowAt } from "./groups.js";
import { refuseMixed } from "./mixed.js";
import type { OddDay } from "./month-days.js";
import { usualStep } from "./snapped.js";
import type { Spacing } from "./spacing.js";
import { spanText } from "./span-text.js";

/** Where the rows of a table lie in its series. */
export interface Layout {
  readonly groups: Groups;
  /** In the order of the groups. */
  readonly times: Times | null;
  readonly spacing: Spacing | null;
  /** Steps from the start of its series to the row at each place. */
  readonly positions: Float64Array;
}

/** Everything an error about the spacing of rows needs to name them. */
export interface Labels {
  readonly table: Table;
  /** The column of times. */
  readonly column: string;
  readonly groups: Groups;
  /** The times in the order of the groups. */
  readonly times: Times;
}

/** @throws YuleError `duplicate-times`, naming both rows. */
export function refuseDuplicates(labels: Labels): void {
  const { ids, starts } = labels.groups;
  const times = labels.times.instants ?? labels.times.local;
  for (let series = 0; series < ids.length; series++) {
    const to = starts[series + 1]!;
    for (let i = starts[series]! + 1; i < to; i++) {
      if (times[i] === times[i - 1]) throw duplicate(series, i, labels, "the time");
    }
  }
}

/**
 * Steps from the first row of its series to the row at each place.
 *
 * @param given whether the step was given, so that gaps of any length and series with few rows are meant.
 * @throws YuleError `duplicate-times`, `mixed-frequencies`, `irregular-times`, naming rows or ids.
 */
export function positionsOnGrid(spacing: Spacing, given: boolean, labels: Labels): Float64Array {
  const { ids, starts } = labels.groups;
  const { marks } = spacing;
  if (spacing.odd !== null) throw oddRow(spacing.odd, labels);
  if (!given) refuseMixed(labels.groups, spacing, labels.table.plan);
  if (given && spacing.ruler === "business") refuseWeekends(labels);
  const perStep = marksPerStep(spacing.frequency);
  const positions = new Float64Array(marks.length);
  for (let series = 0; series < ids.length; series++) {
    const from = starts[series]!;
    const to = starts[series + 1]!;
    let previous = -1;
    for (let i = from; i < to; i++) {
      const position = (marks[i]! - marks[from]!) / perStep;
      if (!(position > previous)) {
        throw duplicate(series, i, labels, `the step (${formatFrequency(spacing.frequency)}) of`);
      }
      if (position !== Math.floor(position)) throw irregular(spacing, i, given, labels);
      previous = positions[i] = position;
    }
  }
  return positions;
}

/** The time at a place as the file writes it. */
export function timeText(times: Times, place: number): string {
  const local = times.local[place]!;
  if (times.form === "index") return String(local);
  const fixed = times.zone === null ? null : fixedOffset(times.zone);
  const offset = times.instants === null ? (fixed ?? 0) : (local - times.instants[place]!) / 60_000;
  return formatTime(times.style, { local, offset });
}

/** Where in the file the time at a place stands. */
export function whereOf({ table, column, groups }: Labels, place: number): Place & { readonly row: number } {
  return table.place(rowAt(groups, place), column);
}

/** A long whole number as a spreadsheet shows it in a narrow column. */
const SHORTENED = /^\d(?:[.,]\d+)?[eE]\+?\d{2}$/;

function duplicate(series: number, i: number, labels: Labels, what: string): Error {
  const [first, second] = [whereOf(labels, i - 1), whereOf(labels, i)];
  const time = timeText(labels.times, i);
  const id = labels.groups.ids[series];
  const of = id === null ? "" : ` of series ${id}`;
  const clocks = mayBeRepeated(labels.times, i)
    ? "name the zone whose clocks go back, e.g. --zone Europe/Berlin, if it is the hour that comes twice, "
    : "";
  const example = labels.table.plan.time?.column.example ?? "";
  if (SHORTENED.test(example))
    return fileError(
      "duplicate-times",
      second,
      time,
      `rows ${first.row} and ${second.row}${of} have ${what} ${time} both, since a spreadsheet shortened long numbers to such as ${example}, and their last digits are lost; give the column a format without decimals there, and save it again.`,
      { rows: [first.row, second.row], id },
    );
  const hint = `${clocks}take one out, aggregate rows to periods with --aggregate sum --frequency D${id === null ? ", or name the column that tells series apart with --id" : ", or name every column that tells series apart with --id"}`;
  return fileError(
    "duplicate-times",
    second,
    time,
    `rows ${first.row} and ${second.row}${of} have ${what} ${time} both; ${hint}.`,
    { rows: [first.row, second.row], id },
  );
}

/** Whether the hour of a time may be one that comes twice: at night, in a month in which clocks go back. */
function mayBeRepeated({ form, zone, local, style }: Times, place: number): boolean {
  const days = Math.floor(local[place]! / MS_PER_DAY);
  const { month } = dateOf(days);
  const hour = (local[place]! - days * MS_PER_DAY) / 3_600_000;
  const timed = form === "date" && /[Hh]|\{k|\{period/.test(style);
  return timed && zone === null && hour < 4 && (month >= 9 || (month >= 2 && month <= 4));
}

function irregular(spacing: Spacing, i: number, given: boolean, labels: Labels): Error {
  const [before, place] = [whereOf(labels, i - 1), whereOf(labels, i)];
  const [earlier, time] = [timeText(labels.times, i - 1), timeText(labels.times, i)];
  const distance = spanText(spacing.ruler, spacing.marks[i]! - spacing.marks[i - 1]!);
  const usual = spanText(spacing.ruler, marksPerStep(spacing.frequency));
  const near = given ? null : usualStep(spacing);
  const flag = near === null ? "--frequency" : `--frequency ${near}, to which times near a step are moved`;
  const rule = given
    ? `which is no multiple of the requested step of ${usual}`
    : `where the usual step is ${usual}`;
  return fileError(
    "irregular-times",
    place,
    time,
    `${time} comes ${distance} after ${earlier} in row ${before.row}, ${rule}; correct it, give the step with ${given ? "another --frequency" : flag}, make periods of the rows with --aggregate sum --frequency D, or count rows with --time none.`,
    { rows: [before.row, place.row], id: idAt(i, labels) },
  );
}

/** The id of the series that has a place; null where there is no id column. */
export function idAt(place: number, { groups: { ids, starts } }: Labels): string | null {
  return ids[starts.findLastIndex((start) => start <= place)] ?? null;
}

function oddRow({ place, day }: OddDay, labels: Labels): Error {
  const where = whereOf(labels, place);
  const time = timeText(labels.times, place);
  const usual = day === 31 ? "the last day" : `day ${day}`;
  return fileError(
    "irregular-times",
    where,
    time,
    `${time} does not fit monthly rows, nearly all of which lie on ${usual} of their month; correct it, or give --frequency M so that each row represents its month.`,
    { rows: [where.row], id: idAt(place, labels) },
  );
}

function refuseWeekends(labels: Labels): void {
  const place = labels.times.local.findIndex((time) => weekdayOf(Math.floor(time / MS_PER_DAY)) > 5);
  if (place < 0) return;
  const time = timeText(labels.times, place);
  throw fileError(
    "irregular-times",
    whereOf(labels, place),
    time,
    `${time} lies on a weekend, and the other rows are business days; give --frequency D.`,
  );
}
