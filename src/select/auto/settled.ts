import type { Fitted, Model } from "../../core/model.js";
import type { ArParams } from "../../models/ar/index.js";
import { usualAr } from "../../models/ar/index.js";
import {
  type ArimaParams,
  arimaNotation,
  checkedChoice,
  fitArima,
  LEAST_EFFORT,
} from "../../models/arima/index.js";
import { type FourierParams, fourier } from "../../models/decomposed/index.js";
import { type EtsParams, fitForm, formNotation } from "../../models/ets/index.js";
import { inputModel, plainModel } from "../../models/guard.js";

/**
 * Models with the form that was selected from the whole series. Their past forecasts re-estimate this form from the
 * rows before each origin, with few starting points; a new selection for each origin would take most of the time.
 */

/** An ARIMA of the orders that were chosen, from the coefficients that were found. */
export function settledArima({ params }: Fitted): Model {
  const { order, seasonal, period, ar, ma, sar, sma, mean, drift } = params as ArimaParams;
  const choice = checkedChoice({
    order,
    seasonal,
    ...(period > 1 ? { period } : {}),
    mean: mean !== null,
    drift: drift !== null,
  });
  const given = [Float64Array.from([...ar, ...ma, ...sar, ...sma])];
  return inputModel({
    notation: arimaNotation(choice),
    missing: "keep",
    fit: (series, options) => fitArima(series, choice, { ...options, given, effort: LEAST_EFFORT }),
  });
}

/** An ARIMA of few coefficients, from one starting point: with one or two of them that is the maximum as a rule. */
export function quickArima(order: readonly [number, number, number]): Model {
  const choice = checkedChoice({ order });
  return inputModel({
    notation: arimaNotation(choice),
    missing: "keep",
    fit: (series, options) => fitArima(series, choice, { ...options, effort: LEAST_EFFORT }),
  });
}

/** Exponential smoothing of the form that was chosen; null where the fit has none, as of a model that another one replaced. */
export function settledEts({ params }: Fitted): Model | null {
  const form = (params as Partial<EtsParams> | undefined)?.form;
  if (form === undefined) return null;
  const notation = formNotation(form);
  return plainModel({
    notation,
    missing: "keep",
    fit: (series) => fitForm(form, series, { bounds: "both", fixed: {}, given: null, rough: true }, notation),
  });
}

/** As many Fourier pairs as were selected, with the ARIMA of the residuals. */
export function settledWaves(fitted: Fitted): Model {
  const { harmonics, inner } = fitted.params as FourierParams<ArimaParams>;
  return fourier(settledArima({ ...fitted, params: inner }), {
    periods: harmonics.map(({ period }) => period),
    harmonics: harmonics.map(({ count }) => count),
  });
}

/** An autoregression of the order that was chosen, by Burg's method: near the maximum of the likelihood, in a tenth of the time. */
export function settledAr({ params }: Fitted): Model {
  return usualAr({ order: (params as ArParams).ar.length, method: "burg" });
}

/** An autoregression of the order that was chosen, by maximum likelihood. */
export function likeliestAr({ params }: Fitted): Model {
  return usualAr({ order: (params as ArParams).ar.length });
}

/** The selected form of a wrapped model; `wrap` is applied to it. */
export function inside(
  settle: (fitted: Fitted) => Model | null,
  wrap: (model: Model) => Model,
): (fitted: Fitted) => Model | null {
  return (fitted) => {
    const settled = settle({ ...fitted, params: (fitted.params as { inner?: unknown } | undefined)?.inner });
    return settled === null ? null : wrap(settled);
  };
}
