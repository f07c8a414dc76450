import { solveSemidefinite } from "../../../math/linear-algebra/normal-equations.js";
import type { Objective } from "../../../math/minimise/box-newton.js";
import type { EtsForm } from "../recursion/form.js";
import type { Sample } from "./criterion.js";
import { GapSquares } from "./gap-squares.js";
import type { GivenStates } from "./objective.js";
import type { MutableSmoothing, ParameterMap } from "./parameter-map.js";
import { isAdmissible } from "./region.js";

/** The step of difference quotients in coordinates that run from 0 to 1. */
const STEP = 1e-5;
const BEND_STEP = 1e-3;

/**
 * The exact criterion of a linear form over a series with missing values, as a function of the smoothing parameters alone:
 * (n/2) log S + ½ log|V|, n the observed values, σ²V their covariance, S the least sum of squares ({@link GapSquares}) over the errors of
 * missing values and the initial states. Derivatives are difference quotients: the points are few.
 */
export class GapObjective implements Objective {
  readonly smoothing: MutableSmoothing = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  states: GivenStates = { level: 0, slope: 0, season: new Float64Array(0) };
  /** Σ e²/v at the latest point. */
  squares = 0;
  private readonly seasons: number;
  private readonly trend: boolean;
  private readonly quadratic: GapSquares;
  /** States that others differ from: those given, or zeros. */
  private readonly start: Float64Array;
  private point = new Float64Array(0);

  constructor(
    form: EtsForm,
    private readonly sample: Sample,
    private readonly map: ParameterMap,
    private readonly given: GivenStates | null,
  ) {
    this.seasons = form.season === "N" ? 0 : form.period;
    this.trend = form.trend !== "N";
    const missing = sample.y.length - sample.observed;
    this.quadratic = new GapSquares(sample.y, this.seasons, this.trend, missing);
    this.start = new Float64Array(2 + this.seasons);
    if (given !== null) this.start.set([given.level, given.slope, ...given.season]);
  }

  value(u: Float64Array): number {
    this.point = u.slice();
    this.map.read(u, 0, this.smoothing);
    if (this.map.boxed && !isAdmissible(this.smoothing, this.trend, Math.max(1, this.seasons))) {
      return Number.POSITIVE_INFINITY;
    }
    const { quadratic, smoothing, sample } = this;
    const logVariance = quadratic.run(smoothing, this.start);
    const scale = sample.energy * 1e-28 + Number.MIN_VALUE;
    this.squares = quadratic.squaresFrom(smoothing, this.bestStates());
    return 0.5 * sample.observed * Math.log(this.squares + scale) + 0.5 * logVariance;
  }

  gradient(out: Float64Array): void {
    const at = this.point;
    this.gradientAt(at, out);
    this.value(at);
  }

  private gradientAt(at: Float64Array, out: Float64Array): void {
    for (let i = 0; i < at.length; i++) {
      const { low, high, width } = this.around(at, i);
      out[i] = (this.value(high) - this.value(low)) / width;
    }
  }

  /** Second differences of values, inwards. */
  curvature(out: Float64Array): void {
    const at = this.point;
    const k = at.length;
    const centre = this.value(at);
    const moved = at.slice();
    const inwards = at.map((x, i) => x + (x - this.map.lower[i] < 0.5 ? BEND_STEP : -BEND_STEP));
    const rises = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      const step = inwards[i] - at[i];
      moved[i] = inwards[i] + step;
      const twice = this.value(moved) - centre;
      moved[i] = inwards[i];
      rises[i] = this.value(moved) - centre;
      out[i * k + i] = finite((twice - 2 * rises[i]) / (step * step), 1);
      for (let j = 0; j < i; j++) {
        moved[j] = inwards[j];
        const both = this.value(moved) - centre;
        out[i * k + j] = finite((both - rises[i] - rises[j]) / (step * (inwards[j] - at[j])), 0);
        moved[j] = at[j];
      }
      moved[i] = at[i];
    }
    this.value(at);
  }

  /** Two points on either side along a coordinate, within the box. */
  private around(at: Float64Array, i: number) {
    const low = at.slice();
    const high = at.slice();
    low[i] = Math.max(this.map.lower[i], at[i] - STEP);
    high[i] = Math.min(this.map.upper[i], at[i] + STEP);
    return { low, high, width: high[i] - low[i] };
  }

  /** What the unknown starting states differ by at their best. */
  private bestStates(): Float64Array {
    const { given, trend, seasons, quadratic } = this;
    const best = new Float64Array(2 + seasons);
    if (given !== null) {
      this.states = given;
      return best;
    }
    const unknown = seasons === 0 ? [0] : Array.from({ length: seasons }, (_, j) => 2 + j);
    if (trend) unknown.push(1);
    const k = unknown.length;
    const matrix = new Float64Array(k * k);
    const right = Float64Array.from(unknown, (i) => quadratic.pull[i]);
    for (let i = 0; i < k; i++) {
      for (let j = i; j < k; j++) {
        matrix[i * k + j] = quadratic.information[unknown[i] * (2 + seasons) + unknown[j]];
      }
    }
    solveSemidefinite(matrix, right, k);
    for (let i = 0; i < k; i++) best[unknown[i]] = right[i];
    const season = best.slice(2);
    const level = seasons === 0 ? best[0] : season.reduce((sum, s) => sum + s, 0) / seasons;
    this.states = { level, slope: best[1], season: season.map((s) => s - level) };
    return best;
  }
}

function finite(value: number, otherwise: number): number {
  return Number.isFinite(value) ? value : otherwise;
}
