import { requireText } from "../../core/arguments/numbers.js";
import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { requireSeries, type Series } from "../../core/series.js";
import { timeLabel } from "../../core/time/calendar.js";
import { MS_PER_DAY } from "../../core/time/civil.js";
import { writtenSpan } from "../written-span.js";
import { addColumns, datesOf, type NamedRule } from "./add-columns.js";
import { type Span, spanOfStep } from "./periods.js";

/** Something that happens on a date or from one to another, such as a promotion. */
export interface CalendarEvent {
  /** Its kind: events of one name share a regressor. */
  readonly name: string;
  /** The first day, `2024-03-15`; a clock time, a month or a year may be given too. */
  readonly date: string;
  /** The last day, included; default: `date`. */
  readonly until?: string;
}

/**
 * A series with one regressor for each name of events: 1 in steps up to a day that touch one, else the number of days that do.
 * Forecasts compute the future values. An event that never occurs in the series is left out, since its effect cannot be estimated.
 *
 * @param source a series with dates.
 * @param list name, date and last day of each event.
 * @returns the series with a regressor for each name of events.
 * @throws YuleError `bad-events` naming the event, `no-times`, `duplicate-input`.
 * @example events(sales, [{ name: "promotion", date: "2024-03-15", until: "2024-03-17" }]);
 */
export function events(source: Series, list: readonly CalendarEvent[]): Series {
  return withEvents(source, list).series;
}

/** The same with what to say of it. */
export function withEvents(
  source: Series,
  list: readonly CalendarEvent[],
): { readonly series: Series; readonly used: readonly string[]; readonly notes: readonly Note[] } {
  requireSeries(source, "events takes");
  if (!Array.isArray(list)) throw badEvents(list);
  const spans = new Map<string, Span[]>();
  list.forEach((event: CalendarEvent, at) => {
    const [name, span] = spanOf(event, at);
    spans.set(name, [...(spans.get(name) ?? []), span]);
  });
  const rules = [...spans].map(
    ([name, own]): NamedRule => ({ name, rule: { kind: "days", spans: merged(own) } }),
  );
  const { series, used, constant } = addColumns(source, rules, "events");
  return {
    series,
    used,
    notes: [...neverNotes(source, constant, spans), ...outsideNotes(source, list, constant)],
  };
}

function spanOf(event: CalendarEvent, at: number): readonly [string, Span] {
  if (typeof event !== "object" || event === null) throw badEvents(event);
  const { name, date, until } = event;
  requireText("name", name, `"promotion", the name of event ${at + 1}`);
  requireText("date", date, `"2024-03-15", the date of event ${at + 1}`);
  if (until !== undefined) requireText("until", until, `"2024-03-17", the last day of event ${at + 1}`);
  const [start, first] = daysOfText(date);
  const end = until === undefined ? first : daysOfText(until)[1];
  if (end > start) return [name, [start, end]];
  throw usageError(
    "bad-events",
    "until",
    until,
    `The event ${show(name)} of ${date} ends before it begins: until ${until}; correct one of them.`,
  );
}

function daysOfText(text: string): Span {
  const span = writtenSpan(text);
  if (span !== null) return [span.start / MS_PER_DAY, span.end / MS_PER_DAY];
  throw usageError(
    "bad-events",
    "date",
    text,
    `The date ${show(text)} of an event cannot be read; write 2024-03-15, or 2024-03-15T18:00.`,
  );
}

/** Spans in order; those that overlap or touch are one. */
export function merged(spans: readonly Span[]): Span[] {
  const ordered = [...spans].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [start, end] of ordered) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

function neverNotes(series: Series, constant: readonly string[], spans: ReadonlyMap<string, Span[]>): Note[] {
  const { time, y, id } = series;
  if (constant.length === 0 || y.length === 0) return [];
  const [begin, end] = [spanOfStep(time!, 0)[0], spanOfStep(time!, y.length - 1)[1]];
  const always = constant.filter((name) => spans.get(name)!.some(([from, to]) => from < end && to > begin));
  const never = constant.filter((name) => !always.includes(name));
  const between = `${timeLabel(time!, 0)} to ${timeLabel(time!, y.length - 1)}`;
  const note = (names: readonly string[], why: string): Note => ({
    code: "event-left-out",
    severity: "warning",
    message: `${names.length === 1 ? "The event" : "The events"} ${names.join(", ")} ${why}, so no effect can be estimated: left out.`,
    details: { events: names },
  });
  return [
    ...(never.length === 0
      ? []
      : [note(never, `never ${never.length === 1 ? "falls" : "fall"} into ${id} (${between})`)]),
    ...(always.length === 0
      ? []
      : [note(always, `${always.length === 1 ? "is" : "are"} the same at every step of ${id}`)]),
  ];
}

/** Dates before the first step say nothing, whatever their name. */
function outsideNotes(series: Series, list: readonly CalendarEvent[], constant: readonly string[]): Note[] {
  if (series.y.length === 0) return [];
  const axis = datesOf(series, "events");
  const begin = spanOfStep(axis, 0)[0];
  const end = spanOfStep(axis, series.y.length - 1)[1];
  const others = list.filter(({ name }) => !constant.includes(name));
  const spans = others.map((event, at) => spanOf(event, at)[1]);
  const before = spans.filter((span) => span[1] <= begin).length;
  const after = spans.filter((span) => span[0] >= end).length;
  if (before + after === 0) return [];
  const parts = [
    ...(before === 0 ? [] : [`${before} before ${timeLabel(axis, 0)} (not used)`]),
    ...(after === 0 ? [] : [`${after} after ${timeLabel(axis, series.y.length - 1)} (used in the forecast)`]),
  ];
  const message = `Of ${list.length} dates of events lie outside ${series.id}: ${parts.join(", ")}.`;
  return [{ code: "events-outside", severity: "info", message, details: { before, after } }];
}

function badEvents(value: unknown): Error {
  return usageError(
    "bad-events",
    "events",
    value,
    `Events are a list such as [{ name: "promotion", date: "2024-03-15" }], not ${show(value)}.`,
  );
}
