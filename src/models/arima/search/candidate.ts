import type { ArmaOrders } from "../definition/orders.js";
import type { Design } from "../problem/design.js";
import { LEAST_EFFORT } from "./effort.js";
import { filledDifferences, type MaximumOptions, searchMaximum } from "./maximum.js";
import type { StartCutoff } from "./multi-start.js";
import { withScratch } from "./scratch.js";

/** A model on trial: its maximum, and nothing that comparing models does not need. */
export interface ArimaCandidate {
  readonly x: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly admissible: boolean;
  readonly evaluations: number;
  /** Whether the maximum was in no sight of `worthwhile`; then x is where the descent was given up. */
  readonly givenUp: boolean;
  /** The differenced series with its gaps filled by what this model expects there; null without gaps. */
  readonly filled: Float64Array | null;
}

export interface CandidateOptions extends Partial<MaximumOptions> {
  /** Log-likelihood that a series with gaps has to have in sight for its maximum to be looked for. Default: any. */
  readonly worthwhile?: number;
  /** The log-likelihood from which on maxima that may not be chosen are of interest. Default: all. */
  readonly promising?: number;
  /** Whether a series without gaps is searched as roughly as one with gaps. Default false. */
  readonly quick?: boolean;
}

/** Maxima of a series with gaps are costly; so near one, what is left to gain is told well enough by the last step. */
const NEAR_MAXIMUM = { ...LEAST_EFFORT, tolerance: 3e-3 };

/** The maximum of one candidate's likelihood; see {@link LEAST_EFFORT} for what a search over orders needs. */
export function tryOrders(
  design: Design,
  orders: ArmaOrders,
  { promising, worthwhile, quick = false, ...options }: CandidateOptions = {},
): ArimaCandidate {
  const rough = quick || design.gaps.length > 0;
  const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
  const settings = {
    ...{ held: null, fixed: null, rng: null },
    effort: rough ? NEAR_MAXIMUM : LEAST_EFFORT,
    ...(promising === undefined ? {} : { outsideCutoff: constant - promising }),
    ...(worthwhile === undefined || !rough ? {} : { cutoff: cutoffFor(design, constant - worthwhile) }),
    ...options,
  };
  return withScratch((scratch) => {
    const { best, admissible } = searchMaximum(scratch, design, orders, settings);
    return {
      x: best.x,
      logLikelihood: constant - best.value + (best.converged && rough ? best.remaining : 0),
      converged: best.converged,
      admissible,
      evaluations: scratch.ws.values,
      givenUp: best.givenUp,
      filled: filledDifferences(scratch.ws, design),
    };
  });
}

/**
 * The maximum of the series with its gaps filled is the less that of the observed values the more of them are missing: so
 * much above the cutoff it may lie, and so many times the decrease may come that the curvature of a filled series promises.
 */
function cutoffFor({ gaps, observed }: Design, value: number): StartCutoff {
  const missing = gaps.length / (gaps.length + observed);
  return {
    value,
    within: 1.5 + 8 * missing,
    patience: { optimism: 3 / (1 - missing), margin: 0.1, steps: 0 },
  };
}
