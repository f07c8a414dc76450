import { describe, expect, test } from "vitest";
import type { Fitted, Model, Process } from "../../../src/core/model.js";
import { random } from "../../../src/core/random.js";
import { type Series, series } from "../../../src/core/series.js";
import { mstl } from "../../../src/diagnostics/decomposition/mstl.js";
import { stl } from "../../../src/diagnostics/decomposition/stl.js";
import { normal } from "../../../src/distributions/families/normal.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replay, replayStepwise } from "../../../src/engine/replay.js";
import { leastSquares } from "../../../src/math/linear-algebra/least-squares.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { drift, naive } from "../../../src/models/baselines/index.js";
import { familyOf } from "../../../src/models/contract/family-of.js";
import { onCircle } from "../../../src/models/decomposed/circle.js";
import {
  fourierModel,
  mstlModel,
  waveNames,
  wavesAt,
  withFourier,
  withSeasons,
} from "../../../src/models/decomposed/index.js";
import { ets } from "../../../src/models/ets/index.js";
import { parseNotation } from "../../../src/models/notation.js";
import { originOf } from "../../../src/models/origin.js";
import { parseModel } from "../../../src/select/catalogue.js";
import { referenceCases, referenceSeries } from "../../reference.js";

const { values: deaths, period } = referenceSeries("USAccDeaths");

