import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Fitted, Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { plainModel } from "../guard.js";
import { writeNotation } from "../notation.js";
import {
  type CrostonParams,
  type CrostonState,
  type CrostonVariant,
  crostonProcess,
} from "./croston-process.js";
import { assembleDemand, requireDemand } from "./fit.js";
import { fitSizes, type SizeModel } from "./sizes.js";

export interface CrostonOptions {
  /** `"classic"` (default): Croston's own, R's `croston`; `"sba"`: Syntetos and Boylan's; `"sbj"`: Shale, Boylan and Johnston's. */
  readonly variant?: Exclude<CrostonVariant, "tsb">;
  /** Smoothing of sizes and intervals, above 0 and at most 1; default 0.1. `"auto"`: the most likely of a few. */
  readonly alpha?: number | "auto";
}

export interface TsbOptions {
  /** Smoothing of sizes, above 0 and at most 1; default 0.1, or `"auto"`. */
  readonly alpha?: number | "auto";
  /** Smoothing of the chance of a demand; default 0.1, or `"auto"`. */
  readonly beta?: number | "auto";
}

const DEFAULT = 0.1;
const CHOICES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3];

const CROSTON_OPTIONS: OptionTable<CrostonOptions> = {
  variant: ["classic", "sba", "sbj"],
  alpha: { numberOr: ["auto"] },
};

/**
 * Croston's method for intermittent demand: sizes and intervals smoothed apart, forecast size/interval.
 *
 * The point forecast is flat. Intervals are simulated: a demand comes with chance 1/interval and has a negative binomial
 * size (one more than it, for whole numbers) or the expected size times a ratio seen before.
 *
 * @throws YuleError `bad-alpha`, `bad-variant`; when fitting `negative-demand`, `series-too-short`.
 * @see J. D. Croston, Operational Research Quarterly 23 (1972), 289-303; A. A. Syntetos, J. E. Boylan, International Journal
 *   of Forecasting 21 (2005), 303-314; E. A. Shale, J. E. Boylan, F. R. Johnston, Journal of the Operational Research Society
 *   57 (2006), 588-592.
 * @example forecast(croston({ variant: "sba" }).fit(parts), { horizon: 12 });
 */
export function croston(options: CrostonOptions = {}): Model {
  requireOptions("croston", options, CROSTON_OPTIONS);
  const { variant = "classic", alpha = DEFAULT } = options;
  requireSmoothing("alpha", alpha);
  if (!["classic", "sba", "sbj"].includes(variant)) {
    throw usageError(
      "bad-variant",
      "variant",
      variant,
      `The variant of croston must be classic, sba or sbj, not ${show(variant)}.`,
    );
  }
  const written: [string, string | number][] = [];
  if (variant !== "classic") written.push(["variant", variant]);
  if (alpha !== DEFAULT) written.push(["alpha", alpha]);
  const notation = writeNotation("croston", [], written);
  return plainModel({
    notation,
    missing: "keep",
    fit: (series) => fitCroston(series, variant, alpha, alpha, notation),
  });
}

const TSB_OPTIONS: OptionTable<TsbOptions> = {
  alpha: { numberOr: ["auto"] },
  beta: { numberOr: ["auto"] },
};

/**
 * Teunter, Syntetos and Babai's method: the chance of a demand is smoothed every period, so that it fades where demand ends.
 *
 * @throws YuleError `bad-alpha`, `bad-beta`; when fitting `negative-demand`, `series-too-short`.
 * @see R. H. Teunter, A. A. Syntetos, M. Z. Babai, European Journal of Operational Research 214 (2011), 606-615.
 * @example forecast(tsb().fit(parts), { horizon: 12 });
 */
export function tsb(options: TsbOptions = {}): Model {
  requireOptions("tsb", options, TSB_OPTIONS);
  const { alpha = DEFAULT, beta = DEFAULT } = options;
  requireSmoothing("alpha", alpha);
  requireSmoothing("beta", beta);
  const written: [string, string | number][] = [];
  if (alpha !== DEFAULT) written.push(["alpha", alpha]);
  if (beta !== DEFAULT) written.push(["beta", beta]);
  const notation = writeNotation("tsb", [], written);
  return plainModel({
    notation,
    missing: "keep",
    fit: (series) => fitCroston(series, "tsb", alpha, beta, notation),
  });
}

function requireSmoothing(name: string, value: number | "auto"): void {
  if (value === "auto" || (value > 0 && value <= 1)) return;
  throw usageError(
    `bad-${name}`,
    name,
    value,
    `The ${name} must be auto or a number above 0 and at most 1, not ${show(value)}.`,
  );
}

function fitCroston(
  series: Series,
  variant: CrostonVariant,
  alpha: number | "auto",
  beta: number | "auto",
  notation: string,
): Fitted<CrostonParams, CrostonState> {
  requireDemand(series, notation);
  const at = (a: number, b: number) => paramsAt(series, variant, a, b);
  const shared = variant !== "tsb";
  const alphas = alpha === "auto" ? CHOICES : [alpha];
  const params = alphas
    .flatMap((a) => (shared ? [at(a, a)] : (beta === "auto" ? CHOICES : [beta]).map((b) => at(a, b))))
    .reduce((best, next) => (likelihood(next, series) > likelihood(best, series) ? next : best));
  const coefficients = shared ? { alpha: params.alpha } : { alpha: params.alpha, beta: params.beta };
  return assembleDemand(crostonProcess, params, series, notation, coefficients);
}

function likelihood(params: CrostonParams, series: Series): number {
  return replay(crostonProcess, params, series).logLikelihood;
}

/** Start values as R has them: the first size, the first interval; for tsb the shares of the whole series. */
function paramsAt(series: Series, variant: CrostonVariant, alpha: number, beta: number): CrostonParams {
  const seen = series.y.filter((y) => !Number.isNaN(y));
  const sizes = seen.filter((y) => y > 0);
  const first = seen.findIndex((y) => y > 0);
  const none: SizeModel = { kind: "counts", dispersion: 0 };
  if (first < 0) {
    return {
      variant,
      alpha,
      beta,
      size: 1,
      rate: variant === "tsb" ? 0 : Number.POSITIVE_INFINITY,
      sizes: none,
    };
  }
  const start =
    variant === "tsb"
      ? { size: sizes.reduce((sum, y) => sum + y, 0) / sizes.length, rate: sizes.length / seen.length }
      : { size: seen[first]!, rate: first + 1 };
  return { variant, alpha, beta, ...start, sizes: sizeModel(sizes, start.size, alpha) };
}

/** Sizes against what smoothing expected of them. */
function sizeModel(sizes: Float64Array, start: number, alpha: number): SizeModel {
  const expected: number[] = [];
  let size = start;
  for (const y of sizes) {
    expected.push(size);
    size += alpha * (y - size);
  }
  return fitSizes([...sizes], expected);
}
