import { describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replay } from "../../../src/engine/replay.js";
import { normalQuantile } from "../../../src/math/special-functions/normal.js";
import { ar, burg, leastSquaresAr, yuleWalker } from "../../../src/models/ar/index.js";
import { parseModel } from "../../../src/select/catalogue.js";
import { referenceSeries } from "../../reference.js";

const build = (text: string) => parseModel(text);
const lynx = series(referenceSeries("log10Lynx").values, { id: "lynx" });
const codes = (fitted: ReturnType<ReturnType<typeof ar>["fit"]>) =>
  fitted.report.notes.map(({ code }) => code);

describe("notation", () => {
  test.each([
    ["ar(3)", "ar(3)"],
    ["ar(auto)", "ar(auto)"],
    ["ar", "ar(auto)"],
    ["ar()", "ar(auto)"],
    ["ar(0)", "ar(0)"],
    ["ar(3, method=mle)", "ar(3)"],
    ["ar(3,method=burg)", "ar(3, method=burg)"],
    ["ar(3, criterion=bic)", "ar(3)"],
    [
      "ar(auto, mean=false, max-order=6, criterion=bic, method=ols)",
      "ar(auto, method=ols, criterion=bic, max-order=6, mean=false)",
    ],
  ])("%s is written %s", (text, canonical) => {
    expect(build(text).notation).toBe(canonical);
    expect(build(canonical).notation).toBe(canonical);
  });

  test.each(["ar(1,2)", "ar(x)", "ar(-1)", "ar(1.5)", "ar(1)(2)"])("%s is refused", (text) => {
    expect(() => build(text)).toThrow(YuleError);
  });

  test("a fit is written with the order and the method it has", () => {
    expect(ar({ method: "burg" }).fit(lynx).notation).toBe("ar(12, method=burg)");
    expect(ar().fit(lynx).notation).toBe("ar(11)");
    expect(ar({ order: 2, mean: false }).fit(lynx).notation).toBe("ar(2, mean=false)");
  });

  test("bad options name what is allowed", () => {
    expect(() => ar({ order: -1 })).toThrow(/order of ar must be auto or a whole number from 0/);
    expect(() => ar({ method: "ml" as "mle" })).toThrow(
      /one of mle, yule-walker, burg, ols, not "ml"; did you mean mle\?/,
    );
    expect(() => ar({ criterion: "hq" as "bic" })).toThrow(/one of aic, aicc, bic/);
    expect(() => ar({ maxOrder: 1.5 })).toThrow(/max-order/);
  });
});

describe("a fit's report", () => {
  test("names, errors, covariance, roots and the search", () => {
    const { report } = ar().fit(lynx);
    expect(report.coefficients.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 11 }, (_, j) => `ar${j + 1}`),
      "mean",
    ]);
    report.coefficients.forEach(({ stdError }, i) => {
      expect(Math.sqrt(report.covariance![i]![i]!)).toBeCloseTo(stdError, 14);
    });
    const { details } = report;
    expect(details.stationary).toBe(true);
    expect(details.roots).toHaveLength(11);
    // The ten-year cycle of the lynx: the pair of roots nearest the unit circle.
    expect(details.roots[0]!.period).toBeGreaterThan(9);
    expect(details.roots[0]!.period).toBeLessThan(10);
    expect(details.orderSearch!.criterion).toBe("aic");
    expect(details.orderSearch!.values).toHaveLength(13);
    expect(details.orderSearch!.values[11]).toBeCloseTo(report.aic, 9);
    expect(Math.min(...details.orderSearch!.values)).toBe(details.orderSearch!.values[11]);
  });

  test.each(["aic", "aicc", "bic"] as const)(
    "%s of every order is that of a fit of that order",
    (criterion) => {
      const { report } = ar({ criterion, maxOrder: 4 }).fit(lynx);
      const { values } = report.details.orderSearch!;
      values.forEach((value, order) => {
        expect(value).toBeCloseTo(ar({ order }).fit(lynx).report[criterion], 7);
      });
    },
  );

  test.each(["yule-walker", "burg", "ols", "mle"] as const)(
    "%s: the log-likelihood is exact at its estimates",
    (method) => {
      const fitted = ar({ order: 3, method }).fit(lynx);
      expect(fitted.report.logLikelihood).toBeCloseTo(
        replay(fitted.process, fitted.params, lynx).logLikelihood,
        8,
      );
      const best = ar({ order: 3 }).fit(lynx).report.logLikelihood;
      expect(fitted.report.logLikelihood).toBeLessThanOrEqual(best + 1e-9);
      expect(fitted.report.sigma2).toBeCloseTo(
        {
          "yule-walker": yuleWalker,
          burg,
          ols: leastSquaresAr,
          mle: () => ({ variance: fitted.report.sigma2 }),
        }[method](lynx.y, { order: 3 }).variance,
        14,
      );
    },
  );

  test("an order that was given is no search", () => {
    expect(ar({ order: 2 }).fit(lynx).report.details.orderSearch).toBeNull();
  });

  test("a method's constant goes by its name", () => {
    const last = (method: "ols" | "burg") =>
      ar({ order: 1, method }).fit(lynx).report.coefficients.at(-1)!.name;
    expect([last("ols"), last("burg")]).toEqual(["intercept", "mean"]);
    expect(ar({ order: 1, mean: false }).fit(lynx).report.coefficients).toHaveLength(1);
  });
});

