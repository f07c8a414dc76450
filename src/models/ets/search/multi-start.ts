import type { Series } from "../../../core/series.js";
import { interpolateMissing } from "../../../diagnostics/interpolate.js";
import { minimiseInBox } from "../../../math/minimise/box-newton.js";
import { powerOfTwo } from "../../../math/power.js";
import { type Sample, sampleOf } from "../likelihood/criterion.js";
import { GapObjective } from "../likelihood/gap-objective.js";
import { ParameterMap } from "../likelihood/parameter-map.js";
import { type EtsForm, isLinear } from "../recursion/form.js";
import { type EtsEstimate, FormSearch, type FormSearchOptions, QUICK_OPTIMISM } from "./form-search.js";
import { Screens } from "./screening.js";

/** A series ready to be searched, on a scale where its values are near 1: what all forms share. */
export interface PreparedStarts {
  readonly sample: Sample;
  readonly screens: Screens;
  /** A power of two: values of the series are this times those of the sample. */
  readonly scale: number;
  readonly gaps: boolean;
}

/** @param seasonal whether gaps are filled with their season for starting points; lines do for forms without one. */
export function prepareSeries(series: Series, seasonal = true): PreparedStarts {
  const { y } = series;
  let sum = 0;
  let count = 0;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  const scale = sum > 0 ? powerOfTwo(Math.round(Math.log2(sum / count))) : 1;
  const scaled = y.map((value) => value / scale);
  const gaps = count < y.length;
  const complete = gaps && count > 0 ? interpolateMissing(scaled, seasonal ? series.period : 1) : scaled;
  return { sample: sampleOf(scaled), screens: new Screens(complete), scale, gaps };
}

/** A rough search starts once, from the best point of the first of so many basins in which one is possible. */
const ROUGH_BASINS = 3;

/** The maximum likelihood of one form; null where no start was possible. */
export function maximum(
  form: EtsForm,
  prepared: PreparedStarts,
  options: FormSearchOptions,
): EtsEstimate | null {
  const search = new FormSearch(form, prepared.sample, options, prepared.screens);
  if (options.rough === true) {
    for (let basin = 0; basin < ROUGH_BASINS && !Number.isFinite(search.screen(1)); basin++);
    search.explore(1, Number.POSITIVE_INFINITY, QUICK_OPTIMISM);
  } else search.exploreAll();
  return outcomeOf(search, form, prepared, options);
}

/** The outcome of a search; over missing values, of a linear form, that of the exact likelihood from there. */
export function outcomeOf(
  search: FormSearch,
  form: EtsForm,
  prepared: PreparedStarts,
  options: FormSearchOptions,
): EtsEstimate | null {
  const found = search.finish();
  return found !== null && prepared.gaps && isLinear(form)
    ? withGaps(found, form, prepared.sample, options)
    : found;
}

const TOLERANCE = 1e-8;
const MAX_ITERATIONS = 100;

function withGaps(
  found: EtsEstimate,
  form: EtsForm,
  sample: Sample,
  options: FormSearchOptions,
): EtsEstimate {
  const confinement =
    options.bounds === "usual" ? "usual" : options.bounds === "both" ? "usual-admissible" : "wide-box";
  const map = new ParameterMap(form, options.fixed, confinement);
  const objective = new GapObjective(form, sample, map, options.given);
  const start = new Float64Array(map.names.length);
  map.place(found.smoothing, start, 0);
  // A rough fit keeps the smoothing parameters found; states and variance are exact there.
  const settings = {
    lower: map.lower,
    upper: map.upper,
    tolerance: TOLERANCE,
    maxIterations: MAX_ITERATIONS,
    cutoff: Number.POSITIVE_INFINITY,
    optimism: 1,
  };
  const { z, converged } =
    options.rough === true ? { z: start, converged: true } : minimiseInBox(objective, start, settings);
  const criterion = objective.value(z);
  return {
    smoothing: { ...objective.smoothing },
    ...objective.states,
    squares: objective.squares,
    criterion,
    converged,
    errors: null,
  };
}
