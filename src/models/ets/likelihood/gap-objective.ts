import { solveSemidefinite } from "../../../math/linear-algebra/normal-equations.js";
import { inner } from "../../../math/linear-algebra/vector.js";
import type { Objective } from "../../../math/minimise/box-newton.js";
import type { EtsForm } from "../recursion/form.js";
import type { Sample } from "./criterion.js";
import { GapFilter } from "./gap-filter.js";
import type { GivenStates } from "./objective.js";
import type { MutableSmoothing, ParameterMap } from "./parameter-map.js";
import { isAdmissible } from "./region.js";

/** The step of difference quotients in coordinates that run from 0 to 1. */
const STEP = 1e-5;

/**
 * The exact criterion of a linear form over a series with missing values, as a function of the smoothing parameters alone:
 * (n/2) log Σ e²/v + ½ Σ log v, n the observed values, v the variances of their predictions in units of σ².
 *
 * Kalman's gains do not depend on the data, so the errors are linear in the initial states, which least squares finds
 * at each point. Derivatives are difference quotients: the points are few.
 */
export class GapObjective implements Objective {
  readonly smoothing: MutableSmoothing = { alpha: 0, beta: 0, gamma: 0, phi: 1 };
  states: GivenStates = { level: 0, slope: 0, season: new Float64Array(0) };
  /** Σ e²/v at the latest point. */
  squares = 0;
  private readonly seasons: number;
  private readonly trend: boolean;
  private readonly filter: GapFilter;
  private point = new Float64Array(0);

  constructor(
    form: EtsForm,
    private readonly sample: Sample,
    private readonly map: ParameterMap,
    private readonly given: GivenStates | null,
  ) {
    this.seasons = form.season === "N" ? 0 : form.period;
    this.trend = form.trend !== "N";
    this.filter = new GapFilter(this.seasons);
  }

  value(u: Float64Array): number {
    this.point = u.slice();
    this.map.read(u, 0, this.smoothing);
    if (this.map.boxed && !isAdmissible(this.smoothing, this.trend, Math.max(1, this.seasons))) {
      return Number.POSITIVE_INFINITY;
    }
    const { logVariance, errors } = this.filtered();
    const scale = this.sample.energy * 1e-28 + Number.MIN_VALUE;
    this.squares = this.fitStates(errors);
    return 0.5 * this.sample.observed * Math.log(this.squares + scale) + 0.5 * logVariance;
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

  curvature(out: Float64Array): void {
    const at = this.point;
    const k = at.length;
    const below = new Float64Array(k);
    const above = new Float64Array(k);
    for (let i = 0; i < k; i++) {
      const { low, high, width } = this.around(at, i, 100 * STEP);
      this.gradientAt(low, below);
      this.gradientAt(high, above);
      for (let j = 0; j <= i; j++) out[i * k + j] = (above[j] - below[j]) / width;
    }
    this.value(at);
  }

  /** Two points on either side along a coordinate, within the box. */
  private around(at: Float64Array, i: number, step = STEP) {
    const low = at.slice();
    const high = at.slice();
    low[i] = Math.max(this.map.lower[i], at[i] - step);
    high[i] = Math.min(this.map.upper[i], at[i] + step);
    return { low, high, width: high[i] - low[i] };
  }

  /**
   * Errors over their standard deviations: first those of the data from zero states, then what each unknown adds: the
   * seasons (or the level), then the slope.
   */
  private filtered(): { logVariance: number; errors: Float64Array[] } {
    const { trend, sample, smoothing } = this;
    const runs = this.given !== null ? [this.startOf(this.given)] : this.unitStates(trend);
    const errors = runs.map(() => new Float64Array(sample.observed));
    const logVariance = this.filter.run(sample.y, smoothing, runs, errors);
    return { logVariance, errors };
  }

  private startOf({ level, slope, season }: GivenStates): Float64Array {
    return Float64Array.from([level, slope, ...season]);
  }

  /** Zero states for the data, then a one in each unknown. */
  private unitStates(trend: boolean): Float64Array[] {
    const size = 2 + this.seasons;
    const unit = (at: number) => {
      const states = new Float64Array(size);
      states[at] = 1;
      return states;
    };
    const own = this.seasons === 0 ? [unit(0)] : Array.from({ length: this.seasons }, (_, j) => unit(2 + j));
    return [new Float64Array(size), ...own, ...(trend ? [unit(1)] : [])];
  }

  /** Least squares for the unknown states: errors of the data plus those the unknowns add. */
  private fitStates(errors: readonly Float64Array[]): number {
    const [own, ...added] = errors as [Float64Array, ...Float64Array[]];
    if (this.given !== null) {
      this.states = this.given;
      return inner(own, own);
    }
    const k = added.length;
    const matrix = new Float64Array(k * k);
    const right = Float64Array.from(added, (column) => -inner(column, own));
    for (let i = 0; i < k; i++) for (let j = i; j < k; j++) matrix[i * k + j] = inner(added[i], added[j]);
    solveSemidefinite(matrix, right, k);
    const slope = this.trend ? right[k - 1] : 0;
    if (this.seasons === 0) {
      this.states = { level: right[0], slope, season: new Float64Array(0) };
    } else {
      const season = right.slice(0, this.seasons);
      const level = season.reduce((sum, s) => sum + s, 0) / this.seasons;
      this.states = { level, slope, season: season.map((s) => s - level) };
    }
    added.forEach((column, i) => {
      for (let t = 0; t < own.length; t++) own[t] = own[t] + right[i] * column[t];
    });
    return inner(own, own);
  }
}
