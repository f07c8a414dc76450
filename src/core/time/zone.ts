import { show } from "../checks.js";
import { usageError } from "../errors.js";
import { daysOf, MS_PER_DAY } from "./civil.js";

/**
 * Offsets of time zones from UTC, from the `Intl` data of the platform: a date library costs 15 ms at every start,
 * while most data name no zone, and `Intl` is loaded only when one does.
 */

/** Clocks have changed on quarter hours of UTC since 1970 (Lord Howe Island on a half). */
const QUARTER_HOUR = 900_000;

/** Stretches of time known to have one offset, per zone, so that a long axis asks `Intl` a few times a year. */
interface Stretch {
  from: number;
  to: number;
  readonly offset: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly stretches: Stretch[];
  last: Stretch;
}

const zones = new Map<string, Zone>();

/** Minutes of a fixed offset such as `+01:00`; 0 for `UTC`; null for anything else. */
export function fixedOffset(zone: string): number | null {
  if (zone === "UTC") return 0;
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (match === null) return null;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** `+01:00` for 60 minutes. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** @throws YuleError `bad-zone` for a zone the platform does not know. */
export function requireZone(zone: string): string {
  if (fixedOffset(zone) === null) zoneOf(zone);
  return zone;
}

/** Milliseconds by which local time is ahead of UTC at an instant. */
export function offsetAt(zone: string, instant: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== null) return fixed * 60_000;
  const known = zoneOf(zone);
  if (instant < known.last.from || instant >= known.last.to) known.last = stretchAt(known, instant);
  return known.last.offset;
}

/**
 * The instant of a local time. A time repeated when clocks go back is its first pass unless `second`; one skipped
 * when they go forward is read with the offset before, as calendars do.
 */
export function instantOf(zone: string, local: number, second = false): number {
  const before = offsetAt(zone, local - MS_PER_DAY - offsetAt(zone, local - MS_PER_DAY));
  const after = offsetAt(zone, local + MS_PER_DAY - offsetAt(zone, local + MS_PER_DAY));
  const first = local - before;
  if (before === after) return first;
  const last = local - after;
  const firstFits = offsetAt(zone, first) === before;
  const lastFits = offsetAt(zone, last) === after;
  if (firstFits && lastFits) return second ? Math.max(first, last) : Math.min(first, last);
  return lastFits ? last : first;
}

/** Whether a local time happens twice in its zone. */
export function isRepeated(zone: string, local: number): boolean {
  return instantOf(zone, local) !== instantOf(zone, local, true);
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US-u-ca-iso8601-nu-latn", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw usageError(
      "bad-zone",
      "zone",
      name,
      `The zone ${show(name)} is not known; name one as Europe/Berlin, UTC or +01:00.`,
    );
  }
  const zone: Zone = { format, stretches: [], last: { from: 0, to: 0, offset: 0 } };
  zones.set(name, zone);
  return zone;
}

/** The stretch from an instant on: as long as its middle and its end agree, up to a month. */
function stretchAt(zone: Zone, instant: number): Stretch {
  const found = zone.stretches.find((stretch) => instant >= stretch.from && instant < stretch.to);
  if (found !== undefined) return found;
  const from = Math.floor(instant / QUARTER_HOUR) * QUARTER_HOUR;
  const offset = askOffset(zone.format, instant);
  const stretch = { from, to: from + QUARTER_HOUR, offset };
  for (const width of [30 * MS_PER_DAY, 7 * MS_PER_DAY, MS_PER_DAY]) {
    const to = from + width;
    if (askOffset(zone.format, to) === offset && askOffset(zone.format, from + width / 2) === offset) {
      stretch.to = to;
      break;
    }
  }
  zone.stretches.push(stretch);
  return stretch;
}

/** What `Intl` says, from the local clock it shows. */
function askOffset(format: Intl.DateTimeFormat, instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const fields: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(whole)) fields[type] = Number(value);
  const { year, month, day, hour, minute, second } = fields;
  const seconds = (hour! * 60 + minute!) * 60 + second!;
  return daysOf(year!, month!, day!) * MS_PER_DAY + seconds * 1000 - whole;
}
