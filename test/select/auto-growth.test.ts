import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { auto } from "../../src/select/auto/index.js";
import { withoutOutliers } from "../../src/select/auto/outliers.js";

/** A default forecast of 80 %: points, ends, and the notes' codes and sentences. */
function ahead(one: Series, horizon: number) {
  const result = forecast(auto().fit(one), { horizon });
  const { lower, upper } = interval(result, 80);
  return { mean: [...result.mean], lower: [...lower], upper: [...upper], notes: result.notes };
}

const noise = (seed: number) => {
  const rng = random(seed);
  return () => standardNormal(rng);
};

describe("growth, last values, closing hours and ties", () => {
  test.each([
    [1, 2, 4, 8],
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    [100, 118, 146, 171, 209, 247, 301, 362],
    [10, 20, 40],
  ])("growth of %j… does not go on for two years at the same rate", (...values) => {
    const { mean } = ahead(series(values, { start: "2024-01", frequency: "M" }), 24);
    const range = Math.max(...values) - Math.min(...values);
    for (const point of mean) expect(Math.abs(point - values.at(-1)!)).toBeLessThan(6 * range);
  });

  test.each([
    [1, 2, 4, 8],
    [670, 765, 826, 841],
    [99.9, 117, 123, 134],
    [1235, 1315, 1669, 1775, 2059, 2093],
  ])("values that only rise, %j…, do not fall back to their mean", (...values) => {
    const { mean } = ahead(series(values, { start: "2018", frequency: "Y" }), 10);
    for (const point of mean) expect(point).toBeGreaterThan(values.at(-1)!);
  });

  test("values that halve each time go on to 0, and falling ones never turn up again", () => {
    const halving = ahead(series([64, 32, 16, 8, 4]), 6).mean;
    halving.forEach((point, h) => {
      expect(point).toBeCloseTo(4 / 2 ** (h + 1), 9);
    });
    for (const values of [
      [100, 60, 38, 26, 19.5],
      [110, 60, 35, 22.5, 16.25, 13.1],
    ]) {
      const { mean } = ahead(series(values), 8);
      mean.forEach((point, h) => {
        expect(point).toBeLessThan(h === 0 ? values.at(-1)! : mean[h - 1]!);
      });
    }
  });

  // The limit of such growth is where its steps, shrinking as the last ones do, add up to.
  test.each([
    [[12, 35, 98, 240, 480, 725, 870, 945, 980], 1020],
    [[100, 60, 38, 26, 19.5], 10],
    [[5, 30, 48, 60, 68, 73], 85],
  ])("growth that levels off, %j, comes near its limit and stays there", (values, limit) => {
    const fitted = auto().fit(series(values, { start: "2015", frequency: "Y" }));
    const { median } = forecast(fitted, { horizon: 10 });
    const last = values.at(-1)!;
    const way = Math.abs(limit - last);
    for (const point of median) expect(Math.abs(point - last)).toBeLessThan(1.6 * way);
    expect(Math.abs(median.at(-1)! - limit)).toBeLessThan(0.75 * way);
  });

  test("of values 10 and 11 in any order, the interval holds both about as often as it says", () => {
    const rng = random(4);
    const { lower, upper } = ahead(
      series(Array.from({ length: 150 }, () => (rng.uniform() < 0.25 ? 11 : 10))),
      14,
    );
    lower.forEach((low, h) => {
      expect(low).toBeLessThan(10);
      expect(upper[h]!).toBeGreaterThan(10.5);
    });
  });

  test("one demand after many zeros is no new level", () => {
    const { mean, lower } = ahead(series([...new Array<number>(89).fill(0), 4], { period: 7 }), 14);
    mean.forEach((point, h) => {
      expect(point).toBeLessThan(1);
      expect(lower[h]!).toBe(0);
    });
  });

  test("a price that has just changed stays where it is", () => {
    const { mean } = ahead(series([...new Array<number>(59).fill(7), 19], { period: 7 }), 14);
    for (const point of mean) expect(point).toBeCloseTo(19, 6);
  });

  test("a wild last value moves the forecast by little, and is told", () => {
    const e = noise(8);
    const calm = Array.from({ length: 99 }, () => 100 + 5 * e());
    const { mean, notes } = ahead(series([...calm, 900], { period: 7 }), 14);
    for (const point of mean) expect(Math.abs(point - 100)).toBeLessThan(10);
    const told = notes.find(({ code }) => code === "last-value-limited");
    expect(told).toMatchObject({ severity: "warning", details: { row: 100, value: 900 } });
    expect(told!.message).toContain("row 100");
  });

  test("two values of a new level are a new level", () => {
    const e = noise(9);
    const y = Array.from({ length: 100 }, (_, t) => (t < 98 ? 100 : 300) + 5 * e());
    const { mean, notes } = ahead(series(y, { period: 7 }), 3);
    expect(notes.map(({ code }) => code)).not.toContain("last-value-limited");
    for (const point of mean) expect(point).toBeGreaterThan(200);
  });

  test("a peak whose season was seen once is not taken as wrong", () => {
    const quarters = series([99.1, 101.2, 84.8, 129.8, 100.4, 98.5, 96.7], {
      start: "2020 Q1",
      frequency: "Q",
    });
    expect(withoutOutliers(quarters).note).toBeNull();
  });

  test("hours that are always 0 are forecast as about 0", () => {
    const rng = random(12);
    const y = Array.from({ length: 480 }, (_, t) => {
      const open = t % 24 >= 9 && t % 24 < 18;
      return open && rng.uniform() < 0.6 ? 1 + Math.floor(2 * rng.uniform()) : 0;
    });
    const { mean } = ahead(series(y, { period: 24 }), 24);
    const sum = (from: number, to: number) => mean.slice(from, to).reduce((total, point) => total + point, 0);
    expect((sum(0, 9) + sum(18, 24)) / 15).toBeLessThan(0.1);
    expect(sum(9, 18) / 9).toBeGreaterThan(0.5);
  });
});
