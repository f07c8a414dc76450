import { daysInMonth, daysOf, MS_PER_DAY } from "../../../core/time/civil.js";
import type { TimeReading } from "../../../core/time/forms/index.js";
import { tokensOf } from "../../../core/time/time-style.js";
import { pack } from "../bytes/packed.js";
import { powerOfTen } from "../numbers/numbers.js";
import type { TimeTrack } from "./time-track.js";

/** Numbers that a cell says in digits, by their index. */
const YEAR = 0;
const MONTH = 1;
const DAY = 2;
const HOUR = 3;
const MINUTE = 4;
const SECOND = 5;
const FRACTION = 6;

const FIELDS: Readonly<Record<string, number>> = {
  YYYY: YEAR,
  YY: YEAR,
  MM: MONTH,
  M: MONTH,
  DD: DAY,
  D: DAY,
  HH: HOUR,
  H: HOUR,
  hh: HOUR,
  h: HOUR,
  mm: MINUTE,
  ss: SECOND,
};

/** Where the digits of a moment stand in a cell. */
interface Digits {
  /** Place of the first digit of each number, -1 for one that is not written, and how many there are. */
  readonly at: Int32Array;
  readonly width: Int32Array;
  /** Half of the day that the hours of a clock of twelve are in; -1 for one of twenty-four. */
  half: number;
}

/** How the digits of a cell make a number of its track. */
export interface CellPlan {
  readonly start: Digits;
  /** The end of an interval; null for a single time. */
  readonly end: Digits | null;
  /** Places of all these digits, in order. */
  readonly digits: readonly number[];
  /** Whether year, month, day and clock are kept as fields, see `pack`. */
  readonly packed: boolean;
  /** Number of the month that a word names; 0 where the digits say it. */
  readonly word: number;
  readonly shortYear: boolean;
}

/** The plan of a cell that was read in a track; null where its style has parts that are read the long way only. */
export function planOf(
  track: TimeTrack,
  reading: TimeReading,
  text: string,
  bytes: Uint8Array,
): CellPlan | null {
  if (reading.grain !== "date" && reading.grain !== "month") return null;
  const places = placesOf(text, bytes);
  if (places === null) return null;
  const cut = cutAlong(reading, text.replace(/[\u00a0\u202f\u2009]/g, " "));
  if (cut === null) return null;
  for (const part of [cut.start, cut.end])
    part?.at.forEach((at, field) => {
      if (at >= 0) part.at[field] = places[at]!;
    });
  const { start, end } = cut;
  if (start.at[YEAR]! < 0 || start.at[DAY]! < 0 !== (reading.grain === "month")) return null;
  if (start.at[MONTH]! < 0 !== (reading.word !== null)) return null;
  if (end !== null && end.at[MONTH]! < 0 !== end.at[DAY]! < 0) return null;
  return {
    start,
    end,
    digits: [start, end].flatMap((part) => (part === null ? [] : digitPlaces(part))).sort((a, b) => a - b),
    packed: track.packed,
    word: reading.word === null ? 0 : track.words.indexOf(reading.word),
    shortYear: reading.shortYear,
  };
}

function digitPlaces({ at, width }: Digits): number[] {
  return [...at].flatMap((place, field) => Array.from({ length: width[field]! }, (_, i) => place + i));
}

/** Place of each letter in the bytes of a text; null where they are in no encoding that tells. */
function placesOf(text: string, bytes: Uint8Array): Int32Array | null {
  const places = new Int32Array(text.length);
  if (bytes.length === text.length) return places.map((_, i) => i);
  const encoder = new TextEncoder();
  let place = 0;
  let index = 0;
  for (const letter of text) {
    places.fill(place, index, index + letter.length);
    index += letter.length;
    place += encoder.encode(letter).length;
  }
  return place === bytes.length ? places : null;
}

/** Follows a style through the text written in it. */
function cutAlong({ style, word }: TimeReading, text: string): { start: Digits; end: Digits | null } | null {
  const start = noDigits();
  let end: Digits | null = null;
  let place = 0;
  for (const token of tokensOf(style)) {
    const part: Digits = end ?? start;
    const field = /^S+$/.test(token) ? FRACTION : FIELDS[token];
    if (field !== undefined) {
      if (!/^\d+$/.test(text.slice(place, place + token.length)) || part.at[field]! >= 0) return null;
      part.at[field] = place;
      part.width[field] = token.length;
      place += token.length;
      continue;
    }
    if (token.startsWith("{end ")) {
      end = noDigits();
      continue;
    }
    const width = token === "{word}" ? (word?.length ?? -1) : lengthOf(token, text.slice(place), part);
    if (width < 0) return null;
    place += width;
  }
  return place === text.length ? { start, end } : null;
}

function noDigits(): Digits {
  return { at: new Int32Array(7).fill(-1), width: new Int32Array(7), half: -1 };
}

