import type { Note } from "../../core/model.js";
import { requireSeries, type Series } from "../../core/series.js";
import { formatFrequency } from "../../core/time/calendar.js";
import type { TimeAxis } from "../../core/time/time.js";
import { addColumns, datesOf, type NamedRule } from "./add-columns.js";
import { merged } from "./events.js";
import { isUpToADay, isUpToAWeek, type Span } from "./periods.js";
import { touchedSpans, valuesOfRule } from "./rule-values.js";

/** The public holidays of a region over some years. */
export interface HolidayDates {
  /** As it was asked for, e.g. `DE-BY`. */
  readonly region: string;
  /** Days since 1970-01-01 that each holiday covers, by its name. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  /** Days between which all holidays are known. */
  readonly known: Span;
}

/** A holiday has a regressor of its own where it falls into the series at least so often. */
const LEAST = 2;

/**
 * A series with its holidays as regressors: in steps up to a week one for each that falls into the series twice or more, and in steps
 * up to a day for each day of a window around it; in longer steps one, the number of days with a holiday.
 *
 * @param window days before and after, e.g. -1 and 1.
 */
export function withHolidays(
  source: Series,
  dates: HolidayDates,
  window: readonly [number, number] = [0, 0],
): { readonly series: Series; readonly used: readonly string[]; readonly notes: readonly Note[] } {
  const { frequency } = datesOf(requireSeries(source, "holidays takes"), "holidays");
  const around = isUpToADay(frequency) ? window : ([0, 0] as const);
  const unused = around.some((day, i) => day !== window[i]) ? [windowNote(source)] : [];
  const made = isUpToAWeek(frequency) ? oneEach(source, dates, around) : counted(source, dates);
  const none = made.used.length === 0 ? [noneNote(source, dates.region)] : [];
  return { ...made, notes: [...unused, ...made.notes, ...none] };
}

function oneEach(
  source: Series,
  { spans, known }: HolidayDates,
  window: readonly [number, number],
): ReturnType<typeof withHolidays> {
  const axis = datesOf(source, "holidays");
  let rules: readonly NamedRule[] = [];
  const rare: string[] = [];
  for (const [name, own] of spans) {
    const days = merged(own);
    const times = touchedSpans(days, axis, source.y.length);
    if (times >= LEAST) rules = [...rules, ...shifted(name, days, known, window)];
    else if (times > 0) rare.push(name);
  }
  const { series, used, constant } = addColumns(source, distinct(rules, axis, source.y.length), "holidays");
  const notes = [
    ...(rare.length === 0 ? [] : [leftOut(source, rare, "only once")]),
    ...(constant.length === 0 ? [] : [leftOut(source, constant, "at every step or never")]),
  ];
  return { series, used, notes };
}

/** The holidays, then the days around them that are not another one: the day before Boxing Day is Christmas Day. */
function distinct(rules: readonly NamedRule[], axis: TimeAxis, length: number): NamedRule[] {
  const isDay = ({ name }: NamedRule) => !/ [+-]\d+$/.test(name);
  const seen = new Set<string>();
  return [...rules.filter(isDay), ...rules.filter((rule) => !isDay(rule))].filter(({ name, rule }) => {
    const values = valuesOfRule(name, rule, axis, 0, length).join("");
    if (seen.has(values)) return false;
    seen.add(values);
    return true;
  });
}

function shifted(
  name: string,
  days: readonly Span[],
  known: Span,
  [before, after]: readonly [number, number],
): NamedRule[] {
  return Array.from({ length: after - before + 1 }, (_, i) => before + i).map((offset) => ({
    name: offset === 0 ? name : `${name} ${offset > 0 ? "+" : ""}${offset}`,
    rule: {
      kind: "days",
      spans: days.map(([start, end]): Span => [start + offset, end + offset]),
      known: [known[0] + Math.max(0, offset), known[1] + Math.min(0, offset)],
    },
  }));
}

/** One regressor: in a month or longer most holidays fall into the same place every year, which the season holds already. */
function counted(source: Series, { spans, known }: HolidayDates): ReturnType<typeof withHolidays> {
  const days = merged([...spans.values()].flat());
  const rule: NamedRule = { name: "holidays", rule: { kind: "days", spans: days, known } };
  const { series, used } = addColumns(source, [rule], "holidays");
  return { series, used, notes: [] };
}

function windowNote({ time }: Series): Note {
  const step = formatFrequency(time!.frequency);
  return {
    code: "window-unused",
    severity: "warning",
    message: `A window of days around holidays does not apply to steps of ${step}: left out.`,
    details: { step },
  };
}

function leftOut({ id }: Series, names: readonly string[], often: string): Note {
  const verb = names.length === 1 ? "falls" : "fall";
  return {
    code: "holidays-left-out",
    severity: "info",
    message: `${names.join(", ")} ${verb} into ${id} ${often}: left out.`,
    details: { holidays: names },
  };
}

function noneNote({ id }: Series, region: string): Note {
  return {
    code: "no-holidays",
    severity: "warning",
    message: `No holiday of ${region} falls into ${id} twice, so none is used.`,
    details: { region },
  };
}