describe("series at the edge", () => {
  const fit = (values: ArrayLike<number>, options: Parameters<typeof ar>[0] = {}) =>
    ar(options).fit(series(values, { id: "s" }));

  test.each(["yule-walker", "burg", "ols", "mle"] as const)(
    "%s: a constant has a certain forecast, and a note",
    (method) => {
      const fitted = fit(new Float64Array(24).fill(0.1), { order: 2, method });
      const ahead = forecast(fitted, { horizon: 3 });
      expect(Array.from(ahead.mean)).toEqual([0.1, 0.1, 0.1]);
      expect(ahead.distributions[2]!.variance).toBe(0);
      expect(codes(fitted)).toEqual(["no-variation"]);
      expect(fitted.notation).toBe("ar(0)");
      expect(fitted.report.logLikelihood).toBe(Number.POSITIVE_INFINITY);
    },
  );

  test("two and three points give their mean, with a note; orders that cannot be told are lowered, with another", () => {
    const two = fit([3, 5], { order: 4 });
    expect(Array.from(forecast(two, { horizon: 2 }).mean)).toEqual([4, 4]);
    expect(codes(two)).toEqual(["order-lowered", "short-series"]);
    expect(codes(fit([3, 5, 6]))).toEqual(["short-series"]);
    expect(fit([1, 4, 2, 5, 3, 3], { order: 5 }).notation).toBe("ar(2)");
  });

  test("a single point, none, and numbers out of range are errors", () => {
    expect(() => fit([3])).toThrow(/at least two values/);
    expect(() => fit([Number.NaN, 3, Number.NaN])).toThrow(/s has 1/);
    expect(() => fit([1e200, 2e200, 1.5e200])).toThrow(/another unit|divide the column/);
    expect(() => fit([1e-200, 2e-200, 1.5e-200])).toThrow(/another unit|divide the column/);
  });

  test("inputs are refused, pointing to arima", () => {
    const withInputs = series([1, 2, 3, 4], { inputs: { price: [1, 2, 1, 2] } });
    expect(() => ar().fit(withInputs)).toThrow(/takes no inputs such as price; arima\(p,0,0\)/);
  });

  test("a non-stationary least-squares fit is kept, and said", () => {
    const doubling = Float64Array.from({ length: 12 }, (_, t) => 2 ** t + (t % 3));
    const fitted = fit(doubling, { order: 1, method: "ols" });
    expect(codes(fitted)).toEqual(["non-stationary"]);
    expect(fitted.report.details.stationary).toBe(false);
    expect(fitted.report.coefficients[0]!.estimate).toBeGreaterThan(1.9);
    expect(forecast(fitted, { horizon: 2 }).mean[1]).toBeGreaterThan(6000);
    expect(fitted.params).toMatchObject({ start: "diffuse" });
    expect(fitted.report.logLikelihood).toBeCloseTo(
      replay(fitted.process, fitted.params, series(doubling)).logLikelihood,
      9,
    );
  });

  test("a series without noise has intervals without width, and a note", () => {
    for (const method of ["mle", "burg", "ols"] as const) {
      const fitted = fit(
        Float64Array.from({ length: 40 }, (_, t) => t % 2),
        { method },
      );
      expect(codes(fitted)).toContain("no-noise");
      forecast(fitted, { horizon: 4 }).mean.forEach((value, h) => {
        expect(value).toBeCloseTo(h % 2, 6);
      });
    }
  });

  test("units and offsets change nothing but the units", () => {
    const base = ar({ order: 3 }).fit(lynx);
    for (const unit of [1e12, 1e-12]) {
      const scaled = fit(
        lynx.y.map((value) => value * unit),
        { order: 3 },
      );
      scaled.report.coefficients.slice(0, 3).forEach(({ estimate }, j) => {
        expect(Math.abs(estimate - base.report.coefficients[j]!.estimate)).toBeLessThan(1e-8);
      });
      expect(scaled.report.sigma2 / unit / unit).toBeCloseTo(base.report.sigma2, 10);
    }
    const moved = fit(
      lynx.y.map((value) => value + 1e6),
      { order: 3 },
    );
    expect(moved.report.logLikelihood).toBeCloseTo(base.report.logLikelihood, 5);
  });
});

