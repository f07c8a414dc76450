import { boxCox, inverseBoxCox } from "../box-cox/transform.js";
import { medianOf } from "../summary.js";
import { possible } from "./possible.js";
import { spreadByLevel } from "./spread-level.js";
import type { Advice } from "./types.js";

type Transformation = Advice["transformation"];

/** A slope below this, a level that changes less, or a p-value above: not worth a transformation. */
const LEAST_SLOPE = 0.35;
const LEAST_RANGE = 1.5;
const CLEAR = 0.01;
/** From this slope on the spread counts as proportional. */
const PROPORTIONAL = 0.75;

/** Whether the spread grows with the level, and the transformation that evens it out. */
export function transformationOf(complete: Float64Array, period: number): Transformation {
  const positive = complete.every((value) => value > 0);
  const found = positive ? possible(() => spreadByLevel(complete, period)) : null;
  if (found === null) return { kind: "none", lambda: null, slope: null };
  const { slope, pValue, range } = found;
  if (!(pValue < CLEAR && slope > LEAST_SLOPE && range >= LEAST_RANGE))
    return { kind: "none", lambda: null, slope };
  if (slope >= PROPORTIONAL) return { kind: "log", lambda: 0, slope };
  return { kind: "box-cox", lambda: Math.round(20 * (1 - slope)) / 20, slope };
}

/** The root hardly changes the shape of larger counts. */
const SMALL_COUNT = 100;

/** A scale on which the spread is even, and the way back. */
export interface Scale {
  readonly forth: (y: Float64Array) => Float64Array;
  readonly back: (value: number) => number;
}

const SAME: Scale = { forth: (y) => y, back: (value) => value };
/** Counts vary in proportion to the root of their level; 3/8 evens out small ones (Anscombe 1948). */
const ROOTS: Scale = {
  forth: (y) => y.map((value) => Math.sqrt(value + 0.375)),
  back: (value) => Math.max(0, value * value - 0.375),
};

/** The scale that a transformation stands for. */
export function scaleOf({ kind, lambda }: Transformation): Scale {
  if (kind === "none" || lambda === null) return SAME;
  return {
    forth: (y) => boxCox(y, lambda),
    back: (value) => possible(() => inverseBoxCox([value], lambda)[0]) ?? Number.NaN,
  };
}

/** The scale on which odd values are looked for: roots for small counts that need no other transformation. */
export function scaleForOutliers(transformation: Transformation, observed: Float64Array): Scale {
  if (transformation.kind !== "none") return scaleOf(transformation);
  const counts = observed.every((value) => value >= 0 && Number.isInteger(value));
  return counts && medianOf(observed) <= SMALL_COUNT ? ROOTS : SAME;
}
