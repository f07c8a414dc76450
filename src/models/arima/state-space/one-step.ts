import type { LagState } from "./state.js";

/** One-step errors of the series less its regression; NaN where diffuse or, for errors, missing. */
export interface OneStep {
  readonly lags: LagState;
  readonly predicted: Float64Array;
  readonly errors: Float64Array;
  /** Variance/σ². */
  readonly relativeVariance: Float64Array;
  readonly logLikelihood: number;
}
