import { powerOf } from "../../math/power.js";

/** What a fitted theta model knows. */
export interface ThetaParams {
  /** Whether the line is the least-squares line of all that was seen so far, moving on, or that of the training series. */
  readonly dynamic: boolean;
  /** How far the level follows each value. */
  readonly alpha: number;
  /** The weight 1 − 1/θ of the line. */
  readonly omega: number;
  /** The level before the first value. */
  readonly level: number;
  /** Slope of the training series' line; not used by dynamic models. */
  readonly slope: number;
  /** Variance of the errors, on the seasonally adjusted scale. */
  readonly sigma2: number;
  /** Values of the training series, after which the drift counts as uncertain. */
  readonly origin: number;
  /** Mean squared error of the drift as a forecast of the drift to come, in units of σ². */
  readonly driftVariance: number;
  /** The seasonal pattern, from the first value's phase on; empty without a season. */
  readonly figure: Float64Array;
  /** Whether values are divided by the pattern, or it is taken from them. */
  readonly multiplicative: boolean;
}

/** Memory of the seasonally adjusted series. */
export interface ThetaState {
  readonly level: number;
  /** Mean and slope of the least-squares line through the values so far; 0 unless dynamic. */
  readonly mean: number;
  readonly slope: number;
  /** What was learned, after the training series, of the drift beyond the line's. */
  readonly drift: number;
  /** Values so far. */
  readonly count: number;
  /** Covariance of (level, mean, slope, drift) in units of σ², row-major; empty while all are certain. */
  readonly covariance: Float64Array;
}

/** How level, mean and slope move the prediction and take up the next value, after `count` values. */
export interface Step {
  /** The prediction is level·1 + mean·m + slope·s, plus `constant`. */
  readonly m: number;
  readonly s: number;
  readonly constant: number;
  /** 1/n for the value that comes, n = count + 1. */
  readonly meanGain: number;
  /** The slope's next value is slope·slopeDecay + (value − mean)·slopeGain. */
  readonly slopeDecay: number;
  readonly slopeGain: number;
}

/**
 * Prediction after t values: ℓ + ω[(1−α)^t A + (1 − (1−α)^{t+1})/α·B], the line's value at t + 1 where A and B are its
 * intercept and slope. With the training series' line the term in A is part of the initial level, and what is left is
 * ℓ + ωB(1 − (1−α)^t)/α.
 *
 * @see J. A. Fiorucci, T. R. Pellegrini, F. Louzada, F. Petropoulos, A. B. Koehler, International Journal of Forecasting 32
 * (2016), 1151-1161, equations 11 to 22.
 */
export function stepAt({ dynamic, alpha, omega, slope }: ThetaParams, count: number): Step {
  const left = powerOf(1 - alpha, count);
  if (!dynamic) {
    return {
      m: 0,
      s: 0,
      constant: (omega * slope * (1 - left)) / alpha,
      meanGain: 0,
      slopeDecay: 0,
      slopeGain: 0,
    };
  }
  const n = count + 1;
  const line = (1 - left * (1 - alpha)) / alpha;
  return {
    m: omega * left,
    s: omega * (line - (left * (count + 1)) / 2),
    constant: 0,
    meanGain: 1 / n,
    slopeDecay: n === 1 ? 0 : (n - 2) / (n + 1),
    slopeGain: n === 1 ? 0 : 6 / (n * (n + 1)),
  };
}

/**
 * The mean before the first value, which replaces it wholly. Where that is missing, the mean is what a flat line predicts of
 * itself, A = ℓ + ωA.
 */
export function startMean({ dynamic, omega, level }: ThetaParams): number {
  return dynamic ? level / (1 - omega) : 0;
}

export function predict({ level, mean, slope }: ThetaState, { m, s, constant }: Step): number {
  return level + m * mean + s * slope + constant;
}

/** The states after a value. */
export function advanced(
  alpha: number,
  { meanGain, slopeDecay, slopeGain }: Step,
  { level, mean, slope, drift, count }: ThetaState,
  value: number,
  covariance: Float64Array,
): ThetaState {
  const gap = value - mean;
  return {
    level: level + alpha * (value - level) + drift,
    mean: mean + meanGain * gap,
    slope: slopeDecay * slope + slopeGain * gap,
    drift,
    count: count + 1,
    covariance,
  };
}
