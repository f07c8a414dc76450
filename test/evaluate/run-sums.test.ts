import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import type { Outcome } from "../../src/evaluate/outcome.js";
import { runSumsOf } from "../../src/evaluate/scores/run-sums.js";

const LEVELS = [80, 95];
const rng = random(5);
const uniform = () => rng.uniform();

/** Outcomes of some series from some folds, of different numbers. */
const all: Outcome[] = ["a", "b", "c"].flatMap((id, s) =>
  [0, 1].flatMap((fold) =>
    [1, 2, 3].slice(0, 3 - s + fold).map((step) => {
      const median = 5 + uniform();
      return {
        ...{ id, fold, step, median, mean: median + 0.1, actual: 5 + 2 * uniform(), crps: uniform() },
        pinball: Float64Array.from({ length: 9 }, uniform),
        lower: Float64Array.of(median - 0.5, median - 0.9),
        upper: Float64Array.of(median + 0.5, median + 0.9),
        ...{ absoluteScale: 1 + s, squaredScale: 2 + s, naive2: 5, logProbability: -uniform() },
      };
    }),
  ),
);

const mean = (list: readonly Outcome[], of: (o: Outcome) => number) =>
  list.reduce((sum, o) => sum + of(o), 0) / list.length;
const error = (o: Outcome) => Math.abs(o.actual - o.median);

describe("sums over the outcomes of a run, against means of the whole list", () => {
  const sums = runSumsOf(all, LEVELS);

  test("every outcome weighs the same", () => {
    const { mase, mae, rmse, coverage, perplexity, count, weightedQuantileLoss } = sums.scores();
    expect(count).toBe(all.length);
    expect(mase).toBe(mean(all, (o) => error(o) / o.absoluteScale));
    expect(mae).toBe(mean(all, error));
    expect(rmse).toBe(Math.sqrt(mean(all, (o) => (o.actual - o.mean) ** 2)));
    expect(coverage["80"]).toBeCloseTo(100 * mean(all, (o) => Number(error(o) <= 0.5)), 12);
    expect(perplexity).toBeCloseTo(Math.exp(-mean(all, (o) => o.logProbability!)), 12);
    const loss = mean(all, (o) => o.pinball.reduce((sum, p) => sum + p, 0) / 9);
    expect(weightedQuantileLoss).toBe((2 * loss) / mean(all, (o) => o.actual));
  });

  test("each step ahead by itself, and each series by itself", () => {
    const byStep = [1, 2, 3].map((step) =>
      mean(
        all.filter((o) => o.step === step),
        error,
      ),
    );
    expect(sums.byHorizon().map(({ step, mae }) => [step, mae])).toEqual(
      byStep.map((mae, i) => [i + 1, mae]),
    );
    const bySeries = ["a", "b", "c"].map((id) =>
      mean(
        all.filter((o) => o.id === id),
        error,
      ),
    );
    expect(sums.perSeries().mae).toBeCloseTo(bySeries.reduce((sum, mae) => sum + mae, 0) / 3, 14);
    expect(sums.perSeries().count).toBe(3);
  });

  test("the mean loss of each forecast, scaled and not", () => {
    const own = all.filter(({ id, fold }) => id === "b" && fold === 1);
    expect(sums.losses.by("rmse").get("1 b")).toBe(mean(own, error));
    expect(sums.losses.by("mase").get("1 b")).toBe(mean(own, (o) => error(o) / 2));
    expect([...sums.losses.by("rmse").keys()]).toEqual(["0 a", "1 a", "0 b", "1 b", "0 c", "1 c"]);
  });

  test("a probability that is not known leaves no perplexity", () => {
    const [first, ...others] = all;
    const { logProbability: _, ...unknown } = first!;
    expect(runSumsOf([unknown, ...others], LEVELS).scores()).not.toHaveProperty("perplexity");
  });
});
