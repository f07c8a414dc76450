import { partialsFromAr } from "../../math/polynomials.js";
import type { ArEstimate } from "./estimation/estimate.js";
import type { ArParams } from "./memory.js";

/** A stationary variance of more than this many innovation variances has no digits left to start from. */
const LARGEST_RATIO = 1e12;

/**
 * What the process needs of an estimate. A fit that is not stationary, or no longer distinguishable from one that is
 * not, is conditioned on its first p values.
 */
export function arParams({ ar, mean, intercept, variance }: ArEstimate): ArParams {
  let ratio = 1;
  for (const partial of partialsFromAr(ar))
    ratio *= Math.abs(partial) < 1 ? (1 - partial) * (1 + partial) : 0;
  return {
    ar,
    center: mean,
    intercept,
    sigma2: variance,
    start: ratio * LARGEST_RATIO > 1 ? "stationary" : "diffuse",
  };
}
