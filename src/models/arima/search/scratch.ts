import { QuasiNewtonState } from "../../../math/minimise/quadratic-model.js";
import { Workspace } from "../likelihood/workspace.js";
import { LikelihoodObjective } from "./objective.js";

/** The buffers that one search for a maximum works in, handed down to all that it calls. */
export class Scratch {
  readonly ws = new Workspace();
  readonly objective = new LikelihoodObjective(this.ws);
  readonly minimiser = new QuasiNewtonState();
  /** The free coordinates of a descent. */
  z = new Float64Array(16);
}

/** Buffers of searches that ended: making new ones takes as long as a small fit. */
const IDLE: Scratch[] = [];
/** More are only in use where fits begin inside fits. */
const MOST_IDLE = 2;

/** Does some work in a scratch that no other work in progress uses: fits may begin inside fits. */
export function withScratch<T>(work: (scratch: Scratch) => T): T {
  const scratch = IDLE.pop() ?? new Scratch();
  try {
    return work(scratch);
  } finally {
    if (IDLE.length < MOST_IDLE) IDLE.push(scratch);
  }
}
