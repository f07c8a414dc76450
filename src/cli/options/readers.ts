import { eventOf } from "../../core/arguments/path-events.js";
import { MAX_HORIZON, nearest, show } from "../../core/checks.js";
import { usageError, YuleError } from "../../core/errors.js";
import { type Decoding, decodingForm } from "../../engine/decoding/forms.js";
import { parseCondition } from "../../io/csv/where.js";

/** Reads the text of an option; `label` is how the place it came from is written, e.g. `--horizon`. */
export type Reader<T> = (text: string, label: string) => T;

function refused(label: string, text: string, expected: string): Error {
  const name =
    /[a-z]+([-_][a-z]+)*/i.exec(label.replace("YULE_", ""))?.[0].toLowerCase().replace("_", "-") ?? "";
  return usageError(`bad-${name}`, name, text, `${label} must be ${expected}, not ${show(text)}.`);
}

export const text: Reader<string> = (given, label) => {
  if (given.trim() === "") throw refused(label, given, "a name");
  return given;
};

/** Names of files, a line each: a comma may be part of one. */
export const files: Reader<readonly string[]> = (given, label) =>
  given.split("\n").map((name) => text(name, label));

/** Names with commas between; a name that has one itself stands in double quotes. */
export const list: Reader<readonly string[]> = (given, label) => {
  const items = given.match(/"(?:[^"]|"")*"|[^,]+|(?<=^|,)(?=,|$)/g) ?? [""];
  const names = items.map((item) =>
    item.trim().replace(/^"(.*)"$/s, (_, inside: string) => inside.replaceAll('""', '"')),
  );
  if (names.includes("")) throw refused(label, given, "names with commas between, none of them empty");
  return names;
};

/** A whole number in a range. */
export function whole(low: number, high: number, example: string): Reader<number> {
  return (given, label) => {
    const value = Number(given);
    if (/^[+-]?\d+(e\d+)?$/i.test(given.trim()) && Number.isInteger(value) && value >= low && value <= high)
      return value;
    const range = high >= Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
    throw refused(label, given, `a whole number ${range}, such as ${example}`);
  };
}

export const horizon = whole(1, MAX_HORIZON, "12");

export const number: Reader<number> = (given, label) => {
  const value = Number(given);
  if (given.trim() === "" || !Number.isFinite(value)) throw refused(label, given, "a number");
  return value;
};

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600 };

/** A span of time in seconds: `60s`, `5m`, `1.5h`, or a number of seconds. */
export const duration: Reader<number> = (given, label) => {
  const [, count, unit] = /^(\d+(?:\.\d+)?|\.\d+)\s*(s|m|min|h)?$/i.exec(given.trim()) ?? [];
  const seconds = Number(count) * UNITS[(unit ?? "s").toLowerCase()]!;
  if (seconds > 0 && seconds <= 1e9) return seconds;
  throw refused(label, given, "a time such as 60s, 5m or 1h");
};

export const period: Reader<number | "auto"> = (given, label) => {
  if (given.trim().toLowerCase() === "auto") return "auto";
  const exact = Number(given);
  if (/^\s*\d+\.\d+\s*$/.test(given) && exact >= 2 && exact <= 100_000) return exact;
  return whole(1, 100_000, "12 or 52.18 (or auto)")(given, label);
};

export const window: Reader<number | "expanding"> = (given, label) => {
  if (given.trim().toLowerCase() === "expanding") return "expanding";
  return whole(2, 100_000_000, "60 (or expanding)")(given, label);
};

/** Events of paths with commas between, each as `sum>1000`. */
export const pathEvents: Reader<readonly string[]> = (given) => {
  const events = given.split(",").map((event) => event.trim());
  for (const event of events) eventOf(event);
  return events;
};

/** How values are chosen: `top-p=0.9`. */
export const decoding: Reader<Decoding> = (given, label) => {
  try {
    decodingForm(given);
  } catch (error) {
    if (!(error instanceof YuleError)) throw error;
    throw usageError("bad-decode", label, given, error.message.replace("The decoding", label));
  }
  return given.trim().toLowerCase() as Decoding;
};

/** Conditions with commas between; a part without a comparison belongs to the one before: `city=Berlin, Mitte`. */
export const conditions: Reader<readonly string[]> = (given) => {
  const found: string[] = [];
  for (const part of given.split(",")) {
    if (found.length === 0 || /[=<>]/.test(part)) found.push(part);
    else found.push(`${found.pop()},${part}`);
  }
  for (const condition of found) parseCondition(condition);
  return found;
};

/** Days before and after: `-1,1`; one number alone is the days after, or before where it is negative. */
export const dayWindow: Reader<readonly [number, number]> = (given, label) => {
  const days = given
    .split(",")
    .map((item) => (/^\s*[+-]?\d{1,2}\s*$/.test(item) ? Number(item) : Number.NaN));
  const [first = Number.NaN, second = first > 0 ? first : 0] = days;
  const before = days.length === 1 ? Math.min(0, first) : first;
  if (days.length <= 2 && before <= 0 && second >= 0 && before >= -31 && second <= 31)
    return [before, second];
  throw refused(label, given, "days before and after, such as -1,1");
};

/** Percentages above 0 and below 100, ascending, each once. */
export const levels: Reader<readonly number[]> = (given, label) => {
  const values = given.split(",").map((item) => {
    const value = Number(item);
    if (item.trim() === "" || !(value > 0 && value < 100)) {
      throw refused(
        label,
        item.trim(),
        "percentages above 0 and below 100 with commas between, such as 80,95",
      );
    }
    return value;
  });
  return [...new Set(values)].sort((a, b) => a - b);
};

/** One of some words; the nearest is named where it is none of them. */
/** One of some words; they are at hand as `words` of the reader. */
export function choice<const W extends string>(
  ...words: readonly W[]
): Reader<W> & { readonly words: readonly W[] } {
  return oneOf(words);
}

/** One word of a list. */
export function oneOf<const W extends string>(
  words: readonly W[],
): Reader<W> & { readonly words: readonly W[] } {
  const read: Reader<W> = (given, label) => {
    const found = words.find((word) => word === given.trim().toLowerCase());
    if (found !== undefined) return found;
    const all = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
    throw refused(label, given, `${all} (did you mean ${nearest(given, words)}?)`);
  };
  return Object.assign(read, { words });
}

export type Transform = "none" | "log" | "box-cox" | "auto" | { readonly lambda: number | string };

/** Ways of choosing a Box-Cox lambda that can be asked for by name. */
const LAMBDAS: readonly string[] = ["guerrero", "likelihood"];

export const transform: Reader<Transform> = (given, label) => {
  const fixed = /^box-cox:(.*)$/i.exec(given.trim());
  if (fixed === null) return choice("none", "log", "box-cox", "auto")(given, label);
  const named = fixed[1]!.trim().toLowerCase();
  if (LAMBDAS.includes(named)) return { lambda: named };
  const lambda = Number(fixed[1]);
  if (fixed[1]!.trim() === "" || !Number.isFinite(lambda) || Math.abs(lambda) > 5) {
    throw refused(
      label,
      given,
      "box-cox:LAMBDA with a number from -5 to 5, such as box-cox:0.5, or guerrero or likelihood",
    );
  }
  return { lambda };
};

export const flag: Reader<boolean> = (given, label) => {
  if (/^(1|true|yes|on)$/i.test(given.trim())) return true;
  if (/^(0|false|no|off|)$/i.test(given.trim())) return false;
  throw refused(label, given, "true or false");
};
