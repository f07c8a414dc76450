import { daysInMonth, daysOf, MS_PER_DAY } from "../../../core/time/civil.js";

const COLON = 58;
const DASH = 45;

/** Two digits as a number; more than 99 where one is no digit. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : 1000;
}

/** Reads `YYYY-MM-DD` from bytes. Most dates lie in the month of the one before, whose first day is remembered. */
export class IsoReader {
  private month = -1;
  private firstDay = 0;
  private length = 0;

  /** Local milliseconds since 1970-01-01 of the ten bytes at `at`; NaN where they are no date. */
  date(bytes: Uint8Array, at: number): number {
    if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return Number.NaN;
    const century = pair(bytes, at);
    const year = pair(bytes, at + 2);
    const month = pair(bytes, at + 5);
    const day = pair(bytes, at + 8);
    if (century > 99 || year > 99 || month < 1 || month > 12) return Number.NaN;
    const key = (century * 100 + year) * 16 + month;
    if (key !== this.month) this.enter(key, century * 100 + year, month);
    if (day < 1 || day > this.length) return Number.NaN;
    return (this.firstDay + day) * MS_PER_DAY;
  }

  private enter(key: number, year: number, month: number): void {
    this.month = key;
    this.firstDay = daysOf(year, month, 1) - 1;
    this.length = daysInMonth(year, month);
  }
}

/** Milliseconds since midnight of `HH:MM`, or `HH:MM:SS` with `seconds`; NaN where the bytes are no time of day. */
export function isoClock(bytes: Uint8Array, at: number, seconds: boolean): number {
  if (bytes[at + 2] !== COLON || (seconds && bytes[at + 5] !== COLON)) return Number.NaN;
  const hour = pair(bytes, at);
  const minute = pair(bytes, at + 3);
  const second = seconds ? pair(bytes, at + 6) : 0;
  return hour < 24 && minute < 60 && second < 60 ? ((hour * 60 + minute) * 60 + second) * 1000 : Number.NaN;
}
