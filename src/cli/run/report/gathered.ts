import type { Series } from "../../../core/series.js";
import type { SeasonsResult } from "../../../diagnostics/decomposition/seasons.js";
import type { Strengths } from "../../../diagnostics/decomposition/strength.js";
import type { Leaderboard } from "../../../evaluate/leaderboard.js";
import type { ForecastResult } from "../../../run/tasks/results.js";
import type { Outcome } from "../../../run/tasks/task.js";
import type { Looked } from "../../inspection.js";
import type { Plan } from "../backtest/plan.js";

/** A forecast that worked. */
export type Forecasted = Extract<Outcome<ForecastResult>, { status: "ok" }>;

/** All that a report says of one series. */
export interface SeriesFindings {
  readonly series: Series;
  readonly looked: Looked;
  /** One a model that was asked for. */
  readonly forecasts: readonly Forecasted[];
  readonly failed: readonly Extract<Outcome<ForecastResult>, { status: "failed" }>[];
  /** How the past was forecast; null where the series is too short for that. */
  readonly board: Leaderboard | null;
  readonly parts: (SeasonsResult & { readonly strengths: Strengths }) | null;
}

/** All that a report says. */
export interface Findings {
  readonly file: string;
  /** What was decided about the data, and what was wrong in them, as it was told. */
  readonly decided: readonly string[];
  readonly warned: readonly string[];
  readonly all: readonly SeriesFindings[];
  readonly showIds: boolean;
  readonly levels: readonly number[];
  readonly plan: Plan | null;
  /** Why the past could not be forecast; null where it could. */
  readonly noBacktest: string | null;
  /** Scores over all series. */
  readonly board: Leaderboard | null;
  readonly command: string;
  readonly version: string;
}
