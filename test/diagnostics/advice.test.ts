import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { advise } from "../../src/diagnostics/advice/advise.js";
import { suggestOrders } from "../../src/diagnostics/advice/suggest-orders.js";
import { difference } from "../../src/diagnostics/differencing.js";
import { varianceOf } from "../../src/diagnostics/summary.js";
import { poissonDraw } from "../../src/math/poisson-draw.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { referenceSeries } from "./reference.js";

function noise(n: number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => standardNormal(rng));
}

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
    ]);
  });

  test("log10 lynx: stationary, AR(2), a cycle of 9.7 years and no season", () => {
    const advice = advise(reference("log10Lynx"));
    expect(advice).toMatchObject({ stationary: "stationary", model: "arima(2,0,0)", period: 1 });
    expect(advice.cycle).toBeCloseTo(9.69, 1);
    expect(advice.sentences[0]!.text).toBe(
      "There is a cycle of about 9.7 values of varying length: an autoregression can model it.",
    );
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
      /season of 24 hours .* A season of 168 hours \(strength (0\.9\d|1\.00)\) was found too: mstl/,
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
      text: "6 of 120 values are missing (5.0 %): tests leave them out, the rest interpolates them.",
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

describe("what is said follows from the numbers shown", () => {
  const dated = (name: string, start: string, frequency: string) =>
    series(referenceSeries(name).values, { start, frequency });

  test("the p-values of the sentence are those of the tests, once each", () => {
    for (const one of [
      dated("Nile", "1871", "Y"),
      dated("lynx", "1821", "Y"),
      dated("sunspot.year", "1700", "Y"),
      dated("AirPassengers", "1949-01", "M"),
      dated("LakeHuron", "1875", "Y"),
      dated("WWWusage", "2001-01-01", "D"),
    ]) {
      const { sentences, tests } = advise(one);
      const text = sentences.find(({ topic }) => topic === "stationarity")!.text;
      const said = [...text.matchAll(/p (?:= (\d\.\d{4})|< 0\.0001)/g)].map(([, p]) => p ?? "0.0000");
      const known = [tests.adf!, tests.pp!, tests.kpss!].map(({ pValue }) => pValue.toFixed(4));
      expect([...said].sort()).toEqual([...known].sort());
      for (const other of sentences)
        if (other.topic !== "stationarity") expect(other.text).not.toMatch(/\bp [=<]/);
    }
  });

  test("a series is called stationary only where KPSS does not reject and a unit-root test does", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const e = noise(80, seed);
      let level = 0;
      const share = seed / 60;
      const { stationary, tests, differences } = advise(series(e.map((v) => (level = share * level + v))));
      const [root, level5] = [
        Math.min(tests.adf!.pValue, tests.pp!.pValue) < 0.05,
        tests.kpss!.pValue >= 0.05,
      ];
      expect(stationary === "stationary").toBe(root && level5);
      if (stationary === "stationary" || stationary === "undecided") expect(differences.ordinary).toBe(0);
      if (stationary === "unit-root") expect(differences.ordinary).toBeGreaterThan(0);
    }
  });

  test("discoveries: KPSS does not reject, so no difference is asked for", () => {
    const rows = readFileSync(new URL("../../datasets/discoveries.csv", import.meta.url), "utf8")
      .trim()
      .split("\n");
    const values = rows.slice(1).map((row) => Number(row.split(",").at(-1)));
    const { tests, differences, stationary } = advise(series(values, { start: "1860", frequency: "Y" }));
    expect(tests.kpss!.pValue).toBeCloseTo(0.0619, 4);
    expect([stationary, differences.ordinary]).toEqual(["stationary", 0]);
  });

  test("a line with noise around it is modelled as one", () => {
    const y = noise(60, 3).map((value, t) => 10 + 0.3 * t + value);
    const { stationary, model, sentences } = advise(series(y));
    expect(stationary).toBe("trend-stationary");
    expect(model).toBe("arima(0,0,0, drift=true)");
    expect(sentences.find(({ topic }) => topic === "stationarity")!.text).toMatch(
      /around a straight line: it explains 9\d % of the variance and leaves an autocorrelation of -?0\.\d\d at lag 1/,
    );
  });

  test("dates as the input writes them, not numbers of rows", () => {
    const nile = advise(dated("Nile", "1871", "Y"));
    expect(nile.sentences.at(-1)!.text).toBe(
      "The level shifts down by 288 from 1899 on: a step input models that.",
    );
    const spiked = noise(72, 5).map((value, t) => 50 + value + (t === 40 ? 30 : 0));
    const text = advise(series(spiked, { start: "2019-01", frequency: "M" })).sentences.at(-1)!.text;
    expect(text).toMatch(/^1 outlier: 2022-05 \([\d.]+, expected about [\d.]+\)\.$/);
  });

  test("orders are read from the series that is named and given", () => {
    const { orders, differenced, differencedName } = advise(reference("AirPassengers"));
    expect(differencedName).toBe("logs differenced at lags 12 and 1");
    expect(orders!.reason).toContain("of the logs differenced at lags 12 and 1 cuts off after lag 1");
    const { values } = referenceSeries("AirPassengers");
    const expected = difference(difference(values.map(Math.log), 12), 1);
    expect(differenced).toHaveLength(expected.length);
    expect(differenced![50]).toBeCloseTo(expected[50]!, 12);
  });

  test("very long series: the last values are looked at, which is said", () => {
    const y = noise(30_000, 9).map(
      (value, t) => 100 + 10 * Math.sin((Math.PI * t) / 12) + value + (t === 29_000 ? 50 : 0),
    );
    const advice = advise(series(y, { start: "2020-01-01T00:00", frequency: "H" }));
    expect(advice.examined).toBe(20_000);
    expect(advice.sentences[0]!.text).toContain("those of the last 20000 of 30000 values");
    expect(advice.outliers.map(({ index }) => index)).toEqual([29_000]);
    expect(advice.sentences.at(-1)!.text).toContain("2023-04-23T08:00");
  });
});

