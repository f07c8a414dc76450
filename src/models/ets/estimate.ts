import { minimiseInBox } from "./box-newton.js";
import type { Sample } from "./criterion.js";
import type { EtsForm } from "./form.js";
import { EtsObjective } from "./objective.js";
import { type FixedSmoothing, type MutableSmoothing, parameterMap } from "./parameter-map.js";
import { type Bounds, isAdmissible } from "./region.js";
import { type Candidate, screen } from "./screening.js";
import type { Smoothing } from "./trace.js";

/** Estimates of one form, on the scale of the data. */
export interface Estimate {
  readonly smoothing: Smoothing;
  readonly level: number;
  readonly slope: number;
  /** Seasons in the order of their use. */
  readonly season: Float64Array;
  /** Minus R's log-likelihood. */
  readonly criterion: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

export interface EstimateOptions {
  readonly bounds: Bounds;
  readonly fixed: FixedSmoothing;
}

const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 300;
const STARTS = 3;

export function estimate(
  form: EtsForm,
  sample: Sample,
  options: EstimateOptions,
  candidatesFor: (form: EtsForm) => readonly Candidate[],
): Estimate | null {
  const map = parameterMap(form, options.bounds, options.fixed);
  const trend = form.trend !== "N";
  const allowed = (smoothing: MutableSmoothing) =>
    options.bounds === "usual" || isAdmissible(smoothing, trend, form.season === "N" ? 1 : form.period);
  const objective = new EtsObjective(form, sample, map, allowed);
  let best: Estimate | null = null;
  const candidates = candidatesFor(form);
  for (const candidate of candidates.slice(0, STARTS)) {
    const start = startOf(objective, form, candidate, options.fixed);
    const minimum = minimiseInBox(objective, start, {
      lower: map.lower,
      upper: map.upper,
      tolerance: TOLERANCE,
      maxIterations: MAX_ITERATIONS,
    });
    if (best === null || minimum.value < best.criterion) {
      objective.value(minimum.z);
      best = {
        smoothing: { ...objective.smoothing },
        level: objective.trace.level[0]!,
        slope: objective.trace.slope[0]!,
        season: objective.trace.season.slice(0, form.season === "N" ? 0 : form.period),
        criterion: minimum.value,
        converged: minimum.converged,
        evaluations: minimum.evaluations,
      };
    }
  }
  return best;
}

/** A screened point as a start for a form: exponentials of log-scale states where the season is multiplicative. */
function startOf(objective: EtsObjective, form: EtsForm, candidate: Candidate, fixed: FixedSmoothing): Float64Array {
  const { states } = candidate;
  const smoothing = { ...candidate.smoothing, ...fixed };
  if (form.season !== "M" && form.trend !== "M") {
    return objective.point(smoothing, states.level, states.slope, states.season);
  }
  if (form.season !== "M") {
    return objective.point(smoothing, states.level, Math.max(0.5, 1 + states.slope / states.level), states.season);
  }
  const season = states.season.map(Math.exp);
  const mean = season.reduce((sum, s) => sum + s, 0) / season.length;
  const level = Math.exp(states.level) * mean;
  const slope = form.trend === "M" ? Math.exp(states.slope) : level * Math.expm1(states.slope);
  return objective.point(
    smoothing,
    level,
    slope,
    season.map((s) => s / mean),
  );
}

/** Screens each pair of trend and season once, whatever the forms that ask for it. */
export function screener(y: Float64Array): (form: EtsForm) => readonly Candidate[] {
  const cache = new Map<string, readonly Candidate[]>();
  return (form) => {
    const logs = form.season === "M" && y.every((value) => value > 0);
    const period = form.season === "N" ? 1 : form.period;
    const key = `${form.trend !== "N"} ${form.damped} ${period} ${logs}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const found = screen(logs ? y.map(Math.log) : y, { trend: form.trend !== "N", damped: form.damped, period });
    cache.set(key, found);
    return found;
  };
}
