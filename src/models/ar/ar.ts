import type { Model } from "../../core/model.js";
import { makeModel } from "../contract/define.js";
import { type ArFitted, type ArModelOptions, arWith } from "./definition.js";
import { burg } from "./estimation/burg.js";
import { leastSquaresAr, leastSquaresLimit } from "./estimation/least-squares-ar.js";
import { yuleWalker } from "./estimation/yule-walker.js";

/**
 * The autoregression x_t − μ = φ₁(x_{t−1} − μ) + … + φ_p(x_{t−p} − μ) + e_t, e_t independent N(0, σ²).
 *
 * Forecasts have exact normal distributions: means by the recursion, variances σ² Σ ψ_j². Missing values are treated
 * exactly, in estimation and after.
 *
 * @param options see `ArModelOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-order`, `bad-method`, `bad-criterion`, `bad-max-order`; when fitting `series-too-short`,
 *   `no-inputs`, `value-range`.
 * @see G. U. Yule, Philosophical Transactions of the Royal Society A 226 (1927), 267–298.
 * @example
 * const fitted = ar({ order: 2 }).fit(series(lynx));
 * forecast(fitted, { horizon: 10 }).mean;
 */
export function ar(options: ArModelOptions = {}): Model<ArFitted> {
  return makeModel(arModel, options);
}

/** `ar(3)`, `ar(auto)`, `ar(3, method=burg)`. */
export const arModel = arWith({
  burg: { estimate: burg },
  "yule-walker": { estimate: yuleWalker },
  ols: { estimate: leastSquaresAr, limit: leastSquaresLimit },
});
