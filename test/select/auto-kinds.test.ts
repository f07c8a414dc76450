import { describe, expect, it } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Fitted } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { candidatesFor } from "../../src/select/auto/candidates.js";
import { auto } from "../../src/select/auto/index.js";
import { settledEts } from "../../src/select/auto/settled.js";
import { withoutShift } from "../../src/select/auto/shifts.js";
import { traitsOf } from "../../src/select/auto/traits.js";
import "../../src/select/catalogue.js";

/** Values of a rule with normal noise of deviation 1 given to it. */
function drawn(n: number, at: (t: number, noise: number) => number, seed = 1): number[] {
  const rng = random(seed);
  return Array.from({ length: n }, (_, t) => at(t, standardNormal(rng)));
}
const saidOf = (y: number[], period = 1) => auto().fit(series(y, { period })).report.notes[0]!.message;
const codesOf = ({ report }: Fitted) => report.notes.map(({ code }) => code);

describe("auto says what a series is", () => {
  it("a constant and a straight line are no seasonal series", () => {
    expect(saidOf(new Array(30).fill(7), 12)).toContain("constant series (30 equal values)");
    expect(
      saidOf(
        Array.from({ length: 40 }, (_, t) => 3 + 2 * t),
        12,
      ),
    ).toContain("straight line");
  });

  it("tells intervals of almost no width, as of an exact week with an outage", () => {
    const week = [100, 140, 120, 90, 110, 105, 95];
    const y = Array.from({ length: 43 }, (_, t) => (t >= 29 && t < 32 ? 0.1 : week[t % 7]!));
    const fitted = auto().fit(series(y, { period: 7 }));
    const { lower, upper } = interval(forecast(fitted, { horizon: 7 }), 80);
    const narrow = lower.every((low, h) => upper[h]! - low < 0.5);
    expect(narrow).toBe(/very narrow|almost no width/.test(fitted.report.notes[0]!.message));
    expect(narrow).toBe(true);
  });

  it("replaces one wrong value of an exact week", () => {
    const week = [100, 140, 120, 90, 110, 105, 95];
    const y = Array.from({ length: 43 }, (_, t) => (t === 20 ? 0.1 : week[t % 7]!));
    const ahead = forecast(auto().fit(series(y, { period: 7 })), { horizon: 7 });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < 7; h++) {
      expect(Math.abs(ahead.median[h]! - week[(43 + h) % 7]!)).toBeLessThan(1);
      expect(upper[h]! - lower[h]!).toBeLessThan(5);
    }
  });

  it("warns of a last value far from all others", () => {
    const y = drawn(60, (t, e) => (t === 59 ? 140 : 100 + 5 * e));
    expect(codesOf(auto().fit(series(y)))).toContain("latest-value-far");
    expect(codesOf(auto().fit(series(y.slice(0, 59))))).not.toContain("latest-value-far");
  });
});

describe("amounts that are in proportion", () => {
  it.each([
    ["skewed hours", drawn(240, (t, e) => Math.exp(2 + 1.5 * Math.sin((Math.PI * t) / 12) + 1.2 * e)), 24],
    ["growth", drawn(14, (t, e) => 10.5 * 1.4 ** t * (1 + 0.05 * e)), 1],
  ] as const)("have no interval below 0: %s", (_, y, period) => {
    const { lower } = interval(forecast(auto().fit(series(y, { period })), { horizon: 12 }), 99);
    for (const bound of lower) expect(bound).toBeGreaterThanOrEqual(0);
  });
});

describe("few values above 0", () => {
  it.each([[[1, 10, 100]], [[100, 10, 1]], [[5, 5, 5, 5, 50]]])("%j has a level", (y) => {
    const { median } = forecast(auto().fit(series(y)), { horizon: 10 });
    for (const value of median) expect(value).toBeGreaterThan(Math.min(...y));
  });
});

