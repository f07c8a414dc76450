import { describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import type { Fitted } from "../../../src/core/model.js";
import { type Panel, type Series, series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { refit } from "../../../src/engine/update.js";
import { shapeOf } from "../../../src/models/network/data/config.js";
import type { NetworkFitted, NetworkOptions } from "../../../src/models/network/index.js";
import { network } from "../../../src/neural/network.js";
import { TESTED } from "./families.js";
import { countPanel, seasonalPanel } from "./panels.js";

const QUICK: NetworkOptions = { epochs: 2, batches: 4, hidden: 8 };

function error(attempt: () => unknown): YuleError {
  try {
    attempt();
  } catch (caught) {
    expect(caught).toBeInstanceOf(YuleError);
    return caught as YuleError;
  }
  throw new Error("nothing was thrown");
}

const codesOf = (fitted: Fitted): string[] => fitted.report.notes.map(({ code }) => code);

function expectFinite(fitted: Fitted, horizon = 8): void {
  const ahead = forecast(fitted, { horizon, paths: 100 });
  for (const distribution of ahead.distributions) {
    for (const p of [0.025, 0.5, 0.975]) expect(distribution.quantile(p)).toSatisfy(Number.isFinite);
    expect(distribution.mean).toSatisfy(Number.isFinite);
  }
}

const monthly = (values: ArrayLike<number>, id = "x"): Series =>
  series(values, { id, start: "2001-01", frequency: "M" });

describe.each(TESTED)("$name", ({ make }) => {
  describe("one series", () => {
    test("shorter than a window: a forecast, and the word that it is little data", () => {
      const fitted = make({ ...QUICK, horizon: 12 }).fit(monthly([3, 4, 3.5, 5, 4.5, 6, 5, 7]));
      expect(codesOf(fitted)).toContain("little-data");
      expect(codesOf(fitted)).toContain("no-validation");
      expectFinite(fitted);
    });

    test("two values, one, none", () => {
      expectFinite(make(QUICK).fit(monthly([3, 4])));
      for (const values of [[3], []]) {
        const { code, message } = error(() => make(QUICK).fit(monthly(values)));
        expect(code).toBe("series-too-short");
        expect(message).toContain("x has fewer than two observed values");
      }
    });

    test("all zeros: refused; a constant: forecast as one", () => {
      expect(error(() => make(QUICK).fit(monthly(new Float64Array(60)))).code).toBe("no-variation");
      expectFinite(make(QUICK).fit(monthly(new Float64Array(60).fill(7))));
    });

    test("missing everywhere but at two points", () => {
      const y = new Float64Array(60).fill(Number.NaN);
      y[10] = 5;
      y[40] = 6;
      expectFinite(make(QUICK).fit(monthly(y)));
    });

    test.each([1e12, 1e-12, 1e27])("values of size %f: forecasts of that size", (size) => {
      const source = seasonalPanel(1, 60)[0]!;
      const fitted = make(QUICK).fit({ ...source, y: source.y.map((value) => value * size) });
      expectFinite(fitted);
      const { mean } = forecast(fitted, { horizon: 3, paths: 100 });
      expect(mean[0]! / size).toBeGreaterThan(0.1);
      expect(mean[0]! / size).toBeLessThan(1000);
    });

    test("values beyond single precision are refused, with the row", () => {
      const { code, message } = error(() => make(QUICK).fit(monthly([1, 2, 1e31, 3])));
      expect(code).toBe("value-too-large");
      expect(message).toContain("row 3");
    });
  });

  describe("a panel", () => {
    test("without series", async () => {
      await expect(make(QUICK).fitPanel([])).rejects.toMatchObject({ code: "no-series" });
    });

    test("in which every series is short", async () => {
      const panel = Array.from({ length: 9 }, (_, i) => monthly([4 + i, 5, 6, 5.5, 4.5], `s${i}`));
      const fits = await make(QUICK).fitPanel(panel);
      expect(fits).toHaveLength(9);
      for (const fitted of fits) expectFinite(fitted, 30);
    });

    test("with a series of zeros, a series of holes and an empty one among good ones", async () => {
      const odd = [
        monthly(new Float64Array(60), "zeros"),
        monthly(new Float64Array(60).fill(Number.NaN), "holes"),
        monthly([], "empty"),
      ];
      const fits = await make(QUICK).fitPanel([...seasonalPanel(4, 60), ...odd]);
      expect(codesOf(fits[0]!)).toContain("series-left-out");
      expectFinite(fits[4]!);
    });

    test("of two frequencies, or of different inputs, names the odd one", async () => {
      const panel: Panel = [
        monthly([1, 2, 3, 4], "a"),
        series([1, 2, 3, 4], { id: "b", start: "2001-01-01", frequency: "D" }),
      ];
      const mixed = await make(QUICK)
        .fitPanel(panel)
        .catch((caught: YuleError) => caught);
      expect(mixed).toMatchObject({ code: "mismatched-frequency", argument: "b" });
      const unequal: Panel = [
        monthly([1, 2, 3], "a"),
        series([1, 2, 3], { id: "b", start: "2001-01", frequency: "M", inputs: { x: [1, 2, 3] } }),
      ];
      await expect(make(QUICK).fitPanel(unequal)).rejects.toMatchObject({
        code: "bad-inputs",
        argument: "b",
      });
    });

    test("of numbers that are no counts, under negative-binomial", () => {
      const { code, message } = error(() =>
        make({ ...QUICK, likelihood: "negative-binomial" }).fit(monthly([1, 2.5, 3])),
      );
      expect(code).toBe("not-counts");
      expect(message).toContain("2.5 at row 2");
    });

    test("an unseen category and a horizon far beyond the training's are no errors", async () => {
      const fits = (await make({ ...QUICK, categories: ["id"], horizon: 6 }).fitPanel(
        countPanel(4, 60),
      )) as readonly NetworkFitted[];
      const stranger = refit(fits[0]!, { ...countPanel(1, 60, 9)[0]!, id: "stranger" });
      expect((stranger as NetworkFitted).state.code).toBe(0);
      expectFinite(stranger, 300);
      // A series of no known id is an average one: its embedding is the mean of the others.
      const { config, weights } = fits[0]!.params;
      const { count, width, table } = network(shapeOf(config)).embeddings[0]!;
      const at = (code: number) => weights.subarray(table + code * width, table + (code + 1) * width);
      at(0).forEach((value, j) => {
        const mean = [1, 2, 3, 4].reduce((sum, code) => sum + at(code)[j]! / 4, 0);
        expect(value).toBeCloseTo(mean, 6);
      });
      expect(count).toBe(5);
    });
  });

  describe("options", () => {
    test("that would take more memory than there is are refused before anything is allocated", () => {
      const options = { hidden: 512, layers: 8, batch: 1024, context: 5000, horizon: 5000 };
      const { code, message } = error(() => make(options).fit(seasonalPanel(1, 60)[0]!));
      expect(code).toBe("too-much-memory");
      expect(message).toMatch(/would take \d+\.\d GiB/);
    });

    test.each([
      [{ hidden: 50 }, "bad-hidden"],
      [{ hidden: 0 }, "bad-hidden"],
      [{ layers: 1.5 }, "bad-layers"],
      [{ batch: 12 }, "bad-batch"],
      [{ rate: 0 }, "bad-rate"],
      [{ dropout: 1 }, "bad-dropout"],
      [{ lags: [] }, "bad-lags"],
      [{ lags: [3, 2] }, "bad-lags"],
      [{ min: 3, max: 2 }, "bad-min"],
      [{ likelihood: "negative-binomial", max: 2.5 }, "bad-max"],
      [{ seconds: -1 }, "bad-seconds"],
    ] as [NetworkOptions, string][])("%j: %s", (options, code) => {
      expect(error(() => make(options)).code).toBe(code);
    });

    test("a category that is neither the id nor an input names what there is", () => {
      const { code } = error(() => make({ ...QUICK, categories: ["shop"] }).fit(seasonalPanel(1, 60)[0]!));
      expect(code).toBe("bad-categories");
    });
  });

  test("a learning rate that makes the loss explode is an error, or a warning with the best weights kept", () => {
    const panel = seasonalPanel(1, 80)[0]!;
    let fitted: Fitted;
    try {
      fitted = make({ ...QUICK, rate: 1, epochs: 5, batches: 30, likelihood: "normal" }).fit(panel);
    } catch (caught) {
      expect((caught as YuleError).code).toBe("diverged");
      return;
    }
    expectFinite(fitted);
  });
});
