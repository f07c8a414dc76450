import type { Series } from "../../../core/series.js";
import type { ModelRun, ModelScore } from "../../../evaluate/leaderboard.js";
import type { Outcome } from "../../../evaluate/outcome.js";
import { smallestOf } from "../../../math/extremes.js";
import type { Curve, Picture } from "../../../report/pictures/picture.js";
import { pictureOf } from "../../../report/pictures/picture-of.js";
import type { Scheduled } from "../../../run/backtest/schedule.js";
import type { Plan } from "./plan.js";

/** Each series with what the best models said of it from its origins; where forecasts overlap, those that do not. */
export function backtestPictures(plan: Plan<Series>, best: readonly ModelRun[], overlap: number): Picture[] {
  return plan.scheduled.map((scheduled) => {
    const { series } = scheduled;
    const curves = best.map((run) => curveOf(plan, scheduled, run, overlap));
    return { ...pictureOf(series.id, series, []), curves: curves.filter((curve) => curve !== null) };
  });
}

function curveOf(
  plan: Plan<Series>,
  { series, folds }: Scheduled,
  run: ModelRun,
  overlap: number,
): Curve | null {
  const shown = (fold: number) => (folds.length - 1 - fold) % overlap === 0;
  const own = run.outcomes.filter(({ id, fold }) => id === series.id && shown(fold));
  if (own.length === 0) return null;
  const rowOf = ({ fold, step }: Outcome) => folds[fold]!.origin + plan.gap + step - 1;
  const from = smallestOf(own.map(rowOf));
  const filled = (value: (outcome: Outcome) => number) => {
    const values = new Float64Array(series.y.length - from).fill(Number.NaN);
    for (const outcome of own) values[rowOf(outcome) - from] = value(outcome);
    return values;
  };
  return {
    name: run.model,
    from,
    mean: filled(({ mean }) => mean),
    bands: plan.levels.map((level, at) => ({
      level,
      lower: filled(({ lower }) => lower[at]!),
      upper: filled(({ upper }) => upper[at]!),
    })),
  };
}

/** A measure over the steps ahead, one line a model. */
export function growthPicture(scores: readonly ModelScore[], measure: "mase" | "rmse"): Picture {
  return {
    title: `${measure.toUpperCase()} by steps ahead`,
    times: scores[0]?.byHorizon.map(({ step }) => String(step)) ?? [],
    instants: null,
    history: [],
    timeName: "steps ahead",
    valueName: measure.toUpperCase(),
    curves: scores.map(({ model, byHorizon }) => ({
      name: model,
      from: 0,
      mean: byHorizon.map((at) => at[measure]),
      bands: [],
    })),
  };
}
