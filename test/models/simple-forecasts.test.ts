import { afterAll, describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Model } from "../../src/core/model.js";
import { series } from "../../src/core/series.js";
import type { Transformed } from "../../src/distributions/derived/transformed.js";
import { forecast } from "../../src/engine/forecast.js";
import { drift, mean, naive, snaive } from "../../src/models/baselines/index.js";
import { boxCoxed } from "../../src/models/transformed/index.js";
import { Worst } from "../diagnostics/reference.js";
import { referenceCases, referenceSeries } from "../reference.js";

// R's forecast 8.20 on a Box-Cox scale (test/reference/simple-forecasts.json). Closed forms: rounding only.
interface Stored {
  readonly mean: number[];
  readonly lower80: number[];
  readonly upper80: number[];
  readonly lower95: number[];
  readonly upper95: number[];
}

const LAMBDA = 0.2;
const MODELS: Readonly<Record<string, () => Model>> = {
  naive,
  "rwf-x-drift-TRUE": drift,
  meanf: mean,
  snaive,
};
const worst = new Worst();

describe("baselines on a Box-Cox scale", () => {
  const cases = referenceCases<Stored>("simple-forecasts").filter(({ id }) => id.startsWith("lambda0-"));
  test("the reference file has 16 cases", () => expect(cases.length).toBe(16));

  test.each(cases)("$id", ({ id, series: name, result }) => {
    const [, which, adjusted] = /^lambda0-(.*?)(?:-x)?-(TRUE|FALSE)-\w+$/.exec(id)!;
    const { values, period } = referenceSeries(name!);
    const model = boxCoxed(MODELS[which!]!(), { lambda: LAMBDA });
    const ahead = forecast(model.fit(series(values, { period })), { horizon: result.mean.length });
    for (const level of [80, 95] as const) {
      const { lower, upper } = interval(ahead, level);
      result.mean.forEach((_, h) => {
        worst.relative("limits", lower[h]!, result[`lower${level}`][h]!, id);
        worst.relative("limits", upper[h]!, result[`upper${level}`][h]!, id);
      });
    }
    result.mean.forEach((point, h) => {
      // Without bias adjustment R's point is the median.
      if (adjusted === "FALSE") worst.relative("medians", ahead.median[h]!, point, id);
      else {
        const { base } = ahead.distributions[h]! as Transformed;
        const scale = 1 + LAMBDA * base.mean;
        const secondOrder = 1 + ((1 - LAMBDA) * base.variance) / (2 * scale * scale);
        // R takes t intervals for normal ones where it works its variance out of meanf's.
        if (which !== "meanf")
          worst.relative("R's second-order means", scale ** (1 / LAMBDA) * secondOrder, point, id);
      }
    });
  });

  afterAll(() => {
    worst.report("simple-forecasts, lambda");
    expect(worst.of("limits")).toBeLessThan(1e-9);
    expect(worst.of("medians")).toBeLessThan(1e-9);
    expect(worst.of("R's second-order means")).toBeLessThan(1e-9);
  });
});
