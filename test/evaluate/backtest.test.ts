import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import type { Model } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { rollingOrigins } from "../../src/evaluate/folds.js";
import { normalQuantile } from "../../src/math/special-functions/normal.js";
import { drift, mean, naive } from "../../src/models/baselines/index.js";
import { backtest } from "../../src/run/backtest/backtest.js";
import { referenceCases, referenceSeries } from "../reference.js";

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof YuleError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

describe("origins", () => {
  const hundred = series(new Float64Array(100));

  test("the last fold ends with the series; folds do not overlap by default", () => {
    expect(rollingOrigins(hundred, { horizon: 10, folds: 3 })).toEqual([
      { from: 0, origin: 70 },
      { from: 0, origin: 80 },
      { from: 0, origin: 90 },
    ]);
  });

  test("a sliding window, a step and a gap", () => {
    expect(rollingOrigins(hundred, { horizon: 5, folds: 2, step: 1, gap: 3, window: 20 })).toEqual([
      { from: 71, origin: 91 },
      { from: 72, origin: 92 },
    ]);
  });

  test("folds that do not fit are refused, and it says how many would", () => {
    expect(() => rollingOrigins(hundred, { horizon: 30, folds: 9 })).toThrow(
      /3 folds of step 30 fit .* not 9/,
    );
    expect(codeOf(() => rollingOrigins(series([1, 2, 3]), { horizon: 5 }))).toBe("series-too-short");
    expect(codeOf(() => rollingOrigins(hundred, { horizon: 0 }))).toBe("bad-horizon");
    expect(codeOf(() => rollingOrigins(hundred, { horizon: 5, window: 1 }))).toBe("bad-window");
  });

  test("a series too short for the horizon names the longest one that fits", () => {
    const rows = series(Float64Array.from({ length: 20 }, (_, t) => t));
    expect(() => rollingOrigins(rows, { horizon: 15 })).toThrow(/; a horizon of up to 12 fits\.$/);
    expect(rollingOrigins(rows, { horizon: 12 })).toHaveLength(1);
    expect(() => rollingOrigins(rows, { horizon: 1, gap: 12 })).toThrow(/; use more rows\.$/);
  });
});

describe("errors of rolled forecasts are those of R's tsCV (tscv.json)", () => {
  const models: Readonly<Record<string, { model: () => Model; window: "expanding" | number }>> = {
    "cv-naive": { model: naive, window: "expanding" },
    "cv-drift-h3": { model: drift, window: "expanding" },
    "cv-drift-window20": { model: drift, window: 20 },
    "cv-meanf-initial10": { model: mean, window: "expanding" },
  };

  test.each(referenceCases<{ h: number; errors: (number | null)[][] }>("tscv"))(
    "$id",
    async ({ id, series: name, result }) => {
      const { values, period } = referenceSeries(name!);
      const { model, window } = models[id]!;
      for (let origin = 25; origin < 60; origin++) {
        const source = series(values.slice(0, origin + result.h), { period });
        const { scores } = await backtest([source], [model()], { horizon: result.h, folds: 1, window });
        const { byHorizon } = scores[0]!;
        byHorizon.forEach(({ bias }, h) => {
          expect(bias, `row ${origin}, step ${h + 1}`).toBeCloseTo(result.errors[origin - 1]![h]!, 8);
        });
      }
    },
  );
});

