import { expect, test } from "vitest";
import { marginalsOf } from "../../src/engine/forecast.js";
import { ar, arima, auto, ets, forecast, replay, series, snaive } from "../../src/index.js";
import { fitEnsemble } from "../../src/select/ensemble/index.js";
import { referenceSeries } from "../reference.js";

const passengers = series(referenceSeries("AirPassengers").values, { period: 12 });

test.each([ar({ order: 3 }), ar({ order: 3, method: "burg" }), arima({ order: [1, 1, 1] })])(
  "$notation: a brief report changes no forecast and leaves out what none needs",
  (model) => {
    const full = model.fit(passengers);
    const brief = model.fit(passengers, { brief: true });
    expect(forecast(brief, { horizon: 5 }).mean).toEqual(forecast(full, { horizon: 5 }).mean);
    expect(brief.report.logLikelihood).toBe(full.report.logLikelihood);
    expect(JSON.stringify(brief.report.details).length).toBeLessThan(
      JSON.stringify(full.report.details).length,
    );
  },
);

test("a combination's report is that of a replay, whenever it is asked for", () => {
  const { fitted } = fitEnsemble(
    [{ model: snaive() }, { model: ets({ error: "A", trend: "N", season: "N" }) }],
    passengers,
    {
      weights: "equal",
      stepsAhead: 12,
    },
  );
  const { logLikelihood, state, residuals } = replay(fitted.process, fitted.params, passengers);
  const seen = residuals.filter((value) => !Number.isNaN(value));
  const meanSquare = seen.reduce((sum, value) => sum + value * value, 0) / seen.length;
  expect(fitted.report.logLikelihood).toBeCloseTo(logLikelihood, 9);
  expect(fitted.report.sigma2 / meanSquare).toBeCloseTo(1, 12);
  const inputs = Array.from({ length: 6 }, () => new Float64Array(0));
  const own = marginalsOf(fitted, inputs, {});
  const replayed = marginalsOf({ ...fitted, state }, inputs, {});
  own.forEach((one, h) => {
    expect(one.mean / replayed[h]!.mean).toBeCloseTo(1, 12);
    expect(one.quantile(0.9) / replayed[h]!.quantile(0.9)).toBeCloseTo(1, 9);
  });
});

test("auto's report survives JSON with its likelihood", () => {
  const { report } = auto().fit(passengers);
  const copy = JSON.parse(JSON.stringify(report));
  expect(copy.logLikelihood).toBe(report.logLikelihood);
  expect(Number.isFinite(copy.sigma2)).toBe(true);
});
