import { medianOf } from "../../../diagnostics/summary.js";
import { extentOf } from "../../../math/extremes.js";

/** An approach to a limit. */
export interface Deceleration {
  /** Values above 0 that fall by about the same share each time: their limit is 0. */
  readonly exponential: boolean;
  /** The last step as a share of the one before. */
  readonly ratio: number;
}

/** What a few values show of their growth. */
export interface GrowthOfFew {
  /** Six values or more that only rise, clearly faster in the end than in the beginning. */
  readonly accelerates: boolean;
  /** Four values or more of which each is above the one before. */
  readonly rises: boolean;
  /** Five values or more that only rise or only fall, by ever smaller steps in the end: they approach a limit. */
  readonly decelerates: Deceleration | null;
}

/** Values from which growth that gets faster is told from noise, and how many times as large later steps must be. */
const ACCELERATES = { from: 6, times: 1.5 };
/** Values that hardly come in this order by chance. */
const IN_ORDER = 4;
/** Steps in the end of which each is at most this share of the one before: noise alone makes hardly so many. */
const DECELERATES = { steps: 4, share: 0.8 };
/** Largest difference between shares that are the same but for noise. */
const SAME_SHARE = 0.1;

const NONE: GrowthOfFew = { accelerates: false, rises: false, decelerates: null };

/** The growth of values that only rise or only fall. */
export function growthOfFew(y: Float64Array): GrowthOfFew {
  const seen = y.filter((value) => !Number.isNaN(value));
  const steps = seen.slice(1).map((value, t) => value - seen[t]!);
  const falls = steps[0]! < 0;
  if (!steps.every((step) => (falls ? step < 0 : step > 0))) return NONE;
  return {
    accelerates: !falls && isAccelerating(steps),
    rises: !falls && seen.length >= IN_ORDER,
    decelerates: decelerationOf(seen, steps),
  };
}

function isAccelerating(steps: Float64Array): boolean {
  const half = steps.length >> 1;
  return (
    steps.length + 1 >= ACCELERATES.from &&
    medianOf(steps.slice(-half)) > ACCELERATES.times * medianOf(steps.slice(0, half))
  );
}

function decelerationOf(seen: Float64Array, steps: Float64Array): Deceleration | null {
  if (steps.length < DECELERATES.steps) return null;
  const late = steps.slice(-DECELERATES.steps);
  const ratios = Array.from(late.slice(1), (step, t) => step / late[t]!);
  if (!ratios.every((ratio) => ratio <= DECELERATES.share)) return null;
  const shares = seen.slice(1).map((value, t) => value / seen[t]!);
  const { low, high } = extentOf(shares.subarray(-DECELERATES.steps));
  const exponential = steps[0]! < 0 && seen.every((value) => value > 0) && high - low <= SAME_SHARE;
  return { exponential, ratio: ratios.at(-1)! };
}
