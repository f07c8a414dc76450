import * as v from "valibot";
import { timeLabel } from "../../core/time/calendar.js";
import type { TimeAxis } from "../../core/time/time.js";

/**
 * Shapes of estimates and memory in a model file. A file is whatever somebody made of it: sizes are checked before anything is
 * allocated by them, and every number is finite unless its meaning says otherwise.
 */

/** The longest season that any model takes. */
export const LONGEST = 100_000;

export const finite = v.pipe(v.number(), v.finite());
export const notNegative = v.pipe(finite, v.minValue(0));
export const positive = v.pipe(finite, v.gtValue(0));
/** From 0 to 1: a chance, a weight or a smoothing parameter. */
export const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const numbers = v.array(finite);

export function wholeFrom(least: number, most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}

/** A Float64Array of finite numbers. */
export const floats = v.pipe(
  v.instance(Float64Array),
  v.check((list) => list.every(Number.isFinite), "must be finite numbers"),
);

/** One whose entries may be NaN, where nothing was seen. */
export const floatsOrNone = v.pipe(
  v.instance(Float64Array),
  v.check(
    (list) => list.every((value) => Math.abs(value) !== Number.POSITIVE_INFINITY),
    "must not be infinite",
  ),
);

export const singles = v.pipe(
  v.instance(Float32Array),
  v.check((list) => list.every(Number.isFinite), "must be finite numbers"),
);

/** A step of months, hours …; no data have one of more units. */
export const frequency = v.object({
  unit: v.picklist([
    "index",
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "business-day",
    "hour",
    "minute",
    "second",
  ]),
  count: v.pipe(finite, v.gtValue(0), v.maxValue(1e9)),
  day: v.optional(wholeFrom(1, 31)),
});

/** Lags of an autoregression, each longer than the one before. */
export const ascendingLags = v.pipe(
  v.array(wholeFrom(1, LONGEST)),
  v.minLength(1),
  v.check((lags) => lags.every((lag, i) => i === 0 || lag > lags[i - 1]!), "must ascend"),
);

/** Inputs at most. */
const MOST_INPUTS = 100_000;

/** Inputs as they are standardised. */
export const scaledInputs = v.pipe(
  v.array(v.object({ name: v.string(), mean: finite, deviation: positive })),
  v.maxLength(MOST_INPUTS),
);

/** A time axis that has a label for its first time. */
export const axis = v.pipe(
  v.object({
    start: v.pipe(v.string(), v.maxLength(100)),
    frequency,
    zone: v.nullable(v.pipe(v.string(), v.maxLength(100))),
    style: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  }),
  v.check((found) => hasLabels(found as TimeAxis), "has no times"),
);

function hasLabels(found: TimeAxis): boolean {
  try {
    return !timeLabel(found, 1).includes("NaN");
  } catch {
    return false;
  }
}

/** What is wrong with a value, and where in it; null where it has the shape. */
export function flawIn(schema: v.GenericSchema, value: unknown): string | null {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return null;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  return where === null ? issue.message : `${where}: ${issue.message}`;
}

/** The same for estimates and memory, then for how they fit each other: `misfit` names what does not, or gives null. */
export function flawOf<P, S>(
  shapes: { readonly params: v.GenericSchema<P>; readonly state: v.GenericSchema<S> },
  params: unknown,
  state: unknown,
  misfit: (params: P, state: S) => string | null,
): string | null {
  const inParams = flawIn(shapes.params, params);
  if (inParams !== null) return `params, ${inParams}`;
  const inState = flawIn(shapes.state, state);
  if (inState !== null) return `state, ${inState}`;
  return misfit(params as P, state as S);
}

/** The names of the sizes that are not what they should be, as one sentence; null where all are right. */
export function wrongSizes(
  sizes: Readonly<Record<string, readonly [found: number, needed: number]>>,
): string | null {
  for (const [name, [found, needed]] of Object.entries(sizes)) {
    if (found !== needed) return `${name} has ${found} values instead of ${needed}`;
  }
  return null;
}
