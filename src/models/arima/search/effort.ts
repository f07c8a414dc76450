/** How hard to look for the highest of several maxima. */
export interface SearchEffort {
  /** Starts beside the first are tried where the likelihood there is at most this far below the best so far. */
  readonly logLikelihoodGap: number;
  /** At most so many of them. */
  readonly maxStarts: number;
  /** As many of the starts that smaller models' maxima and random coefficients suggest; 0 asks for none. */
  readonly reduced: number;
  /** Random starts on top. */
  readonly random: number;
  /** Half the Newton decrement at which a descent ends: what the maximum may be short of. */
  readonly tolerance: number;
  /** Steps of one descent. */
  readonly iterations: number;
}

export const USUAL_EFFORT: SearchEffort = {
  ...{ logLikelihoodGap: 30, maxStarts: 3, reduced: 2, random: 0 },
  ...{ tolerance: 2e-7, iterations: 120 },
};
/** For models a search over orders has come near already: from there, without the starts of smaller models. */
export const FINAL_EFFORT: SearchEffort = { ...USUAL_EFFORT, logLikelihoodGap: 8, maxStarts: 3, reduced: 0 };
export const THOROUGH_EFFORT: SearchEffort = { ...FINAL_EFFORT, logLikelihoodGap: 20, maxStarts: 8 };
/** One descent, to compare models by. */
export const LEAST_EFFORT: SearchEffort = {
  ...{ logLikelihoodGap: 0, maxStarts: 0, reduced: 0, random: 0 },
  ...{ tolerance: 1e-5, iterations: 60 },
};
