import { literal } from "../time-style.js";
import { type Cut, cutClock } from "./clock.js";
import { type FormKeys, readDate } from "./dates.js";
import { withPlainDigits } from "./digits.js";
import { weekdaysLike } from "./languages.js";
import { momentOf, type TimeReading } from "./reading.js";

const WEEKDAY = /^(\p{L}+\.?)(,?\s+)(.*\d.*)$/u;
const WEEKDAY_BEHIND = /^(.*\d[^\s(（]*)(\s?[(（,]?\s?)(\p{L}+\.?)([)）]?)$/u;

/** Words before the first or the last day of a week. */
const WEEK_OF =
  /^((?:w\/[cebs]|w\.[ce]\.?|wk\.? ?(?:of|ending|commencing)|week (?:of|commencing|beginning|starting|ending|ended)|woche (?:vom|ab)|semaine du|semana del?|settimana del)[:,]? +)(.*\d.*)$/i;
const ENCLOSED = /^\[(.*)\]$/;

/** Marks of footnotes and of provisional figures behind a time. */
const FOOTNOTE = /^(.*[\d\p{L}.])\s?(?:[*†‡¹²³]{1,3}|\((?:[a-z]|\d|\*)\))$/u;

/** Two times of one cell, the beginning and the end of an interval. */
const INTERVALS = [
  /^(.*\d.*?)(\s+(?:-|–|—|to|bis|until|till|a|à|au|→|tot|do)\s+|\s*–\s*)(.*\d.*)$/iu,
  /^(\d{4}-?\d\d-?\d\d\S*)(\/)(\d{4}-?\d\d-?\d\d\S*)$/,
  /^(.*\d:\d\d(?::\d\d)?)(-)(\d{1,2}:\d\d(?::\d\d)?.*)$/,
];

const MS_PER_DAY = 86_400_000;

/**
 * All ways in which a written time can be read, the usual ones first; empty where it is none. Digits alone (years,
 * `20240131`, seconds since 1970) are not read here: what they are takes a whole column.
 *
 * @param keys keys of the forms to try, as a column that has been read in part needs no others; null for all.
 * @example readTime("03/04/2024").map(({ form }) => form); // ["dmy", "mdy"]
 */
export function readTime(text: string, keys: FormKeys = null): TimeReading[] {
  return readAs(text, keys, false);
}

/** The same of a column whose cells are intervals, where `08:00-09:00` ends at nine and is not nine hours behind UTC. */
export function readSpan(text: string, keys: FormKeys = null): TimeReading[] {
  return readAs(text, keys, true);
}

function readAs(text: string, keys: FormKeys, isSpan: boolean): TimeReading[] {
  const cell = withPlainDigits(text.trim()).replace(/[\u00a0\u202f\u2009]/g, " ");
  if (cell.length > 80 || !/\d\d/.test(cell)) return [];
  const spans = isSpan ? readInterval(cell, keys) : [];
  if (spans.length > 0) return spans;
  const plain = readPlain(cell, keys);
  if (plain.length > 0) return plain;
  const interval = isSpan ? spans : readInterval(cell, keys);
  const marked = interval.length > 0 ? null : FOOTNOTE.exec(cell);
  return marked === null ? interval : readPlain(marked[1]!, keys);
}

function readPlain(cell: string, keys: FormKeys): TimeReading[] {
  const whole = readOnce(cell, keys);
  if (whole.length > 0) return whole;
  const enclosed = ENCLOSED.exec(cell);
  if (enclosed !== null)
    return styled(readOnce(enclosed[1]!, keys), (style) => `${literal("[")}${style}${literal("]")}`);
  const week = WEEK_OF.exec(cell);
  if (week !== null) return styled(readOnce(week[2]!, keys), (style) => `${literal(week[1]!)}${style}`);
  const before = WEEKDAY.exec(cell);
  const days = before === null ? null : weekdaysLike(before[1]!);
  if (days !== null) {
    return styled(
      readOnce(before![3]!, keys),
      (style) => `{${days.join("|")}}${literal(before![2]!)}${style}`,
    );
  }
  const behind = WEEKDAY_BEHIND.exec(cell);
  const last = behind === null ? null : weekdaysLike(behind[3]!);
  if (last === null) return [];
  return styled(
    readOnce(behind![1]!, keys),
    (style) => `${style}${literal(behind![2]!)}{${last.join("|")}}${behind![4]}`,
  );
}

/** Years with decimals, as R prints the times of monthly and quarterly series: 1959.083 is February 1959. */
export function decimalYear(cell: string): TimeReading[] {
  const found = /^([12]\d{3})\.(\d{1,15})$/.exec(cell);
  const months = found === null ? Number.NaN : Number(`0.${found[2]}`) * 12;
  const month = Math.round(months);
  const rounding = found === null ? 0 : 6 / Number(`1e${found[2]!.length}`) + 0.01;
  if (found === null || month > 11 || !(Math.abs(months - month) < rounding)) return [];
  const common = { shortYear: false, word: null, day: 1, clock: 0, offset: null, zone: null };
  const style = `{year ${found[2]!.length}}`;
  return [
    { ...common, form: "year-decimals", grain: "month", year: Number(found[1]), month: month + 1, style },
  ];
}

function readOnce(cell: string, keys: FormKeys): TimeReading[] {
  const decimals = decimalYear(cell);
  const dates = readDate(cell, keys).filter(({ form }) => form !== "ymd-basic");
  if (dates.length + decimals.length > 0) {
    return [...dates.map((date) => ({ ...date, clock: 0, offset: null, zone: null })), ...decimals];
  }
  for (const cut of cutClock(cell)) {
    const readings = withClock(cut, keys);
    if (readings.length > 0) return readings;
  }
  return [];
}

function withClock({ date, clock, zone, style }: Cut, keys: FormKeys): TimeReading[] {
  const comma = date.endsWith(",");
  const readings: TimeReading[] = [];
  for (const reading of readDate(comma ? date.slice(0, -1) : date, keys)) {
    const { form, grain, year, shortYear, month, word, day } = reading;
    if (grain !== "date") continue;
    const offset = zone?.offset ?? null;
    const name = zone?.offset === null ? zone.name : null;
    const written = style(comma ? `${reading.style},` : reading.style);
    readings.push({
      form,
      grain,
      year,
      shortYear,
      month,
      word,
      day,
      clock,
      offset,
      zone: name,
      style: written,
    });
  }
  return readings;
}

function styled(readings: readonly TimeReading[], style: (inner: string) => string): TimeReading[] {
  return readings.map((reading) => ({ ...reading, style: style(reading.style) }));
}

/** Intervals are read by their beginning; their style writes the end of the step behind it. */
function readInterval(cell: string, keys: FormKeys): TimeReading[] {
  for (const expression of INTERVALS) {
    const found = expression.exec(cell);
    if (found === null) continue;
    const [, from, mark, to] = found;
    const starts = readPlain(from!, keys);
    if (starts.length === 0) continue;
    const bare = /^\d{1,2}:\d\d|^\d\d$/.test(to!);
    const dateText = from!.replace(to!.includes(":") ? /\d{1,2}:\d\d.*$/ : /\d\d$/, "").trim();
    const ends = readPlain(bare ? `${dateText} ${to}` : to!, keys);
    const readings = starts.flatMap((start) => {
      const end = ends.find(({ form, shortYear }) => form === start.form && shortYear === start.shortYear);
      if (end === undefined) return [];
      const written = bare ? end.style.slice(end.style.search(/[HhK]|\{k/)) : end.style;
      return [{ ...start, style: `${start.style}${literal(mark!)}{end ${lagOf(start, end)}}${written}` }];
    });
    if (readings.length > 0) return readings;
  }
  return [];
}

/** Milliseconds from the end as it is written to the beginning of what follows: a day in `1 January to 7 January`. */
function lagOf(start: TimeReading, end: TimeReading): number {
  if (start.word !== null || start.grain !== "date") return 0;
  const minutes = Math.floor(end.clock / 60_000) % 60;
  if (minutes === 59) return end.clock % 60_000 === 59_000 ? 1000 : 60_000;
  if (start.clock !== 0 || end.clock !== 0 || /[Hh{]/.test(start.style)) return 0;
  const days = (momentOf(end) - momentOf(start)) / MS_PER_DAY + 1;
  return days % 7 === 0 || end.day >= 28 ? MS_PER_DAY : 0;
}
