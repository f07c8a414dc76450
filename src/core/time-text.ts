import { daysOf, daysOfWeek, isDate, MS_PER_DAY, weekOf } from "./civil.js";
import { monthNumber, monthStyle } from "./time-style.js";

/**
 * What a time says, field by field. `ambiguous` ones write two numbers of which either can be the day: which it is
 * takes a whole column, or someone who knows.
 */
export interface TimeText {
  readonly form: TimeForm;
  /** Two digits where `shortYear`. */
  readonly year: number;
  readonly shortYear: boolean;
  /** Month 1 to 12; ISO week for `week`; the first number for `ambiguous`. */
  readonly first: number;
  /** Day of the month; ISO weekday for `week`; the second number for `ambiguous`. */
  readonly second: number;
  /** Milliseconds since midnight. */
  readonly clock: number;
  /** Minutes ahead of UTC; null where the text says nothing. */
  readonly offset: number | null;
  /** Pattern of `time-style.ts`; for `ambiguous` ones with `1` and `2` for the two numbers. */
  readonly style: string;
}

export type TimeForm = "year" | "quarter" | "month" | "week" | "date" | "ambiguous";

/** Which of two numbers is the day. */
export type DateOrder = "dmy" | "mdy";

type Rest = Omit<TimeText, "clock" | "offset" | "style">;

interface Pattern {
  readonly expression: RegExp;
  /** The fields and the style; null where the words are none of ours. */
  read(found: RegExpExecArray): (Rest & { readonly style: string }) | null;
}

const date = (
  form: TimeForm,
  year: string,
  first: string | number,
  second: string | number,
  style: string,
) => ({
  form,
  year: Number(year),
  shortYear: year.length === 2,
  first: Number(first),
  second: Number(second),
  style,
});

/** `MM` for `01`, `M` for `1`; a text of two digits without a zero fits both and counts as the longer. */
const digits = (letter: string, text: string) => (text.length === 1 ? letter : letter + letter);
const yearToken = (text: string) => (text.length === 2 ? "YY" : "YYYY");
const quoted = (mark: string) => (/[a-z]/i.test(mark) ? `[${mark}]` : mark);