describe("a level shift", () => {
  it.each([5, 20, 60])("%i steps ago is no season and no trend", (ago) => {
    const y = drawn(120, (t, e) => (t < 120 - ago ? 100 : 300) + 5 * e);
    const fitted = auto().fit(series(y, { period: 7 }));
    expect(codesOf(fitted)).toContain("level-shift");
    const ahead = forecast(fitted, { horizon: 14 });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < 14; h++) {
      expect(Math.abs(ahead.median[h]! - 300)).toBeLessThan(10);
      expect(upper[h]! - lower[h]!).toBeLessThan(40);
    }
  });

  it("of a third under a season is seen through the season", () => {
    const at = (t: number) => 15 * Math.sin((Math.PI * t) / 6);
    const y = drawn(96, (t, e) => (t < 50 ? 150 : 100) + at(t) + 5 * e);
    const fitted = auto().fit(series(y, { period: 12 }));
    expect(codesOf(fitted)).toContain("level-shift");
    const { median } = forecast(fitted, { horizon: 24 });
    for (let h = 0; h < 24; h++) expect(Math.abs(median[h]! - 100 - at(96 + h))).toBeLessThan(12);
  });

  it("of nine deviations of the noise is seen, one of 40 walks or steep growths at most has one", () => {
    const rng = random(17);
    const seen = Array.from({ length: 20 }, () => {
      const y = Array.from({ length: 80 }, (_, t) => (t < 66 ? 100 : 145) + 5 * standardNormal(rng));
      return codesOf(auto().fit(series(y))).includes("level-shift") ? 1 : 0;
    });
    expect(seen.reduce<number>((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(10);
    const walks = Array.from({ length: 40 }, () => {
      let level = 100;
      return withoutShift(series(Array.from({ length: 100 }, () => (level += standardNormal(rng)))));
    });
    expect(walks.filter(({ note }) => note !== null).length).toBeLessThanOrEqual(1);
    const growing = Array.from({ length: 40 }, () =>
      withoutShift(
        series(
          Array.from({ length: 50 }, (_, t) => 100 * Math.exp(0.06 * t) * (1 + 0.04 * standardNormal(rng))),
        ),
      ),
    );
    expect(growing.filter(({ note }) => note !== null).length).toBeLessThanOrEqual(1);
  });

  it("is not seen in walks, trends, seasons and closures", () => {
    let level = 0;
    const walk = drawn(150, (_, e) => (level += e));
    const trend = drawn(60, (t, e) => 3 * t + e);
    const closed = drawn(140, (t, e) => (t % 7 < 2 ? 0 : 50 + 4 * e));
    const month = drawn(120, (t, e) => (t >= 50 && t < 80 ? 0 : 50 + 4 * e));
    for (const [y, period] of [
      [walk, 1],
      [trend, 1],
      [closed, 7],
      [month, 7],
    ] as const)
      expect(codesOf(auto().fit(series(y, { period })))).not.toContain("level-shift");
  });
});

describe("series with many missing values", () => {
  it("after one date that is a century off (air-typo) leave out the models whose time grows with the gap", () => {
    const y = Float64Array.from({ length: 1260 }, (_, t) =>
      t < 60 || t === 1259 ? 100 + 9 * Math.sin(t) : Number.NaN,
    );
    const models = (values: Float64Array) =>
      candidatesFor(traitsOf(series(values, { period: 12 }))).map(({ model }) => model.notation);
    expect(models(y).filter((one) => /arima/.test(one))).toEqual([]);
    expect(models(y)).toContain("theta");
    expect(models(y.slice(0, 60)).filter((one) => /arima/.test(one))).not.toEqual([]);
  });

  it("without Sundays (sixday) have wide intervals on Sundays, with a note", () => {
    const week = [Number.NaN, 102, 111, 121, 132, 142, 152];
    const y = drawn(70, (t, e) => week[t % 7]! + e);
    const fitted = auto().fit(series(y, { period: 7 }));
    expect(codesOf(fitted)).toContain("unseen-positions");
    const dated = auto().fit(series(y, { start: "2024-01-07", frequency: "D", period: 7 }));
    const note = dated.report.notes.find(({ code }) => code === "unseen-positions");
    expect(note?.message).toContain("1 of the 7 positions of its season (Sun: rows 1, 8 …)");
    const { lower, upper } = interval(forecast(fitted, { horizon: 7 }), 80);
    expect(upper[0]! - lower[0]!).toBeGreaterThan(3 * (upper[3]! - lower[3]!));
  });
});

it("a fit without a form settles on none", () => {
  expect(settledEts({ params: undefined } as Fitted)).toBeNull();
  expect(settledEts({ params: { inner: {} } } as Fitted)).toBeNull();
});

describe("the first months of a year", () => {
  it("are no trend: a year later the forecast is nearer to their level than their last value is", () => {
    const rng = random(21);
    const apart = { last: 0, forecast: 0 };
    for (let k = 0; k < 24; k++) {
      const y = Array.from(
        { length: 5 + (k % 7) },
        (_, t) => 100 + 20 * Math.sin((Math.PI * (t + k)) / 6) + 3 * standardNormal(rng),
      );
      const { median } = forecast(auto().fit(series(y, { period: 12 })), { horizon: 12 });
      apart.last += Math.abs(y.at(-1)! - 100);
      apart.forecast += Math.abs(median[11]! - 100);
    }
    expect(apart.forecast).toBeLessThan(0.95 * apart.last);
  });
});
