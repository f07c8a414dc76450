/** Sampled futures, one row a path. */
export interface Paths {
  readonly count: number;
  readonly horizon: number;
  /** Row-major: step h (from 0) of path i is `values[i * horizon + h]`. */
  readonly values: Float64Array;
  /** Log probability of each path, falling; only of a beam search. */
  readonly logProbabilities?: Float64Array;
}