describe("missing values", () => {
  const presidents = series(referenceSeries("presidents").values, { id: "presidents" });

  test("maximum likelihood takes them as they are and needs no note", () => {
    const fitted = ar({ order: 3 }).fit(presidents);
    expect(codes(fitted)).toEqual([]);
    expect(fitted.report.observations).toBe(114);
    // R: arima(presidents, order = c(3,0,0)), test/reference/arima-ml.json.
    expect(fitted.report.logLikelihood).toBeCloseTo(-414.0819303777023, 8);
  });

  test("Yule-Walker uses the pairs present and says so; Burg and least squares give way and say so", () => {
    const pairs = ar({ order: 3, method: "yule-walker" }).fit(presidents);
    expect(codes(pairs)).toEqual(["missing-pairs"]);
    expect(pairs.notation).toBe("ar(3, method=yule-walker)");
    for (const method of ["burg", "ols"] as const) {
      const fitted = ar({ order: 3, method }).fit(presidents);
      expect(codes(fitted)).toEqual(["method-changed"]);
      expect(fitted.notation).toBe("ar(3)");
    }
    expect(() => burg(presidents.y)).toThrow(/maximum likelihood \(mle\)/);
    expect(() => leastSquaresAr(presidents.y)).toThrow(/without gaps/);
  });

  test("pairs that belong to no process are told by Yule-Walker, and given up by the model", () => {
    const gap = Number.NaN;
    const y = [1, 1, gap, gap, -1, -1, gap, gap, 1, 1, gap, gap, -1, -1];
    expect(() => yuleWalker(y, { order: 4 })).toThrow(/belong to no autoregression of order 4/);
    const fitted = ar({ order: 4, method: "yule-walker" }).fit(series(y));
    expect(codes(fitted)).toContain("method-changed");
    expect(fitted.notation).toBe("ar(4)");
    expect(fitted.report.sigma2).toBeGreaterThan(0);
  });

  test("with values hidden, estimates stay near those of the whole series", () => {
    const rng = random(5);
    const y = new Float64Array(600);
    for (let t = 0; t < 600; t++)
      y[t] = 1.3 * (y[t - 1] ?? 0) - 0.6 * (y[t - 2] ?? 0) + normalQuantile(rng.uniform());
    const whole = ar({ order: 2 }).fit(series(y));
    const third = ar({ order: 2 }).fit(series(y.map((value, t) => (t % 3 === 1 ? Number.NaN : value))));
    third.report.coefficients.forEach(({ estimate, stdError }, j) => {
      expect(Math.abs(estimate - whole.report.coefficients[j]!.estimate)).toBeLessThan(4 * stdError);
      expect(stdError).toBeGreaterThan(whole.report.coefficients[j]!.stdError);
    });
  });
});

/** Cases of test/reference/ar.json where R fails: what yule does instead. */
describe("where R has no answer", () => {
  test("ar.ols(LakeHuron, demean=FALSE): its normal equations look singular; ours differ by the offset alone", () => {
    const { values } = referenceSeries("LakeHuron");
    const centred = leastSquaresAr(values, { order: 2 });
    const raw = leastSquaresAr(values, { order: 2, demean: false, intercept: true });
    const room = 1 - centred.ar[0]! - centred.ar[1]!;
    expect(raw.ar).toEqual(centred.ar);
    expect(raw.intercept).toBeCloseTo(centred.intercept + centred.mean * room, 9);
    expect(raw.constantStdError).toBeGreaterThan(centred.constantStdError);
  });

  test("a constant series: no variance, no partial correlations, order 0", () => {
    const y = new Float64Array(24).fill(3.5);
    for (const estimate of [yuleWalker(y), burg(y), leastSquaresAr(y)]) {
      expect(estimate.order).toBe(0);
      expect(estimate.mean).toBe(3.5);
      expect(estimate.variance).toBe(0);
    }
    expect(Array.from(yuleWalker(y, { order: 1 }).ar)).toEqual([0]);
    expect(() => leastSquaresAr(y, { order: 1 })).toThrow(/cannot estimate 1 coefficients/);
    expect(yuleWalker(y, { order: 1, demean: false }).ar[0]).toBeCloseTo(23 / 24, 12);
    expect(burg(y, { order: 1, demean: false }).ar[0]).toBe(1);
  });
});
