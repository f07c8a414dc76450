import type { FitReport, Note, Origin } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import type { EventProbability } from "../../engine/probability.js";
import type { JudgedRow } from "../../evaluate/anomalies/anomalies.js";
import type { Outcome as Scored } from "../../evaluate/outcome.js";
import type { Detached } from "./detached.js";

/** A level and its interval at every step. */
export interface Interval {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What a model would have forecast of each observed row, one step ahead; NaN where nothing yet. */
export interface HistoryResult {
  readonly times: readonly string[];
  readonly y: Float64Array;
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly intervals: readonly Interval[];
}

export interface ForecastResult {
  readonly times: readonly string[];
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly intervals: readonly Interval[];
  /** Null where the task did not ask for it. */
  readonly history: HistoryResult | null;
  readonly probabilities: readonly EventProbability[];
  readonly notes: readonly Note[];
  readonly notation: string;
  readonly origin: Origin;
  /** Null where the task did not ask to keep it. */
  readonly fitted: Detached | null;
}

export interface LjungBox {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

export interface FitResult {
  readonly report: FitReport;
  readonly ljungBox: LjungBox | null;
  readonly notation: string;
  readonly fitted: Detached;
}

export interface EstimateResult {
  readonly notation: string;
  readonly fitted: Detached;
  /** The series that the model was fitted to, where it is not that of the task as it stands (gaps filled in). */
  readonly history: Series | "same" | "none";
}

export interface SimulateResult {
  readonly times: readonly string[];
  readonly count: number;
  /** Row-major, one row a path. */
  readonly values: Float64Array;
  /** Of a beam search: log probability of each path, falling. */
  readonly logProbabilities?: Float64Array;
  readonly notes: readonly Note[];
  readonly notation: string;
  readonly origin: Origin;
  /** Null where the task did not ask to keep it. */
  readonly fitted: Detached | null;
}

export interface BacktestResult {
  /** Every forecast value and what came. */
  readonly outcomes: readonly Scored[];
  readonly seconds: number;
}

export interface AnomaliesResult {
  readonly level: number;
  /** Every row of the series. */
  readonly rows: readonly JudgedRow[];
  /** Values that were compared with an interval. */
  readonly judged: number;
  readonly notes: readonly Note[];
  readonly notation: string;
  readonly origin: Origin;
  /** Null where the task did not ask to keep it. */
  readonly fitted: Detached | null;
}
