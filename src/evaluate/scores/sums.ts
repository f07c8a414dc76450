import { square } from "../../math/power.js";
import { DECILES, type Outcome } from "../outcome.js";
import type { Scores } from "./scores.js";

/** Places of the terms whose means are the scores; the levels' coverage follows. */
const [MASE, RMSSE, SMAPE, MAPE, SMAPE2, MASE2, MAE, SQUARE, BIAS, CRPS, SIZE, QUANTILES, MSIS] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
] as const;
const COVERAGE = 13;

/** What one outcome adds to the sums of the scores. `smape2` and `mase2` are those of Naive2. */
export function termsOf(o: Outcome, levels: readonly number[]): Float64Array {
  const terms = new Float64Array(COVERAGE + levels.length);
  const top = levels.length - 1;
  const error = Math.abs(o.actual - o.median);
  terms[MASE] = error / o.absoluteScale;
  terms[RMSSE] = square(o.actual - o.mean) / o.squaredScale;
  terms[SMAPE] = symmetricError(o.actual, o.median);
  terms[MAPE] = o.actual === 0 ? Number.NaN : (100 * error) / Math.abs(o.actual);
  terms[SMAPE2] = symmetricError(o.actual, o.naive2);
  terms[MASE2] = Math.abs(o.actual - o.naive2) / o.absoluteScale;
  terms[MAE] = error;
  terms[SQUARE] = square(o.actual - o.mean);
  terms[BIAS] = o.actual - o.mean;
  terms[CRPS] = o.crps;
  terms[SIZE] = Math.abs(o.actual);
  terms[QUANTILES] = o.pinball.reduce((sum, value) => sum + value, 0) / DECILES.length;
  terms[MSIS] = top < 0 ? Number.NaN : winkler(o, top, levels[top]!) / o.absoluteScale;
  for (let i = 0; i < levels.length; i++) terms[COVERAGE + i] = inside(o, i) ? 1 : 0;
  return terms;
}

/** Sums of the terms of outcomes, from which their scores follow; memory does not grow with their number. */
export class ScoreSums {
  private readonly sums: Float64Array;
  private count = 0;
  /** Σ −log p; NaN once one is not known. */
  private surprise = 0;

  constructor(private readonly levels: readonly number[]) {
    this.sums = new Float64Array(COVERAGE + levels.length);
  }

  add(terms: Float64Array, logProbability: number | undefined): void {
    for (let i = 0; i < terms.length; i++) this.sums[i]! += terms[i]!;
    this.count++;
    this.surprise -= logProbability ?? Number.NaN;
  }

  /** sMAPE and MASE of Naive2 on the same values. */
  get naive2(): { readonly smape: number; readonly mase: number } {
    return { smape: this.mean(SMAPE2), mase: this.mean(MASE2) };
  }

  scores(): Scores {
    const { count, levels } = this;
    const mean = (term: number) => this.mean(term);
    const [mase, smape] = [mean(MASE), mean(SMAPE)];
    return {
      mase,
      rmsse: Math.sqrt(mean(RMSSE)),
      smape,
      mape: mean(MAPE),
      owa: overallWeightedAverage({ smape, mase }, this.naive2),
      mae: mean(MAE),
      rmse: Math.sqrt(mean(SQUARE)),
      bias: mean(BIAS),
      crps: mean(CRPS),
      weightedQuantileLoss: (2 * mean(QUANTILES)) / mean(SIZE),
      coverage: Object.fromEntries(levels.map((level, i) => [String(level), 100 * mean(COVERAGE + i)])),
      msis: mean(MSIS),
      count,
      ...perplexityOf(this.surprise, count),
    };
  }

  private mean(term: number): number {
    return this.sums[term]! / this.count;
  }
}

type Relative = Pick<Scores, "smape" | "mase">;

/** Against Naive2 on the same values; NaN where Naive2 makes no error. */
export function overallWeightedAverage(own: Relative, naive2: Relative): number {
  if (naive2.smape === 0 || naive2.mase === 0) return Number.NaN;
  return (own.smape / naive2.smape + own.mase / naive2.mase) / 2;
}

/** exp of the mean of −log p; nothing where one is not known. */
export function perplexityOf(surprise: number, count: number): Pick<Scores, "perplexity"> {
  return count === 0 || Number.isNaN(surprise) ? {} : { perplexity: Math.exp(surprise / count) };
}

function symmetricError(actual: number, point: number): number {
  const size = Math.abs(actual) + Math.abs(point);
  return size === 0 ? 0 : (200 * Math.abs(actual - point)) / size;
}

function inside({ actual, lower, upper }: Outcome, i: number): boolean {
  return actual >= lower[i]! && actual <= upper[i]!;
}

function winkler({ actual, lower, upper }: Outcome, i: number, level: number): number {
  const penalty = 200 / (100 - level);
  const miss = Math.max(lower[i]! - actual, 0) + Math.max(actual - upper[i]!, 0);
  return upper[i]! - lower[i]! + penalty * miss;
}
