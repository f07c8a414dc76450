import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.js";
import { type Series, series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { auto } from "../../src/select/auto/index.js";
import { withoutOutliers } from "../../src/select/auto/outliers.js";

/** Months with a season about 100, and what was put in rows of it. */
function months(n: number, seed: number, wrong: Readonly<Record<number, number>> = {}): Series {
  const rng = random(seed);
  const y = Array.from({ length: n }, (_, t) => {
    const usual = 100 + 20 * Math.sin((2 * Math.PI * t) / 12) + 3 * standardNormal(rng);
    return usual * (wrong[t] ?? 1);
  });
  return series(y, { start: "2015-01", frequency: "M" });
}

const rowsReplaced = (one: Series) =>
  ((withoutOutliers(one).note?.details?.replaced ?? []) as readonly { row: number }[]).map(({ row }) => row);

describe("single wild values", () => {
  it.each([
    ["ten times too large", 10],
    ["a tenth", 0.1],
    ["of the wrong sign", -1],
    ["nothing, in a series without zeros", 0],
  ])("%s are replaced by about what they should have been", (_, factor) => {
    const typed = months(72, 5, { 30: factor });
    const right = months(72, 5);
    const { series: usable, note } = withoutOutliers(typed);
    expect(Math.abs(usable.y[30]! - right.y[30]!)).toBeLessThan(15);
    expect(note).toMatchObject({ code: "outliers-replaced", severity: "warning" });
    expect(note!.message).toContain("row 31");
  });

  it("leave a forecast what it is without them, and are told with it", () => {
    const [typed, right] = [auto().fit(months(72, 5, { 30: 10 })), auto().fit(months(72, 5))];
    const [one, other] = [forecast(typed, { horizon: 12 }), forecast(right, { horizon: 12 })];
    for (let h = 0; h < 12; h++) expect(Math.abs(one.mean[h]! - other.mean[h]!)).toBeLessThan(3);
    expect(one.notes.map(({ code }) => code)).toContain("outliers-replaced");
    expect(typed.history!.y[30]).toBe(months(72, 5, { 30: 10 }).y[30]);
  });

  it("are found in the last value but one, where the last is as usual again", () => {
    expect(rowsReplaced(months(72, 5, { 70: 0.1 }))).toEqual([71]);
  });

  it("are none where amounts have a long upper tail", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const rng = random(seed);
      const y = Array.from({ length: 480 }, () => Math.exp(2 + 0.8 * standardNormal(rng)));
      expect(rowsReplaced(series(y, { period: 24 }))).toEqual([]);
    }
  });

  it.each([1, -1])("are none where the first value begins a way to a limit, sign %d", (sign) => {
    for (const n of [7, 9, 12, 30]) {
      const y = Array.from({ length: n }, (_, t) => sign * (10 + 100 * 0.5 ** t));
      expect(rowsReplaced(series(y))).toEqual([]);
    }
    const typed = Array.from({ length: 12 }, (_, t) => sign * (t === 0 ? 1000 : 20 - t));
    expect(rowsReplaced(series(typed))).toEqual([1]);
  });

  it("leave the forecast of a way to a limit exact", () => {
    const y = Array.from({ length: 9 }, (_, t) => 110 - 100 * 0.5 ** t);
    const { mean } = forecast(auto().fit(series(y)), { horizon: 4 });
    for (let h = 0; h < 4; h++) expect(mean[h]!).toBeCloseTo(110 - 100 * 0.5 ** (9 + h), 1);
  });

  it("are found in a short series", () => {
    expect(rowsReplaced(series([100, 104, 97, 410, 101, 99, 103]))).toEqual([4]);
  });

  it("are kept as the last, where they may be the beginning of something", () => {
    expect(rowsReplaced(months(72, 5, { 71: 10 }))).toEqual([]);
    expect(rowsReplaced(series([100, 104, 97, 99, 101, 99, 410]))).toEqual([]);
  });

  it("are kept where they come back every year, come often or in runs, or the level moved", () => {
    const peaks = Object.fromEntries([11, 23, 35, 47, 59].map((t) => [t, 6]));
    expect(rowsReplaced(months(72, 5, peaks))).toEqual([]);
    const often = Object.fromEntries([5, 13, 22, 30, 41, 47, 58].map((t) => [t, 6]));
    expect(rowsReplaced(months(72, 5, often))).toEqual([]);
    const run = Object.fromEntries([30, 31, 32].map((t) => [t, 0]));
    expect(rowsReplaced(months(72, 5, run))).toEqual([]);
    const shifted = Object.fromEntries(Array.from({ length: 36 }, (_, k) => [36 + k, 3]));
    expect(rowsReplaced(months(72, 5, shifted))).toEqual([]);
  });

  it("are none in noise, growth, counts and closing days", () => {
    const rng = random(11);
    const normal = Array.from({ length: 200 }, () => standardNormal(rng));
    expect(rowsReplaced(series(normal))).toEqual([]);
    expect(rowsReplaced(series(normal.map((e, t) => Math.exp(0.03 * t + 0.05 * e))))).toEqual([]);
    expect(rowsReplaced(series(normal.map((e) => (e > 1.5 ? 1 : 0))))).toEqual([]);
    const shop = Array.from({ length: 140 }, (_, t) => (t % 7 > 4 ? 0 : 80 + 5 * normal[t]!));
    expect(rowsReplaced(series(shop, { period: 7 }))).toEqual([]);
    expect(rowsReplaced(series([1, 2, 4, 8, 16, 32, 64]))).toEqual([]);
    expect(rowsReplaced(series([5, 5, 5, 5, 5, 9, 5, 5]))).toEqual([]);
  });
});
