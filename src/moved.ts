/** `boxCox` and `mstl` are models, as in notations; in this version they still take what the functions of `yule/diagnostics` take. */

import type { Details, Fitted, Model } from "./core/model.js";
import {
  boxCox as boxCoxValues,
  type MstlOptions,
  mstl as mstlDecomposition,
  type SeasonsResult,
} from "./diagnostics.js";
import { negativeBinomial as negativeBinomialNow, studentT as studentTNow } from "./distributions.js";
import { mstl as mstlModel, type SeasonalFitted, type SeasonalOptions } from "./models/decomposed/index.js";
import {
  type BoxCoxOptions,
  boxCox as boxCoxModel,
  type TransformedFitted,
} from "./models/transformed/index.js";

type Values = Parameters<typeof boxCoxValues>[0];

/**
 * A model fitted to Box-Cox transformed data, (y^λ − 1)/λ (Box & Cox 1964, p. 214): means stay means, quantiles are exact.
 *
 * @param model fitted to the transformed values, such as `ar({ order: 2 })`.
 * @param options see `BoxCoxOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-lambda`, `not-a-model`; when fitting `outside-transform`.
 * @see G. E. P. Box and D. R. Cox, Journal of the Royal Statistical Society B 26 (1964), p. 211.
 * @example forecast(boxCox(ar({ order: 2 }), { lambda: 0.5 }).fit(passengers), { horizon: 12 });
 */
export function boxCox<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options?: BoxCoxOptions,
): Model<TransformedFitted<D>>;
/** @deprecated The transformation of values is `boxCox` of `yule/diagnostics`. */
export function boxCox(y: Values, lambda: number): Float64Array;
export function boxCox(first: Model | Values, second?: BoxCoxOptions | number): Model | Float64Array {
  if (typeof second === "number" && !isModel(first)) return boxCoxValues(first, second);
  return boxCoxModel(first as Model, second as BoxCoxOptions | undefined);
}

/**
 * A model of the seasonally adjusted series: seasons are taken out by STL, one after the other, the model is fitted to what is
 * left, and its forecasts get the last cycle of each season back.
 *
 * @param model fitted to the seasonally adjusted values, such as `ets({ trend: "Ad" })`.
 * @param options see `SeasonalOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-periods`, `bad-window`, `not-a-model`; when fitting `too-short` for fewer than two periods.
 * @see K. Bandara, R. J. Hyndman, C. Bergmeir, MSTL (2021), arXiv 2107.13462.
 * @example forecast(mstl(ets({ trend: "Ad" }), { periods: [24, 168] }).fit(hourlyLoad), { horizon: 48 });
 */
export function mstl<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options?: SeasonalOptions,
): Model<SeasonalFitted<D>>;
/** @deprecated The decomposition of values is `mstl` of `yule/diagnostics`. */
export function mstl(y: Values, periods: number | readonly number[], options?: MstlOptions): SeasonsResult;
export function mstl(
  first: Model | Values,
  second?: SeasonalOptions | number | readonly number[],
  third?: MstlOptions,
): Model<SeasonalFitted> | SeasonsResult {
  const periods = typeof second === "number" || Array.isArray(second);
  if (periods && !isModel(first)) return mstlDecomposition(first, second as readonly number[], third);
  return mstlModel(first as Model, second as SeasonalOptions | undefined);
}

function isModel(value: Model | Values): value is Model {
  return typeof value === "object" && value !== null && "fit" in value;
}

// Under names of their own and not passed on: bundlers that split files would put them beside every model, as networks use them too.
/** @deprecated Import it from `yule/distributions`. */
export const negativeBinomial = negativeBinomialNow;
/** @deprecated Import it from `yule/distributions`. */
export const studentT = studentTNow;
