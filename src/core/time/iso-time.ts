import { isPossible, type TimeReading } from "./forms/reading.js";
import { englishMonth, literal, monthStyle } from "./time-style.js";

const DAY = /^([+-]?\d{4,6})([-/. ])(\d{1,2})\2(\d{1,2})(?!\d)/;
const MONTH = /^([12]\d{3})([-/:_. M])(\d{1,2})$/;
const QUARTER = /^([12]\d{3})([- ]?[Qq])([1-4])$/;
const WEEK = /^([12]\d{3})([- ]?[Ww])(\d{1,2})(?:-([1-7]))?$/;
const NAMED = /^(?:(\d{1,2})([- ]))?([A-Za-z]{3,9})([- ])([12]\d{3})$/;
const NAME_FIRST = /^([A-Za-z]{3,9})( )(\d{1,2})(, )([12]\d{3})$/;
const CLOCK =
  /^([Tt]| +)(\d{1,2})(?::(\d\d)(?::(\d\d)(?:([.,])(\d{1,9}))?)?)?(?:(\s?)(?:([Zz]|UTC|GMT)|([+-])(\d\d)(?:(:?)(\d\d))?))?$/;

/**
 * Reads a time whose year comes first, `2024-01-31`, `2024-01`, `2024 Q1`, `2024-W05`, with a time of day and an offset behind a day,
 * `2024-01-31T05:00+01:00`, or whose month is an English name, `Jan 2024`, `31 Jan 2024`, `Jan 31, 2024`; null for any other.
 * Columns of files are read in many more forms, see `forms`; their table is large, so programs that write one time do not load it.
 *
 * @example readIso("1960 Q3")?.month; // 7, the month the quarter begins in
 */
export function readIso(text: string): TimeReading | null {
  const reading = periodOf(text) ?? momentIn(text) ?? namedIn(text);
  return reading !== null && isPossible(reading) ? reading : null;
}

const REST = { shortYear: false, word: null, day: 1, clock: 0, offset: null, zone: null } as const;

function periodOf(text: string): TimeReading | null {
  const month = MONTH.exec(text);
  if (month !== null) {
    const [, year, mark, number] = month;
    const style = `YYYY${literal(mark!)}${number!.length > 1 ? "MM" : "M"}`;
    return { ...REST, form: "month", grain: "month", year: Number(year), month: Number(number), style };
  }
  const quarter = QUARTER.exec(text);
  if (quarter !== null) {
    const [, year, mark, number] = quarter;
    const style = `YYYY${literal(mark!)}Q`;
    const first = 3 * Number(number) - 2;
    return { ...REST, form: "quarter", grain: "quarter", year: Number(year), month: first, style };
  }
  const week = WEEK.exec(text);
  if (week === null) return null;
  const [, year, mark, number, weekday] = week;
  const style = `GGGG${literal(mark!)}${number!.length > 1 ? "WW" : "{W}"}${weekday === undefined ? "" : "-E"}`;
  const day = Number(weekday ?? 1);
  return { ...REST, form: "week", grain: "week", year: Number(year), month: Number(number), day, style };
}

function momentIn(text: string): TimeReading | null {
  const found = DAY.exec(text);
  if (found === null) return null;
  const [whole, year, mark, month, day] = found;
  const style = `YYYY${mark}${month!.length > 1 ? "MM" : "M"}${mark}${day!.length > 1 ? "DD" : "D"}`;
  const behind = text.slice(whole.length);
  const clock = behind === "" ? { clock: 0, offset: null, style: "" } : clockIn(behind);
  if (clock === null) return null;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return { ...REST, form: "ymd", grain: "date", ...date, ...clock, style: style + clock.style };
}

function namedIn(text: string): TimeReading | null {
  const [, day, gap, word, mark, year] = NAMED.exec(text) ?? [];
  if (word === undefined) return nameFirst(text);
  const name = monthStyle(word);
  if (name === null) return null;
  const common = { ...REST, year: Number(year), month: englishMonth(word) };
  const style = `${name}${mark}YYYY`;
  if (day === undefined) return { ...common, form: "month-name", grain: "month", style };
  return { ...common, form: "day-name", grain: "date", day: Number(day), style: dayStyle(day) + gap + style };
}

function nameFirst(text: string): TimeReading | null {
  const [, word, gap, day, mark, year] = NAME_FIRST.exec(text) ?? [];
  const name = word === undefined ? null : monthStyle(word);
  if (name === null) return null;
  const common = { ...REST, year: Number(year), month: englishMonth(word!), day: Number(day) };
  return { ...common, form: "name-day", grain: "date", style: `${name}${gap}${dayStyle(day!)}${mark}YYYY` };
}

function dayStyle(day: string): string {
  return day.length > 1 ? "DD" : "D";
}

function clockIn(text: string): Pick<TimeReading, "clock" | "offset" | "style"> | null {
  const found = CLOCK.exec(text);
  if (found === null) return null;
  const [, lead, hours, minutes, seconds, point, fraction, gap, utc, sign, ahead, colon, aheadMinutes] =
    found;
  const [hour, minute, second] = [Number(hours), Number(minutes ?? 0), Number(seconds ?? 0)];
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return null;
  const minutesAhead = Number(ahead ?? 0) * 60 + Number(aheadMinutes ?? 0);
  const zone =
    sign === undefined ? literal(utc ?? "") : colon ? "Z" : aheadMinutes === undefined ? "ZZZ" : "ZZ";
  return {
    clock: ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds(fraction ?? ""),
    offset: sign !== undefined ? (sign === "+" ? minutesAhead : -minutesAhead) : utc === undefined ? null : 0,
    style: [
      literal(lead!),
      hours === "24" ? "{kk}" : "H".repeat(hours!.length),
      minutes === undefined ? "" : ":mm",
      seconds === undefined ? "" : ":ss",
      fraction === undefined ? "" : point! + "S".repeat(fraction.length),
      gap ?? "",
      zone,
    ].join(""),
  };
}

/** Decimals of a second. */
function milliseconds(decimals: string): number {
  const padded = decimals.padEnd(3, "0");
  return Number(`${padded.slice(0, 3)}.${padded.slice(3)}`);
}
