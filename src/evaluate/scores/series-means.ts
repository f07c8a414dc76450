import type { Scores } from "./scores.js";
import { overallWeightedAverage, perplexityOf, type ScoreSums } from "./sums.js";

const MEASURES = [
  ...(["mase", "rmsse", "smape", "mape", "mae", "rmse", "bias", "crps"] as const),
  ...(["weightedQuantileLoss", "msis"] as const),
] as const;

/**
 * Means over series of each series' scores, so that every series weighs the same however long its forecast, as in the M
 * competitions. OWA compares the means of sMAPE and MASE with those of Naive2.
 */
export class SeriesMeans {
  private readonly sums = new Map<(typeof MEASURES)[number], number>(MEASURES.map((name) => [name, 0]));
  private readonly coverage: Float64Array;
  private readonly naive2 = { smape: 0, mase: 0 };
  private surprise = 0;
  private count = 0;

  constructor(private readonly levels: readonly number[]) {
    this.coverage = new Float64Array(levels.length);
  }

  add(series: ScoreSums): void {
    const scores = series.scores();
    for (const name of MEASURES) this.sums.set(name, this.sums.get(name)! + scores[name]);
    this.levels.forEach((level, i) => {
      this.coverage[i]! += scores.coverage[String(level)]!;
    });
    this.naive2.smape += series.naive2.smape;
    this.naive2.mase += series.naive2.mase;
    this.surprise += Math.log(scores.perplexity ?? Number.NaN);
    this.count++;
  }

  scores(): Scores {
    const { count, levels } = this;
    const mean = (name: (typeof MEASURES)[number]) => this.sums.get(name)! / count;
    const [smape, mase] = [mean("smape"), mean("mase")];
    const naive2 = { smape: this.naive2.smape / count, mase: this.naive2.mase / count };
    return {
      mase,
      rmsse: mean("rmsse"),
      smape,
      mape: mean("mape"),
      owa: overallWeightedAverage({ smape, mase }, naive2),
      mae: mean("mae"),
      rmse: mean("rmse"),
      bias: mean("bias"),
      crps: mean("crps"),
      weightedQuantileLoss: mean("weightedQuantileLoss"),
      coverage: Object.fromEntries(levels.map((level, i) => [String(level), this.coverage[i]! / count])),
      msis: mean("msis"),
      count,
      ...perplexityOf(this.surprise, count),
    };
  }
}
