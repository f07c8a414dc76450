import type { CsvOptions } from "../../../src/io/csv-options.js";

/** A file as people have it, and what a forecaster expects of it. */
export interface Variant {
  readonly name: string;
  readonly text: string | Uint8Array;
  readonly options?: CsvOptions;
  /** What is read; times as `2024-01-31` or `2024-01-31T05:00:00`, counts as numbers. */
  readonly read?: {
    readonly first: string;
    readonly last: string;
    readonly step: string;
    /** Steps from the first to the last, those without a row too. */
    readonly steps: number;
    /** Value of the row of each date, by its place in time; default 10, 11, 12 … */
    readonly value?: (row: number) => number;
    /** Places in time without a value. */
    readonly missing?: readonly number[];
    /** Ids of the series, all with the same times; default: one, whatever its name. */
    readonly ids?: readonly string[];
    readonly zone?: string;
    /** Codes of notes that tell what was decided. */
    readonly notes?: readonly string[];
  };
  /** What is refused, and what the sentence says. */
  readonly refused?: { readonly code: string | RegExp; readonly says: RegExp };
}

export const DAY = 86_400_000;
const NAMES = "January February March April May June July August September October November December".split(
  " ",
);
const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

export const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** Writes a date as strftime does, `%-d` without a leading zero. */
export function write(date: Date, pattern: string): string {
  return pattern.replace(/%(-?)([a-zA-Z])/g, (_, bare: string, letter: string) => {
    const text = piece(date, letter);
    return bare ? text.replace(/^0+(?=\d)/, "") : text;
  });
}

function piece(date: Date, letter: string): string {
  const hour = date.getUTCHours();
  switch (letter) {
    case "Y":
      return String(date.getUTCFullYear());
    case "y":
      return pad(date.getUTCFullYear() % 100);
    case "m":
      return pad(date.getUTCMonth() + 1);
    case "d":
      return pad(date.getUTCDate());
    case "B":
      return NAMES[date.getUTCMonth()]!;
    case "b":
      return NAMES[date.getUTCMonth()]!.slice(0, 3);
    case "A":
      return WEEKDAYS[date.getUTCDay()]!;
    case "a":
      return WEEKDAYS[date.getUTCDay()]!.slice(0, 3);
    case "H":
      return pad(hour);
    case "I":
      return pad(hour % 12 === 0 ? 12 : hour % 12);
    case "p":
      return hour < 12 ? "AM" : "PM";
    case "P":
      return hour < 12 ? "am" : "pm";
    case "M":
      return pad(date.getUTCMinutes());
    case "S":
      return pad(date.getUTCSeconds());
    case "j":
      return pad(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1, 3);
    case "q":
      return String(Math.floor(date.getUTCMonth() / 3) + 1);
    default:
      throw new Error(`No piece %${letter}.`);
  }
}

const parsed = (start: string) => new Date(start.length > 10 ? `${start}Z` : start);

/** Dates a number of minutes apart. */
export function minutes(start: string, count: number, step: number): Date[] {
  return Array.from({ length: count }, (_, i) => new Date(parsed(start).getTime() + i * step * 60_000));
}

export const hours = (start: string, count: number) => minutes(start, count, 60);
export const days = (start: string, count: number, step = 1) => minutes(start, count, 1440 * step);

export function months(start: string, count: number, step = 1): Date[] {
  const first = parsed(start);
  return Array.from(
    { length: count },
    (_, i) => new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i * step, first.getUTCDate())),
  );
}

export const monthEnds = (start: string, count: number) =>
  months(start, count).map((date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)));
export const quarters = (start: string, count: number) => months(start, count, 3);
export const years = (start: string, count: number) => months(start, count, 12);

/** Rows below a header, one a date; 10, 11, 12 … where nothing else is written. */
export function table(
  header: string,
  dates: readonly Date[],
  row: string | ((date: Date, value: number) => string),
): string {
  const rows = dates.map((date, i) =>
    typeof row === "string" ? write(date, row).replaceAll("#", String(10 + i)) : row(date, 10 + i),
  );
  return `${header === "" ? "" : `${header}\n`}${rows.join("\n")}\n`;
}

/** The same with the newest row first. */
export const newestFirst = (text: string, header = 1) => {
  const lines = text.trimEnd().split("\n");
  return `${[...lines.slice(0, header), ...lines.slice(header).reverse()].join("\n")}\n`;
};

export const isoDay = (date: Date) => date.toISOString().slice(0, 10);
export const isoTime = (date: Date) => date.toISOString().slice(0, 19);

type Read = NonNullable<Variant["read"]>;

/** A file that is read with one value a step. */
export function reads(
  name: string,
  text: Variant["text"],
  step: string,
  dates: readonly Date[],
  more: Partial<Read> & { options?: CsvOptions } = {},
): Variant {
  const { options, ...rest } = more;
  const clock = dates.some((date) => date.getTime() % DAY !== 0);
  const label = clock ? isoTime : isoDay;
  return {
    name,
    text,
    ...(options === undefined ? {} : { options }),
    read: {
      first: dates.length === 0 ? "" : label(dates[0]!),
      last: dates.length === 0 ? "" : label(dates.at(-1)!),
      step,
      steps: dates.length,
      ...rest,
    },
  };
}

export function refuses(
  name: string,
  text: Variant["text"],
  code: string | RegExp,
  says: RegExp,
  options?: CsvOptions,
): Variant {
  return { name, text, refused: { code, says }, ...(options === undefined ? {} : { options }) };
}
