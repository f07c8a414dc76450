import type { Outcome } from "../outcome.js";
import { Losses } from "./losses.js";
import type { HorizonScores, Scores } from "./scores.js";
import { SeriesMeans } from "./series-means.js";
import { ScoreSums, termsOf } from "./sums.js";

/** What the scores of one model are made of: sums, and two numbers for each forecast. Outcomes are not kept. */
export class RunSums {
  readonly losses = new Losses();
  /** Values scored. */
  count = 0;
  /** Of them, those that are 0. */
  zeros = 0;
  /** The first series whose MASE is undefined. */
  flat: string | null = null;
  private readonly all: ScoreSums;
  private readonly bySteps = new Map<number, ScoreSums>();
  private readonly means: SeriesMeans;

  constructor(private readonly levels: readonly number[]) {
    this.all = new ScoreSums(levels);
    this.means = new SeriesMeans(levels);
  }

  /** Takes all outcomes of one series. */
  add(outcomes: readonly Outcome[]): void {
    if (outcomes.length === 0) return;
    const own = new ScoreSums(this.levels);
    for (const outcome of outcomes) {
      const { id, step, actual, absoluteScale, logProbability } = outcome;
      const terms = termsOf(outcome, this.levels);
      for (const sums of [this.all, this.at(step), own]) sums.add(terms, logProbability);
      this.count++;
      if (actual === 0) this.zeros++;
      if (!(absoluteScale > 0)) this.flat ??= id;
    }
    this.means.add(own);
    this.losses.add(outcomes);
  }

  /** Every outcome weighs the same. */
  scores(): Scores {
    return this.all.scores();
  }

  /** The same, for each step ahead. */
  byHorizon(): HorizonScores[] {
    return [...this.bySteps].sort(([a], [b]) => a - b).map(([step, sums]) => ({ step, ...sums.scores() }));
  }

  /** Every series weighs the same. */
  perSeries(): Scores {
    return this.means.scores();
  }

  private at(step: number): ScoreSums {
    const known = this.bySteps.get(step);
    if (known !== undefined) return known;
    const fresh = new ScoreSums(this.levels);
    this.bySteps.set(step, fresh);
    return fresh;
  }
}

/** The sums of outcomes of any number of series. */
export function runSumsOf(outcomes: readonly Outcome[], levels: readonly number[]): RunSums {
  const series = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const own = series.get(outcome.id);
    if (own === undefined) series.set(outcome.id, [outcome]);
    else own.push(outcome);
  }
  const sums = new RunSums(levels);
  for (const own of series.values()) sums.add(own);
  return sums;
}

/** The scores of a set of outcomes; every outcome weighs the same. */
export function scoresOf(outcomes: readonly Outcome[], levels: readonly number[]): Scores {
  const sums = new ScoreSums(levels);
  for (const outcome of outcomes) sums.add(termsOf(outcome, levels), outcome.logProbability);
  return sums.scores();
}
