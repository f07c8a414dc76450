import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { interval } from "../../src/core/forecast.js";
import type { Fitted, Process } from "../../src/core/model.js";
import { series } from "../../src/core/series.js";
import { normal } from "../../src/distributions/families/normal.js";
import { greedy, nucleus, tempered } from "../../src/engine/decoding/decoders.js";
import { forecast, simulate } from "../../src/engine/forecast.js";
import { fittedValues, logLikelihood, residuals } from "../../src/engine/residuals.js";
import { refit, update } from "../../src/engine/update.js";
import { load, save } from "../../src/io/model-file.js";
import { naive } from "../../src/models/baselines/index.js";

const monthly = series([3, 5, 4, 8, 7], { id: "a", start: "2020-01-31", frequency: "ME" });

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof YuleError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

describe("arguments", () => {
  const fitted = naive().fit(monthly);

  test.each([0, -1, 2.5, 1_000_000, Number.NaN, "12"])("horizon %s is refused", (horizon) => {
    expect(codeOf(() => forecast(fitted, { horizon: horizon as number }))).toBe("bad-horizon");
    expect(codeOf(() => simulate(fitted, { horizon: horizon as number }))).toBe("bad-horizon");
  });

  test.each([0, 100, 101, -5, Number.NaN])("level %s is refused", (level) => {
    expect(codeOf(() => interval(forecast(fitted), level))).toBe("bad-level");
  });

  test("paths and seed must be whole numbers", () => {
    expect(codeOf(() => simulate(fitted, { paths: 0 }))).toBe("bad-paths");
    expect(codeOf(() => simulate(fitted, { paths: 1e9 }))).toBe("bad-paths");
    expect(codeOf(() => simulate(fitted, { seed: 1.5 }))).toBe("bad-seed");
  });

  test("the error has code, argument and value; its name is that of the class", () => {
    try {
      forecast(fitted, { horizon: -1 });
    } catch (error) {
      expect(error).toMatchObject({ code: "bad-horizon", argument: "horizon", value: -1, category: "usage" });
      expect((error as Error).name).toBe("YuleError");
      expect(String(error)).toMatch(/^YuleError: The horizon must be a whole number/);
      expect((error as Error).stack).toMatch(/^YuleError: The horizon/);
    }
    expect.assertions(4);
  });
});

describe("the forecast", () => {
  test("its default horizon is two periods, or 10 without a season", () => {
    expect(forecast(naive().fit(monthly)).horizon).toBe(24);
    expect(forecast(naive().fit(series([1, 2, 3]))).horizon).toBe(10);
  });

  test("times are stepped from the anchor: month ends do not drift", () => {
    const { times } = forecast(naive().fit(monthly), { horizon: 4 });
    expect(times).toEqual(["2020-06-30", "2020-07-31", "2020-08-31", "2020-09-30"]);
  });

  test("without a time axis the rows are counted on", () => {
    expect(forecast(naive().fit(series([1, 2, 3])), { horizon: 2 }).times).toEqual(["4", "5"]);
  });
});

describe("regressors", () => {
  const process: Process<number, null> = {
    kind: "test-regression",
    start: () => null,
    conditional: (slope, _, input) => normal(slope * input[0]!, 1),
    advance: () => null,
  };
  const base = naive().fit(monthly);
  const fitted: Fitted = {
    ...base,
    process,
    params: 2,
    state: null,
    origin: { ...base.origin, inputNames: ["price"] },
  };

  test("future values are asked for by name and counted", () => {
    expect(codeOf(() => forecast(fitted, { horizon: 3 }))).toBe("missing-inputs");
    expect(() => forecast(fitted, { horizon: 3, inputs: { price: [1] } })).toThrow(
      /price has 1 future values, the forecast needs 3; add 2/,
    );
    expect(codeOf(() => forecast(fitted, { horizon: 1, inputs: { price: [1], rain: [2] } }))).toBe(
      "unknown-input",
    );
    expect(codeOf(() => forecast(fitted, { horizon: 1, inputs: { price: [Number.NaN] } }))).toBe(
      "bad-inputs",
    );
  });

  test("they reach the step in the order the model learned", () => {
    expect([...forecast(fitted, { horizon: 2, inputs: { price: [1, 10] }, paths: 20_000 }).mean]).toEqual([
      2,
      expect.closeTo(20, 1),
    ]);
    expect(() => refit(fitted, monthly)).toThrow(/input price, which the series a does not have/);
  });
});

describe("decoding", () => {
  const fitted = naive().fit(monthly);

  test("greedy feeds the mean back", () => {
    expect([...simulate(fitted, { horizon: 3, paths: 2, decode: greedy }).values]).toEqual([
      7, 7, 7, 7, 7, 7,
    ]);
  });

  test("temperature 0 is the most probable path, temperature 4 spreads twice as far", () => {
    expect([...simulate(fitted, { horizon: 2, paths: 1, decode: tempered(0) }).values]).toEqual([7, 7]);
    const [plain] = simulate(fitted, { horizon: 1, paths: 1, seed: 3 }).values;
    const [hot] = simulate(fitted, { horizon: 1, paths: 1, seed: 3, decode: tempered(4) }).values;
    expect(hot! - 7).toBeCloseTo(2 * (plain! - 7), 12);
  });

  test("a nucleus keeps every draw within its central share", () => {
    const { lower, upper } = interval(forecast(fitted, { horizon: 1 }), 50);
    const draws = simulate(fitted, { horizon: 1, paths: 500, decode: nucleus(0.5) }).values;
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(lower[0]!);
    expect(Math.max(...draws)).toBeLessThanOrEqual(upper[0]!);
  });
});

describe("update, refit and residuals", () => {
  const fitted = naive().fit(monthly);

  test("residuals and fitted values add up to the series", () => {
    const e = residuals(fitted);
    expect(e[0]).toBeNaN();
    expect([...e.slice(1)]).toEqual([2, -1, 4, -1]);
    expect([...fittedValues(fitted).slice(1)]).toEqual([3, 5, 4, 8]);
    const z = residuals(fitted, { kind: "standardized" });
    expect(z[1]).toBeCloseTo(2 / Math.sqrt(fitted.report.sigma2), 12);
    expect(logLikelihood(fitted)).toBe(fitted.report.logLikelihood);
  });

  test("an updated or loaded model has no history, and says what to do", () => {
    expect(codeOf(() => residuals(update(fitted, [9])))).toBe("no-history");
    expect(codeOf(() => residuals(load(save(fitted))))).toBe("no-history");
    expect([...residuals(load(save(fitted)), { series: monthly }).slice(1)]).toEqual([2, -1, 4, -1]);
  });

  test("update moves the clock on", () => {
    expect(forecast(update(fitted, [9]), { horizon: 1 }).times).toEqual(["2020-07-31"]);
    expect(codeOf(() => update(fitted, [Number.POSITIVE_INFINITY]))).toBe("infinite-value");
  });
});