describe("a model of the seasonally adjusted series", () => {
  test("is that model's forecast of value − season, plus the last cycle", () => {
    const fitted = withSeasons(ets({ trend: "Ad" })).fit(series(deaths, { period }));
    const { seasonal } = stl(deaths, 12, { seasonalWindow: 11 });
    const inner = ets({ trend: "Ad" }).fit(series(deaths.map((value, t) => value - seasonal[t]!)));
    const ahead = forecast(fitted, { horizon: 30 });
    const rest = forecast(inner, { horizon: 30 });
    ahead.mean.forEach((value, h) => {
      expect(value).toBeCloseTo(rest.mean[h]! + seasonal[60 + (h % 12)]!, 6);
      expect(ahead.distributions[h]!.variance).toBeCloseTo(rest.distributions[h]!.variance, 3);
    });
    expect(fitted.notation).toBe("mstl(ets(A,Ad,N))");
  });

  test("two seasons at once are both continued", () => {
    const rng = random(5);
    const day = (t: number) => 8 * Math.sin((2 * Math.PI * t) / 24);
    const week = (t: number) => 5 * Math.cos((2 * Math.PI * t) / 168);
    const y = Float64Array.from(
      { length: 168 * 5 },
      (_, t) => 100 + day(t) + week(t) + 0.1 * standardNormal(rng),
    );
    const fitted = withSeasons(naive(), { periods: [24, 168] }).fit(series(y));
    const { mean } = forecast(fitted, { horizon: 168 });
    mean.forEach((value, h) => {
      expect(Math.abs(value - 100 - day(840 + h) - week(840 + h))).toBeLessThan(0.8);
    });
    expect(fitted.report.details.seasons).toEqual([24, 168]);
  });

  test("hours get their day and, where more than two weeks were seen, their week, without being told", () => {
    const shape = (t: number) =>
      8 * Math.sin((2 * Math.PI * t) / 24) + (Math.floor(t / 24) % 7 >= 5 ? -9 : 0);
    const hours = (n: number, options: { period?: number; start?: string } = {}) =>
      series(
        Float64Array.from({ length: n }, (_, t) => 100 + shape(t) + Math.sin(t * t)),
        { start: "2024-01-01T00:00", frequency: "H", ...options },
      );
    const model = parseModel("mstl(ses)");
    const fitted = model.fit(hours(168 * 4));
    expect(fitted.notation).toBe("mstl(ses, periods=24+168)");
    expect(parseModel(fitted.notation).notation).toBe(fitted.notation);
    expect(fitted.report.notes.map(({ code }) => code)).toContain("seasons-taken");
    // The weekend is known, which a season of 24 does not know.
    const errorOf = (notation: string) => {
      const { mean } = forecast(parseModel(notation).fit(hours(168 * 4)), { horizon: 168 });
      return mean.reduce((sum, value, h) => sum + Math.abs(value - 100 - shape(h)), 0) / 168;
    };
    expect(errorOf("mstl(ses)")).toBeLessThan(1.2);
    expect(errorOf("mstl(ses)[24]")).toBeGreaterThan(2.5);
    expect(model.fit(hours(168 * 2)).report.details.seasons).toEqual([24]);
    expect(model.fit(hours(168 * 4, { period: 12 })).report.details.seasons).toEqual([12]);
    const quarters = series(hours(672 * 3).y, { start: "2024-01-01T00:00", frequency: "15min" });
    expect(model.fit(quarters).report.details.seasons).toEqual([96, 672]);
  });

  test("what the model has no use for need not be known ahead", () => {
    const priced = series(deaths, { period, inputs: { price: deaths } });
    const fitted = parseModel("mstl(ses)").fit(priced);
    expect(fitted.origin.inputNames).toEqual([]);
    expect(forecast(fitted, { horizon: 3 }).mean.every(Number.isFinite)).toBe(true);
  });

  test("a periodic window repeats one pattern exactly", () => {
    const fitted = withSeasons(drift(), { window: "periodic" }).fit(series(deaths, { period }));
    const { path, cycles } = fitted.params;
    for (let t = 0; t < 60; t++) expect(path[t + 12]).toBeCloseTo(path[t]!, 9);
    expect([...cycles[0]!.values]).toEqual([...path.slice(60)]);
  });

  test("the strength of what was taken out is told", () => {
    const { details } = withSeasons(drift()).fit(series(deaths, { period })).report;
    expect(details.strength.seasons[0]).toBeGreaterThan(0.8);
  });

  test("missing values stay missing to the model", () => {
    const holed = deaths.map((value, t) => (t % 13 === 5 ? Number.NaN : value));
    const fitted = withSeasons(ets()).fit(series(holed, { period }));
    expect(fitted.report.observations).toBe(holed.filter((value) => !Number.isNaN(value)).length);
    const adjusted = mstl(holed, 12);
    expect(adjusted.notes.map(({ code }) => code)).toEqual(["missing-interpolated"]);
  });

  test("path and replay agree, fast and step by step", () => {
    const fitted = withSeasons(ets({ error: "M" })).fit(series(deaths, { period }));
    const fast = replay(fitted.process, fitted.params, series(deaths));
    const plain = replayStepwise(fitted.process, fitted.params, series(deaths));
    expect(fast.logLikelihood).toBeCloseTo(plain.logLikelihood, 8);
    expect(simulate(fitted, { horizon: 3, paths: 2 }).values.length).toBe(6);
  });

  test("what cannot be done is said", () => {
    expect(() => withSeasons(drift(), { periods: [12] }).fit(series(deaths.slice(0, 20)))).toThrow(
      /season of 12 needs more than two periods/,
    );
    expect(() => withSeasons(drift(), { window: 8 })).toThrow(
      /periodic or an odd whole number of at least 7, not 8/,
    );
    expect(() => withSeasons(drift(), { periods: [] })).toThrow(/at least one, not \[\]/);
    const without = withSeasons(drift()).fit(series(deaths));
    expect(without.report.notes.map(({ code }) => code)).toContain("no-season");
  });
});

