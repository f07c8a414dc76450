import { YuleError } from "../core/errors.js";
import type { Fitted } from "../core/model.js";
import type { Series } from "../core/series.js";
import { ljungBox, type PortmanteauResult } from "../diagnostics/residual-tests/portmanteau.js";
import { residuals } from "./residuals.js";

/**
 * Whether the standardised one-step residuals of a fitted model are correlated: Ljung and Box's test.
 *
 * Lags: two seasons, ten where there is none; at most a fifth of the residuals, at least three more than the model's AR and MA
 * coefficients, which the degrees of freedom are less by. The season is the model's own, `[m]` in its notation, and else the period of the
 * series.
 *
 * @param series default: the one the model was fitted to.
 * @returns the test, or null where there are too few residuals or they do not vary.
 * @throws YuleError `no-history` when the model was loaded or updated and no series is given.
 * @see G. M. Ljung, G. E. P. Box (1978), Biometrika 65, 297-303; the lags are those of R's `forecast::checkresiduals`.
 * @example checkResiduals(ar({ order: 2 }).fit(series(lynx)))?.pValue;
 */
export function checkResiduals(fitted: Fitted, series?: Series): PortmanteauResult | null {
  return testOf(
    residuals(fitted, { kind: "standardized", ...(series === undefined ? {} : { series }) }),
    fitted,
  );
}

/** `checkResiduals` of standardised residuals that are known already. */
export function testOf(errors: Float64Array, fitted: Fitted): PortmanteauResult | null {
  const present = errors.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const parameters = fitted.report.coefficients.filter(({ name }) => /^s?(ar|ma)\d+$/.test(name)).length;
  const season = seasonOf(fitted);
  const wanted = Math.min(season > 1 ? 2 * season : 10, Math.round(present / 5));
  const lags = Math.max(wanted, parameters + 3);
  if (lags >= present) return null;
  try {
    return ljungBox(errors, { lags, parameters });
  } catch (error) {
    if (error instanceof YuleError && error.category === "data") return null;
    throw error;
  }
}

/** The longest season written in the notation, or the period of the series. */
function seasonOf({ notation, origin }: Fitted): number {
  const written = [...notation.matchAll(/\[(\d+(?:\.\d+)?)\]/g)].map((found) => Math.round(Number(found[1])));
  return written.length === 0 ? origin.period : written.reduce((most, season) => Math.max(most, season), 1);
}
