import { requireFitted } from "../core/arguments/objects.js";
import { fieldsOf, show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Paths } from "../core/forecast.js";
import type { Fitted } from "../core/model.js";
import { type SimulateOptions, simulate } from "./forecast.js";

/** How likely something about the values of the horizon is, by the share of sampled paths on which it is so. */
export interface EventProbability {
  /** What was asked, e.g. `sum > 1000`. */
  readonly event: string;
  readonly probability: number;
  /** Standard error of the sampling; above 0 also where no path, or every path, has it (Agresti and Coull, 1998). */
  readonly stdError: number;
  readonly paths: number;
}

/** Paths where their number is not given: a standard error of at most 0.005. */
const PATHS = 10_000;

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

interface Event {
  readonly text: string;
  readonly holds: (path: Float64Array) => boolean;
}

/**
 * The probability of an event about the coming values together, which their intervals one by one do not tell.
 *
 * `sum`, `mean`, `max`, `min` or `last` of the horizon, or `any` and `all` of its values, compared by >, >=, < or <= with a number:
 * `any>500` is a crossing of 500 within the horizon.
 *
 * @param source a fitted model, whose paths are drawn, or paths of `simulate`.
 * @param options of `simulate`, for a fitted model; 10,000 paths by default.
 * @returns the probability, 0 to 1, with its standard error.
 * @throws YuleError `bad-probability`, and as `simulate` does.
 * @see A. Agresti, B. A. Coull (1998), The American Statistician 52, 119-126.
 * @example probability(fitted, "sum>1000", { horizon: 12 }).probability;
 */
export function probability(
  source: Fitted | Paths,
  event: string,
  options: SimulateOptions = {},
): EventProbability {
  const asked = eventOf(event);
  if (isPaths(source)) return share(source, asked);
  const fitted = requireFitted(source, "probability");
  return share(simulate(fitted, optionsOf(options)), asked);
}

/** The same of several events, from the same paths. */
export function probabilities(
  fitted: Fitted,
  events: readonly string[],
  options: SimulateOptions = {},
): EventProbability[] {
  const asked = events.map(eventOf);
  const paths = simulate(fitted, optionsOf(options));
  return asked.map((event) => share(paths, event));
}

/** What is no object is left for `simulate` to refuse. */
function optionsOf(options: SimulateOptions): SimulateOptions {
  return Object.keys(fieldsOf(options)).length === 0 && fieldsOf(options) !== options
    ? options
    : { paths: PATHS, ...options };
}

function isPaths(source: Fitted | Paths): source is Paths {
  const { values, count, horizon } = fieldsOf(source);
  return values instanceof Float64Array && Number(count) * Number(horizon) === values.length;
}

function share({ values, count, horizon }: Paths, { text, holds }: Event): EventProbability {
  let hits = 0;
  for (let i = 0; i < count; i++) if (holds(values.subarray(i * horizon, (i + 1) * horizon))) hits++;
  const moved = (hits + 2) / (count + 4);
  const stdError = Math.sqrt((moved * (1 - moved)) / (count + 4));
  return { event: text, probability: hits / count, stdError, paths: count };
}

/** @throws YuleError `bad-probability`. */
export function eventOf(text: string): Event {
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
