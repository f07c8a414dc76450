import { DATE_FORMS, monthNamed, namesLike, readTime, type TimeReading } from "./forms/index.js";
import { monthStyle } from "./time-style.js";

/** Which of the numbers of a date such as 03/04/05 is the day. */
export type DateOrder = "dmy" | "mdy" | "ymd";

const RARE = new Set(DATE_FORMS.filter(({ rank }) => rank > 0).map(({ key }) => key));

/**
 * Reads one written time; null where it is none that is known, or where it can be read in more than one way: which is
 * meant takes a whole column. Whole numbers are not read here.
 *
 * @example readOne("1960 Q3")?.month; // 7, the month the quarter begins in
 */
export function readOne(text: string): TimeReading | null {
  const [first, ...others] = readTime(text).filter(({ form }) => !RARE.has(form));
  if (first === undefined || first.shortYear) return null;
  if (first.form === "dmy" && others.some(({ form }) => form === "mdy")) return null;
  return named(first);
}

/** A reading with the number of the month that it names, and its name in the style. */
export function named(reading: TimeReading): TimeReading {
  const { word, style } = reading;
  if (word === null) return reading;
  const month = monthNamed(word);
  return { ...reading, month, word: null, style: style.replace("{word}", wordStyle("en", [word], [month])) };
}

/** The pattern of names of months as they are written in one language. */
export function wordStyle(language: string, words: readonly string[], months: readonly number[]): string {
  const english = words.map(monthStyle);
  const long = english.find((style) => style !== null && style.length > 3) ?? english[0];
  const usual = english.every((style, i) => style !== null && (style === long || words[i]!.length === 3));
  const short = english.some((style, i) => style !== long && words[i]!.toLowerCase() !== "may");
  if (usual && !short && long !== null && long !== undefined) return long;
  return `{${namesLike(language, words, months).join("|")}}`;
}
