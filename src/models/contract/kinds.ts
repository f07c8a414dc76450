/** What an option takes: how its value is checked, read from a notation and written into one. */
export interface Kind<T> {
  /** What a value must be, in words: `a whole number from 0 to 12`. */
  readonly wanted: string;
  /** The words it may be, where it is one of a few. */
  readonly words: readonly string[];
  /** Whether it is a list, which in a notation may fill a pair of parentheses: `(0,1,1)`. */
  readonly many?: true;
  /** How lists of options name what is written: these words, or a kind of value. */
  readonly values: readonly string[] | "integer" | "number" | "text";
  accepts(value: unknown): value is T;
  /** Of a list that is refused for one of its values: which, and what that had to be. */
  fault?(value: unknown): Fault | null;
  /** The value that a text stands for; the text itself where it stands for none, so that `accepts` refuses it. */
  read(text: string): unknown;
  write(value: T): string;
}

export interface Fault {
  /** Counted from 0. */
  readonly at: number;
  readonly wanted: string;
}

/** One of a few words. */
export function word<const W extends string>(...words: readonly W[]): Kind<W> {
  return {
    wanted: words.length === 2 ? words.join(" or ") : `one of ${words.join(", ")}`,
    words,
    values: words,
    accepts: (value): value is W => words.includes(value as W),
    read: (text) => text,
    write: (value) => value,
  };
}

