import type { Model } from "../core/model.js";
import { add } from "../models/added.js";
import { type DeepArOptions, deepArModel } from "../models/deepar.js";
import { makeNetwork, type NetworkFitted } from "../models/network/index.js";
import { type RasterOptions, rasterModel } from "../models/raster.js";
import { type TransformerOptions, transformerModel } from "../models/transformer.js";
import { type WaveNetOptions, wavenetModel } from "../models/wavenet.js";

export type { DeepArOptions } from "../models/deepar.js";
export type { RasterOptions } from "../models/raster.js";
export type { TransformerOptions } from "../models/transformer.js";
export type { WaveNetOptions } from "../models/wavenet.js";

// Apart from the catalogue, so that whoever uses no network does not load them. A bundler keeps these statements where it keeps
// the functions below, which are therefore declared here and not passed on.
for (const model of [deepArModel, wavenetModel, transformerModel, rasterModel]) add(model);

/**
 * DeepAR: one recurrent network, trained on all series of a panel, that forecasts by sampled paths.
 *
 * x_t ~ D(θ_t), θ_t = head(h_t), h_t = LSTM(h_{t−1}; lagged values, calendar, regressors at t), everything in units of a
 * running scale; D is a Student-t, normal or negative binomial distribution. Missing values are left out of the
 * loss. `fit` learns from one series, which is little; `fitPanel` from many, without blocking the event loop.
 *
 * @param options see `DeepArOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-<option>`; when fitting `series-too-short`, `mismatched-frequency`, `not-counts`,
 *   `no-variation`, `value-too-large`, `too-much-memory`, `diverged`.
 * @see D. Salinas, V. Flunkert, J. Gasthaus and T. Januschowski, DeepAR: Probabilistic forecasting with autoregressive
 *   recurrent networks, International Journal of Forecasting 36 (2020), p. 1181.
 * @example
 * const learned = await deepar({ epochs: 20 }).fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function deepar(options: DeepArOptions = {}): Required<Model<NetworkFitted>> {
  return makeNetwork(deepArModel, options);
}

/**
 * WaveNet: a network of dilated causal convolutions that learns from all series of a panel and forecasts by sampled paths.
 *
 * x_t ~ D(θ_t), θ_t = head of Σ_l z_l S_l, z_l = tanh(a_l)·sigmoid(b_l), (a_l, b_l) a convolution over u_t and u_{t−2^l}, u_{l+1} = u_l + z_l R_l;
 * the first u is linear in lagged values, calendar and regressors, everything in units of a running scale. It sees 2^layers steps;
 * a step of a forecast costs as much as there are layers. Heads, missing values and training are those of `deepar`.
 *
 * @param options see `WaveNetOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `deepar`.
 * @see A. van den Oord et al., WaveNet: A generative model for raw audio, arXiv 1609.03499 (2016), p. 2.
 * @example
 * const learned = await wavenet({ epochs: 20 }).fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function wavenet(options: WaveNetOptions = {}): Required<Model<NetworkFitted>> {
  return makeNetwork(wavenetModel, options);
}

/**
 * Masked convolutions over a season's raster, such as day × hour or year × week: what PixelCNN does to a picture.
 *
 * As `wavenet`, but a layer sees u_t, u_{t−2^l} (this line so far) and u_{t−m−1}, u_{t−m}, u_{t−m+1} (the line above, and its neighbours),
 * m the period. It needs series with a period, 2 to 1,000.
 *
 * @param options see `RasterOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `deepar`, and `bad-period`.
 * @see A. van den Oord et al., Conditional image generation with PixelCNN decoders, NeurIPS 29 (2016), p. 4790.
 * @example
 * const learned = await raster({ epochs: 20 }).fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function raster(options: RasterOptions = {}): Required<Model<NetworkFitted>> {
  return makeNetwork(rasterModel, options);
}

/**
 * Transformer: a network of causal attention that learns from all series of a panel and forecasts by sampled paths.
 *
 * x_t ~ D(θ_t), θ_t = head of h_t; a layer adds to h_t what four heads take from the last `context` steps, each in proportion to
 * exp(q_t·k_s/√d + b_{t−s}) with b learned for each distance, and then a layer of max(0, ·) twice as wide; both parts are normalised first.
 * Inputs, heads, missing values and training are those of `deepar`. A step of a forecast keeps keys and values: O(context · hidden).
 *
 * @param options see `TransformerOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `deepar`.
 * @see A. Vaswani et al., Attention is all you need, NeurIPS 30 (2017), p. 5998.
 * @example
 * const learned = await transformer({ epochs: 20 }).fitPanel(panel);
 * learned.map((fitted) => forecast(fitted, { horizon: 24 }).mean);
 */
export function transformer(options: TransformerOptions = {}): Required<Model<NetworkFitted>> {
  return makeNetwork(transformerModel, options);
}
