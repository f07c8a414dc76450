import { dateOf, MS_PER_DAY, weekdayOf, weekOf } from "./civil.js";
import { formatOffset } from "./zone.js";

/**
 * How times are written, as a pattern:
 *
 * `YYYY` year of at least four digits, `Y` as many as it has, `YY` the last two · `MM M` month, `Mon MON mon Month
 * MONTH month` its name · `DD D` day · `Q` quarter · `GGGG WW E` ISO year, week and weekday · `HH H` hour, `hh h A a`
 * on twelve hours · `mm ss S…` minutes, seconds and their decimals · `Z ZZ ZZZ` offset as +01:00, +0100, +01 ·
 * `X x` seconds and milliseconds since 1970 · `[T]` letters as they stand. The style `index` is a whole number.
 */

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const TOKEN =
  /\[([^\]]*)\]|YYYY|YY|Y|GGGG|MONTH|Month|month|MON|Mon|mon|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|a|Q|WW|E|ZZZ|ZZ|Z|X|x|./gs;

/** Styles that say UTC in so many letters; times of other zones are turned into it. */
const UTC_WRITTEN = /\[(?:Z|z|UTC|GMT)\]/;

/** A moment to write: local milliseconds since 1970-01-01T00:00 and the minutes that local time is ahead of UTC. */
export interface Moment {
  readonly local: number;
  readonly offset: number;
}

/** The number (1 to 12) of an English month name or its first three letters (`Sept` too), 0 for another word. */
export function monthNumber(word: string): number {
  const lower = word.toLowerCase();
  if (lower === "sept") return 9;
  return (
    MONTHS.findIndex((name) => {
      const full = name.toLowerCase();
      return lower === full || lower === full.slice(0, 3);
    }) + 1
  );
}

/** The pattern of a month name in the letters it was written in, e.g. `MON` for `JAN`. */
export function monthStyle(word: string): string {
  const long = word.length > 4 || (word.length === 4 && word.toLowerCase() !== "sept");
  if (word === word.toUpperCase()) return long ? "MONTH" : "MON";
  if (word === word.toLowerCase()) return long ? "month" : "mon";
  return long ? "Month" : "Mon";
}

/**
 * Writes a moment in a style.
 *
 * @example formatTime("YYYY [Q]Q", { local: 0, offset: 0 }); // "1970 Q1"
 */
export function formatTime(style: string, given: Moment): string {
  const moment = UTC_WRITTEN.test(style) ? { local: given.local - given.offset * 60_000, offset: 0 } : given;
  const days = Math.floor(moment.local / MS_PER_DAY);
  const { year, month, day } = dateOf(days);
  const time = moment.local - days * MS_PER_DAY;
  return style.replace(TOKEN, (token: string, literal: string | undefined) => {
    if (literal !== undefined) return literal;
    switch (token[0]) {
      case "Y":
        return yearText(token, year);
      case "G":
        return yearText("YYYY", weekOf(days).isoYear);
      case "M":
      case "m":
        return token === "mm" ? pad(Math.floor(time / 60_000) % 60, 2) : monthText(token, month);
      case "D":
        return pad(day, token.length);
      case "Q":
        return String(Math.floor((month + 2) / 3));
      case "W":
        return pad(weekOf(days).week, 2);
      case "E":
        return String(weekdayOf(days));
      case "X":
        return decimalSeconds(moment);
      case "x":
        return String(moment.local - moment.offset * 60_000);
      case "Z":
        return offsetText(token, moment.offset);
      default:
        return clockText(token, time);
    }
  });
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function yearText(token: string, year: number): string {
  if (token === "YY") return pad(((year % 100) + 100) % 100, 2);
  if (token === "Y") return String(year);
  return year < 0 ? `-${pad(-year, 4)}` : pad(year, 4);
}

function monthText(token: string, month: number): string {
  if (token === "M" || token === "MM") return pad(month, token.length);
  const full = MONTHS[month - 1]!;
  const name = token.length === 3 ? full.slice(0, 3) : full;
  if (token[1] !== token[1]!.toLowerCase()) return name.toUpperCase();
  return token[0] === "m" ? name.toLowerCase() : name;
}

function clockText(token: string, time: number): string {
  const hour = Math.floor(time / 3_600_000);
  switch (token[0]) {
    case "H":
      return pad(hour, token.length);
    case "h":
      return pad(hour % 12 === 0 ? 12 : hour % 12, token.length);
    case "A":
      return hour < 12 ? "AM" : "PM";
    case "a":
      return hour < 12 ? "am" : "pm";
    case "s":
      return pad(Math.floor(time / 1000) % 60, 2);
    case "S":
      return pad(Math.floor(time % 1000), 3)
        .padEnd(token.length, "0")
        .slice(0, token.length);
    default:
      return token;
  }
}

function offsetText(token: string, minutes: number): string {
  const text = formatOffset(minutes);
  if (token === "Z") return text;
  return token === "ZZ" ? text.replace(":", "") : text.slice(0, 3);
}

function decimalSeconds(moment: Moment): string {
  return String((moment.local - moment.offset * 60_000) / 1000);
}
