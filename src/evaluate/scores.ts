import { square } from "../math/power.js";
import { DECILES, type Outcome } from "./outcome.js";

/**
 * Scores of one model. Absolute measures (MASE, sMAPE, MAPE, MAE) score the median, squared ones and the bias the
 * mean: each the point that minimises it (Gneiting 2011, p. 748). NaN where a measure is undefined.
 */
export interface Scores {
  readonly mase: number;
  readonly rmsse: number;
  readonly smape: number;
  /** Undefined (NaN) where an actual value is 0. */
  readonly mape: number;
  /** Overall weighted average of the M4 competition: mean of sMAPE and MASE, each over that of Naive2. */
  readonly owa: number;
  readonly mae: number;
  readonly rmse: number;
  /** Mean of actual − forecast: above 0 where the forecast is too low. */
  readonly bias: number;
  readonly crps: number;
  /** 2 Σ pinball / Σ |y|, mean over the deciles. */
  readonly weightedQuantileLoss: number;
  /** Percent of the actual values inside, by level. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Mean scaled interval score at the highest level. */
  readonly msis: number;
  /** Values scored. */
  readonly count: number;
  /** exp of the mean −log p of a value given all before it, one step ahead; only of models that give every value a probability. */
  readonly perplexity?: number;
}

/** Scores by steps ahead: an autoregressive forecast degrades as it rolls, and this shows how. */
export interface HorizonScores extends Scores {
  readonly step: number;
}

/** The scores of a set of outcomes; every outcome weighs the same. */
export function scoresOf(outcomes: readonly Outcome[], levels: readonly number[]): Scores {
  const mean = (value: (outcome: Outcome) => number) => average(outcomes, value);
  const top = levels.length - 1;
  const mase = mean((o) => Math.abs(o.actual - o.median) / o.absoluteScale);
  const smape = mean((o) => symmetricError(o.actual, o.median));
  return {
    mase,
    rmsse: Math.sqrt(mean((o) => square(o.actual - o.mean) / o.squaredScale)),
    smape,
    mape: mean((o) =>
      o.actual === 0 ? Number.NaN : (100 * Math.abs(o.actual - o.median)) / Math.abs(o.actual),
    ),
    owa: overallWeightedAverage(outcomes, smape, mase),
    mae: mean((o) => Math.abs(o.actual - o.median)),
    rmse: Math.sqrt(mean((o) => square(o.actual - o.mean))),
    bias: mean((o) => o.actual - o.mean),
    crps: mean((o) => o.crps),
    weightedQuantileLoss: weightedQuantileLoss(outcomes),
    coverage: Object.fromEntries(
      levels.map((level, i) => [String(level), 100 * mean((o) => (inside(o, i) ? 1 : 0))]),
    ),
    msis: top < 0 ? Number.NaN : mean((o) => winkler(o, top, levels[top]!) / o.absoluteScale),
    count: outcomes.length,
    ...perplexityOf(outcomes.map(({ logProbability }) => logProbability)),
  };
}

/** exp of the mean of −log p; nothing where one is not known. */
function perplexityOf(logs: readonly (number | undefined)[]): Pick<Scores, "perplexity"> {
  let sum = 0;
  for (const log of logs) {
    if (log === undefined) return {};
    sum -= log;
  }
  return logs.length === 0 ? {} : { perplexity: Math.exp(sum / logs.length) };
}

/** The same, for each step ahead. */
export function scoresByHorizon(outcomes: readonly Outcome[], levels: readonly number[]): HorizonScores[] {
  const byStep = new Map<number, Outcome[]>();
  for (const outcome of outcomes) {
    const group = byStep.get(outcome.step);
    if (group === undefined) byStep.set(outcome.step, [outcome]);
    else group.push(outcome);
  }
  return [...byStep.entries()]
    .sort(([a], [b]) => a - b)
    .map(([step, group]) => ({ step, ...scoresOf(group, levels) }));
}

/**
 * The mean over series of each series' scores, so that every series weighs the same however long its forecast, as in the M
 * competitions. OWA compares the means of sMAPE and MASE with those of Naive2.
 */
export function scoresPerSeries(outcomes: readonly Outcome[], levels: readonly number[]): Scores {
  const series = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const own = series.get(outcome.id);
    if (own === undefined) series.set(outcome.id, [outcome]);
    else own.push(outcome);
  }
  const each = [...series.values()].map((own) => scoresOf(own, levels));
  const benchmark = [...series.values()].map((own) =>
    scoresOf(
      own.map((outcome) => ({ ...outcome, median: outcome.naive2 })),
      levels,
    ),
  );
  const mean = (list: readonly Scores[], value: (scores: Scores) => number) =>
    list.reduce((sum, scores) => sum + value(scores), 0) / list.length;
  const own = (value: (scores: Scores) => number) => mean(each, value);
  const [smape, mase] = [own((s) => s.smape), own((s) => s.mase)];
  const [smape2, mase2] = [mean(benchmark, (s) => s.smape), mean(benchmark, (s) => s.mase)];
  return {
    mase,
    rmsse: own((s) => s.rmsse),
    smape,
    mape: own((s) => s.mape),
    owa: smape2 === 0 || mase2 === 0 ? Number.NaN : (smape / smape2 + mase / mase2) / 2,
    mae: own((s) => s.mae),
    rmse: own((s) => s.rmse),
    bias: own((s) => s.bias),
    crps: own((s) => s.crps),
    weightedQuantileLoss: own((s) => s.weightedQuantileLoss),
    coverage: Object.fromEntries(
      levels.map((level) => [String(level), own((s) => s.coverage[String(level)]!)]),
    ),
    msis: own((s) => s.msis),
    count: each.length,
    ...perplexityOf(
      each.map(({ perplexity }) => (perplexity === undefined ? undefined : -Math.log(perplexity))),
    ),
  };
}

function average(outcomes: readonly Outcome[], value: (outcome: Outcome) => number): number {
  let sum = 0;
  for (const outcome of outcomes) sum += value(outcome);
  return sum / outcomes.length;
}

function symmetricError(actual: number, point: number): number {
  const size = Math.abs(actual) + Math.abs(point);
  return size === 0 ? 0 : (200 * Math.abs(actual - point)) / size;
}

/** Against Naive2 on the same values; NaN where Naive2 makes no error. */
function overallWeightedAverage(outcomes: readonly Outcome[], smape: number, mase: number): number {
  const smape2 = average(outcomes, (o) => symmetricError(o.actual, o.naive2));
  const mase2 = average(outcomes, (o) => Math.abs(o.actual - o.naive2) / o.absoluteScale);
  return smape2 === 0 || mase2 === 0 ? Number.NaN : (smape / smape2 + mase / mase2) / 2;
}

function weightedQuantileLoss(outcomes: readonly Outcome[]): number {
  const size = average(outcomes, (o) => Math.abs(o.actual));
  const loss = average(outcomes, (o) => o.pinball.reduce((sum, value) => sum + value, 0) / DECILES.length);
  return (2 * loss) / size;
}

function inside({ actual, lower, upper }: Outcome, i: number): boolean {
  return actual >= lower[i]! && actual <= upper[i]!;
}

function winkler({ actual, lower, upper }: Outcome, i: number, level: number): number {
  const penalty = 200 / (100 - level);
  const miss = Math.max(lower[i]! - actual, 0) + Math.max(actual - upper[i]!, 0);
  return upper[i]! - lower[i]! + penalty * miss;
}
