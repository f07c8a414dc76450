import type { Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { defineModel, makeModel } from "../contract/define.js";
import { number, word, wordOr } from "../contract/kinds.js";
import { type OptionsOf, option } from "../contract/schema.js";
import {
  type CrostonParams,
  type CrostonState,
  type CrostonVariant,
  crostonProcess,
} from "./croston-process.js";
import { assembleDemand, DEMAND, type DemandFitted } from "./fit.js";
import { fitSizes, type SizeModel } from "./sizes.js";

const DEFAULT = 0.1;
const CHOICES = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3];

const smoothing = wordOr(["auto"], number({ above: 0, to: 1 }));

const CROSTON_OPTIONS = {
  /** `"classic"` (default): Croston's own, R's `croston`; `"sba"`: Syntetos and Boylan's; `"sbj"`: Shale, Boylan and Johnston's. */
  variant: option(word("classic", "sba", "sbj"), {
    default: "classic",
    summary: "Croston's own, or with its bias corrected",
  }),
  /** Smoothing of sizes and intervals, above 0 and at most 1; default 0.1. `"auto"`: the most likely of a few. */
  alpha: option(smoothing, { default: DEFAULT, summary: "smoothing of sizes and intervals, or auto" }),
};

export interface CrostonOptions extends OptionsOf<typeof CROSTON_OPTIONS> {}

const TSB_OPTIONS = {
  /** Smoothing of sizes, above 0 and at most 1; default 0.1, or `"auto"`. */
  alpha: option(smoothing, { default: DEFAULT, summary: "smoothing of sizes, or auto" }),
  /** Smoothing of the chance of a demand; default 0.1, or `"auto"`. */
  beta: option(smoothing, { default: DEFAULT, summary: "smoothing of the probability of a demand, or auto" }),
};

export interface TsbOptions extends OptionsOf<typeof TSB_OPTIONS> {}

export type CrostonFitted = DemandFitted<CrostonParams, CrostonState>;

/**
 * Croston's method for intermittent demand: sizes and intervals smoothed separately, forecast size/interval.
 *
 * The point forecast is flat. Intervals are simulated: a demand comes with chance 1/interval and has a negative binomial
 * size (one more than it, for whole numbers) or the expected size times a ratio seen before.
 *
 * @param options see `CrostonOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-alpha`, `bad-variant`; when fitting `negative-demand`, `series-too-short`.
 * @see J. D. Croston, Operational Research Quarterly 23 (1972), 289-303; A. A. Syntetos, J. E. Boylan, International Journal
 *   of Forecasting 21 (2005), 303-314; E. A. Shale, J. E. Boylan, F. R. Johnston, Journal of the Operational Research Society
 *   57 (2006), 588-592.
 * @example forecast(croston({ variant: "sba" }).fit(parts), { horizon: 12 });
 */
export function croston(options: CrostonOptions = {}): Model<CrostonFitted> {
  return makeModel(crostonModel, options);
}

export const crostonModel = defineModel({
  name: "croston",
  summary: "intermittent demand: sizes and intervals smoothed separately",
  forms: ["croston", "croston(variant=sba)", "croston(variant=sbj, alpha=auto)"],
  options: CROSTON_OPTIONS,
  inputs: "ignores",
  values: DEMAND,
  processes: [crostonProcess],
  fit: (series, { choice: { variant, alpha }, notation }) =>
    fitCroston(series, variant, alpha, alpha, notation),
});

/**
 * Teunter, Syntetos and Babai's method: the chance of a demand is smoothed every period, so that it fades where demand ends.
 *
 * @param options see `TsbOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-alpha`, `bad-beta`; when fitting `negative-demand`, `series-too-short`.
 * @see R. H. Teunter, A. A. Syntetos, M. Z. Babai, European Journal of Operational Research 214 (2011), 606-615.
 * @example forecast(tsb().fit(parts), { horizon: 12 });
 */
export function tsb(options: TsbOptions = {}): Model<CrostonFitted> {
  return makeModel(tsbModel, options);
}

export const tsbModel = defineModel({
  name: "tsb",
  summary: "intermittent demand with a probability that decays after demand ends",
  forms: ["tsb", "tsb(alpha=0.2, beta=auto)"],
  options: TSB_OPTIONS,
  inputs: "ignores",
  values: DEMAND,
  processes: [crostonProcess],
  fit: (series, { choice: { alpha, beta }, notation }) => fitCroston(series, "tsb", alpha, beta, notation),
});

function fitCroston(
  series: Series,
  variant: CrostonVariant,
  alpha: number | "auto",
  beta: number | "auto",
  notation: string,
): CrostonFitted {
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
