import { show } from "../checks.js";
import { usageError } from "../errors.js";
import { dateOf, daysInMonth, MS_PER_DAY } from "./civil.js";
import { momentOf, type TimeReading } from "./forms/reading.js";
import { parseFrequency } from "./frequency.js";
import { readIso } from "./iso-time.js";
import type { Frequency, TimeAxis, TimeUnit } from "./time.js";
import { marksPerStep, rulerOf, stepTime } from "./time-steps.js";
import { formatTime, type Moment } from "./time-style.js";
import { fixedOffset, formatOffset, instantOf, offsetAt, requireZone } from "./zone.js";

export { candidatePeriods, defaultPeriod, formatFrequency, parseFrequency } from "./frequency.js";

/** What an axis is made of when its first time is a number already. */
export interface AxisParts {
  /** Local milliseconds since 1970-01-01T00:00; the number itself for an index. */
  readonly local: number;
  readonly frequency: Frequency;
  readonly zone: string | null;
  readonly style: string;
  /** Which pass is meant where clocks go back and the local time happens twice. */
  readonly secondPass?: boolean;
}

/**
 * An axis of evenly spaced times.
 *
 * @param start the first time: `1949-01`, `1960 Q1`, `2024-03-01T05:00`, `2020-W05`, `1949`, `Jan 1960`, as `readIso` reads them; labels
 *   are written the same way.
 * @param frequency e.g. `"M"`: see `parseFrequency`.
 * @param zone IANA zone or offset of the times; default: the offset in `start`, else none.
 * @throws YuleError `bad-start`, `bad-frequency`, `bad-zone`.
 * @example timeLabel(timeAxis("2024-01-31", "M"), 1); // "2024-02-29"
 */
export function timeAxis(start: string, frequency: string | Frequency, zone?: string): TimeAxis {
  const steps = typeof frequency === "string" ? parseFrequency(frequency) : frequency;
  const text = start.trim();
  if (steps.unit === "index") {
    if (!/^[+-]?\d{1,15}$/.test(text)) throw badStart(start, "a whole number such as 1");
    return { start: String(Number(text)), frequency: steps, zone: null, style: "index" };
  }
  const fields = /^-?\d{1,6}$/.test(text) ? yearOnly(Number(text)) : readIso(text);
  if (fields === null) {
    throw badStart(start, "it as 2024-01-31, 2024-01, 2024 Q1, 2024-W05, Jan 2024 or 2024-01-31T05:00");
  }
  const style = fineEnough(fields, steps.unit);
  const local = momentOf(fields);
  if (zone === undefined || fields.offset === null) {
    return axisFrom({ local, frequency: steps, zone: zone ?? zoneOf(fields), style });
  }
  const instant = local - fields.offset * 60_000;
  const there = instant + offsetAt(requireZone(zone), instant);
  const secondPass = instantOf(zone, there) !== instant;
  return axisFrom({ local: there, frequency: steps, zone, style, secondPass });
}

function yearOnly(year: number): TimeReading {
  const common = { shortYear: false, month: 1, word: null, day: 1, clock: 0, offset: null, zone: null };
  return { ...common, form: "year", grain: "year", year, style: "YYYY" };
}

function zoneOf(fields: TimeReading): string | null {
  if (fields.offset === null) return null;
  return fields.offset === 0 ? "UTC" : formatOffset(fields.offset);
}

function badStart(start: string, wanted: string): Error {
  return usageError(
    "bad-start",
    "start",
    start,
    `The start ${show(start)} is not a time that can be read; write ${wanted}.`,
  );
}

