import { dateOf, daysOf, MS_PER_DAY, weekdayOf, weekOf } from "./civil.js";
import { formatOffset } from "./zone.js";

/**
 * How times are written, as a pattern:
 *
 * `YYYY` year of at least four digits, `Y` as many as it has, `YY` the last two · `MM M` month, `Mon MON mon Month
 * MONTH month` its English name · `DD D` day · `Q` quarter · `GGGG WW E` ISO year, week and weekday · `HH H` hour, `hh h
 * A a` on twelve hours · `mm ss S…` minutes, seconds and their decimals · `Z ZZ ZZZ` offset as +01:00, +0100, +01 · `X
 * x` seconds and milliseconds since 1970 · `[T]` letters as they stand. In braces: `{a.m.|p.m.}` names of two halves of
 * the day, four quarters, seven days from Monday or twelve months · `{half}` · `{W}` week and `{GG}` its year in short ·
 * `{DDD}` `{D}` day of the year · `{next YY}` the year after · `{kk}` `{k}` hours 1 to 24 · `{period 1800000}` number of the
 * period of so many milliseconds in its day · `{part 900000 4}` which fourth of an hour · `{zone -300:EST,-240:EDT}` name of the offset · `{offset}` as +1 · `{us}`
 * `{ns}` micro- and nanoseconds since 1970 · `{excel 0}` days of spreadsheets, `{year 3}` years, with so many decimals ·
 * `{end 0}` all behind it is written for the end of the step, less so many milliseconds. The style `index` is a whole
 * number.
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
  /\[([^\]]*)\]|\{[^}]*\}|YYYY|YY|Y|GGGG|MONTH|Month|month|MON|Mon|mon|MM|M|DD|D|HH|H|hh|h|mm|ss|S+|A|a|Q|WW|E|ZZZ|ZZ|Z|X|x|./gs;

/** Styles that say UTC in so many letters; times of other zones are turned into it. */
const UTC_WRITTEN = /\[(?:Z|z|UTC|GMT)\]/;

/** A moment to write: local milliseconds since 1970-01-01T00:00 and the minutes that local time is ahead of UTC. */
export interface Moment {
  readonly local: number;
  readonly offset: number;
}

/** The number of the month that an English name stands for, in full or by its first three letters; 0 for other words. */
export function englishMonth(word: string): number {
  const key = word.toLowerCase();
  return (
    1 + MONTHS.findIndex((name) => [name, name.slice(0, 3)].some((known) => known.toLowerCase() === key))
  );
}

/** The pattern of an English name of a month in the letters it was written in, e.g. `MON` for `JAN`; null for other words. */
export function monthStyle(word: string): string | null {
  const long = word.length > 3;
  if (englishMonth(word) === 0) return null;
  if (word === word.toUpperCase()) return long ? "MONTH" : "MON";
  if (word === word.toLowerCase()) return long ? "month" : "mon";
  return long ? "Month" : "Mon";
}

/** Brackets that stand in the text, which would otherwise quote letters of a style. */
const BRACKETS: Readonly<Record<string, string>> = { "[": "\uE000", "]": "\uE001" };

/** Text of a time that is written as it stands, as part of a style. */
export function literal(text: string): string {
  if (!/[[\]\p{L}\d{}|]/u.test(text)) return text;
  return text
    .replace(/[[\]]/g, (mark) => BRACKETS[mark]!)
    .replace(/[\p{L}\d{}|]+/gu, (letters) => `[${letters}]`);
}

/** The tokens of a style; the letters of one in brackets stand for themselves. */
export function tokensOf(style: string): string[] {
  return style.match(TOKEN) ?? [];
}

/**
 * Writes a moment in a style.
 *
 * @param next the moment a step later, for styles that write the end of an interval; without it they end before it.
 * @example formatTime("YYYY [Q]Q", { local: 0, offset: 0 }); // "1970 Q1"
 */
export function formatTime(style: string, moment: Moment, next?: Moment): string {
  const end = /\{end (\d+)\}/.exec(style);
  if (end === null) return formatOne(style, moment);
  const start = formatOne(style.slice(0, end.index), moment);
  const rest = style.slice(end.index + end[0].length);
  if (next === undefined) return start.replace(/[^\p{L}\d)]*$/u, "");
  return start + formatOne(rest, { ...next, local: next.local - Number(end[1]) });
}

function formatOne(style: string, given: Moment): string {
  const moment = UTC_WRITTEN.test(style) ? { local: given.local - given.offset * 60_000, offset: 0 } : given;
  const midnight = moment.local % MS_PER_DAY === 0 && style.includes("{k");
  const days = Math.floor(moment.local / MS_PER_DAY) - (midnight ? 1 : 0);
  const { year, month, day } = dateOf(days);
  const time = moment.local - days * MS_PER_DAY;
  const text = style.replace(TOKEN, (token: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    switch (token[0]) {
      case "{":
        return bracedText(token.slice(1, -1), moment, days);
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
  return text.replace(/\uE000/g, "[").replace(/\uE001/g, "]");
}

/** Days from the beginning of the day numbers of spreadsheets to 1970. */
export const SPREADSHEET_EPOCH = 25_569;

function bracedText(token: string, { local, offset }: Moment, days: number): string {
  const { year, month } = dateOf(days);
  const time = local - days * MS_PER_DAY;
  if (token.includes("|")) {
    const names = token.split("|");
    const at: Record<number, number> = {
      2: time < MS_PER_DAY / 2 ? 0 : 1,
      4: Math.floor((month - 1) / 3),
      7: weekdayOf(days) - 1,
      12: month - 1,
    };
    return names[at[names.length] ?? 0]!;
  }
  const [name, detail = ""] = token.split(/ (.*)/);
  const instant = local - offset * 60_000;
  switch (name) {
    case "half":
      return month <= 6 ? "1" : "2";
    case "W":
      return String(weekOf(days).week);
    case "GG":
      return yearText("YY", weekOf(days).isoYear);
    case "D":
    case "DDD":
      return pad(days - daysOf(year, 1, 1) + 1, name.length);
    case "next":
      return yearText(detail, year + 1);
    case "k":
    case "kk":
      return pad(Math.floor(time / 3_600_000), name.length);
    case "period":
      return String(1 + Math.floor(time / Number(detail)));
    case "part": {
      const [length, parts] = detail.split(" ").map(Number);
      return String(1 + (Math.floor(time / length!) % parts!));
    }
    case "zone":
      return (
        detail
          .split(",")
          .find((pair) => pair.startsWith(`${offset}:`))
          ?.split(":")[1] ?? formatOffset(offset)
      );
    case "offset":
      return formatOffset(offset)
        .replace(/^([+-])0/, "$1")
        .replace(":00", "");
    case "us":
      return `${instant}000`;
    case "ns":
      return `${instant}000000`;
    case "excel":
      return decimals(local / MS_PER_DAY + SPREADSHEET_EPOCH, detail);
    case "year":
      return decimals(year + (month - 1) / 12, detail);
    default:
      return token;
  }
}

/** A number with so many decimals; behind a comma where one follows their number, `3,`. */
function decimals(value: number, detail: string): string {
  const text = value.toFixed(Number.parseInt(detail, 10));
  return detail.endsWith(",") ? text.replace(".", ",") : text;
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
