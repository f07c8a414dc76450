import { afterAll, describe, expect, test } from "vitest";
import { type Panel, slice } from "../../../src/core/series.js";
import { negativeBinomial } from "../../../src/distributions/families/negative-binomial.js";
import { normal } from "../../../src/distributions/families/normal.js";
import { logLikelihood } from "../../../src/engine/residuals.js";
import type { DeepArOptions } from "../../../src/models/deepar.js";
import { deepar } from "../../../src/select/neural.js";
import {
  ar2Mean,
  ar2Panel,
  COUNT_DISPERSION,
  countMean,
  countPanel,
  seasonalAr,
  seasonalMean,
} from "../network/panels.js";

const TRAINED = 200;

/** Log-likelihood per held-out value, of the fitted models and of the process the panel was drawn from. */
async function heldOut(
  panel: Panel,
  options: DeepArOptions,
  truth: (y: Float64Array, t: number) => number,
): Promise<{ found: number; best: number }> {
  const fits = await deepar({ hidden: 16, ...options }).fitPanel(panel.map((one) => slice(one, 0, TRAINED)));
  let [found, best, count] = [0, 0, 0];
  panel.forEach((one, i) => {
    found += logLikelihood(fits[i]!, one) - logLikelihood(fits[i]!, slice(one, 0, TRAINED));
    for (let t = TRAINED; t < one.y.length; t++, count++) best += truth(one.y, t);
  });
  return { found: found / count, best: best / count };
}

const told: string[] = [];
afterAll(() => console.log(told.join("\n")));

/** Log-likelihoods are below 0: within 2 % is above 1.02 times the best. */
function expectWithin(panel: string, found: number, best: number): void {
  const short = (100 * (found / best - 1)).toFixed(2);
  told.push(
    `recovery, ${panel}: log-likelihood a value ${found.toFixed(4)}, of the true process ${best.toFixed(4)}: ${short} % short`,
  );
  expect(found).toBeGreaterThan(1.02 * best);
}

// On values that training never saw, the one-step log-likelihood comes within 2 % of the true process's.
describe("recovery", () => {
  test("AR(2)", async () => {
    const { found, best } = await heldOut(
      ar2Panel(60, 300),
      { likelihood: "normal", epochs: 12, lags: [1, 2, 3, 4] },
      (y, t) => normal(ar2Mean(y, t), 1).logDensity(y[t]!),
    );
    expectWithin("AR(2)", found, best);
  });

  test("seasonal AR", async () => {
    const { found, best } = await heldOut(
      seasonalAr(60, 300),
      { likelihood: "student-t", epochs: 20 },
      (y, t) => normal(seasonalMean(y, t), 1).logDensity(y[t]!),
    );
    expectWithin("seasonal AR", found, best);
  });

  test("counts", async () => {
    const { found, best } = await heldOut(
      countPanel(60, 300),
      { likelihood: "negative-binomial", epochs: 20 },
      (y, t) => negativeBinomial(countMean(y, t), COUNT_DISPERSION).logDensity(y[t]!),
    );
    expectWithin("counts", found, best);
  });
});
