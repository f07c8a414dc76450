import type { Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { assembleFit } from "../contract/assemble.js";
import { defineModel, makeModel } from "../contract/define.js";
import { constantNote } from "../origin.js";
import { fitErrors, smoothed } from "./estimate.js";
import { type RobustParams, type RobustState, robustProcess } from "./process.js";

/** α, s, ν and ℓ_0. */
const ESTIMATES = 4;
const NEED = 3;

/**
 * Robust simple exponential smoothing: a level that outliers, closures and typing errors move by little.
 *
 * y_t ~ t_ν(ℓ_{t−1}, s), ℓ_t = ℓ_{t−1} + α ψ(y_t − ℓ_{t−1}), ψ(e) = min(2s, max(−2s, e)). α, 0.02 to 1, minimises the mean absolute
 * one-step error; s and ν, 3 to 30, maximise the likelihood of Student's t. The forecast is the last level, the same at every
 * step. It has no trend and no season: `mstl(robust-ses, robust=true)` adds seasons. Missing values are skipped.
 *
 * @returns a model without options.
 * @throws YuleError `series-too-short` when fitting fewer than three observed values.
 * @see S. Gelper, R. Fried, C. Croux, Journal of Forecasting 29 (2010), pp. 285-300.
 * @example forecast(robustSes().fit(series([4, 5, 4, 90, 5, 4])), { horizon: 2 }).median; // near 4.5
 */
export function robustSes(): Model<RobustFitted> {
  return makeModel(robustModel);
}

export type RobustFitted = Fitted<RobustParams, RobustState, RobustDetails>;

export type RobustDetails = {
  readonly sigma2Definition: string;
  readonly scale: number;
  readonly df: number;
  readonly initialLevel: number;
};

function fitRobust(series: Series): RobustFitted {
  const seen = series.y.filter((value) => !Number.isNaN(value));
  const { alpha, initial, errors } = smoothed(seen);
  const params = { alpha, initial, ...fitErrors(errors) };
  const { scale, df } = params;
  return assembleFit(robustProcess, params, series, {
    notation: "robust-ses",
    coefficients: { alpha, df },
    sigma2: (scale * scale * df) / (df - 2),
    estimated: ESTIMATES,
    notes: scale === 0 ? [constantNote(series)] : [],
    details: { sigma2Definition: "variance of Student's t, s²ν/(ν − 2)", scale, df, initialLevel: initial },
  });
}

export const robustModel = defineModel({
  name: "robust-ses",
  summary: "simple exponential smoothing, robust to outliers",
  forms: ["robust-ses", "mstl(robust-ses, robust=true)[7]"],
  options: {},
  inputs: "ignores",
  values: { observed: NEED },
  processes: [robustProcess],
  fit: fitRobust,
});