describe("waves", () => {
  test("cosines and sines are those of Math, to rounding, and exact at the quarters", () => {
    for (const m of [7, 12, 24, 168, 365]) {
      for (let j = -m; j <= 2 * m; j++) {
        const { cos, sin } = onCircle(j, m);
        expect(Math.abs(cos - Math.cos((2 * Math.PI * j) / m))).toBeLessThan(3e-15);
        expect(Math.abs(sin - Math.sin((2 * Math.PI * j) / m))).toBeLessThan(3e-15);
      }
    }
    expect(onCircle(3, 12)).toEqual({ cos: expect.closeTo(0, 20), sin: 1 });
    expect(onCircle(6, 12).cos).toBe(-1);
  });

  // R's sinpi-free fourier() carries rounding of 1e-14 in its later rows (test/reference/utilities.json).
  test.each(
    referenceCases<{ names: string[]; rows: number[][] }>("utilities").filter(({ id }) =>
      id.startsWith("fourier"),
    ),
  )("$id as in R's fourier", ({ id, result }) => {
    const harmonics = [{ period: 12, count: 2 }];
    expect(waveNames(harmonics)).toEqual(result.names);
    const from = id === "fourier" ? 0 : 144;
    result.rows.forEach((row, i) => {
      wavesAt(harmonics, from + i).forEach((value, j) => {
        expect(Math.abs(value - row[j]!)).toBeLessThan(1e-12);
      });
    });
  });

  test("the sine of half the period is left out", () => {
    expect(waveNames([{ period: 4, count: 2 }])).toEqual(["S1-4", "C1-4", "C2-4"]);
    expect(wavesAt([{ period: 4, count: 2 }], 0).length).toBe(3);
  });
});

describe("fourier on the real models", () => {
  const wave = [9, 4, -2, -6, -8, -3, 2, 5, 7, 3, -4, -7];
  const y = series(
    Float64Array.from({ length: 72 }, (_, t) => 50 + wave[t % 12]! + 0.3 * Math.sin(t * t)),
    { period: 12 },
  );

  test("auto-arima takes the waves, extended into the future", () => {
    const fitted = parseModel("fourier(auto-arima)").fit(y);
    expect(fitted.report.coefficients.map(({ name }) => name)).toContain("S5-12");
    expect(fitted.report.notes.map(({ code }) => code)).not.toContain("inputs-ignored");
    forecast(fitted, { horizon: 24 }).mean.forEach((value, h) => {
      expect(Math.abs(value - 50 - wave[h % 12]!)).toBeLessThan(0.5);
    });
  });

  test.each(["fourier(ses)", "fourier(auto-ets)", "fourier(mstl(ses))"])(
    "%s: a model without inputs is refused",
    (notation) => {
      expect(() => parseModel(notation).fit(y)).toThrow(/takes no inputs, so it cannot use Fourier terms/);
    },
  );
});

/** Regression on the inputs with independent errors: the least model that takes inputs. */
const regressionProcess: Process<{ b: Float64Array; sigma2: number }, null> = {
  kind: "test-regression",
  start: () => null,
  conditional: ({ b, sigma2 }, _, input) =>
    normal(b[0]! + input.reduce((sum, x, i) => sum + x * b[i + 1]!, 0), sigma2),
  advance: () => null,
  ahead: (params, state, inputs) =>
    inputs.map((input) => regressionProcess.conditional(params, state, input)),
};

const regression: Model = {
  notation: "regression",
  missing: "interpolate",
  fit(data: Series): Fitted {
    const n = data.y.length;
    const k = data.inputs.names.length + 1;
    const design = Float64Array.from({ length: n * k }, (_, at) =>
      at % k === 0 ? 1 : data.inputs.columns[(at % k) - 1]![Math.floor(at / k)]!,
    );
    const { coefficients, rss } = leastSquares(design, n, k, data.y);
    const params = { b: coefficients, sigma2: rss / (n - k) };
    const { logLikelihood } = replay(regressionProcess, params, data);
    return {
      notation: "regression",
      process: regressionProcess as Process<unknown, unknown>,
      params,
      state: null,
      report: {
        observations: n,
        coefficients: data.inputs.names.map((name, i) => ({
          name,
          estimate: coefficients[i + 1]!,
          stdError: Number.NaN,
        })),
        covariance: null,
        sigma2: params.sigma2,
        logLikelihood,
        aic: -2 * logLikelihood + 2 * k,
        aicc: -2 * logLikelihood + 2 * k + (2 * k * (k + 1)) / (n - k - 1),
        bic: -2 * logLikelihood + k * Math.log(n),
        converged: true,
        notes: [],
        details: {},
      },
      origin: originOf(data),
      history: data,
    };
  },
};

