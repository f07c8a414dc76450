import { show } from "../checks.js";
import { usageError } from "../errors.js";

type Summary = (path: Float64Array) => number;

const SUMMARIES: Readonly<Record<string, Summary>> = {
  sum: (path) => path.reduce((sum, value) => sum + value, 0),
  mean: (path) => path.reduce((sum, value) => sum + value, 0) / path.length,
  max: (path) => path.reduce((most, value) => Math.max(most, value)),
  min: (path) => path.reduce((least, value) => Math.min(least, value)),
  last: (path) => path.at(-1)!,
};

/** Words for a maximum or a minimum, by the side that is asked for. */
const QUANTIFIERS: Readonly<Record<string, { readonly above: string; readonly below: string }>> = {
  any: { above: "max", below: "min" },
  all: { above: "min", below: "max" },
};

/** Something that is so on a path, or is not. */
export interface PathEvent {
  readonly text: string;
  readonly holds: (path: Float64Array) => boolean;
}

/**
 * Reads `sum>1000`, `max>=80` or `any<0`.
 *
 * @throws YuleError `bad-probability`.
 */
export function eventOf(text: string): PathEvent {
  const [, word = "", sign = "", number = ""] =
    /^\s*([a-z]+)\s*(>=|<=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i.exec(
      typeof text === "string" ? text : "",
    ) ?? [];
  const name = word.toLowerCase();
  const summary = SUMMARIES[QUANTIFIERS[name]?.[sign.startsWith(">") ? "above" : "below"] ?? name];
  if (summary === undefined) throw badEvent(text);
  const bound = Number(number);
  return { text: `${name} ${sign} ${bound}`, holds: (path) => compares(summary(path), sign, bound) };
}

function compares(value: number, sign: string, bound: number): boolean {
  if (sign === ">") return value > bound;
  if (sign === "<") return value < bound;
  return sign === ">=" ? value >= bound : value <= bound;
}

function badEvent(text: unknown): Error {
  const words = [...Object.keys(SUMMARIES), ...Object.keys(QUANTIFIERS)].join(", ");
  return usageError(
    "bad-probability",
    "probability",
    text,
    `A probability is asked as "sum>1000", "max>=80" or "any<0", with one of ${words}, a comparison and a number, not ${show(text)}.`,
  );
}
