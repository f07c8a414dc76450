import { requireFitted } from "../core/arguments/objects.js";
import { eventOf, type PathEvent } from "../core/arguments/path-events.js";
import { fieldsOf } from "../core/checks.js";
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

function share({ values, count, horizon }: Paths, { text, holds }: PathEvent): EventProbability {
  let hits = 0;
  for (let i = 0; i < count; i++) if (holds(values.subarray(i * horizon, (i + 1) * horizon))) hits++;
  const moved = (hits + 2) / (count + 4);
  const stdError = Math.sqrt((moved * (1 - moved)) / (count + 4));
  return { event: text, probability: hits / count, stdError, paths: count };
}