describe("a model with waves as inputs", () => {
  const rng = random(6);
  const wave = (t: number) =>
    50 + 7 * Math.sin((2 * Math.PI * (t + 1)) / 52) - 3 * Math.cos((4 * Math.PI * (t + 1)) / 52);
  const y = Float64Array.from({ length: 208 }, (_, t) => wave(t) + 0.2 * standardNormal(rng));

  test("waves are made, chosen and extended without being asked for", () => {
    const fitted = withFourier(regression).fit(series(y, { period: 52 }));
    expect(fitted.notation).toBe("fourier(regression, harmonics=2)[52]");
    expect(fitted.origin.inputNames).toEqual([]);
    const { mean } = forecast(fitted, { horizon: 52 });
    mean.forEach((value, h) => {
      expect(Math.abs(value - wave(208 + h))).toBeLessThan(0.2);
    });
    const byName = Object.fromEntries(
      fitted.report.coefficients.map(({ name, estimate }) => [name, estimate]),
    );
    expect(byName["S1-52"]).toBeCloseTo(7, 1);
    expect(byName["C2-52"]).toBeCloseTo(-3, 1);
  });

  test("given inputs come first, and are still asked for", () => {
    const x = Float64Array.from(y, (_, t) => t % 3);
    const data = series(
      y.map((value, t) => value + 2 * x[t]!),
      { period: 52, inputs: { promo: x } },
    );
    const fitted = withFourier(regression, { harmonics: [2] }).fit(data);
    expect(fitted.report.coefficients[0]).toMatchObject({ name: "promo", estimate: expect.closeTo(2, 1) });
    expect(() => forecast(fitted, { horizon: 2 })).toThrow(/promo/);
    expect(forecast(fitted, { horizon: 2, inputs: { promo: [0, 1] } }).mean[1]).toBeCloseTo(wave(209) + 2, 0);
  });

  test("replay, fast and step by step", () => {
    const data = series(y, { period: 52 });
    const fitted = withFourier(regression, { harmonics: [3] }).fit(data);
    const fast = replay(fitted.process, fitted.params, data);
    expect(fast.logLikelihood).toBeCloseTo(
      replayStepwise(fitted.process, fitted.params, data).logLikelihood,
      8,
    );
    expect(fast.logLikelihood).toBeCloseTo(fitted.report.logLikelihood, 8);
  });

  test("what cannot be done is said", () => {
    expect(() => withFourier(ets()).fit(series(y, { period: 52 }))).toThrow(
      /takes no inputs, so it cannot use Fourier/,
    );
    expect(() => withFourier(regression).fit(series(y))).toThrow(/need a season and series has none/);
    expect(() => withFourier(regression, { periods: [12], harmonics: [7] })).toThrow(
      /harmonics must be a whole number from 1 to 6, not 7/,
    );
    expect(() => withFourier(regression, { periods: [24, 168], harmonics: [3] })).toThrow(
      /one number of harmonics for each period/,
    );
  });
});

describe("notations", () => {
  const parse = (text: string): Model => ({ ...drift(), notation: text });
  test.each([...mstlModel.forms, "mstl(drift)"])("%s", (form) => {
    expect(familyOf(mstlModel).build(parseNotation(form), parse).notation).toBe(form);
  });
  test.each(fourierModel.forms)("%s", (form) => {
    expect(familyOf(fourierModel).build(parseNotation(form), parse).notation).toBe(form);
  });
  test("a model is asked for, and one period only", () => {
    expect(() => familyOf(mstlModel).build(parseNotation("mstl"), parse)).toThrow(/must hold one model/);
    expect(() => familyOf(mstlModel).build(parseNotation("mstl(drift, periods=24)[12]"), parse)).toThrow(
      /period twice/,
    );
    expect(() => familyOf(mstlModel).build(parseNotation("mstl(drift, periods=24+x)"), parse)).toThrow(
      /whole number|list of finite numbers/,
    );
  });
});
