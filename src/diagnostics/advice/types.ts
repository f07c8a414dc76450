import type { LevelShift } from "../cleaning/level-shifts.js";
import type { Differencing } from "../evidence.js";
import type { PeriodSearch } from "../seasonality/find-period.js";
import type { AdfResult } from "../unit-root/adf.js";
import type { KpssResult } from "../unit-root/kpss.js";
import type { PhillipsPerronResult } from "../unit-root/phillips-perron.js";
import type { SuggestedOrders } from "./suggest-orders.js";

/**
 * What the unit-root tests say together: `stationary` around a level, `trend-stationary` around a line, `unit-root`,
 * `contradictory` where both kinds of test reject, `undecided` where neither does, `unknown` where they cannot be run.
 */
export type Verdict =
  | "stationary"
  | "trend-stationary"
  | "unit-root"
  | "contradictory"
  | "undecided"
  | "unknown";

/** One thing worth knowing, as a person would say it. */
export interface Sentence {
  readonly topic:
    | "data"
    | "period"
    | "transformation"
    | "stationarity"
    | "differences"
    | "orders"
    | "outliers"
    | "level-shifts";
  readonly text: string;
}

/** Each test of stationarity once; null where it cannot be run. */
export interface StationarityTests {
  readonly adf: AdfResult | null;
  readonly kpss: KpssResult | null;
  readonly pp: PhillipsPerronResult | null;
}

/** A straight line through the series. */
export interface TrendLine {
  /** Share of the variance that it explains. */
  readonly share: number;
  /** Autocorrelation at lag 1 of what it leaves. */
  readonly correlation: number;
}

/** A season the series has by its dates, by its own period, or by its values. */
export interface SeasonFinding {
  readonly period: number;
  /** Strength from 0 to 1 (see `strengths`); null where fewer than two seasons were seen. */
  readonly strength: number | null;
  /** Whether it is more than noise would show. */
  readonly present: boolean;
}

/** A value that stands out from those around it, on the scale of the series. */
export interface OddValue {
  /** Index from 0. */
  readonly index: number;
  readonly value: number;
  /** What the other values lead to expect. */
  readonly replacement: number;
}

/** What a series is and what to do about it, before any model. Plain data; parts that cannot be computed are null. */
export interface Advice {
  readonly observations: number;
  readonly missing: number;
  /** How many of the last values were looked at: all of them but in very long series. */
  readonly examined: number;
  /** `line`: the values lie on a straight line; `intermittent`: many zeros without a seasonal pattern. */
  readonly kind: "empty" | "constant" | "line" | "intermittent" | "short" | "usual";
  /** Share of zeros among the values. */
  readonly zeros: number;
  /** The period the advice assumes: the series' own, or the one found where it has no dates. */
  readonly period: number;
  /** How the period was found; null where the series already had one or its dates tell. */
  readonly periodSearch: PeriodSearch | null;
  /** The season of `period`; null for none. */
  readonly season: SeasonFinding | null;
  /** Strength of trend and season, 0 to 1; `season` is null where there is none. */
  readonly strengths: { readonly trend: number; readonly season: number | null } | null;
  /** A longer season over the first, such as the week of hours, where it is strong. */
  readonly longerSeason: { readonly period: number; readonly strength: number } | null;
  /** Length in values of a cycle that keeps no step; null for none. */
  readonly cycle: number | null;
  readonly tests: StationarityTests;
  readonly line: TrendLine | null;
  readonly stationary: Verdict;
  readonly differences: { readonly ordinary: number | null; readonly seasonal: number | null };
  readonly evidence: { readonly ordinary: Differencing | null; readonly seasonal: Differencing | null };
  /**
   * `kind` is what to do; `lambda` the Box-Cox parameter that goes with it (0 for logarithms), null where the spread does not
   * grow with the level; `slope` that of log spread on log level, null where it cannot be told.
   */
  readonly transformation: {
    readonly kind: "none" | "log" | "box-cox";
    readonly lambda: number | null;
    readonly slope: number | null;
  };
  readonly outliers: readonly OddValue[];
  readonly levelShifts: readonly LevelShift[];
  readonly orders: SuggestedOrders | null;
  /** Notation of a first model to try, e.g. `arima(0,1,1)(0,1,1)[12]`; null where nothing can be said. */
  readonly model: string | null;
  /** The series after transformation and differences, from whose correlations `orders` are read; null where nothing was done to it. */
  readonly differenced: Float64Array | null;
  /** What sentences call that series. */
  readonly differencedName: string;
  readonly sentences: readonly Sentence[];
}

/** Everything but the sentences about it. */
export type Findings = Omit<Advice, "sentences">;
