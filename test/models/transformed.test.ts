import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { parseModel } from "../../src/select/catalogue.js";
import { referenceCases, referenceSeries } from "../reference.js";

const { values, period } = referenceSeries("AirPassengers");
const passengers = series(values, { period, id: "air" });

/** R's lambda, from its BoxCox.lambda (test/reference/boxcox.json); its search stops at about 1e-4. */
const lambdaOf = (method: string) =>
  referenceCases<number>("boxcox").find(({ id }) => id === `lambda-${method}-AirPassengers`)!.result;

describe("the Box-Cox lambda of a model", () => {
  test.each([
    ["guerrero", "guerrero"],
    ["likelihood", "loglik"],
  ])("by %s is R's", (method, theirs) => {
    const fitted = parseModel(`box-cox(naive, lambda=${method})`).fit(passengers);
    const lambda = Number(/lambda=(.*)\)/.exec(fitted.notation)![1]);
    expect(Math.abs(lambda - lambdaOf(theirs))).toBeLessThan(1e-3);
    expect(fitted.report.notes[0]!.message).toContain(method === "guerrero" ? "Guerrero's" : "likelihood");
    expect(parseModel(fitted.notation).notation).toBe(fitted.notation);
  });

  test("auto takes what is near 0 or 1 there; what has no lambda is left as it is; another word is refused", () => {
    const logs = series(
      values.map((value) => Math.exp(value / 100)),
      { period },
    );
    expect(parseModel("box-cox(naive)").fit(logs).notation).toMatch(/lambda=-?(0|1|0\.\d+)\)$/);
    const below = series(values.map((value) => value - 300));
    expect(parseModel("box-cox(naive, lambda=likelihood)").fit(below).notation).toBe(
      "box-cox(naive, lambda=1)",
    );
    expect(() => parseModel("box-cox(naive, lambda=loglik)")).toThrow(
      /must be auto, guerrero, likelihood or a finite number/,
    );
  });
});

describe("every kind of model on every scale", () => {
  const models = [
    "naive",
    "snaive",
    "drift",
    "mean",
    "ar(2)",
    "arima(0,1,1)(0,1,1)",
    "auto-arima",
    "auto-ets",
    "ets(M,Ad,M)",
    "theta",
    "theta(method=dynamic)",
    "mstl(ses)",
    "fourier(arima(1,1,0), harmonics=2)",
    "ensemble(ses,theta)",
    "calibrated(drift)",
  ];
  const scales: [string, (inner: string) => string][] = [
    ["log", (inner) => `log(${inner})`],
    ["Box-Cox", (inner) => `box-cox(${inner}, lambda=0.3)`],
    ["bounds", (inner) => `bounded(${inner}, min=100, max=700)`],
  ];
  test.each(scales.flatMap(([name, wrap]) => models.map((model) => [name, model, wrap(model)] as const)))(
    "%s, %s",
    (name, _, notation) => {
      const ahead = forecast(parseModel(notation).fit(passengers), { horizon: 14, paths: 300 });
      const { lower, upper } = interval(ahead, 95);
      ahead.mean.forEach((mean, h) => {
        expect(mean).toSatisfy(Number.isFinite);
        expect(lower[h]).toBeGreaterThan(name === "bounds" ? 100 : 0);
        expect(upper[h]).toBeGreaterThanOrEqual(lower[h]!);
        if (name === "bounds") expect(Math.max(mean, upper[h]!)).toBeLessThanOrEqual(700);
      });
    },
  );
});

test("models made for values above 0 are clipped at bounds rather than moved to a scale that has others", () => {
  for (const notation of ["bounded(ets(M,N,N), min=100, max=700)", "bounded(tsb, min=100, max=700)"]) {
    const fitted = parseModel(notation).fit(passengers);
    expect(fitted.report.notes.find(({ code }) => code === "clipped")!.message).toMatch(
      /air was not transformed, because .* does not take values below 0: values beyond/,
    );
    for (const distribution of forecast(fitted, { horizon: 3, paths: 200 }).distributions) {
      expect(distribution.quantile(0.0001)).toBeGreaterThanOrEqual(100);
      expect(distribution.quantile(0.9999)).toBeLessThanOrEqual(700);
    }
  }
});

test("where the scale and not the data has the values that a model cannot take, it says so", () => {
  const small = series(values.map((value) => value / 1000));
  expect(() => parseModel("log(ets(M,N,N))").fit(small)).toThrow(
    /^On the log scale the model ets\(M,N,N\) .* needs values above 0, but row 1 of series is -2\.\d+; use additive/,
  );
  expect(() => parseModel("log(croston)").fit(passengers)).toThrow(/leave the transformation out/);
});

test("the median takes the place of a mean that is infinite, and a note says so", () => {
  const ahead = forecast(parseModel("box-cox(mean, lambda=guerrero)").fit(passengers), { horizon: 2 });
  expect(ahead.distributions[0]!.mean).toBe(Number.POSITIVE_INFINITY);
  expect(ahead.mean).toEqual(ahead.median);
  expect(ahead.notes.find(({ code }) => code === "mean-unreliable")).toMatchObject({
    severity: "warning",
    details: { replaced: [1, 2], outside: [] },
  });
  expect(ahead.median[0]).toBeLessThan(400);
});
