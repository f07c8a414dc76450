import type { Outcome } from "../outcome.js";

/** Mean absolute error of each whole forecast, in units of the data and scaled as in MASE, by series and fold. */
export class Losses {
  private readonly ids: string[] = [];
  private readonly folds: number[] = [];
  private readonly mase: number[] = [];
  private readonly rmse: number[] = [];

  /** Takes all outcomes of one series. */
  add(outcomes: readonly Outcome[]): void {
    const byFold = new Map<number, { scaled: number; plain: number; count: number }>();
    for (const { fold, actual, median, absoluteScale } of outcomes) {
      const sums = byFold.get(fold) ?? { scaled: 0, plain: 0, count: 0 };
      byFold.set(fold, sums);
      const error = Math.abs(actual - median);
      sums.scaled += error / absoluteScale;
      sums.plain += error;
      sums.count++;
    }
    const { id } = outcomes[0]!;
    for (const [fold, { scaled, plain, count }] of byFold) {
      this.ids.push(id);
      this.folds.push(fold);
      this.mase.push(scaled / count);
      this.rmse.push(plain / count);
    }
  }

  /** By fold and id, in the order taken; scaled where models are ranked by MASE. */
  by(rankedBy: "mase" | "rmse"): Map<string, number> {
    return new Map(this.ids.map((id, at) => [`${this.folds[at]} ${id}`, this[rankedBy][at]!]));
  }
}
