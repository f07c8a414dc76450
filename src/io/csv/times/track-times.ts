import type { Note } from "../../../core/model.js";
import { daysOf, daysOfWeek, isDate, MS_PER_DAY } from "../../../core/time/civil.js";
import { DATE_FORMS, monthMeanings } from "../../../core/time/forms/index.js";
import { mergeStyles } from "../../../core/time/merge-styles.js";
import { type DateOrder, wordStyle } from "../../../core/time/time-text.js";
import { unpack } from "../bytes/packed.js";
import { fileError } from "../errors.js";
import type { Table } from "../table.js";
import { centuries, centuryNote } from "./short-years.js";
import type { TimeColumn } from "./time-column.js";
import type { TimeTrack } from "./time-track.js";
import type { TimeChoices, Unplaced } from "./times.js";

const ORDERS: Readonly<Record<string, DateOrder>> = {
  dmy: "dmy",
  mdy: "mdy",
  "mdy-points": "mdy",
  "ymd-short": "ymd",
  "ymd-short-points": "ymd",
};

/** The readings of a column of text that fit every cell and the order of day, month and year that was asked for. */
export function trackCandidates(column: TimeColumn, table: Table, choices: TimeChoices): Unplaced[] {
  const tracks = column.tracks!;
  const wanted = tracks.filter(({ form }) => fitsOrder(form, choices.dateOrder));
  if (wanted.length === 0) throw otherOrder(column, table, choices.dateOrder!);
  return wanted.flatMap((track) => candidatesOf(track, column, table));
}

function fitsOrder(form: string, order: DateOrder | null): boolean {
  const own = ORDERS[form];
  return order === null || own === undefined || own === order;
}

function otherOrder(column: TimeColumn, table: Table, order: DateOrder): Error {
  const own = Object.keys(ORDERS).filter((form) => ORDERS[form] === order);
  const misfit = own.map((form) => column.misfits.get(form)).find((found) => found !== undefined);
  const text = misfit?.text ?? column.example;
  return fileError(
    "bad-time",
    table.place(misfit?.row ?? 0, column.name),
    text,
    `the date ${text} does not fit, but --date-order is ${order}; leave the flag out, or give the order of the file.`,
  );
}

function candidatesOf(track: TimeTrack, column: TimeColumn, table: Table): Unplaced[] {
  const known = DATE_FORMS.find(({ key }) => key === track.form);
  const patterns = column.patterns(track);
  const common = {
    form: track.grain,
    reading: track.form,
    readingName: known?.name ?? "year with decimals",
    rank: known?.rank ?? 0,
    shortYear: track.shortYear,
    dateOrder: ORDERS[track.form] ?? null,
    notes: [] as readonly Note[],
    utc: false,
  };
  const style = mergeStyles(patterns);
  if (!track.packed) return [{ ...common, local: track.raw.view(), style }];
  const century = track.shortYear ? centuries(track.raw.view()) : null;
  const meanings: { language: string; months: readonly number[] }[] = track.named
    ? monthMeanings(track.words)
    : [{ language: "en", months: [] }];
  return meanings.flatMap(({ language, months }, meaning) => {
    const local = unpackTimes(track, months, century);
    if (meaning > 0 && local.some(Number.isNaN)) return [];
    refuseNoDay(local, track, column, table);
    return {
      ...common,
      // Languages less usual than the first that knows the names are believed only for their steps.
      rank: common.rank + (meaning > 0 ? 1 : 0),
      local,
      style: style.replace("{word}", () => wordStyle(language, track.words, months)),
      notes: century === null ? [] : [centuryNote(local)],
    };
  });
}

/** Local milliseconds of packed fields; NaN where there is no such day. */
function unpackTimes(
  track: TimeTrack,
  months: readonly number[],
  century: readonly number[] | null,
): Float64Array {
  return track.raw.view().map((raw) => {
    const fields = unpack(raw);
    const year = century === null ? fields.year : century[fields.year]!;
    if (track.grain === "week") return daysOfWeek(year, fields.month) * MS_PER_DAY;
    const month = track.named ? months[fields.month]! : fields.month;
    return isDate(year, month, fields.day)
      ? daysOf(year, month, fields.day) * MS_PER_DAY + fields.clock
      : Number.NaN;
  });
}

function refuseNoDay(local: Float64Array, track: TimeTrack, column: TimeColumn, table: Table): void {
  const row = local.findIndex((time) => Number.isNaN(time));
  if (row < 0) return;
  const { day, month } = unpack(track.raw.at(row));
  const name = track.named ? track.words[month]! : `month ${month}`;
  throw fileError(
    "bad-time",
    table.place(row, column.name),
    `${day} ${name}`,
    `the year of this date has no day ${day} in ${name}; correct the date.`,
  );
}
