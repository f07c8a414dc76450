import type { Differencing } from "./evidence.js";
import type { PeriodSearch } from "./find-period.js";
import type { LevelShift } from "./level-shifts.js";
import type { Outlier } from "./outliers.js";
import type { SuggestedOrders } from "./suggest-orders.js";
import type { AdfResult } from "./unit-root/adf.js";
import type { KpssResult } from "./unit-root/kpss.js";
import type { PhillipsPerronResult } from "./unit-root/phillips-perron.js";

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

/** What a series is and what to do about it, before any model. Plain data; parts that cannot be computed are null. */
export interface Advice {
  readonly observations: number;
  readonly missing: number;
  /** The period the advice assumes: the series' own, or the one found where it has no dates. */
  readonly period: number;
  /** How the period was found; null where the series already had one or its dates tell. */
  readonly periodSearch: PeriodSearch | null;
  /** Strength of trend and season, 0 to 1; `season` is null where there is none. */
  readonly strengths: { readonly trend: number; readonly season: number | null } | null;
  /** A week over the day of values within a day, where it explains a good part of what the day leaves. */
  readonly longerSeason: { readonly period: number; readonly strength: number } | null;
  readonly tests: {
    readonly adf: AdfResult | null;
    readonly kpss: KpssResult | null;
    readonly pp: PhillipsPerronResult | null;
  };
  readonly stationary: Verdict;
  readonly differences: { readonly ordinary: number | null; readonly seasonal: number | null };
  readonly evidence: { readonly ordinary: Differencing | null; readonly seasonal: Differencing | null };
  /** `kind` is what to do, `lambda` what Guerrero's method found. */
  readonly transformation: { readonly kind: "none" | "log" | "box-cox"; readonly lambda: number | null };
  readonly outliers: readonly Outlier[];
  readonly levelShifts: readonly LevelShift[];
  readonly orders: SuggestedOrders | null;
  /** Notation of a first model to try, e.g. `arima(0,1,1)(0,1,1)[12]`; null where nothing can be said. */
  readonly model: string | null;
  readonly sentences: readonly Sentence[];
}

/** Everything but the sentences about it. */
export type Findings = Omit<Advice, "sentences">;
