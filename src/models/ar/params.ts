import { isStationary } from "../../math/polynomials.js";
import type { ArEstimate } from "./estimate.js";
import type { ArParams } from "./memory.js";

/** What the process needs of an estimate. A non-stationary fit starts from nowhere: its first p values are given. */
export function arParams({ ar, mean, intercept, variance }: ArEstimate): ArParams {
  return { ar, center: mean, intercept, sigma2: variance, start: isStationary(ar) ? "stationary" : "diffuse" };
}