describe("on simulated white noise the scores are what theory says", async () => {
  const rng = random(5);
  const panel = Array.from({ length: 40 }, (_, i) =>
    series(
      Float64Array.from({ length: 120 }, () => 10 + normalQuantile(rng.uniform())),
      { id: `s${i}` },
    ),
  );
  const { scores, comparison } = await backtest(panel, [naive(), mean()], { horizon: 4, folds: 4 });
  const [best, second] = scores;

  test("the mean wins, and the difference is significant", () => {
    expect([best!.model, second!.model]).toEqual(["mean", "naive"]);
    expect(comparison!.models).toEqual(["mean", "naive"]);
    expect(comparison!.pValue).toBeLessThan(0.001);
    expect(comparison!.statistic).toBeLessThan(0);
  });

  test("coverage, CRPS and RMSE are within sampling error", () => {
    const n = 40 * 16;
    expect(Math.abs(best!.coverage["80"]! - 80)).toBeLessThan(5 * 100 * Math.sqrt((0.8 * 0.2) / n));
    expect(Math.abs(best!.coverage["95"]! - 95)).toBeLessThan(5 * 100 * Math.sqrt((0.95 * 0.05) / n));
    expect(Math.abs(best!.crps - 1 / Math.sqrt(Math.PI))).toBeLessThan(0.1);
    expect(Math.abs(best!.rmse - 1)).toBeLessThan(0.15);
    expect(second!.rmse).toBeGreaterThan(best!.rmse);
  });

  test("a random walk's forecast degrades as it rolls", async () => {
    const walk = series(
      panel[0]!.y.map(
        (
          (sum) => (value: number) =>
            (sum += value - 10)
        )(0),
      ),
    );
    const walked = await backtest([walk], [naive()], { horizon: 8, folds: 60, step: 1 });
    const { byHorizon } = walked.scores[0]!;
    expect(byHorizon[7]!.rmse).toBeGreaterThan(1.5 * byHorizon[0]!.rmse);
  });
});

describe("a model that fails on a series is reported, the others are scored", () => {
  test("by id and sentence", async () => {
    const failing: Model = {
      notation: "failing",
      missing: "keep",
      fit(source) {
        if (source.id === "bad") throw new YuleError({ code: "no", category: "data", message: "No." });
        return naive().fit(source);
      },
    };
    const y = Float64Array.from({ length: 40 }, (_, t) => Math.sin(t));
    const { scores } = await backtest([series(y, { id: "good" }), series(y, { id: "bad" })], [failing], {
      horizon: 2,
    });
    expect(scores[0]!.failures).toEqual([{ id: "bad", message: "No." }]);
    expect(scores[0]!.count).toBe(10);
  });

  test("updating between refits gives the same forecasts for a model without estimates", async () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => Math.sin(t) + t / 10);
    const folds = { horizon: 3, folds: 6 };
    const scored = async (every: object) =>
      (await backtest([series(y)], [mean()], { ...folds, ...every })).scores[0]!;
    const each = await scored({ refitEvery: 1 });
    for (const once of [await scored({ refitEvery: 100 }), await scored({ refit: 100 })]) {
      expect(once.mase).toBeCloseTo(each.mase, 12);
      expect(once.crps).toBeCloseTo(each.crps, 12);
    }
  });
});

describe("a panel is a panel", () => {
  const wave = (id: string, n: number) =>
    series(
      Float64Array.from({ length: n }, (_, t) => 20 + 5 * Math.sin(t / 3) + (t % 7)),
      { id },
    );

  test("a model that learns from all series together is fitted to them once an origin", async () => {
    const sizes: number[] = [];
    const together: Model = {
      ...naive(),
      notation: "together",
      fitPanel: async (panel) => {
        sizes.push(panel.length);
        return panel.map((one) => naive().fit(one));
      },
    };
    const { scores } = await backtest([wave("a", 40), wave("b", 40)], [together, naive()], {
      horizon: 4,
      folds: 3,
    });
    expect(sizes).toEqual([2, 2, 2]);
    expect(scores[0]!.mase).toBe(scores[1]!.mase);
  });

  test("a series without room for the folds is left out and named; only a panel of such series is refused", async () => {
    const { leftOut, scores } = await backtest([wave("a", 40), wave("short", 6)], ["naive"], { horizon: 4 });
    expect(leftOut.map(({ id, error }) => [id, error.code])).toEqual([["short", "series-too-short"]]);
    expect(scores[0]!.count).toBeGreaterThan(0);
    await expect(backtest([wave("short", 6)], ["naive"], { horizon: 4 })).rejects.toMatchObject({
      code: "series-too-short",
    });
  });

  test("counts its progress and stops when it is aborted", async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const running = backtest([wave("a", 40), wave("b", 40)], [naive(), "drift"], {
      horizon: 4,
      signal: abort.signal,
      onProgress: ({ done, total }) => {
        seen.push(done);
        expect(total).toBe(4);
        if (done === 2) abort.abort();
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(seen).toEqual([1, 2]);
  });
});
