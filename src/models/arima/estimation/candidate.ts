import type { ArmaOrders } from "../definition/orders.js";
import { Workspace } from "../likelihood/workspace.js";
import type { Design } from "../problem/design.js";
import { LEAST_EFFORT, type MultiStartOptions } from "../search/multi-start.js";
import { searchMaximum } from "./estimate.js";

/** A model on trial: its maximum, and nothing that comparing models does not need. */
export interface ArimaCandidate {
  readonly x: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly admissible: boolean;
  readonly evaluations: number;
}

export interface CandidateOptions extends Partial<MultiStartOptions> {
  /** The log-likelihood from which on maxima that may not be chosen are of interest. Default: all. */
  readonly promising?: number;
}

const SHARED = new Workspace();

/** The maximum of one candidate's likelihood; see {@link LEAST_EFFORT} for what a search over orders needs. */
export function tryOrders(
  design: Design,
  orders: ArmaOrders,
  { promising, ...options }: CandidateOptions = {},
): ArimaCandidate {
  const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
  const settings = {
    ...{ held: null, fixed: null, effort: LEAST_EFFORT, rng: null },
    ...(promising === undefined ? {} : { bar: constant - promising }),
    ...options,
  };
  const ws = SHARED;
  const { best, admissible } = searchMaximum(ws, design, orders, settings);
  return {
    x: best.x,
    logLikelihood: constant - best.value,
    converged: best.converged,
    admissible,
    evaluations: ws.values,
  };
}