/** True or false. */
export const flag: Kind<boolean> = {
  wanted: "true or false",
  words: ["true", "false"],
  values: ["true", "false"],
  accepts: (value) => typeof value === "boolean",
  read: (text) => (text === "true" ? true : text === "false" ? false : text),
  write: String,
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const readNumber = (text: string): unknown => (NUMBER.test(text.trim()) ? Number(text) : text);

/** A whole number from `from` to `to`. */
export function whole(from: number, to: number): Kind<number> {
  return {
    wanted: `a whole number from ${from} to ${to}`,
    words: [],
    values: "integer",
    accepts: (value): value is number =>
      typeof value === "number" && Number.isInteger(value) && value >= from && value <= to,
    read: readNumber,
    write: String,
  };
}

/** Where a number lies; without any, every finite number is one. */
export interface Range {
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
}

/** A finite number in a range. */
export function number({ above, from, to }: Range = {}): Kind<number> {
  const low = above ?? from ?? Number.NEGATIVE_INFINITY;
  const high = to ?? Number.POSITIVE_INFINITY;
  return {
    wanted: rangeInWords({ ...(above === undefined ? {} : { above }), from: low, to: high }),
    words: [],
    values: "number",
    accepts: (value): value is number =>
      typeof value === "number" &&
      Number.isFinite(value) &&
      (above === undefined ? value >= low : value > low) &&
      value <= high,
    read: readNumber,
    write: String,
  };
}

function rangeInWords({ above, from, to }: { above?: number; from: number; to: number }): string {
  const lowest = above === undefined ? `from ${from}` : `above ${above}`;
  if (from === Number.NEGATIVE_INFINITY)
    return to === Number.POSITIVE_INFINITY ? "a finite number" : `a number up to ${to}`;
  if (to === Number.POSITIVE_INFINITY) return `a number ${above === undefined ? `${lowest} on` : lowest}`;
  return above === undefined ? `a number ${lowest} to ${to}` : `a number ${lowest} and at most ${to}`;
}

/** One of a few words, or a value of another kind. */
export function wordOr<const W extends string, T>(words: readonly W[], kind: Kind<T>): Kind<W | T> {
  return {
    wanted: `${words.join(", ")} or ${kind.wanted}`,
    words,
    values: "text",
    accepts: (value): value is W | T => words.includes(value as W) || kind.accepts(value),
    fault: (value) => kind.fault?.(value) ?? null,
    read: (text) => (words.includes(text as W) ? text : kind.read(text)),
    write: (value) => (words.includes(value as W) ? String(value) : kind.write(value as T)),
  };
}

/** A value or `null`, which stands for the default and is not written. */
export function orNull<T>(kind: Kind<T>): Kind<T | null> {
  return {
    ...kind,
    accepts: (value): value is T | null => value === null || kind.accepts(value),
  } as Kind<T | null>;
}

/** Several values of one kind, joined by plus signs in a notation: `24+168`. */
export function list<T>(
  item: Kind<T>,
  wanted: string,
  fits: (values: readonly T[]) => boolean = () => true,
): Kind<readonly T[]> {
  return {
    wanted,
    words: [],
    many: true,
    values: "text",
    accepts: (value): value is readonly T[] => {
      const values = asList(value);
      return faultOf(values, () => item) === null && values !== null && fits(values as readonly T[]);
    },
    fault: (value) => faultOf(asList(value), () => item),
    read: (text) => text.split("+").map((part) => item.read(part.trim())),
    write: (values) => Array.from(values, (value) => item.write(value)).join("+"),
  };
}

/** Three whole numbers from 0 up to their highest values, in parentheses of their own in a notation: `(0,1,1)`. */
export function triple(...highest: readonly [number, number, number]): Kind<Triple> {
  const kinds = highest.map((most) => whole(0, most));
  const isTriple = (value: unknown): value is Triple => Array.isArray(value) && value.length === 3;
  return {
    wanted: `three whole numbers, at most ${highest[0]}, ${highest[1]} and ${highest[2]}`,
    words: [],
    many: true,
    values: "text",
    accepts: (value): value is Triple => isTriple(value) && faultOf(value, (i) => kinds[i]!) === null,
    fault: (value) => (isTriple(value) ? faultOf(value, (i) => kinds[i]!) : null),
    read: (text) => text.split("+").map((part) => readNumber(part.trim())),
    write: (values) => values.join(","),
  };
}

export type Triple = readonly [number, number, number];

/** The first value that its kind refuses. */
function faultOf(values: readonly unknown[] | null, kindOf: (at: number) => Kind<unknown>): Fault | null {
  const at = values?.findIndex((value, i) => !kindOf(i).accepts(value)) ?? -1;
  return at < 0 ? null : { at, wanted: kindOf(at).wanted };
}

/** Numbers by names: `ar1:0.5;ma2:0`; whether they are finite is left to the model, which can name them. */
export function valuesByName(example: string): Kind<Readonly<Record<string, number>>> {
  return {
    wanted: `numbers by names, as in ${example}`,
    words: [],
    values: "text",
    accepts: (value): value is Readonly<Record<string, number>> =>
      typeof value === "object" && value !== null && !Array.isArray(value),
    read(text) {
      const pairs = text.split(";").map((item) => [item.slice(0, item.lastIndexOf(":")).trim(), item]);
      if (pairs.some(([name, item]) => name === "" || !item!.includes(":"))) return text;
      return Object.fromEntries(
        pairs.map(([name, item]) => [name, readNumber(item!.slice(item!.lastIndexOf(":") + 1))]),
      );
    },
    write: (values) =>
      Object.entries(values)
        .map(([name, value]) => `${name}:${value}`)
        .join(";"),
  };
}

/** An object that only code can make. */
export function object<T extends object>(wanted: string): Kind<T> {
  return {
    wanted,
    words: [],
    values: "text",
    accepts: (value): value is T => typeof value === "object" && value !== null,
    read: (text) => text,
    write: () => "",
  };
}

/** An array, or the numbers of a typed one; else null. */
function asList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return value instanceof Float64Array ? Array.from(value) : null;
}

/** Any text that is not empty. */
export const text: Kind<string> = {
  wanted: "a text that is not empty",
  words: [],
  values: "text",
  accepts: (value): value is string => typeof value === "string" && value !== "",
  read: (written) => written,
  write: (value) => value,
};
