import type { Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defineModel, makeModel } from "../contract/define.js";
import { ARIMA_FORM, type ArimaOptions, type Choice, resolved } from "./definition/options.js";
import { type ArimaFitOptions, fitOrders } from "./fit.js";
import type { ArimaParams } from "./params.js";
import { type ArimaState, arimaProcess } from "./process.js";
import type { ArimaDetails } from "./report.js";

export type ArimaFitted = Fitted<ArimaParams, ArimaState, ArimaDetails>;

/** The model of one choice of orders, fitted to one series; a search over orders says where to look for the maximum. */
export function fitArima(series: Series, choice: Choice, options: ArimaFitOptions = {}): ArimaFitted {
  return { ...fitOrders(series, choice, options), process: arimaProcess };
}

/** `arima(2,1,2)`, `arima(0,1,1)(0,1,1)[12]`, `arima(1,0,0, mean=false)`. */
export const arimaModel = defineModel({
  ...ARIMA_FORM,
  summary: "seasonal ARIMA with inputs, by exact maximum likelihood",
  inputs: "uses",
  processes: [arimaProcess],
  check: (choice) => {
    resolved(choice);
  },
  fit: (series, { choice, options }): ArimaFitted => fitArima(series, resolved(choice), options),
});

/**
 * The seasonal ARIMA(p,d,q)(P,D,Q)[m], a linear regression with ARIMA errors where the series has inputs:
 *
 * y_t = μ + δt + x_t'β + n_t,  φ(B)Φ(B^m)(1−B)^d(1−B^m)^D n_t = θ(B)Θ(B^m)e_t,  e_t independent N(0, σ²),
 *
 * with φ(B) = 1 − φ₁B − … and θ(B) = 1 + θ₁B + …, R's signs. Estimated by exact maximum likelihood from several starts,
 * the values that differencing consumes exactly diffuse, missing values anywhere treated exactly. Forecasts have exact
 * normal distributions.
 *
 * @param options see `ArimaOptions` for ranges and defaults. Required.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-order`, `bad-seasonal`, `bad-period`, `bad-mean`, `bad-drift`, `bad-method`, `bad-fixed`,
 *   `bad-starts`; when fitting `no-values`, `series-too-short`, `missing-inputs`, `collinear-inputs`, `unseen-season`,
 *   `css-gaps`, `not-stationary`.
 * @see G. E. P. Box and G. M. Jenkins, Time Series Analysis: Forecasting and Control (1970); J. Durbin and S. J. Koopman,
 *   Time Series Analysis by State Space Methods, 2nd ed. (2012).
 * @example
 * const fitted = arima({ order: [0, 1, 1], seasonal: [0, 1, 1] }).fit(passengers);
 * forecast(fitted, { horizon: 24 }).mean;
 */
export function arima(options: ArimaOptions): Model<ArimaFitted> {
  return makeModel(arimaModel, options);
}
