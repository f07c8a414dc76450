import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { advise } from "../../src/diagnostics/advice.js";
import { suggestOrders } from "../../src/diagnostics/suggest-orders.js";
import { standardNormal } from "../../src/math/normal.js";
import { referenceSeries } from "./reference.js";

function reference(name: string) {
  const { values, frequency } = referenceSeries(name);
  return series(values, { id: name, period: frequency });
}

describe("advise", () => {
  test("AirPassengers: logarithms, both differences, the airline model", () => {
    const advice = advise(reference("AirPassengers"));
    expect(advice).toMatchObject({
      observations: 144,
      missing: 0,
      period: 12,
      stationary: "unit-root",
      transformation: { kind: "log" },
      differences: { ordinary: 1, seasonal: 1 },
      orders: { ar: 0, ma: 1, seasonalAr: 0, seasonalMa: 1 },
      model: "arima(0,1,1)(0,1,1)[12]",
    });
    expect(advice.strengths!.season).toBeGreaterThan(0.9);
    expect(advice.sentences.map(({ topic }) => topic)).toEqual([
      "period",
      "transformation",
      "stationarity",
      "differences",
      "orders",
      "outliers",
    ]);
  });

  test("log10 lynx: stationary, AR(2), a cycle of 9.7 years and no season", () => {
    const advice = advise(reference("log10Lynx"));
    expect(advice).toMatchObject({ stationary: "stationary", model: "arima(2,0,0)", period: 1 });
    expect(advice.periodSearch!.cycle).toBeCloseTo(9.69, 1);
    expect(advice.differences).toEqual({ ordinary: 0, seasonal: 0 });
  });

  test("the Nile: contradictory tests, and the jump that explains them", () => {
    const advice = advise(reference("Nile"));
    expect(advice.stationary).toBe("contradictory");
    expect(advice.levelShifts.map(({ index }) => index)).toEqual([28]);
    expect(advice.sentences.at(-1)!.text).toContain("down by");
  });

  test("finds the period where there are no dates, not where they tell", () => {
    const { values } = referenceSeries("USAccDeaths");
    expect(advise(series(values)).period).toBe(12);
    const yearly = advise(series(values, { start: "1900", frequency: "Y" }));
    expect(yearly).toMatchObject({ period: 1, periodSearch: null });
  });

  test("hours: the day and the week, which are not taken for outliers", () => {
    const hours = (weekend: number) =>
      series(
        Float64Array.from(
          { length: 168 * 5 },
          (_, t) =>
            100 +
            8 * Math.sin((2 * Math.PI * t) / 24) +
            (Math.floor(t / 24) % 7 >= 5 ? weekend : 0) +
            Math.sin(t * t),
        ),
        { start: "2024-01-01T00:00", frequency: "H" },
      );
    const both = advise(hours(-30));
    expect(both.longerSeason!.period).toBe(168);
    expect(both.longerSeason!.strength).toBeGreaterThan(0.9);
    expect(both.sentences[0]!.text).toMatch(
      /season has 24 values.* A season of 168 lies over it, of strength (0\.9\d|1\.00): mstl/,
    );
    expect(both.outliers).toEqual([]);
    expect(advise(hours(0)).longerSeason).toBeNull();
    expect(advise(reference("AirPassengers")).longerSeason).toBeNull();
  });

  test("gaps are told and survived", () => {
    const advice = advise(reference("presidents"));
    expect(advice).toMatchObject({ observations: 114, missing: 6 });
    expect(advice.sentences[0]).toEqual({
      topic: "data",
      text: "6 of 120 values are missing; they were interpolated for what follows.",
    });
    expect(advice.tests.adf).not.toBeNull();
  });

  test.each([
    ["nothing", []],
    ["one value", [1]],
    ["two values", [1, 2]],
    ["only gaps", [Number.NaN, Number.NaN, Number.NaN]],
    ["a constant", new Array(30).fill(5)],
    ["zeros", new Array(30).fill(0)],
    ["a line", Array.from({ length: 30 }, (_, t) => 3 * t)],
    ["a square", Array.from({ length: 30 }, (_, t) => t * t)],
    ["powers of two", Array.from({ length: 60 }, (_, t) => 2 ** t)],
    ["alternation", Array.from({ length: 40 }, (_, t) => t % 2)],
    ["a single spike", new Array(40).fill(0).with(20, 1)],
    ["mostly gaps", Array.from({ length: 40 }, (_, t) => (t % 7 === 0 ? t : Number.NaN))],
  ])("says something about %s and never NaN", (_, values) => {
    for (const period of [1, 4, 12]) {
      const advice = advise(series(values, { period }));
      const text = JSON.stringify(advice.sentences);
      expect(text).not.toMatch(/NaN|undefined|Infinity/);
      const { adf, kpss, pp } = advice.tests;
      for (const result of [adf, kpss, pp]) {
        if (result === null) continue;
        expect(Number.isFinite(result.statistic)).toBe(true);
        expect(result.pValue).toBeGreaterThanOrEqual(0);
        expect(result.pValue).toBeLessThanOrEqual(1);
      }
    }
  });

  test("the unit does not matter", () => {
    const { values } = referenceSeries("AirPassengers");
    const here = advise(series(values, { period: 12 }));
    for (const scale of [1e-12, 1e12]) {
      const there = advise(
        series(
          values.map((value) => scale * value),
          { period: 12 },
        ),
      );
      expect(there.model).toBe(here.model);
      expect(there.stationary).toBe(here.stationary);
      expect(there.outliers.map(({ index }) => index)).toEqual(here.outliers.map(({ index }) => index));
    }
  });
});

describe("suggestOrders", () => {
  const rng = random(4);
  const e = Float64Array.from({ length: 600 }, () => standardNormal(rng));

  test("reads an AR(2), an MA(1) and noise", () => {
    let [one, two] = [0, 0];
    const ar = e.map((value) => {
      const next = 1.2 * one - 0.6 * two + value;
      [two, one] = [one, next];
      return next;
    });
    expect(suggestOrders(ar)).toMatchObject({ ar: 2, ma: 0 });
    const ma = e.map((value, t) => value - 0.7 * (e[t - 1] ?? 0));
    expect(suggestOrders(ma)).toMatchObject({ ar: 0, ma: 1 });
    expect(suggestOrders(e.slice(0, 300))).toMatchObject({ ar: 0, ma: 0, seasonalAr: 0, seasonalMa: 0 });
  });

  test("reads seasonal terms", () => {
    const ma = e.map((value, t) => value - 0.6 * (e[t - 4] ?? 0));
    expect(suggestOrders(ma, 4)).toMatchObject({ seasonalAr: 0, seasonalMa: 1 });
    const past: number[] = [];
    const ar = e.map((value, t) => (past[t] = value + 0.7 * (past[t - 4] ?? 0)));
    expect(suggestOrders(ar, 4)).toMatchObject({ seasonalAr: 1, seasonalMa: 0 });
  });
});
