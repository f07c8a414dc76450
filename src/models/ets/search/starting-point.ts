import { powerOf } from "../../../math/power.js";
import type { EtsObjective } from "../likelihood/objective.js";
import type { FixedSmoothing } from "../likelihood/parameter-map.js";
import type { ScreenedPoint } from "./screening.js";

/** The slope of the line that has grown as much as the exponential curve halfway through the series. */
function straightened(level: number, growth: number, phi: number, n: number): number {
  const steps = phiSum(phi, n / 2);
  return (level * Math.expm1(growth * steps)) / steps;
}

/** φ + φ² + … + φ^steps. */
function phiSum(phi: number, steps: number): number {
  return phi === 1 ? steps : (phi * (1 - powerOf(phi, steps))) / (1 - phi);
}

/** A screened point in the coordinates of a form. */
export function startOf(
  objective: EtsObjective,
  { smoothing, states }: ScreenedPoint,
  logs: boolean,
  fixed: FixedSmoothing,
): Float64Array {
  const { trend, season } = objective.form;
  const at = { ...smoothing, ...fixed };
  if (!logs) {
    const slope = trend === "M" ? Math.max(0.5, 1 + states.slope / states.level) : states.slope;
    if (season !== "M") return objective.point(at, states.level, slope, states.season);
    const steps = phiSum(at.phi, objective.trace.n / 2);
    const middle = Math.max(states.level + states.slope * steps, Math.abs(states.level) / 2);
    return objective.point(
      at,
      states.level,
      slope,
      factors(states.season.map((s) => Math.max(0.01, 1 + s / middle))).season,
    );
  }
  const { mean, season: exponentials } = factors(states.season.map(Math.exp));
  const level = Math.exp(states.level) * mean;
  const slope =
    trend === "M" ? Math.exp(states.slope) : straightened(level, states.slope, at.phi, objective.trace.n);
  return objective.point(at, level, slope, exponentials);
}

/** Seasonal factors with a mean of 1, and the mean they had. */
function factors(season: Float64Array): { mean: number; season: Float64Array } {
  const mean = season.length === 0 ? 1 : season.reduce((sum, s) => sum + s, 0) / season.length;
  return { mean, season: season.map((s) => s / mean) };
}
