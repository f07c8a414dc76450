import { expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { negativeBinomial } from "../../src/distributions/families/negative-binomial.js";
import { rollSeries } from "../../src/evaluate/rolling.js";
import { scoresOf } from "../../src/evaluate/scores/run-sums.js";
import { naive } from "../../src/models/baselines/index.js";

const y = [2, 0, 1, 4, 3, 1, 0, 2, 5, 1, 2, 3];
const counts = series(y, { id: "c", period: 1 });
const folds = [{ from: 0, origin: 8 }];

/** The next value is Poisson about the one before it, plus one. */
function chain() {
  const model = naive();
  const fit = (training: typeof counts) => {
    const fitted = model.fit(training);
    const process = {
      kind: "chain",
      start: () => ({ last: 0 }),
      conditional: (_: unknown, { last }: { last: number }) => negativeBinomial(last + 1, 0),
      advance: (_: unknown, __: unknown, value: number) => ({ last: value }),
    };
    return { ...fitted, state: { last: training.y.at(-1)! }, process } as never;
  };
  return { ...model, fit } as unknown as typeof model;
}

const poisson = (k: number, mean: number) => {
  let p = Math.exp(-mean);
  for (let i = 1; i <= k; i++) p *= mean / i;
  return p;
};

test.each([0, 1])("perplexity is the geometric mean of 1/p one step ahead, by hand; gap %d", (gap) => {
  const scored = rollSeries(counts, folds, chain(), { horizon: 3, gap, levels: [80], paths: 50 });
  const product = [0, 1, 2].reduce((p, i) => p * poisson(y[8 + gap + i]!, y[7 + gap + i]! + 1), 1);
  expect(scoresOf(scored, [80]).perplexity).toBeCloseTo(product ** (-1 / 3), 10);
});

test("a model with densities has none", () => {
  const scored = rollSeries(counts, folds, naive(), { horizon: 3, levels: [80] });
  expect(scoresOf(scored, [80])).not.toHaveProperty("perplexity");
});
