import { powerOf } from "../../../math/power.js";
import type { EtsForm } from "./form.js";
import { MIN_SEASON_FACTOR } from "./recursion.js";
import type { Smoothing } from "./trace.js";

/** Estimates of a form. */
export interface EtsParams {
  readonly form: EtsForm;
  readonly smoothing: Smoothing;
  /** Variance of the errors; of the relative errors where the form has them. */
  readonly sigma2: number;
  /** States before the first value. */
  readonly level: number;
  readonly slope: number;
  /** Seasons in the order of their use; empty without a season. */
  readonly season: Float64Array;
  /** What a level that multiplies or divides may not fall below; 0 for forms without such a level. */
  readonly floor: number;
}

/** Memory: the states, and what missing values have left uncertain of them. */
export interface EtsState {
  readonly level: number;
  readonly slope: number;
  readonly season: Float64Array;
  /** The season that comes next. */
  readonly phase: number;
  /**
   * Columns of a root of the states' covariance in units of σ²: level, slope, then the seasons. Empty while nothing is
   * missing, and for forms that are not linear.
   */
  readonly covarianceRoot: readonly Float64Array[];
}

/** The states while they move: one object for many steps. Each step is that of {@link runRecursion}. */
export class Transition {
  level = 0;
  slope = 0;
  phase = 0;
  readonly season: Float64Array;
  private readonly scaled: boolean;
  private readonly grows: boolean;
  private readonly alpha: number;
  private readonly beta: number;
  private readonly gamma: number;
  private readonly phi: number;
  private readonly floor: number;
  /** The level that is predicted, and the slope's part in it. */
  private next = 0;
  private growth = 0;

  constructor({ form, smoothing, floor, season }: EtsParams) {
    this.scaled = form.season === "M";
    this.grows = form.trend === "M";
    this.alpha = smoothing.alpha;
    this.beta = smoothing.beta;
    this.gamma = smoothing.gamma;
    this.phi = smoothing.phi;
    this.floor = floor;
    this.season = new Float64Array(season.length);
  }

  put(state: EtsState): void {
    this.level = state.level;
    this.slope = state.slope;
    this.phase = state.phase;
    this.season.set(state.season);
  }

  /** The prediction of the next value, which `move` then needs. */
  predict(): number {
    const { phi } = this;
    if (this.grows) {
      this.level = Math.max(this.level, this.floor);
      this.slope = Math.max(this.slope, MIN_SEASON_FACTOR);
      this.growth = phi === 1 ? this.slope : powerOf(this.slope, phi);
      this.next = this.level * this.growth;
    } else {
      this.growth = phi * this.slope;
      this.next = this.level + this.growth;
    }
    if (this.season.length === 0) return this.next;
    if (!this.scaled) return this.next + this.season[this.phase];
    this.next = Math.max(this.next, this.floor);
    this.season[this.phase] = Math.max(this.season[this.phase], MIN_SEASON_FACTOR);
    return this.next * this.season[this.phase];
  }

  /** Takes the states one step on with an error y − prediction. */
  move(error: number): void {
    const { next, growth, season, phase } = this;
    const s = this.scaled ? season[phase] : 1;
    const u = this.scaled ? error / s : error;
    this.slope = growth + (this.grows ? (this.beta * u) / this.level : this.beta * u);
    this.level = next + this.alpha * u;
    if (season.length === 0) return;
    season[phase] = season[phase] + (this.scaled ? (this.gamma * error) / next : this.gamma * error);
    this.phase = phase + 1 === season.length ? 0 : phase + 1;
  }

  state(covarianceRoot: readonly Float64Array[]): EtsState {
    const { level, slope, season, phase } = this;
    return { level, slope, season: season.slice(), phase, covarianceRoot };
  }
}
