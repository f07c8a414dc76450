import { requireText } from "../core/arguments/numbers.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { show } from "../core/checks.js";
import { dataError, usageError } from "../core/errors.js";
import { requireSeries, type Series, slice } from "../core/series.js";
import { timeAt, timeLabel } from "../core/time/calendar.js";
import { stepTime } from "../core/time/time-steps.js";
import { writtenSpan } from "./written-span.js";

export interface WindowOptions {
  /** The first time kept: `2020`, `2020-03`, `2020-03-15`, `2020-03-15T06:00`; a row from 1 where there are no dates. */
  readonly from?: string;
  /** The last time kept; a year or month to its end. */
  readonly to?: string;
  /** How much of the end is kept: `500` rows, `90d`, `12w`, `6m`, `3y`, `48h`. */
  readonly last?: string | number;
}

const WINDOW_OPTIONS: OptionTable<WindowOptions> = { from: "text", to: "text", last: "anything" };

/**
 * The part of a series between two times, both included, or its end.
 *
 * @param source n values with or without dates; without dates `from` and `to` are rows.
 * @param options see `WindowOptions` for ranges and defaults. Required.
 * @returns the part of the series.
 * @throws YuleError `bad-time-text`, `bad-last`, `empty-window` naming the times of the series.
 * @example window(series([1, 2, 3, 4], { start: "2024-01", frequency: "M" }), { from: "2024-03" }).y; // 3, 4
 */
export function window(source: Series, options: WindowOptions): Series {
  const { y } = requireSeries(source, "window takes");
  requireOptions("window", options, WINDOW_OPTIONS);
  const from =
    options.from === undefined ? 0 : firstAtOrAfter(source, edgesOf(source, "from", options.from).start);
  const to =
    options.to === undefined ? y.length : firstAtOrAfter(source, edgesOf(source, "to", options.to).end);
  const last = options.last === undefined ? 0 : lastRows(source, to, String(options.last));
  const begin = Math.max(from, last);
  if (begin < to) return slice(source, begin, to);
  throw dataError(
    "empty-window",
    source.id,
    options.from ?? options.to ?? options.last,
    `${source.id} has no value in the selected part; it goes from ${labelOf(source, 0)} to ${labelOf(source, y.length - 1)}.`,
  );
}

/**
 * A series whose values between two times are missing, both included: a closure or an error that no model should learn from.
 *
 * @param span `2020-03..2021-06`, each end as in `window`; one time alone is its day, month or year.
 * @returns the series with the values of the span missing.
 * @throws YuleError `bad-time-text`, `empty-window` where the series has no value there.
 * @example exclude(series([1, 2, 99, 4], { start: "2024-01", frequency: "M" }), "2024-03").y; // 1, 2, NaN, 4
 */
export function exclude(source: Series, span: string): Series {
  requireSeries(source, "exclude takes");
  requireText("span", span, '"2020-03..2020-05"');
  const [first = "", last = first, ...more] = span.split("..").map((text) => text.trim());
  if (more.length > 0) throw badTime("exclude", span);
  const from = firstAtOrAfter(source, edgesOf(source, "exclude", first).start);
  const to = firstAtOrAfter(source, edgesOf(source, "exclude", last).end);
  if (from >= to) {
    throw dataError(
      "empty-window",
      source.id,
      span,
      `${source.id} has no value in ${span}; it goes from ${labelOf(source, 0)} to ${labelOf(source, source.y.length - 1)}.`,
    );
  }
  return { ...source, y: source.y.map((value, t) => (t >= from && t < to ? Number.NaN : value)) };
}

/** The local times at which a written time begins and ends; rows, from 0, without dates. */
function edgesOf(
  { time }: Series,
  name: string,
  text: string,
): { readonly start: number; readonly end: number } {
  if (time === null || time.frequency.unit === "index") {
    const row = Number(text);
    const first = time === null ? 1 : Number(time.start);
    if (text.trim() === "" || !Number.isInteger(row)) throw badTime(name, text);
    return { start: row - first, end: row - first + 1 };
  }
  const span = writtenSpan(text);
  if (span === null) throw badTime(name, text);
  return span;
}

/** The first row at or after a local time, by halving. */
function firstAtOrAfter(source: Series, local: number): number {
  let [low, high] = [0, source.y.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(source, middle) < local) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf({ time }: Series, row: number): number {
  return time === null || time.frequency.unit === "index" ? row : timeAt(time, row).local;
}

const UNITS = { h: "hour", d: "day", w: "week", m: "month", q: "quarter", y: "year" } as const;

/** The first row of the last rows, days, months or years before row `to`. */
function lastRows(source: Series, to: number, text: string): number {
  const match = /^(\d{1,9})\s*([hdwmqy])?$/i.exec(text.trim());
  const count = Number(match?.[1] ?? 0);
  if (match === null || count < 1) {
    throw usageError(
      "bad-last",
      "last",
      text,
      `The last part must be a number of rows such as 500, or a time such as 90d, 12w, 6m or 3y, not ${show(text)}.`,
    );
  }
  const letter = match[2]?.toLowerCase() as keyof typeof UNITS | undefined;
  if (letter === undefined) return Math.max(0, to - count);
  const { time } = source;
  if (time === null || time.frequency.unit === "index") {
    throw usageError(
      "bad-last",
      "last",
      text,
      `${source.id} has no dates; say how many rows to keep, e.g. 500, not ${show(text)}.`,
    );
  }
  const end = timeAt(time, to).local;
  const day = new Date(end).getUTCDate();
  return firstAtOrAfter(source, stepTime(end, { unit: UNITS[letter], count: 1 }, -count, day));
}

function labelOf({ time }: Series, row: number): string {
  return time === null ? String(row + 1) : timeLabel(time, row);
}

function badTime(name: string, text: string): Error {
  return usageError(
    "bad-time-text",
    name,
    text,
    `The time ${show(text)} cannot be read; write 2020, 2020-03, 2020-03-15 or 2020-03-15T06:00, or a row where there are no dates.`,
  );
}
