import { nearest, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { InputRule } from "../../core/input-rule.js";
import type { Note } from "../../core/model.js";
import { requireSeries, type Series } from "../../core/series.js";
import { formatFrequency } from "../../core/time/calendar.js";
import { addColumns, datesOf, type NamedRule } from "./add-columns.js";
import { isUpToAWeek } from "./periods.js";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

/** Parts of the calendar that can be regressors. */
const PARTS = ["weekday", "month", "month-end", "trading-days", "leap", "year-fourier"] as const;

/** Pairs of waves of a year where their number is not given. */
const USUAL_PAIRS = 3;
const MOST_PAIRS = 100;

/**
 * A series with regressors that follow from its dates; forecasts make their future values themselves.
 *
 * `weekday`: six columns of 0 and 1 against Monday (in steps of more than a week days less Sundays, six columns against Sunday).
 * `month`: eleven against January. `month-end`: the last day of a month. `trading-days`: days from Monday to Friday. `leap`:
 * 29 February. `year-fourier`: three pairs of waves of a year, `year-fourier:5` five. Columns that do not vary are left out.
 *
 * @param parts some of them, as a list or with commas between.
 * @returns the series with the regressors as inputs, for history and future.
 * @throws YuleError `bad-calendar` naming the nearest, `no-times`, `duplicate-input`.
 * @see W. R. Bell, S. C. Hillmer (1983), Journal of the American Statistical Association 78, 526-534, on days less Sundays.
 * @example calendar(series([5, 7, 6, 9], { start: "2024-01-29", frequency: "D" }), "month-end").inputs.names; // month-end
 */
export function calendar(source: Series, parts: string | readonly string[]): Series {
  return withCalendar(source, parts).series;
}

/** The same with what to say of it. */
export function withCalendar(
  source: Series,
  parts: string | readonly string[],
): { readonly series: Series; readonly used: readonly string[]; readonly notes: readonly Note[] } {
  const { time } = requireSeries(source, "calendar takes");
  const list = typeof parts === "string" ? parts.split(",") : parts;
  if (!Array.isArray(list) || list.length === 0) throw badPart(parts);
  const weekly = time === null || isUpToAWeek(datesOf(source, "calendar").frequency);
  let series = source;
  let used: readonly string[] = [];
  const notes: Note[] = [];
  for (const part of new Set(list)) {
    const added = addColumns(series, rulesOf(part, weekly), "calendar");
    series = added.series;
    used = [...used, ...added.used];
    if (added.constant.length > 0) notes.push(constantNote(source, part, added.used, added.constant));
  }
  return { series, used, notes };
}

/** @throws YuleError `bad-calendar` for what is no part of the calendar. */
export function requireCalendarParts(parts: readonly string[]): void {
  for (const part of parts) rulesOf(part, true);
}

function rulesOf(part: unknown, weekly: boolean): NamedRule[] {
  const [, name, count] =
    /^\s*([a-z-]+)\s*(?::\s*(\d{1,3}))?\s*$/i.exec(typeof part === "string" ? part : "") ?? [];
  const known = PARTS.find((one) => one === name?.toLowerCase());
  if (known === undefined || (count !== undefined && known !== "year-fourier")) throw badPart(part);
  if (known === "year-fourier") return waves(part, count === undefined ? USUAL_PAIRS : Number(count));
  if (known === "weekday") return weekdays(weekly);
  if (known === "month")
    return MONTHS.slice(1).map((month, i) => ({ name: month, rule: { kind: "month", month: i + 2 } }));
  return [{ name: known, rule: { kind: known } }];
}

function weekdays(weekly: boolean): NamedRule[] {
  const first = weekly ? 1 : 0;
  return WEEKDAYS.slice(first, first + 6).map((name, i) => ({
    name,
    rule: { kind: "weekday", weekday: first + i + 1 },
  }));
}

function waves(part: unknown, pairs: number): NamedRule[] {
  if (pairs < 1 || pairs > MOST_PAIRS) throw badPart(part);
  return Array.from({ length: pairs }, (_, i) => i + 1).flatMap((harmonic) =>
    (["sin", "cos"] as const).map((wave): NamedRule => {
      const rule: InputRule = { kind: "year-wave", wave, harmonic };
      return { name: `year-${wave}${harmonic}`, rule };
    }),
  );
}

function badPart(part: unknown): Error {
  const word = typeof part === "string" ? part.trim() : "";
  return usageError(
    "bad-calendar",
    "calendar",
    part,
    `The calendar has ${PARTS.join(", ")} (year-fourier:5 for five pairs of waves), not ${show(part)}; did you mean ${nearest(word, PARTS)}?`,
  );
}

function constantNote(
  { id, time }: Series,
  part: string,
  used: readonly string[],
  constant: readonly string[],
): Note {
  const step = formatFrequency(time!.frequency);
  const message =
    used.length === 0
      ? `${part} is the same at every step of ${id} (${step}) and was left out.`
      : `${constant.join(", ")} of ${part} never ${constant.length === 1 ? "occurs" : "occur"} in ${id} and ${constant.length === 1 ? "was" : "were"} left out.`;
  return { code: "calendar-left-out", severity: "warning", message, details: { part, constant } };
}