/** The style of the text, or where that is too coarse to tell neighbouring times apart, a finer one. */
function fineEnough({ grain, style }: TimeReading, unit: TimeUnit): string {
  if (rulerOf(unit) === "clock") return /[Hh]|\{(k|period)/.test(style) ? style : "YYYY-MM-DD[T]HH:mm:ss";
  if (grain === "date" || grain === unit || unit === "year") return style;
  if (unit === "quarter") return grain === "month" || grain === "half" ? style : "YYYY-[Q]Q";
  return unit === "month" ? "YYYY-MM" : "YYYY-MM-DD";
}

/** An axis from its first time as a number; `timeAxis` is the same from text. @throws YuleError `bad-zone`. */
export function axisFrom({ local, frequency, zone, style, secondPass }: AxisParts): TimeAxis {
  if (frequency.unit === "index") return { start: String(local), frequency, zone: null, style };
  if (zone !== null) requireZone(zone);
  const days = Math.floor(local / MS_PER_DAY);
  const ruler = rulerOf(frequency.unit);
  if (ruler !== "month")
    return { start: startText(local, frequency, zone, secondPass), frequency, zone, style };
  const { year, month, day } = dateOf(days);
  const aim = frequency.day ?? (day > 28 ? day : undefined);
  if (aim === undefined) return { start: startText(local, frequency, zone), frequency, zone, style };
  const moved = local + (Math.min(aim, daysInMonth(year, month)) - day) * MS_PER_DAY;
  return { start: startText(moved, frequency, zone), frequency: { ...frequency, day: aim }, zone, style };
}

function startText(local: number, frequency: Frequency, zone: string | null, secondPass = false): string {
  const clock = local % 1000 === 0 ? "[T]HH:mm:ss" : "[T]HH:mm:ss.SSS";
  if (stepsInInstants(frequency, zone)) {
    const offset = (local - instantOf(zone!, local, secondPass)) / 60_000;
    return formatTime(`YYYY-MM-DD${clock}Z`, { local, offset });
  }
  const wholeDay = local % MS_PER_DAY === 0 && rulerOf(frequency.unit) !== "clock";
  return formatTime(wholeDay ? "YYYY-MM-DD" : `YYYY-MM-DD${clock}`, { local, offset: 0 });
}

/** Hours are steps of exact time where clocks change; days and longer keep the clock. */
function stepsInInstants(frequency: Frequency, zone: string | null): boolean {
  return zone !== null && rulerOf(frequency.unit) === "clock" && fixedOffset(zone) === null;
}

/** An axis with its start read, kept so that a label costs no parsing. */
interface Anchor {
  readonly local: number;
  /** UTC milliseconds where steps are of exact time, else null. */
  readonly instant: number | null;
  readonly day: number;
}

const anchors = new WeakMap<TimeAxis, Anchor>();

/** Axes by their content, so that the series of a panel share one; as many as a panel may have at a time. */
const shared = new Map<string, TimeAxis>();
const MOST_SHARED = 1000;

/** The same axis for the same content: what is found out about it, such as its labels, is then found out once. */
export function sharedAxis(axis: TimeAxis): TimeAxis {
  const { start, frequency, zone, style } = axis;
  const key = JSON.stringify([start, frequency.unit, frequency.count, frequency.day, zone, style]);
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(key, axis);
  return axis;
}

function anchorOf(axis: TimeAxis): Anchor {
  const known = anchors.get(axis);
  if (known !== undefined) return known;
  const anchor = readAnchor(axis);
  anchors.set(axis, anchor);
  return anchor;
}

function readAnchor({ start, frequency, zone }: TimeAxis): Anchor {
  if (frequency.unit === "index") return { local: Number(start), instant: null, day: 1 };
  const fields = readIso(start);
  if (fields === null) throw badStart(start, "an ISO date such as 2024-01-31");
  const local = momentOf(fields);
  const exact = stepsInInstants(frequency, zone);
  const offset = fields.offset === null ? null : fields.offset * 60_000;
  return {
    local,
    instant: exact ? (offset === null ? instantOf(zone!, local) : local - offset) : null,
    day: frequency.day ?? dateOf(Math.floor(local / MS_PER_DAY)).day,
  };
}

/** Time `index` of an axis, from 0: local milliseconds and the minutes local time is ahead of UTC. */
export function timeAt(axis: TimeAxis, index: number): Moment {
  const { local, instant, day } = anchorOf(axis);
  if (instant !== null) {
    const then = instant + marksPerStep(axis.frequency) * index;
    const ahead = offsetAt(axis.zone!, then);
    return { local: then + ahead, offset: ahead / 60_000 };
  }
  const then = stepTime(local, axis.frequency, index, day);
  if (axis.zone === null || axis.frequency.unit === "index") return { local: then, offset: 0 };
  return { local: then, offset: (then - instantOf(axis.zone, then)) / 60_000 };
}

/**
 * The label of time `index` (from 0) of an axis, written as the input wrote its own.
 *
 * @example timeLabel(timeAxis("1960 Q1", "Q"), 5); // "1961 Q2"
 */
export function timeLabel(axis: TimeAxis, index: number): string {
  const moment = timeAt(axis, index);
  if (axis.style === "index") return String(moment.local);
  const next = axis.style.includes("{end ") ? timeAt(axis, index + 1) : undefined;
  return formatTime(axis.style, moment, next);
}

interface Labels {
  readonly from: number;
  readonly labels: readonly string[];
}

const lastLabels = new WeakMap<TimeAxis, Labels>();

/** The labels of `count` times of an axis from time `from` (from 0) on; asked for again they are not written anew. */
export function timeLabels(axis: TimeAxis, from: number, count: number): readonly string[] {
  const last = lastLabels.get(axis);
  if (last !== undefined && last.from === from && last.labels.length === count) return last.labels;
  const labels = Object.freeze(Array.from({ length: count }, (_, h) => timeLabel(axis, from + h)));
  lastLabels.set(axis, { from, labels });
  return labels;
}

/**
 * The same axis begun `steps` later (or earlier); month ends stay month ends.
 *
 * @example shiftAxis(timeAxis("2024-01-31", "M"), 1).start; // "2024-02-29", and its next time is 2024-03-31
 */
export function shiftAxis(axis: TimeAxis, steps: number): TimeAxis {
  if (steps === 0) return axis;
  const { local, offset } = timeAt(axis, steps);
  const { frequency, zone, style } = axis;
  const secondPass = stepsInInstants(frequency, zone) && local - instantOf(zone!, local) !== offset * 60_000;
  return axisFrom({ local, frequency, zone, style, secondPass });
}