describe("false alarms and what is planted, 40 series each", () => {
  const wave = (t: number, period: number) => Math.sin((2 * Math.PI * t) / period);
  const poisson = (n: number, seed: number, mean: (t: number) => number) => {
    const rng = random(seed);
    return Float64Array.from({ length: n }, (_, t) => poissonDraw(rng, mean(t)));
  };
  const walk = (n: number, seed: number) => {
    let level = 0;
    return noise(n, seed).map((value) => (level += value));
  };
  const hourly = (t: number) => Math.exp(1 + 1.5 * wave(t, 24));

  test.each<[string, string, (seed: number) => Float64Array]>([
    ["white noise", "M", (seed) => noise(120, seed).map((v) => 10 + v)],
    ["a random walk", "Y", (seed) => walk(80, seed).map((v) => 100 + v)],
    ["a trend and a season", "M", (seed) => noise(96, seed).map((v, t) => 20 + t / 10 + 3 * wave(t, 12) + v)],
    ["a random walk and a season", "M", (seed) => walk(180, seed).map((v, t) => 200 + v + 6 * wave(t, 12))],
    ["few seasons", "W", (seed) => noise(208, seed).map((v, t) => 100 + 15 * wave(t, 52) + 3 * v)],
    ["hourly counts", "H", (seed) => poisson(24 * 21, seed, hourly)],
    ["daily counts", "D", (seed) => poisson(300, seed, (t) => [8, 8, 9, 10, 14, 18, 4][t % 7]!)],
  ])("%s", (_, frequency, draw) => {
    const found = { outliers: 0, cycles: 0, planted: 0 };
    for (let seed = 1; seed <= 40; seed++) {
      const y = draw(seed);
      const clean = advise(series(y, { start: "2015-01-01", frequency }));
      if (clean.outliers.length > 0) found.outliers++;
      if (clean.cycle !== null) found.cycles++;
      const spiked = y.slice();
      const at = 5 + ((17 * seed) % (y.length - 10));
      spiked[at] = Math.round(spiked[at]! + 10 * Math.sqrt(varianceOf(y)));
      const { outliers } = advise(series(spiked, { start: "2015-01-01", frequency }));
      if (outliers.length === 1 && outliers[0]!.index === at) found.planted++;
    }
    // By design one series in a hundred shows an outlier; measured 0 to 1 of 40, planted ones 38 to 40.
    expect(found.outliers).toBeLessThanOrEqual(3);
    expect(found.cycles).toBeLessThanOrEqual(2);
    expect(found.planted).toBeGreaterThanOrEqual(36);
  });

  test("an outlier in a constant, in a line and beside missing values", () => {
    const only = (y: number[]) => advise(series(y)).outliers.map(({ index }) => index);
    expect(only(Array.from({ length: 60 }, (_, t) => (t === 40 ? 500 : 5)))).toEqual([40]);
    expect(only(Array.from({ length: 60 }, (_, t) => (t === 40 ? 500 : 2 * t + 1)))).toEqual([40]);
    const gaps = Array.from(noise(120, 8), (v, t) =>
      t % 4 === 1 ? Number.NaN : 20 + v + (t === 64 ? 40 : 0),
    );
    expect(only(gaps)).toEqual([64]);
  });

  test("a shift of the level is one shift at its place, and no outlier", () => {
    let [exact, outlying] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const y = noise(100, seed).map((value, t) => (t > 60 ? 30 : 20) + value);
      const { outliers, levelShifts } = advise(series(y));
      if (levelShifts.length === 1 && levelShifts[0]!.index === 61) exact++;
      if (outliers.length > 0) outlying++;
    }
    expect(exact).toBeGreaterThanOrEqual(38);
    expect(outlying).toBeLessThanOrEqual(2);
  });

  test("cycles: AR(2) with complex roots, most of them", () => {
    let found = 0;
    for (let seed = 1; seed <= 40; seed++) {
      let [last, before] = [0, 0];
      const y = noise(170, seed).map((value) => {
        const next = 1.53 * last - 0.9 * before + value;
        [before, last] = [last, next];
        return next;
      });
      const { cycle } = advise(series(y.slice(50), { start: "1800", frequency: "Y" }));
      if (cycle !== null && cycle > 8 && cycle < 12.5) found++;
    }
    expect(found).toBeGreaterThanOrEqual(34);
  });

  test("logarithms where the spread grows with the level, one odd value or not", () => {
    let [even, growing] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const plain = noise(144, seed).map((v, t) => 20 + t / 10 + 3 * wave(t, 12) + v);
      const times = noise(144, seed).map((v, t) => Math.exp(3 + t / 100 + 0.3 * wave(t, 12) + 0.08 * v));
      plain[30] = 3 * plain[30]!;
      times[30] = 3 * times[30]!;
      const kind = (y: Float64Array) =>
        advise(series(y, { start: "2010-01", frequency: "M" })).transformation.kind;
      if (kind(plain) !== "none") even++;
      if (kind(times) === "log") growing++;
    }
    expect(even).toBeLessThanOrEqual(2);
    expect(growing).toBeGreaterThanOrEqual(36);
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