const PATTERNS: readonly Pattern[] = [
  {
    expression: /^([+-]?\d{4,6})([-/.])(\d{1,2})\2(\d{1,2})$/,
    read: ([, y, mark, m, d]) =>
      date("date", y!, m!, d!, `YYYY${mark}${digits("M", m!)}${mark}${digits("D", d!)}`),
  },
  {
    expression: /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/,
    read: ([, a, mark, b, y]) =>
      date(
        "ambiguous",
        y!,
        a!,
        b!,
        `${"1".repeat(a!.length)}${mark}${"2".repeat(b!.length)}${mark}${yearToken(y!)}`,
      ),
  },
  {
    expression: /^(\d{4})(-|\/|\s*[Mm]|\s)(\d{1,2})$/,
    read: ([, y, mark, m]) => date("month", y!, m!, 1, `YYYY${quoted(mark!)}${digits("M", m!)}`),
  },
  {
    expression: /^(\d{1,2})([-/])(\d{4})$/,
    read: ([, m, mark, y]) => date("month", y!, m!, 1, `${digits("M", m!)}${mark}YYYY`),
  },
  {
    expression: /^(\d{4})([-/ .]?)([Qq])([1-4])$/,
    read: ([, y, mark, q, n]) => date("quarter", y!, 3 * Number(n) - 2, 1, `YYYY${mark}[${q}]Q`),
  },
  {
    expression: /^([Qq])([1-4])([-/ .]?)(\d{4})$/,
    read: ([, q, n, mark, y]) => date("quarter", y!, 3 * Number(n) - 2, 1, `[${q}]Q${mark}YYYY`),
  },
  {
    expression: /^(\d{4})([- ]?)([Ww])(\d\d)(?:(-?)([1-7]))?$/,
    read: ([, y, mark, w, week, dash, day]) =>
      date("week", y!, week!, day ?? 1, `GGGG${mark}[${w}]WW${day === undefined ? "" : `${dash}E`}`),
  },
  {
    expression: /^([A-Za-z]{3,9})\.?([-/ ,']+)(\d{4})$/,
    read: ([, name, mark, y]) => named("month", name!, y!, 1, `${monthStyle(name!)}${mark}YYYY`),
  },
  {
    expression: /^([A-Za-z]{3,9})([-'])(\d\d)$/,
    read: ([, name, mark, y]) => named("month", name!, y!, 1, `${monthStyle(name!)}${mark}YY`),
  },
  {
    expression: /^(\d{4})([-/ ]?)([A-Za-z]{3,9})$/,
    read: ([, y, mark, name]) => named("month", name!, y!, 1, `YYYY${mark}${monthStyle(name!)}`),
  },
  {
    expression: /^(\d{1,2})([-/ .]*)([A-Za-z]{3,9})\.?([-/ ,]*)(\d{4}|\d\d)$/,
    read: ([, d, before, name, after, y]) =>
      named("date", name!, y!, d!, `${digits("D", d!)}${before}${monthStyle(name!)}${after}${yearToken(y!)}`),
  },
  {
    expression: /^([A-Za-z]{3,9})\.?([-/ ]+)(\d{1,2})([-/ ,]+)(\d{4})$/,
    read: ([, name, before, d, after, y]) =>
      named("date", name!, y!, d!, `${monthStyle(name!)}${before}${digits("D", d!)}${after}YYYY`),
  },
  {
    expression: /^(\d{4})([-/ ])([A-Za-z]{3,9})\2(\d{1,2})$/,
    read: ([, y, mark, name, d]) =>
      named("date", name!, y!, d!, `YYYY${mark}${monthStyle(name!)}${mark}${digits("D", d!)}`),
  },
];

function named(form: TimeForm, name: string, year: string, day: string | number, style: string) {
  const month = monthNumber(name);
  return month === 0 ? null : date(form, year, month, day, style);
}

/** Time of day after a date: hour, with minutes, seconds and their decimals, AM or PM, and an offset from UTC. */
const CLOCK =
  /^(.*\d)(T|t|\s+)(\d{1,2})(?::(\d\d)(?::(\d\d)(?:([.,])(\d{1,9}))?)?)?(?:(\s?)([AaPp][Mm]))?(?:(\s?)(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/;

interface Clock {
  readonly ms: number;
  readonly offset: number | null;
  readonly style: string;
}

const NO_CLOCK: Clock = { ms: 0, offset: null, style: "" };

/**
 * Cuts one written time into its fields; null where it is none that is known. Whole numbers (years, indexes, epoch
 * seconds, `20240131`) are not read here: what they are takes a whole column.
 *
 * @example cutTime("1960 Q3")?.first; // 7, the month the quarter begins in
 */
export function cutTime(text: string): TimeText | null {
  const trimmed = text.trim();
  if (!/\d/.test(trimmed)) return null;
  const whole = cutDate(trimmed, NO_CLOCK);
  if (whole !== null) return whole;
  const found = CLOCK.exec(trimmed);
  const clock = found === null ? null : readClock(found);
  const fields = clock === null ? null : cutDate(found![1]!, clock);
  return fields?.form === "date" || fields?.form === "ambiguous" ? fields : null;
}

function cutDate(text: string, clock: Clock): TimeText | null {
  for (const pattern of PATTERNS) {
    const found = pattern.expression.exec(text);
    const fields = found === null ? null : pattern.read(found);
    if (fields === null) continue;
    const whole = { ...fields, clock: clock.ms, offset: clock.offset, style: fields.style + clock.style };
    return isPossible(whole) ? whole : null;
  }
  return null;
}

function isPossible({ form, year, shortYear, first, second }: TimeText): boolean {
  if (form === "week") return first >= 1 && weekOf(daysOfWeek(year, first)).isoYear === year;
  if (form === "ambiguous") return isDate(4, first, second) || isDate(4, second, first);
  return isDate(shortYear ? 4 : year, first, second);
}

function readClock(found: RegExpExecArray): Clock | null {
  const [, , lead, h, m, s, point, fraction, gap, half, zoneGap, zone] = found;
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (/p/i.test(half) ? 12 : 0);
  const minute = Number(m ?? 0);
  const second = Number(s ?? 0);
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  const badHalf = half !== undefined && (Number(h) > 12 || Number(h) < 1);
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59 || badHalf) return null;
  const style = [
    quoted(lead!),
    digits(half === undefined ? "H" : "h", h!),
    m === undefined ? "" : ":mm",
    s === undefined ? "" : ":ss",
    fraction === undefined ? "" : `${point}${"S".repeat(fraction.length)}`,
    half === undefined ? "" : `${gap}${half === half.toUpperCase() ? "A" : "a"}`,
    zone === undefined ? "" : `${zoneGap}${zoneStyle(zone)}`,
  ].join("");
  return {
    ms: ((hour * 60 + minute) * 60 + second) * 1000 + thousandths(fraction ?? ""),
    offset: zone === undefined ? null : zoneMinutes(zone),
    style,
  };
}

/** Decimals of a second as milliseconds. */
function thousandths(decimals: string): number {
  const padded = decimals.padEnd(3, "0");
  return Number(`${padded.slice(0, 3)}.${padded.slice(3)}`);
}

function zoneStyle(zone: string): string {
  if (/[a-z]/i.test(zone)) return `[${zone}]`;
  return zone.includes(":") ? "Z" : zone.length === 5 ? "ZZ" : "ZZZ";
}

function zoneMinutes(zone: string): number {
  if (/[a-z]/i.test(zone)) return 0;
  const sign = zone[0] === "-" ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0));
}

/** Local milliseconds since 1970-01-01T00:00 of fields whose order and century are known; NaN where no such day is. */
export function momentOf(fields: TimeText, order: DateOrder = "dmy", century = 0): number {
  const { form, first, second, clock } = fields;
  const year = fields.year + century;
  if (form === "week") return (daysOfWeek(year, first) + second - 1) * MS_PER_DAY + clock;
  const month = form === "ambiguous" && order === "dmy" ? second : first;
  const day = form === "ambiguous" && order === "dmy" ? first : second;
  return isDate(year, month, day) ? daysOf(year, month, day) * MS_PER_DAY + clock : Number.NaN;
}
