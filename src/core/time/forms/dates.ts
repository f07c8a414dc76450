import { DATE_FORMS, type DateForm } from "./forms.js";
import { languageOf } from "./languages.js";
import { type DateReading, isPossible } from "./reading.js";
import { type Field, numberIn, pieceStyle, type Template } from "./templates.js";
import { plain, unitNamed } from "./unit-names.js";

/** Abbreviations of units in times; words in full come from the platform's languages. */
const SHORT: Readonly<Record<NonNullable<DateForm["words"]>, RegExp>> = {
  quarter: /^(q|t|k|qtr|kv|kvt|kw|quarter|quart|trim|тр|кв|τ)$/,
  half: /^(h|s|hy|hj|sem|semester|semestre|half|halbjahr|halvar|polrocze|полугодие)$/,
  week: /^(w|v|u|kw|cw|wk|wo|sem|s|vk|t|т|нед)$/,
  fiscal: /^(fy|f)$/,
};

/** Whether a word stands for a unit, in full or by its first letters. */
function isUnit(unit: NonNullable<DateForm["words"]>, word: string): boolean {
  const key = plain(word);
  if (SHORT[unit].test(key)) return true;
  return key.length >= 4 && unitNamed(word) === unit;
}

const WORDS = /(?![ºª])\p{L}[\p{L}\p{M}]*/gu;
const EAST_ASIAN = /[年月日第季度四半期周週년분기월일]/u;

/** Keys of the forms that are tried; null for all. */
export type FormKeys = ReadonlySet<string> | null;

/** The date read last: hours of one day have the same. */
let last: {
  readonly text: string;
  readonly keys: FormKeys;
  readonly readings: readonly DateReading[];
} | null = null;

/** All forms in which a date without a time of day can be read, the usual ones first. */
export function readDate(text: string, keys: FormKeys): readonly DateReading[] {
  if (last === null || last.text !== text || last.keys !== keys)
    last = { text, keys, readings: readingsIn(text, keys) };
  return last.readings;
}

function readingsIn(text: string, keys: FormKeys): DateReading[] {
  const readings: DateReading[] = [];
  const letters = /\p{L}/u.test(text);
  for (const form of DATE_FORMS) {
    if (keys !== null && !keys.has(form.key)) continue;
    for (const way of form.templates) {
      const found = way.lettered && !letters ? null : way.expression.exec(text);
      const reading = found === null ? null : readingOf(form, way, found);
      if (reading === null || !isPossible(reading)) continue;
      readings.push(reading);
      break;
    }
  }
  return readings;
}

function readingOf(form: DateForm, { fields }: Template, found: RegExpExecArray): DateReading | null {
  const values: Partial<Record<Field, string>> = {};
  let style = "";
  let said = 0;
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const piece = found[i + 1] ?? "";
    style += pieceStyle(field, piece, form.grain === "week");
    if (field !== null) values[field] = piece;
    else if (form.words !== undefined) {
      const units = unitsIn(form.words, piece);
      if (units < 0) return null;
      said += units;
    }
  }
  const { year, word } = values;
  if (form.words !== undefined && said === 0 && values.roman === undefined) return null;
  if (year === undefined) return null;
  if (word !== undefined && languageOf(word) === null) return null;
  if (values.nextYear !== undefined && !follows(year, values.nextYear)) return null;
  const number = (field: Field, absent = 0) =>
    values[field] === undefined ? absent : numberIn(field, values[field]);
  return {
    form: form.key,
    grain: form.grain,
    year: numberIn("year", year),
    shortYear: year.replace(/^['’]/, "").length === 2,
    month: monthOf(number, word !== undefined),
    word: word ?? null,
    day: number("day", number("dayOfYear", number("weekday", 1))),
    style,
  };
}

const BETWEEN = /^(st|nd|rd|th|er|re|e|ème|й|ий|of|de|del|fy|f|г)$/i;

/** How many words of a piece name the unit; -1 where one means something else. */
function unitsIn(unit: NonNullable<DateForm["words"]>, piece: string): number {
  if (EAST_ASIAN.test(piece)) return 1;
  let units = 0;
  for (const word of piece.match(WORDS) ?? []) {
    if (isUnit(unit, word)) units++;
    else if (!BETWEEN.test(word)) return -1;
  }
  return units;
}

function monthOf(number: (field: Field, absent?: number) => number, named: boolean): number {
  if (named) return 0;
  const quarter = number("quarter") + number("roman");
  if (quarter > 0) return 3 * quarter - 2;
  if (number("half") > 0) return 6 * number("half") - 5;
  return number("week", number("month", 1));
}

/** Whether the second year, of two or four digits, is the one after the first. */
function follows(year: string, next: string): boolean {
  return (Number(year) + 1) % Number(`1e${next.length}`) === Number(next);
}
