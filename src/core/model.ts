import type { Distribution } from "./distribution.js";
import type { YuleError } from "./errors.js";
import type { InputRules } from "./input-rule.js";
import type { Paths } from "./paths.js";
import type { Rng } from "./random.js";
import type { Panel, Series } from "./series.js";
import type { Threads } from "./threads.js";
import type { TimeAxis } from "./time/time.js";

/** What a memory may need to know of the series it is to follow. */
export type SeriesHead = Pick<Series, "id" | "period" | "time">;

/**
 * How a family moves one step. P: estimates, S: memory; both plain data (numbers, strings, booleans, null,
 * arrays, plain objects, Float64Array, Float32Array). All functions are pure: they never mutate what they get.
 */
export interface Process<P, S> {
  /** The name under which saved models find their process again. */
  readonly kind: string;
  /** Memory before the first value; `series` says which one will follow, where that is known. */
  start(params: P, series?: SeriesHead): S;
  /** p(x_t | past, input_t). */
  conditional(params: P, state: S, input: Float64Array): Distribution;
  /** Memory after seeing `y`, which is NaN where missing. Costs the same whatever came before. */
  advance(params: P, state: S, y: number, input: Float64Array): S;
  /** Exact marginal distributions of the next `inputs.length` values; null where these estimates have none. */
  ahead?(params: P, state: S, inputs: readonly Float64Array[]): readonly Distribution[] | null;
  /**
   * Point forecasts of the next values where no exact marginals are known but their means are, or the method defines
   * its own (Croston's flat line); spread and quantiles then come from paths. Null where these estimates have none.
   */
  means?(params: P, state: S, inputs: readonly Float64Array[]): Float64Array | null;
  /** The same paths that one-at-a-time rolling draws, in a faster batch form. `streams[i]` draws path i. */
  rollMany?(params: P, state: S, inputs: readonly Float64Array[], streams: readonly Rng[]): Paths;
  /**
   * For each step ahead a sample of its values, of which `count` say as much as four times as many independent draws: paths that go forward
   * together and whose draws are spread evenly over their distribution. Null where these estimates have none.
   */
  spreadAhead?(
    params: P,
    state: S,
    inputs: readonly Float64Array[],
    count: number,
    seed: number,
  ): readonly Float64Array[] | null;
  /**
   * The same process with other coefficients (by their names in the report) and innovation variance, for the uncertainty
   * of estimates; null where they are not admissible.
   */
  redraw?(params: P, coefficients: ReadonlyMap<string, number>, sigma2: number): P | null;
  /** A fast batch form of advancing over several rows; must equal the plain fold of `advance`. */
  advanceMany?(params: P, state: S, values: ArrayLike<number>, inputs: readonly Float64Array[]): S;
  /**
   * Why estimates and memory that a file holds are none of this process's, in words, or null: types, sizes that fit each
   * other, ranges, finite numbers. Asked before the first use; `inputs` is how many regressors the model was fitted with. Those of
   * yule's own kinds are in `select/saved-flaw.ts`.
   */
  flaw?(params: unknown, state: unknown, inputs: number): string | null;
  /** What the memory says the last value was made of, by name, in units of y; null where it is of no such parts. */
  parts?(params: P, state: S): Readonly<Record<string, number>> | null;
  /** A fast batch form of replaying a whole series from `start`; must equal the plain fold of `advance`. */
  replayMany?(params: P, series: Series): Replay<S>;
  /** Conditionals of several rows in one pass, for speculative drawing; absent where a process goes row by row. */
  lookAhead?(params: P, state: S, inputs: readonly Float64Array[]): LookAhead;
}

/** A process along one path of the future, several rows at a time; the same numbers as by `conditional` and `advance`, bit for bit. */
export interface LookAhead {
  /** p of the next rows, the first `values.length` of them given that these values come, and of the row after them where there is one. */
  conditionals(values: ArrayLike<number>): readonly Distribution[];
  /** Goes on with values: the first ones of those that `conditionals` was asked about last, and then at most one other. */
  take(values: ArrayLike<number>): void;
  /** Back to where the path began. */
  restart(): void;
}

/** What folding the step over a series yields: memory at its end, and what the model thought of each value. */
export interface Replay<S> {
  readonly state: S;
  readonly logLikelihood: number;
  /** One-step predictions; NaN while the start is diffuse. */
  readonly fitted: Float64Array;
  /** y minus the one-step prediction; NaN where y is missing or the start diffuse. */
  readonly residuals: Float64Array;
  /** Residuals divided by the one-step standard deviation. */
  readonly standardized: Float64Array;
}

