import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import { centre } from "../../math/centre.js";
import { chiSquareUpper } from "../../math/special-functions/gamma.js";
import { autocovariancesOf } from "../correlation/autocovariance.js";
import { requireSpread } from "../correlation/correlogram.js";
import type { TestResult } from "../result.js";
import { countMissing, requireLength, toFloats, type Values } from "../values.js";

export interface PortmanteauOptions {
  /**
   * Autocorrelations tested together, fewer than there are values. Default 10, but more than `parameters` and at most a
   * fifth of the values. Missing values do not count.
   */
  readonly lags?: number;
  /** Coefficients of the model whose residuals these are (p + q + P + Q of an ARIMA); they cost degrees of freedom. Default 0. */
  readonly parameters?: number;
}

export interface PortmanteauResult extends TestResult {
  readonly test: "ljung-box" | "box-pierce";
  readonly lags: number;
  /** Degrees of freedom, lags − parameters. */
  readonly df: number;
}

const LJUNG_BOX_OPTIONS: OptionTable<PortmanteauOptions> = {
  lags: "number",
  parameters: "number",
};

/**
 * Ljung-Box test: are the first autocorrelations all zero? A small p-value says no.
 *
 * Q = n(n + 2) Σ_{k=1}^{lags} r_k²/(n − k), chi-square with lags − parameters degrees of freedom; as R's `Box.test`
 * (n counts the values present, gaps are allowed).
 *
 * @param y residuals or any series, in time order; NaN is missing.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError `bad-lags`, `bad-parameters`, `too-short`, `constant-series`, `infinite-value`.
 * @see G. M. Ljung, G. E. P. Box (1978), Biometrika 65, 297-303.
 * @example ljungBox(residuals(fitted), { lags: 24, parameters: 2 }).pValue;
 */
export function ljungBox(y: Values, options: PortmanteauOptions = {}): PortmanteauResult {
  requireOptions("ljungBox", options, LJUNG_BOX_OPTIONS);
  return portmanteau(y, options, "ljung-box");
}

const BOX_PIERCE_OPTIONS: OptionTable<PortmanteauOptions> = {
  lags: "number",
  parameters: "number",
};

/**
 * Box-Pierce test: the Ljung-Box test without its small-sample weights, Q = n Σ r_k².
 *
 * @param y residuals or any series, in time order; NaN is missing.
 * @returns statistic, p-value and what they were computed from, as plain data.
 * @throws YuleError as `ljungBox`.
 * @see G. E. P. Box, D. A. Pierce (1970), J. Amer. Statist. Assoc. 65, 1509-1526.
 * @example boxPierce(residuals(fitted), { lags: 10 }).statistic;
 */
export function boxPierce(y: Values, options: PortmanteauOptions = {}): PortmanteauResult {
  requireOptions("boxPierce", options, BOX_PIERCE_OPTIONS);
  return portmanteau(y, options, "box-pierce");
}

function portmanteau(
  y: Values,
  options: PortmanteauOptions,
  test: PortmanteauResult["test"],
): PortmanteauResult {
  const values = toFloats(y);
  const n = values.length - countMissing(values);
  requireLength(n, "A portmanteau test", 3);
  const parameters = requireInteger("parameters", options.parameters ?? 0, 0, 10_000);
  const fallback = Math.min(n - 1, Math.max(Math.min(10, Math.floor(n / 5)), parameters + 1));
  const lags = requireInteger("lags", options.lags ?? fallback, 1, n - 1);
  if (lags <= parameters) {
    throw usageError(
      "bad-lags",
      "lags",
      lags,
      `A portmanteau test of residuals with ${parameters} fitted coefficients needs more than ${parameters} lags, not ${lags}.`,
    );
  }
  const centred = centre(values);
  requireSpread(centred, values);
  const c = autocovariancesOf(values, centred, lags, "n");
  let sum = 0;
  for (let k = 1; k <= lags; k++) {
    const r = c[k] / c[0];
    sum += r * r * (test === "ljung-box" ? (n + 2) / (n - k) : 1);
  }
  const statistic = n * sum;
  const df = lags - parameters;
  return {
    test,
    nullHypothesis: `no autocorrelation up to lag ${lags}`,
    statistic,
    pValue: chiSquareUpper(statistic, df),
    lags,
    df,
    notes: [],
  };
}
