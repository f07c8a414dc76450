import type { Model } from "../core/model.js";
import { type DeepArOptions, deepArModel, deepar as deeparNetwork } from "../models/deepar/index.js";
import type { NetworkFitted } from "../models/network/index.js";
import { registerFamily } from "../models/registry.js";

export type { DeepArOptions } from "../models/deepar/index.js";

// Apart from the catalogue, so that whoever does not use networks does not load them. A bundler keeps this statement where it keeps the
// function below, which is therefore declared here and not passed on.
registerFamily(deepArModel);

/**
 * DeepAR: one recurrent network that learns from all series of a panel and forecasts by sampled paths.
 *
 * x_t ~ D(θ_t), θ_t = head(h_t), h_t = LSTM(h_{t−1}; lagged values, calendar, regressors at t), everything in units of a
 * running scale; D is a Student-t, normal or negative binomial distribution. Missing values are left out of the
 * loss. `fit` learns from one series, which is little; `fitPanel` from many, without blocking the event loop.
 *
 * @throws YuleError `bad-<option>`; when fitting `series-too-short`, `mismatched-frequency`, `not-counts`,
 *   `no-variation`, `value-too-large`, `too-much-memory`, `diverged`.
 * @see D. Salinas, V. Flunkert, J. Gasthaus and T. Januschowski, DeepAR: Probabilistic forecasting with autoregressive
 *   recurrent networks, International Journal of Forecasting 36 (2020), p. 1181.
 * @example
 * const learned = await deepar({ epochs: 20 }).fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function deepar(options: DeepArOptions = {}): Required<Model<NetworkFitted>> {
  return deeparNetwork(options);
}
