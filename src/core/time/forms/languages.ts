/**
 * Words for months, weekdays and halves of the day in the languages of Unicode CLDR, from the `Intl` of
 * the platform. A language is loaded when a word is met that no language loaded before knows, the usual ones first.
 */

import { plain } from "./unit-names.js";

/** How a month is written in one language: twelve names, and the same without case, accents and points. */
interface MonthNames {
  readonly language: string;
  readonly names: readonly string[];
  readonly keys: readonly string[];
}

/** Languages tried before all others; where several know all the names of a column, the first one is taken. */
const USUAL =
  "en de fr es it pt nl pl ru sv da nb fi cs tr el ro hu uk hr sk sl id et lv ja ko zh de-AT pt-PT".split(
    " ",
  );

/** Different names of months beyond which the languages less usual than one that knows them all are not asked. */
const UNAMBIGUOUS = 4;

const CALENDAR = "-u-ca-gregory-nu-latn";

let all: readonly string[] | null = null;

function allLanguages(): readonly string[] {
  if (all === null) {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const codes = [...letters].flatMap((a) => [...letters].map((b) => a + b));
    const known = Intl.DateTimeFormat.supportedLocalesOf(codes);
    all = [...USUAL, ...known.filter((code) => !USUAL.includes(code))];
  }
  return all;
}

const months = new Map<string, readonly MonthNames[]>();

function namesIn(language: string, options: Intl.DateTimeFormatOptions): string[] {
  const format = new Intl.DateTimeFormat(language + CALENDAR, { ...options, timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, m) => {
    const parts = format.formatToParts(Date.UTC(2023, m, 15));
    return parts.find(({ type }) => type === "month")?.value ?? "";
  });
}

