import type { Distribution } from "../core/distribution.js";
import { dataError } from "../core/errors.js";
import { quantilesOf } from "../core/forecast.js";
import type { Note } from "../core/model.js";

/** The code of the note on means that say little of where the next values will be. */
export const MEAN_UNRELIABLE = "mean-unreliable";

/** The shares of probability below the two ends of the 80 % interval. */
const LOWER = 0.1;
const UPPER = 0.9;
/** A mean this close to an end of the interval, relative to its size, is on it: the difference is rounding. */
const ROUNDING = 1e-9;

/** The point forecasts of a result, each a finite number. */
export interface Points {
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly notes: readonly Note[];
}

/**
 * The means that can be printed: the median takes the place of a mean that is not finite, and a note names every step
 * where that is so or where the mean lies outside the 80 % interval.
 *
 * @throws YuleError `overflow` where neither the mean nor the median of a step is a finite number.
 */
export function pointsOf(id: string, means: Float64Array, distributions: readonly Distribution[]): Points {
  const median = quantilesOf(distributions, 0.5);
  const replaced: number[] = [];
  const outside: number[] = [];
  const mean = means.map((value, h) => {
    if (!Number.isFinite(value)) {
      if (!Number.isFinite(median[h]!)) throw overflow(id, h + 1, value);
      replaced.push(h + 1);
      return median[h]!;
    }
    if (liesOutside(value, distributions[h]!)) outside.push(h + 1);
    return value;
  });
  const unreliable = replaced.length + outside.length > 0;
  return { mean, median, notes: unreliable ? [unreliableMean(replaced, outside)] : [] };
}

function liesOutside(mean: number, distribution: Distribution): boolean {
  const below = distribution.cdf(mean);
  if (below >= LOWER && below <= UPPER) return false;
  const lower = distribution.quantile(LOWER);
  const upper = distribution.quantile(UPPER);
  const rounding = ROUNDING * Math.max(Math.abs(lower), Math.abs(upper));
  return mean < lower - rounding || mean > upper + rounding;
}

function overflow(id: string, step: number, value: number): Error {
  return dataError(
    "overflow",
    id,
    value,
    `The forecast of ${id} at step ${step} is ${value}: its values grow beyond the largest number; shorten the horizon or use another model.`,
  );
}

function unreliableMean(replaced: readonly number[], outside: readonly number[]): Note {
  const sentences = [
    ...(replaced.length === 0
      ? []
      : [`The mean of ${stepsText(replaced)} is not finite; the median is given instead.`]),
    ...(outside.length === 0
      ? []
      : [`The mean of ${stepsText(outside)} lies outside the 80 % interval; read the median there.`]),
  ];
  return {
    code: MEAN_UNRELIABLE,
    severity: "warning",
    message: `${sentences.join(" ")} Large values of small probability dominate the mean.`,
    details: { replaced, outside },
  };
}

/** `step 3`, `steps 3 and 5`, `steps 3 to 24`, `steps 1, 4, 7 and 12 others`. */
function stepsText(steps: readonly number[]): string {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  if (steps.length === 1) return `step ${first}`;
  if (steps.length === 2) return `steps ${first} and ${last}`;
  if (last - first === steps.length - 1) return `steps ${first} to ${last}`;
  const shown = steps.slice(0, 3).join(", ");
  const more = steps.length - 3;
  return more <= 0 ? `steps ${shown}` : `steps ${shown} and ${more} other${more === 1 ? "" : "s"}`;
}
