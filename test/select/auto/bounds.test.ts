import { describe, expect, it } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { type SeriesOptions, series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { residuals } from "../../../src/engine/residuals.js";
import { update } from "../../../src/engine/update.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { wholeOf } from "../../../src/select/auto/features/amounts.js";
import { fallsTowards0 } from "../../../src/select/auto/features/falling.js";
import { auto } from "../../../src/select/auto/index.js";
import { parseModel } from "../../../src/select/catalogue.js";

const MONTHS = { start: "2015-01", frequency: "M" };

/** Values with one decimal of a rule that is given a normal number. */
function drawn(n: number, at: (t: number, normal: number) => number, seed = 1): number[] {
  const rng = random(seed);
  return Array.from({ length: n }, (_, t) => Math.round(10 * at(t, standardNormal(rng))) / 10);
}

function ahead(y: number[], options: SeriesOptions, horizon: number) {
  const fitted = auto().fit(series(y, options));
  const result = forecast(fitted, { horizon });
  const { lower, upper } = interval(result, 95);
  const codes = fitted.report.notes.map(({ code }) => code);
  return { mean: result.mean, lower, upper, codes };
}

describe("a member of logarithms", () => {
  const rng = random(5);
  const outage = Array.from({ length: 60 }, (_, t) => {
    const usual = 50.5 + 3 * standardNormal(rng);
    return t === 30 ? 0 : usual * Math.exp(0.2 * Math.sin((2 * Math.PI * t) / 12) + 0.005 * t);
  });

  it("learns nothing from 0 and below, which others can forecast", () => {
    const fitted = auto().fit(series(outage, { period: 12 }));
    expect(fitted.report.details.members!.map(({ model }) => model).join()).toContain("log(");
    for (const value of [0, -1]) {
      const { mean } = forecast(update(fitted, [value]), { horizon: 3 });
      expect(mean.every((one) => one > 55 && one < 90)).toBe(true);
    }
    expect(
      residuals(fitted)
        .subarray(31)
        .every((one) => Math.abs(one) < 25),
    ).toBe(true);
    const few = auto().fit(series([3.2, 2.1, 1.3, 0.2], { period: 12 }));
    const { values } = simulate(few, { horizon: 12, paths: 300 });
    expect(values.every((one) => one >= 0 && Number.isFinite(one))).toBe(true);
  });
});

describe("logarithms", () => {
  it("have no bound at 0, where the data are 1", () => {
    const rng = random(7);
    const log = parseModel("log(auto)");
    const prices = Array.from(
      { length: 48 },
      (_, t) => 20 * Math.exp(-0.058 * t + 0.02 * standardNormal(rng)),
    );
    const fitted = log.fit(series(prices, { period: 12 }));
    const { mean } = forecast(fitted, { horizon: 12 });
    expect(Math.abs(mean[11]! / (20 * Math.exp(-0.058 * 59)) - 1)).toBeLessThan(0.15);
    expect(fitted.report.notes.map(({ code }) => code)).not.toContain("bound-assumed");
    const counts = prices.map((value) => Math.max(1, Math.round(value)));
    expect(forecast(log.fit(series(counts)), { horizon: 6 }).mean.every((value) => value > 0)).toBe(true);
    const ended = prices.map((value, t) => (t < 40 ? 50 + value : 1));
    expect(log.fit(series(ended)).report.notes.map(({ code }) => code)).not.toContain("zeros-at-the-end");
  });
});

describe("values above 0 that fall towards it", () => {
  it.each([
    ["months in a line", drawn(40, (t, z) => Math.max(0.5, 44 - t + z)), MONTHS, 24],
    [
      "years in a line",
      drawn(30, (t, z) => Math.max(0.3, 64 - 2 * t + z)),
      { start: "1980", frequency: "Y" },
      10,
    ],
    ["days with noise", drawn(120, (t, z) => Math.max(0.5, 124 - t + 3 * z)), { period: 7 }, 30],
    ["shares of the level", drawn(40, (t, z) => Math.max(0.3, 100 * Math.exp(-0.08 * t) + z), 8), MONTHS, 24],
    ["an exact line of five", [20, 16, 12, 8, 4], {}, 10],
  ] as const)("are forecast at 0 or above, told: %s", (_, y, options, horizon) => {
    const { mean, lower, codes } = ahead([...y], options, horizon);
    for (let h = 0; h < horizon; h++) {
      expect(mean[h]!).toBeGreaterThanOrEqual(0);
      expect(lower[h]!).toBeGreaterThanOrEqual(0);
      expect(mean[h]!).toBeLessThan(y.at(-1)! + 4);
    }
    expect(codes).toContain("bound-assumed");
  });

  it("are none in a season, in noise near 0, in growth, or with values below 0", () => {
    const winter = drawn(72, (t, z) => Math.max(0.4, 9 + 8.5 * Math.sin((Math.PI * t) / 6) + z));
    const falls = (y: number[]) => fallsTowards0(series(y, MONTHS));
    expect(falls(winter)).toBe(false);
    expect(falls(drawn(60, (_, z) => Math.max(0.1, 1 + 0.3 * z)))).toBe(false);
    expect(falls(drawn(40, (t, z) => 4 + t + z))).toBe(false);
    expect(falls(drawn(44, (t, z) => 40 - t + z))).toBe(false);
    expect(falls(drawn(40, (t, z) => 200 - t + z))).toBe(false);
    expect(ahead(winter, MONTHS, 24).codes).not.toContain("bound-assumed");
  });
});

describe("an upper bound", () => {
  const within = (low: number, high: number) => (value: number) => Math.min(high, Math.max(low, value));

  it("is taken from ratings that reach 5, and told", () => {
    const clip = within(1, 5);
    const { upper, codes } = ahead(
      drawn(60, (_, z) => clip(4.6 + 0.25 * z)),
      MONTHS,
      24,
    );
    expect(Math.max(...upper)).toBe(5);
    expect(codes).toContain("bound-assumed");
  });

  it("is taken from percentages that crowd below 100 without reaching it", () => {
    const rng = random(1);
    const y = Array.from({ length: 90 }, () => 99.99 - Math.abs(0.3 * standardNormal(rng)));
    const { mean, upper } = ahead(y, { period: 7 }, 14);
    expect(Math.max(...upper)).toBe(100);
    expect(Math.max(...mean)).toBeLessThan(100);
  });

  it("is none for counts up to 5, an index that grows to 99.9, and values about 90", () => {
    const whole = (y: number[]) => wholeOf(series(y));
    const rng = random(1);
    expect(whole(Array.from({ length: 100 }, () => Math.floor(6 * rng.uniform())))).toBe(null);
    expect(whole(drawn(60, (t) => 70 + t / 1.98))).toBe(null);
    expect(whole(drawn(200, (_, z) => Math.min(98, 90 + 3 * z)))).toBe(null);
    expect(whole(drawn(60, (t) => 4 + t / 80))).toBe(null);
  });
});
