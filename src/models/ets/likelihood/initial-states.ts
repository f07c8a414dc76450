import { solveSemidefinite } from "../../../math/linear-algebra/normal-equations.js";
import { dot } from "../../../math/linear-algebra/vector.js";
import { lists, type Smoothing } from "../recursion/trace.js";

/** Initial states that minimise the sum of squared errors at given smoothing parameters. */
export interface InitialStates {
  level: number;
  slope: number;
  /** One season, the first to be used first; they sum to 0. Empty where there is no season. */
  readonly season: Float64Array;
  /** The least sum of squared errors. */
  squares: number;
}

/**
 * Least squares for the initial states of the forms with additive components. Their errors are linear in the states:
 * the filter that turns data into errors, run from zero states, also turns what the states add to the data into what
 * they take from the errors. It does not change with time, so the responses of all seasons are one response, shifted;
 * the response of the level is their sum. Three runs and one row of the normal matrix do for any period.
 */
export class InitialStateSolver {
  private readonly n: number;
  private readonly unknowns: number;
  private readonly plain: Float64Array;
  private readonly pulse: Float64Array;
  private readonly ramp: Float64Array;
  private readonly rampData: Float64Array;
  private readonly matrix: Float64Array;
  private readonly right: Float64Array;
  private readonly ring: Float64Array;

  /** @param period 1 without a season. */
  constructor(
    private readonly y: Float64Array,
    private readonly period: number,
    private readonly trend: boolean,
  ) {
    this.n = y.length;
    this.unknowns = period + (trend ? 1 : 0);
    const { n, unknowns } = this;
    const made = lists(n, n, n, n, unknowns * unknowns, unknowns, n + period);
    this.plain = made[0];
    this.pulse = made[1];
    this.ramp = made[2];
    this.rampData = made[3];
    this.matrix = made[4];
    this.right = made[5];
    this.ring = made[6];
  }

  /** @param states receives the result. */
  solve(smoothing: Smoothing, states: InitialStates): void {
    const { y, period, n, unknowns, plain, pulse, ramp, right } = this;
    this.filter(smoothing, y, plain);
    this.filterPulse(smoothing);
    if (this.trend) this.filterRamp(smoothing);
    this.fillMatrix();
    for (let i = 0; i < period; i++) right[i] = dot(plain, i, pulse, 0, n - i);
    if (this.trend) right[period] = dot(plain, 0, ramp, 0, n);
    const energy = dot(plain, 0, plain, 0, n);
    const explained = solveSemidefinite(this.matrix, right, unknowns);
    states.squares = Math.max(0, energy - explained);
    let level = 0;
    for (let i = 0; i < period; i++) level += right[i];
    level /= period;
    states.level = level;
    states.slope = this.trend ? right[period] : 0;
    for (let i = 0; i < states.season.length; i++) states.season[i] = right[i] - level;
  }

  /** The errors that data leave when the states start at zero. */
  private filter({ alpha, beta, gamma, phi }: Smoothing, x: Float64Array, out: Float64Array): void {
    const { n, period, ring } = this;
    let l = 0;
    let b = 0;
    if (period === 1) {
      for (let t = 0; t < n; t++) {
        const pb = phi * b;
        const e = x[t] - l - pb;
        out[t] = e;
        l += pb + alpha * e;
        b = pb + beta * e;
      }
      return;
    }
    ring.fill(0, 0, period);
    for (let t = 0; t < n; t++) {
      const pb = phi * b;
      const s = ring[t];
      const e = x[t] - l - pb - s;
      out[t] = e;
      l += pb + alpha * e;
      b = pb + beta * e;
      ring[t + period] = s + gamma * e;
    }
  }

  /** What the first season of a year takes from the errors: the data are 1 there, else 0. */
  private filterPulse(smoothing: Smoothing): void {
    const { n, period, rampData, pulse } = this;
    for (let t = 0; t < n; t++) rampData[t] = 0;
    for (let t = 0; t < n; t += period) rampData[t] = 1;
    this.filter(smoothing, rampData, pulse);
  }

  /** What the initial slope takes from the errors: it adds φ + φ² + … to the data. */
  private filterRamp(smoothing: Smoothing): void {
    const { n, rampData, ramp } = this;
    let power = 1;
    let sum = 0;
    for (let t = 0; t < n; t++) {
      power *= smoothing.phi;
      sum += power;
      rampData[t] = sum;
    }
    this.filter(smoothing, rampData, ramp);
  }

  /** Entry (i+1, j+1) is entry (i, j) less the product that falls off the end. */
  private fillMatrix(): void {
    const { n, period, unknowns, matrix, pulse, ramp } = this;
    for (let j = 0; j < period; j++) matrix[j] = dot(pulse, j, pulse, 0, n - j);
    for (let i = 1; i < period; i++) {
      for (let j = i; j < period; j++) {
        matrix[i * unknowns + j] =
          matrix[(i - 1) * unknowns + j - 1] - (pulse[n - i] ?? 0) * (pulse[n - j] ?? 0);
      }
    }
    if (!this.trend) return;
    for (let i = 0; i < period; i++) matrix[i * unknowns + period] = dot(ramp, i, pulse, 0, n - i);
    matrix[period * unknowns + period] = dot(ramp, 0, ramp, 0, n);
  }
}
