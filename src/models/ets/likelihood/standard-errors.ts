import { cholesky } from "../../../math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../../math/linear-algebra/cholesky-inverse.js";
import type { EtsObjective } from "./objective.js";
import type { MutableDirection } from "./parameter-map.js";

/** Standard errors of what a search estimated, on its scale; NaN on a bound and where the likelihood is flat. */
export interface StandardErrors {
  readonly smoothing: {
    readonly alpha: number;
    readonly beta: number;
    readonly gamma: number;
    readonly phi: number;
  };
  readonly level: number;
  readonly slope: number;
  /** In the order of use. */
  readonly season: Float64Array;
}

const STEP = 1e-5;
/** Coordinates this near to the edge of their box count as on it. */
const EDGE = 1e-6;
/** A pivot below this share of its diagonal entry: the likelihood is flat. */
const FLAT = 1e-10;

/**
 * From the observed information: second derivatives of the criterion by central differences of its gradient, among the
 * coordinates that are not on a bound; those that are count as known.
 */
export function standardErrors(objective: EtsObjective, z: Float64Array): StandardErrors {
  const free = freeCoordinates(objective, z);
  const covariance = inverse(information(objective, z, free), free.length);
  const variance = (direction: Float64Array) => {
    let sum = 0;
    free.forEach((i, a) => {
      free.forEach((j, b) => {
        sum += direction[i] * covariance[a * free.length + b] * direction[j];
      });
    });
    return sum;
  };
  const unit = (i: number) => {
    const direction = new Float64Array(z.length);
    direction[i] = 1;
    return Math.sqrt(variance(direction));
  };
  const { states, form } = objective;
  const sloped = form.trend !== "N";
  return {
    smoothing: smoothingErrors(objective, z, free, variance),
    level: states > 0 ? unit(0) : Number.NaN,
    slope: states > 0 && sloped ? unit(1) : Number.NaN,
    season: seasonErrors(objective, sloped ? 2 : 1, z.length, variance),
  };
}

/** The last season of a year is minus the sum of the others. */
function seasonErrors(
  { states, form }: EtsObjective,
  first: number,
  dimension: number,
  variance: (direction: Float64Array) => number,
): Float64Array {
  if (states === 0 || form.season === "N") return new Float64Array(0);
  return Float64Array.from({ length: form.period }, (_, j) => {
    const direction = new Float64Array(dimension);
    if (j < form.period - 1) direction[first + j] = 1;
    else direction.fill(-1, first, first + form.period - 1);
    return Math.sqrt(variance(direction));
  });
}

/** Parameters move with several coordinates: through the map's derivatives. A parameter whose own coordinate is on a bound has none. */
function smoothingErrors(
  objective: EtsObjective,
  z: Float64Array,
  free: readonly number[],
  variance: (direction: Float64Array) => number,
): StandardErrors["smoothing"] {
  const { map, states } = objective;
  objective.value(z);
  objective.gradient(new Float64Array(z.length));
  const along: MutableDirection = { alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, slope: 0 };
  const errors = { alpha: Number.NaN, beta: Number.NaN, gamma: Number.NaN, phi: Number.NaN };
  map.names.forEach((name, own) => {
    if (!free.includes(states + own)) return;
    const direction = new Float64Array(z.length);
    map.names.forEach((_, i) => {
      map.push(z, states, objective.smoothing, i, along);
      direction[states + i] = along[name];
    });
    errors[name] = Math.sqrt(variance(direction));
  });
  return errors;
}

function freeCoordinates({ map, states, dimension }: EtsObjective, z: Float64Array): number[] {
  return Array.from({ length: dimension }, (_, i) => i).filter((i) => {
    if (i < states) return true;
    return z[i] > map.lower[i - states] + EDGE && z[i] < map.upper[i - states] - EDGE;
  });
}

function information(objective: EtsObjective, z: Float64Array, free: readonly number[]): Float64Array {
  const k = free.length;
  const result = new Float64Array(k * k);
  const below = new Float64Array(z.length);
  const above = new Float64Array(z.length);
  const at = z.slice();
  free.forEach((i, a) => {
    const step = STEP * Math.max(Math.abs(z[i]), i < objective.states ? 1e-3 : 0.01);
    at[i] = z[i] - step;
    const low = objective.value(at);
    objective.gradient(below);
    at[i] = z[i] + step;
    const high = objective.value(at);
    objective.gradient(above);
    at[i] = z[i];
    const usable = Number.isFinite(low) && Number.isFinite(high);
    free.forEach((j, b) => {
      result[a * k + b] = usable ? (above[j] - below[j]) / (2 * step) : Number.NaN;
    });
  });
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) {
      const mean = (result[a * k + b] + result[b * k + a]) / 2;
      result[a * k + b] = result[b * k + a] = mean;
    }
  }
  return result;
}

/** By Cholesky after scaling to a unit diagonal; all NaN where the matrix is not positive definite. */
function inverse(matrix: Float64Array, k: number): Float64Array {
  const scale = Float64Array.from({ length: k }, (_, i) => 1 / Math.sqrt(matrix[i * k + i]));
  const scaled = matrix.map((value, at) => value * scale[Math.floor(at / k)] * scale[at % k]);
  if (Number.isNaN(cholesky(scaled, k, FLAT))) return scaled.fill(Number.NaN);
  return invertCholesky(scaled, k).map((value, at) => value * scale[Math.floor(at / k)] * scale[at % k]);
}