/** Something the user should know about a fit or a forecast. */
export interface Note {
  /** Stable kebab-case code. */
  readonly code: string;
  readonly message: string;
  /** Notes that change how far a result can be trusted are warnings and go to stderr too. */
  readonly severity: "info" | "warning";
  /** A detail of how a result came about; the command line tells it with --verbose only. */
  readonly minor?: true;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Coefficient {
  readonly name: string;
  readonly estimate: number;
  /** NaN where no standard error is known. */
  readonly stdError: number;
}

/** Plain data of a family. */
export type Details = Readonly<Record<string, unknown>>;

/** What was learned. Quantities that a family does not have are NaN, printed as null. D: the details of the family. */
export interface FitReport<D extends Details = Details> {
  /** Values that were not missing. */
  readonly observations: number;
  readonly coefficients: readonly Coefficient[];
  /** Covariance of the coefficients in their order, or null. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Innovation variance; `details.sigma2Definition` says which divisor. */
  readonly sigma2: number;
  readonly logLikelihood: number;
  readonly aic: number;
  readonly aicc: number;
  readonly bic: number;
  readonly converged: boolean;
  readonly notes: readonly Note[];
  /** Plain data of the family: roots, search trace, psi weights … */
  readonly details: D;
}

/** Where a fitted model stands: which series it follows and how many of its rows it has seen. */
export interface Origin {
  readonly id: string;
  readonly period: number;
  readonly time: TimeAxis | null;
  /** Rows seen so far; the next value is row `length` of the time axis. */
  readonly length: number;
  readonly inputNames: readonly string[];
  /** How inputs that follow from the times are made; absent where none does. */
  readonly inputRules?: InputRules;
}

/**
 * A correction of intervals learned from past forecast errors: at step h a value whose standard score under the model is
 * ρ_h(z) gets the score z, where ρ_h goes through (0, 0) and (nominalScores[i], empiricalScores[h − 1][i]) and on (the last step's beyond the last).
 * With one point it is a factor for widths.
 */
export interface Calibration {
  /** Scores that intervals should have, ascending. */
  readonly nominalScores: readonly number[];
  /** Scores that past errors had in their stead, one list a step. */
  readonly empiricalScores: readonly (readonly number[])[];
}

/** A fitted model: estimates P and memory S as plain data, the process that moves them, and what was learned, with details D. */
export interface Fitted<P = unknown, S = unknown, D extends Details = Details> {
  /** Canonical notation of what was fitted, orders chosen, e.g. `ar(11)`. */
  readonly notation: string;
  readonly process: Process<P, S>;
  readonly params: P;
  readonly state: S;
  readonly report: FitReport<D>;
  readonly origin: Origin;
  /** Absent where the model's own intervals are taken as they are. */
  readonly calibration?: Calibration;
  /** The series it was fitted to; absent after `update` and `load`, which keep memory only. */
  readonly history?: Series;
}

export interface Progress {
  /** What is going on, e.g. `"epoch"`. */
  readonly stage: string;
  readonly done: number;
  /** Null where the end is not known. */
  readonly total: number | null;
  readonly message?: string;
  /** What training brings down, where it does: the loss, on validation data where there are any. */
  readonly loss?: number;
}

export interface FitOptions {
  readonly rng?: Rng;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** Threads for families that can use them; the results are the same without. */
  readonly threads?: Threads;
  /** Steps that the forecasts to come will go, 1 to 100,000: a network trains for as many where its notation has no `horizon`. */
  readonly horizon?: number;
  /** Whether the report may leave out what costs time and no forecast needs: standard errors, roots, ψ weights. Default false. */
  readonly brief?: boolean;
  /** Whether values were transformed, as to logarithms, so that 0, signs and whole numbers among them mean nothing. Default false. */
  readonly transformed?: boolean;
}

/** What to fit; F says what its fits hold, e.g. `Model<ArFitted>`. */
export interface Model<F extends Fitted = Fitted> {
  /** Canonical notation: `parseModel(model.notation).notation === model.notation`. */
  readonly notation: string;
  /** Whether missing values are treated exactly (`keep`) or have to be filled in before. */
  readonly missing: "keep" | "interpolate";
  fit(series: Series, options?: FitOptions): F;
  /** Why `fitPanel` cannot take a series whatever the others are; null where it can. Absent: it takes every series. */
  refusal?(series: Series): YuleError | null;
  /** Families that learn one model from many series. One result a series, in order. */
  fitPanel?(panel: Panel, options?: FitOptions): Promise<readonly F[]>;
}
