import { daysOf, isDate, MS_PER_DAY } from "../../core/civil.js";
import type { Note } from "../../core/model.js";
import type { Frequency } from "../../core/time.js";
import type { DateOrder, TimeForm } from "../../core/time-text.js";
import { fixedOffset, formatOffset, offsetAt, requireZone } from "../../core/zone.js";
import { orderOf } from "./date-order.js";
import { fileError } from "./errors.js";
import { packedDate, packedFirst, packedPair, packedSecond, packedYear } from "./packed.js";
import { centuries, centuryNote } from "./short-years.js";
import type { Table } from "./table.js";
import type { TimeColumn } from "./time-column.js";
import { WHOLE_STYLES, wholeMeaning, wholeTime } from "./whole-times.js";

/** A column of times, understood. */
export interface Times {
  readonly form: TimeForm | "index";
  /** Local milliseconds since 1970-01-01T00:00, or the index, by row. */
  readonly local: Float64Array;
  /** UTC milliseconds by row, where the rows say them and the zone has changing offsets; else null. */
  readonly instants: Float64Array | null;
  readonly zone: string | null;
  readonly style: string;
  readonly dateOrder: DateOrder | null;
  readonly notes: readonly Note[];
}

export interface TimeChoices {
  readonly frequency: Frequency | null;
  readonly zone: string | null;
  readonly dateOrder: DateOrder | null;
}

/**
 * Decides what takes the whole column: what whole numbers mean, which number of 03/04/2024 is the day, the century
 * of two-digit years, the zone.
 *
 * @throws YuleError `ambiguous-dates`, `bad-time`, `changing-offsets`, `mixed-offsets`.
 */
export function finishTimes(column: TimeColumn, table: Table, choices: TimeChoices): Times {
  if (choices.zone !== null) requireZone(choices.zone);
  if (column.kind === "whole") return finishWhole(column, choices);
  const { local, dateOrder, notes } = column.packed
    ? unpackDates(column, table, choices.dateOrder)
    : { local: column.raw.view(), dateOrder: null, notes: [] };
  const style = mergeStyles(column.patterns(), dateOrder ?? "dmy");
  const form = column.kind === "ambiguous" ? "date" : column.kind!;
  return { form, style, dateOrder, notes, ...place(local, column, table, choices.zone) };
}

function finishWhole(column: TimeColumn, choices: TimeChoices): Times {
  const raw = column.raw.view();
  const meaning = wholeMeaning(raw, choices.frequency);
  const local = raw.map((value) => wholeTime(value, meaning));
  const style = WHOLE_STYLES[meaning];
  const common = { style, dateOrder: null, notes: [], instants: null };
  if (meaning === "index") return { ...common, form: "index", local, zone: null };
  if (meaning === "year" || meaning === "month") return { ...common, form: meaning, local, zone: null };
  if (meaning === "date") return { ...common, form: "date", local, zone: choices.zone };
  return { ...common, form: "date", ...inZone(local, choices.zone ?? "UTC") };
}

/** Instants as local times of a zone. */
function inZone(instants: Float64Array, zone: string): Pick<Times, "local" | "instants" | "zone"> {
  const local = instants.map((instant) => instant + offsetAt(zone, instant));
  return { local, instants: fixedOffset(zone) === null ? instants : null, zone };
}

function place(
  local: Float64Array,
  column: TimeColumn,
  table: Table,
  zone: string | null,
): Pick<Times, "local" | "instants" | "zone"> {
  const offsets = column.offsets?.view();
  if (offsets === undefined) return { local, instants: null, zone };
  const without = offsets.findIndex((offset) => Number.isNaN(offset));
  if (without >= 0) {
    throw fileError(
      "mixed-offsets",
      table.place(without, column.name),
      null,
      "this time has no offset from UTC, others have one; write all in one way.",
    );
  }
  if (zone !== null)
    return inZone(
      local.map((time, row) => time - offsets[row]! * 60_000),
      zone,
    );
  const first = offsets[0]!;
  const change = offsets.findIndex((offset) => offset !== first);
  if (change < 0) return { local, instants: null, zone: first === 0 ? "UTC" : formatOffset(first) };
  throw fileError(
    "changing-offsets",
    table.place(change, column.name),
    offsets[change],
    `the offset from UTC changes here from ${formatOffset(first)} to ${formatOffset(offsets[change]!)}; name the zone whose clocks do so, e.g. --zone Europe/Berlin.`,
  );
}

interface Unpacked {
  readonly local: Float64Array;
  readonly dateOrder: DateOrder | null;
  readonly notes: readonly Note[];
}

function unpackDates(column: TimeColumn, table: Table, given: DateOrder | null): Unpacked {
  const raw = column.raw.view();
  const ambiguous = column.kind === "ambiguous";
  const order = ambiguous ? orderOf(column, table, given) : "mdy";
  const century = column.shortYear ? centuries(raw) : null;
  const local = packedTimes(raw, order, century);
  refuseNoDay(column, table, local, order);
  return { local, dateOrder: ambiguous ? order : null, notes: century === null ? [] : [centuryNote(local)] };
}

/** Local milliseconds of packed fields; NaN where there is no such day. */
function packedTimes(raw: Float64Array, order: DateOrder, century: readonly number[] | null): Float64Array {
  const local = new Float64Array(raw.length);
  for (let row = 0; row < raw.length; row++) {
    const date = packedDate(raw[row]!);
    const written = packedYear(date);
    const year = century === null ? written : century[written]!;
    const month = order === "mdy" ? packedFirst(date) : packedSecond(date);
    const day = order === "mdy" ? packedSecond(date) : packedFirst(date);
    const clock = raw[row]! - date * MS_PER_DAY;
    local[row] = isDate(year, month, day) ? daysOf(year, month, day) * MS_PER_DAY + clock : Number.NaN;
  }
  return local;
}

function refuseNoDay(column: TimeColumn, table: Table, local: Float64Array, order: DateOrder): void {
  const row = local.findIndex((time) => Number.isNaN(time));
  if (row < 0) return;
  const [first, second] = packedPair(column.raw.at(row));
  const [month, day] = order === "mdy" ? [first, second] : [second, first];
  throw fileError(
    "bad-time",
    table.place(row, column.name),
    `${first}/${second}`,
    `the year of ${first}/${second} has no day ${day} in month ${month}; correct the date.`,
  );
}

/** One pattern for a column whose cells may differ in leading zeros and in whether they give a time of day. */
export function mergeStyles(patterns: readonly string[], order: DateOrder): string {
  const longest = patterns.reduce((a, b) => (b.length > a.length ? b : a), "");
  const [one, two] = order === "dmy" ? ["D", "M"] : ["M", "D"];
  const named = (pattern: string) => pattern.replaceAll("1", one).replaceAll("2", two);
  let style = named(longest);
  for (const [pair, single] of [
    ["MM", /(?<![M[])M(?![MoO\]])/],
    ["DD", /(?<!D)D(?!D)/],
    ["HH", /(?<!H)H(?!H)/],
    ["hh", /(?<!h)h(?!h)/],
  ] as const) {
    if (patterns.some((pattern) => single.test(named(pattern)))) style = style.replace(pair, pair[0]!);
  }
  return style;
}
