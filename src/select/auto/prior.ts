import type { Rule } from "../calibrated/index.js";
import type { Kind } from "./kind.js";

/** Errors that the prior counts as: a series needs about this many of its own to be believed as much. */
const PRIOR_WEIGHT = 6;

/**
 * How much wider than its own the pool's intervals must be, before a series' own errors speak. Classical intervals take
 * the estimates and the model's form for known.
 */
export function ruleFor(_kind: Kind, _period: number): Rule {
  return { prior: [1], priorWeight: PRIOR_WEIGHT };
}