/** Names as they stand beside a year; parts of such dates end some versions of the platform, so the text is cut. */
function namesBeforeYears(language: string, month: "long" | "short"): string[] {
  const format = new Intl.DateTimeFormat(language + CALENDAR, { month, year: "numeric", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, m) => {
    const word = format
      .format(Date.UTC(2023, m, 15))
      .replace("2023", "")
      .trim();
    return /^[\p{L}\p{M}'’]+\.?$/u.test(word) ? word : "";
  });
}

/** The names of the months of a language in all usual widths, as they stand alone and after a day. */
function monthsOf(language: string): readonly MonthNames[] {
  const known = months.get(language);
  if (known !== undefined) return known;
  const lists = (["long", "short"] as const).flatMap((month) => [
    namesIn(language, { month }),
    namesIn(language, { month, day: "numeric" }),
    namesBeforeYears(language, month),
  ]);
  const written = new Set<string>();
  const distinct = lists.flatMap((names): MonthNames[] => {
    const keys = names.map(plain);
    if (written.has(names.join()) || keys.includes("") || names.some((name) => /\d/.test(name))) return [];
    written.add(names.join());
    return [{ language, names, keys }];
  });
  months.set(language, distinct);
  return distinct;
}

/** The month (1 to 12) that a plain word names in one way of writing months: in full, or by its first three letters or more. */
function monthIn({ language, keys }: MonthNames, wanted: string): number {
  const whole = keys.indexOf(wanted);
  if (whole >= 0) return whole + 1;
  if (wanted.length < 3) return 0;
  const short = /^[^aeiouy]{3}$/.test(wanted) && USUAL.includes(language) ? keys.map(consonants) : keys;
  const fitting = short.flatMap((key, month) => (key.startsWith(wanted) ? [month + 1] : []));
  return fitting.length === 1 ? fitting[0]! : 0;
}

/** A name without its vowels, as `Mrz` shortens `März`. */
function consonants(key: string): string {
  return key.replace(/[aeiouy]/g, "");
}

/** The month (1 to 12) that a language calls so; 0 where it knows no such name. */
function monthIndex(language: string, word: string): number {
  return monthOf(language, plain(word));
}

function monthOf(language: string, wanted: string): number {
  for (const list of monthsOf(language)) {
    const month = monthIn(list, wanted);
    if (month > 0) return month;
  }
  return 0;
}

const firstLanguage = new Map<string, string | null>();

/** The first language in which a word names a month; null for a word that is none. */
export function languageOf(word: string): string | null {
  const key = plain(word);
  if (key.length < 2) return null;
  const known = firstLanguage.get(key);
  if (known !== undefined) return known;
  const found = allLanguages().find((language) => monthOf(language, key) > 0) ?? null;
  firstLanguage.set(key, found);
  return found;
}

/** The month that a word names in the first language that knows it; 0 for another word. */
export function monthNamed(word: string): number {
  const language = languageOf(word);
  return language === null ? 0 : monthIndex(language, word);
}

/** What the words of a column mean: the month of each, for every different meaning, that of the first language first. */
export function monthMeanings(words: readonly string[]): { language: string; months: readonly number[] }[] {
  const found: { language: string; months: readonly number[] }[] = [];
  const seen = new Set<string>();
  const wanted = words.map(plain);
  for (const language of allLanguages()) {
    // Asking the platform for every language takes half a second, and this many names leave no second meaning in a rare one.
    if (found.length > 0 && words.length >= UNAMBIGUOUS && !USUAL.includes(language)) break;
    const own: number[] = [];
    for (const key of wanted) if (own.push(monthOf(language, key)) && own.at(-1) === 0) break;
    if (own.includes(0) || seen.has(own.join())) continue;
    seen.add(own.join());
    found.push({ language, months: own });
  }
  if (found.length > 0) return found;
  const mixed = words.map(monthNamed);
  return mixed.includes(0) ? [] : [{ language: "en", months: mixed }];
}

/** Twelve names of months, those of the file as it writes them and the others as the language writes them likewise. */
export function namesLike(language: string, words: readonly string[], numbers: readonly number[]): string[] {
  const lists = monthsOf(language);
  const agreement = ({ keys }: MonthNames) =>
    words.filter((word, i) => keys[numbers[i]! - 1] === plain(word)).length;
  const near = lists.reduce<MonthNames | null>(
    (best, list) => (best === null || agreement(list) > agreement(best) ? list : best),
    null,
  );
  const upper = words.every((word) => word === word.toUpperCase());
  const title = !upper && words.every((word) => word[0] !== word[0]!.toLowerCase());
  const pointed = words.some((word) => word.endsWith("."));
  const width = new Set(words.map((word) => word.length));
  const cut =
    near === null || agreement(near) < words.length ? ([...width][0] ?? 3) : Number.POSITIVE_INFINITY;
  return Array.from({ length: 12 }, (_, month) => {
    const written = words[numbers.indexOf(month + 1)];
    if (written !== undefined) return written;
    // Names cut short by hand, such as the first three letters of each, are cut alike.
    const name = (near?.names[month] ?? "").slice(0, width.size === 1 ? cut : undefined);
    const point = pointed ? name : name.replace(/\.$/, "");
    if (upper) return point.toUpperCase();
    return title ? point[0]!.toUpperCase() + point.slice(1) : point;
  });
}

const weekdays = new Map<string, readonly (readonly string[])[]>();

function weekdaysOf(language: string): readonly (readonly string[])[] {
  const known = weekdays.get(language);
  if (known !== undefined) return known;
  const lists = (["long", "short"] as const).map((weekday) => {
    const format = new Intl.DateTimeFormat(language + CALENDAR, { weekday, timeZone: "UTC" });
    return Array.from({ length: 7 }, (_, d) => format.format(Date.UTC(2024, 0, 1 + d)));
  });
  weekdays.set(language, lists);
  return lists;
}

/** Names of the seven days, Monday first, among which a word is, as it is written; null for another word. */
export function weekdaysLike(word: string): readonly string[] | null {
  const key = plain(word);
  // One letter is a weekday in East Asia alone.
  if (key.length < 2 && !/\p{Script=Han}|\p{Script=Hangul}/u.test(key)) return null;
  for (const language of USUAL)
    for (const names of weekdaysOf(language)) {
      const at = names.findIndex((name) => plain(name) === key);
      if (at < 0) continue;
      const pointed = names.map((name) => name.replace(/\.$/, "") + (word.endsWith(".") ? "." : ""));
      return word[0] === word[0]!.toLowerCase()
        ? pointed
        : pointed.map((name) => name[0]!.toUpperCase() + name.slice(1));
    }
  return null;
}

const halves = new Map<string, readonly [string, string]>();

/** Whether a word says before noon (0) or after noon (1) in one of the usual languages; -1 for another word. */
export function halfOfDay(word: string): { half: 0 | 1; names: readonly [string, string] } | null {
  const key = plain(word);
  for (const language of USUAL) {
    let names = halves.get(language);
    if (names === undefined) {
      const options = { hour: "numeric", hour12: true, timeZone: "UTC" } as const;
      const format = new Intl.DateTimeFormat(language + CALENDAR, options);
      const at = (hour: number) =>
        format.formatToParts(Date.UTC(2024, 0, 1, hour)).find(({ type }) => type === "dayPeriod")?.value ??
        "";
      names = [at(9), at(21)];
      halves.set(language, names);
    }
    const half = names.findIndex((name) => plain(name) === key);
    if (half >= 0 && key !== "") return { half: half as 0 | 1, names };
  }
  return null;
}

const DAY_FIRST = /^\d{1,2}\.?[- ]?(\p{L}{3,}\.?)$/u;
const MONTH_FIRST = /^(\p{L}{3,}\.?)[- ]?\d{1,2}$/u;

/** Whether a text is a day and the name of a month without a year, `1-Jan` or `Jan 1`. */
export function isDayAndMonth(text: string): boolean {
  const month = (DAY_FIRST.exec(text) ?? MONTH_FIRST.exec(text))?.[1];
  return month !== undefined && monthNamed(month) > 0;
}