/** How many letters of a text a token that has no digits to read stands for; -1 where it is not known. */
function lengthOf(token: string, text: string, part: Digits): number {
  if (token.startsWith("[")) {
    const letters = token.slice(1, -1);
    return text.startsWith(letters) ? letters.length : -1;
  }
  if (token.startsWith("{zone ")) return token.length - 2 - token.indexOf(":");
  if (token.includes("|")) {
    const names = token.slice(1, -1).split("|");
    const found = names.filter((name) => text.startsWith(name)).sort((a, b) => b.length - a.length)[0];
    if (names.length === 2 && found !== undefined) part.half = names.indexOf(found);
    return found?.length ?? -1;
  }
  switch (token) {
    case "A":
    case "a":
      part.half = /^a/i.test(text) ? 0 : 1;
      return 2;
    case "Z":
    case "ZZ":
    case "ZZZ":
      return 7 - Math.max(1, 2 * token.length - 2);
    case "\uE000":
    case "\uE001":
      return 1;
    default:
      return !/[\p{L}{]/u.test(token) && text.startsWith(token) ? token.length : -1;
  }
}

/** Numbers that have to be read in other cells as they are in the first. */
const PROBES = [
  [2000, 1, 1, 0, 0, 0, 0],
  [1998, 2, 3, 4, 5, 6, 7],
  [2023, 12, 28, 11, 48, 59, 9],
  [2016, 10, 12, 12, 30, 10, 5],
  [1961, 7, 31, 23, 1, 2, 3],
] as const;

/** Cells of the same shape with other digits. */
export function probes({ start, end }: CellPlan, bytes: Uint8Array): Uint8Array[] {
  return PROBES.map((numbers) => {
    const probe = bytes.slice();
    [start, end].forEach((part, later) => {
      part?.at.forEach((at, field) => {
        const wanted = numbers[field]! + (field === MINUTE ? later : 0);
        const number = field === HOUR && part.half >= 0 ? wanted % 12 || 12 : wanted;
        const width = part.width[field]!;
        const digits = String(width === 1 ? 1 + (number % 9) : number).padStart(width, "0");
        for (let i = 1; i <= width; i++) probe[at + width - i] = digits.charCodeAt(digits.length - i);
      });
    });
    return probe;
  });
}

/** The number of a cell in its track that begins at `from`; NaN where its digits are no time, or one to be read the long way. */
export function readPlanned(plan: CellPlan, bytes: Uint8Array, from: number): number {
  const { start, end, word } = plan;
  const clock = clockIn(start, bytes, from);
  const year = numberAt(start, YEAR, bytes, from);
  const month = start.at[MONTH]! < 0 ? word : numberAt(start, MONTH, bytes, from);
  const day = start.at[DAY]! < 0 ? 1 : numberAt(start, DAY, bytes, from);
  if (!plan.shortYear && (year < 1000 || year > 2999)) return Number.NaN;
  const possible =
    start.at[MONTH]! < 0 ? day >= 1 && day <= 31 : isDay(plan.shortYear ? 4 : year, month, day);
  if (!possible || (end !== null && !endsPlainly(end, clock, bytes, from))) return Number.NaN;
  return plan.packed ? pack(year, month, day, clock) : daysOf(year, month, day) * MS_PER_DAY + clock;
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether an interval ends at a time, and none of those whose way of writing the end depends on it. */
function endsPlainly(end: Digits, clock: number, bytes: Uint8Array, from: number): boolean {
  const ends = clockIn(end, bytes, from);
  if (Number.isNaN(ends) || (clock === 0 && ends === 0) || Math.floor(ends / 60_000) % 60 === 59)
    return false;
  if (end.at[DAY]! < 0) return true;
  const year = end.width[YEAR] === 4 ? numberAt(end, YEAR, bytes, from) : 4;
  return (
    year >= 1000 === (end.width[YEAR] === 4) &&
    isDay(year, numberAt(end, MONTH, bytes, from), numberAt(end, DAY, bytes, from))
  );
}

/** Milliseconds since midnight; NaN where the digits are no time of day, or the hour 24. */
function clockIn(digits: Digits, bytes: Uint8Array, from: number): number {
  if (digits.at[HOUR]! < 0) return 0;
  const { half } = digits;
  let hour = numberAt(digits, HOUR, bytes, from);
  if (half >= 0) {
    if (hour < 1 || hour > 12) return Number.NaN;
    hour = (hour % 12) + 12 * half;
  }
  const minute = numberAt(digits, MINUTE, bytes, from);
  const second = numberAt(digits, SECOND, bytes, from);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000 + fractionIn(digits, bytes, from);
}

function fractionIn(digits: Digits, bytes: Uint8Array, from: number): number {
  const width = digits.width[FRACTION]!;
  if (width === 0) return 0;
  const number = numberAt(digits, FRACTION, bytes, from);
  return width > 3 ? number / powerOfTen(width - 3) : number * powerOfTen(3 - width);
}

/** The number in some digits; 0 where none are written. */
function numberAt({ at, width }: Digits, field: number, bytes: Uint8Array, from: number): number {
  let number = 0;
  const begin = from + at[field]!;
  for (let i = begin; i < begin + width[field]!; i++) number = number * 10 + bytes[i]! - 48;
  return number;
}
