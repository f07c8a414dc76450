import { YuleError, type YuleErrorFields } from "../../core/errors.js";
import type { SummedRun } from "../../evaluate/leaderboard.js";
import type { Outcome } from "../../evaluate/outcome.js";
import { RunSums } from "../../evaluate/scores/run-sums.js";

/** A run of one model over the series of a panel, summed as it goes. */
export class GrowingRun {
  seconds = 0;
  private readonly sums: RunSums;
  private readonly outcomes: Outcome[] = [];
  private readonly failures: { readonly id: string; readonly message: string }[] = [];
  private misused: YuleError | YuleErrorFields | null = null;
  private tried = 0;

  constructor(
    private readonly model: string,
    levels: readonly number[],
    private readonly keepOutcomes: boolean,
  ) {
    this.sums = new RunSums(levels);
  }

  /** Takes all outcomes of one series. */
  take(outcomes: readonly Outcome[]): void {
    this.tried++;
    this.sums.add(outcomes);
    if (this.keepOutcomes) for (const outcome of outcomes) this.outcomes.push(outcome);
  }

  fail(id: string, error: YuleError | YuleErrorFields): void {
    this.tried++;
    this.failures.push({ id, message: error.message });
    if (error.category === "usage") this.misused ??= error;
  }

  /** @throws YuleError where every series failed and one because of how the model was asked for. */
  finish(): SummedRun {
    const { model, sums, outcomes, seconds, failures, misused, tried } = this;
    if (failures.length === tried && misused !== null)
      throw misused instanceof YuleError ? misused : new YuleError(misused);
    return { model, sums, outcomes, seconds, failures };
  }
}
