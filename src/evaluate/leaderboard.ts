import { type DieboldMariano, dieboldMariano } from "./diebold-mariano.js";
import type { Outcome } from "./outcome.js";
import type { Losses } from "./scores/losses.js";
import { type RunSums, runSumsOf } from "./scores/run-sums.js";
import type { HorizonScores, Scores } from "./scores/scores.js";

/** What one model did on every series. */
export interface ModelRun {
  readonly model: string;
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

/** The same, summed as it went; `outcomes` is empty where the sums are enough. */
export interface SummedRun extends ModelRun {
  readonly sums: RunSums;
}

export interface ModelScore extends Scores {
  readonly model: string;
  /** Time spent fitting and forecasting. */
  readonly seconds: number;
  readonly byHorizon: readonly HorizonScores[];
  /** The same with every series weighing the same, as in the M competitions; `count` is that of the series. */
  readonly perSeries: Scores;
  /** Series that the model could not forecast, and why. */
  readonly failures: readonly { readonly id: string; readonly message: string }[];
}

export interface Comparison extends DieboldMariano {
  /** The best and the second. */
  readonly models: readonly [string, string];
  /** Forecasts compared: one for each series and fold that both have. */
  readonly count: number;
}

export interface Leaderboard {
  /** The measure that orders the scores: MASE where it is defined for every model, else RMSE. */
  readonly rankedBy: "mase" | "rmse";
  /** Best first; a model that could forecast nothing stands last. */
  readonly scores: readonly ModelScore[];
  /** Whether the two best differ; null where that cannot be tested. */
  readonly comparison: Comparison | null;
}

/** Fewer forecasts than this are not worth a test. */
const LEAST_COMPARED = 4;

/**
 * Scores models side by side.
 *
 * The two best are compared by a Diebold-Mariano test on the mean absolute error of each whole forecast, scaled as in
 * MASE so that series of different size weigh the same; series are taken as independent.
 *
 * @param overlap folds that one forecast reaches over: ⌈(horizon + gap) / step⌉.
 */
export function leaderboard(
  runs: readonly ModelRun[],
  levels: readonly number[],
  overlap: number,
): Leaderboard {
  return leaderboardOf(
    runs.map((run) => ({ ...run, sums: runSumsOf(run.outcomes, levels) })),
    overlap,
  );
}

/** The same of runs that were summed as they went. */
export function leaderboardOf(runs: readonly SummedRun[], overlap: number): Leaderboard {
  const scored = runs.map(({ model, sums, seconds, failures }) => ({
    sums,
    score: {
      model,
      ...sums.scores(),
      seconds,
      failures,
      byHorizon: sums.byHorizon(),
      perSeries: sums.perSeries(),
    },
  }));
  const defined = scored.every(({ score }) => score.count === 0 || Number.isFinite(score.mase));
  const rankedBy = defined ? "mase" : "rmse";
  const rank = (score: ModelScore) => (score.count === 0 ? Number.POSITIVE_INFINITY : score[rankedBy]);
  const ranked = scored.sort((a, b) => compare(rank(a.score), rank(b.score)));
  const [best, second] = ranked.filter(({ score }) => score.count > 0);
  const test =
    best === undefined || second === undefined
      ? null
      : compared(best.sums.losses, second.sums.losses, rankedBy, overlap);
  return {
    rankedBy,
    scores: ranked.map(({ score }) => score),
    comparison: test === null ? null : { models: [best!.score.model, second!.score.model], ...test },
  };
}

/** Ascending, NaN and infinities last. */
function compare(a: number, b: number): number {
  if (Number.isFinite(a) && Number.isFinite(b)) return a - b;
  return Number(!Number.isFinite(a)) - Number(!Number.isFinite(b));
}

function compared(
  first: Losses,
  second: Losses,
  rankedBy: "mase" | "rmse",
  overlap: number,
): Omit<Comparison, "models"> | null {
  const [mine, theirs] = [first.by(rankedBy), second.by(rankedBy)];
  const shared = [...mine.keys()].filter((key) => theirs.has(key));
  if (shared.length < LEAST_COMPARED || overlap >= shared.length) return null;
  const losses = (of: ReadonlyMap<string, number>) => shared.map((key) => of.get(key)!);
  const test = dieboldMariano(losses(mine), losses(theirs), { horizon: overlap, power: 1 });
  return { count: shared.length, ...test };
}
