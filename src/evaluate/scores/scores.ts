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
