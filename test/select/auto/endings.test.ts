import { describe, expect, it } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { residuals } from "../../../src/engine/residuals.js";
import { apply, update } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { stoppedIn } from "../../../src/select/auto/cleaning/stopped.js";
import { counterNote } from "../../../src/select/auto/features/counter.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

const WEEK = { period: 7 };

/** Daily sales about 100, more at weekends, the last ones 0. */
function sales(n: number, zeros: number, seed = 1): number[] {
  const rng = random(seed);
  return Array.from({ length: n }, (_, t) =>
    t < n - zeros ? Math.round((t % 7 > 4 ? 150 : 100) + 10 * standardNormal(rng)) : 0,
  );
}

describe("zeros after regular sales", () => {
  const fitted = auto().fit(series(sales(200, 14), WEEK));

  it("are told, and the intervals hold 0 as well as usual sales", () => {
    const ahead = forecast(fitted, { horizon: 14 });
    const { lower, upper } = interval(ahead, 95);
    for (let h = 0; h < 14; h++) {
      const usual = (200 + h) % 7 > 4 ? 150 : 100;
      expect(lower[h]).toBe(0);
      expect(upper[h]!).toBeGreaterThan(0.9 * usual);
      expect(upper[h]!).toBeLessThan(1.3 * usual);
      // All of h + 1 values are 0 with 15/(15 + h + 1) by the rule of succession; below 10 % the point forecast is the median.
      const comes = (h + 1) / (16 + h);
      expect(Math.abs(ahead.mean[h]! - (comes < 0.1 ? 0 : comes * usual))).toBeLessThan(5);
    }
    const note = fitted.report.notes.find(({ code }) => code === "zeros-at-the-end")!;
    expect(note).toMatchObject({ severity: "warning", details: { rows: 14, stays: 15 / 16 } });
  });

  it("are forgotten with the first sale that follows, and a saved model is the same", () => {
    const back = forecast(update(load(save(fitted)), [97]), { horizon: 1 });
    const { lower } = interval(back, 80);
    expect(lower[0]!).toBeGreaterThan(75);
    expect(forecast(load(save(fitted)), { horizon: 3 }).mean).toEqual(forecast(fitted, { horizon: 3 }).mean);
  });

  it("go on with more zeros, in paths and when the series is read again", () => {
    // Row 204 is no weekend, its value not 0 with 4/(16 + 4).
    const more = forecast(update(fitted, [0]), { horizon: 4 });
    expect(Math.abs(more.mean[3]! - 20)).toBeLessThan(1);
    const { mean } = forecast(fitted, { horizon: 14 });
    const again = forecast(apply(fitted, series(sales(200, 14), WEEK)), { horizon: 14 }).mean;
    for (const [h, value] of mean.entries()) expect(again[h]!).toBeCloseTo(value, 9);
    const before = residuals(fitted).subarray(100, 186);
    expect(Math.sqrt(before.reduce((sum, value) => sum + value * value, 0) / 86)).toBeLessThan(15);
    const { values } = simulate(fitted, { horizon: 14, paths: 2000, seed: 1 });
    const paths = Array.from({ length: 2000 }, (_, k) => values.subarray(14 * k, 14 * (k + 1)));
    // 15/29 of the paths are 0 at all steps, with a standard error of .011.
    const stay = paths.filter((path) => path.every((value) => value === 0)).length / 2000;
    expect(Math.abs(stay - 15 / 29)).toBeLessThan(0.04);
  });

  it("are none at dusk of autumn days", () => {
    const hours = Array.from({ length: 24 * 60 }, (_, t) => {
      const day = Math.floor(t / 24);
      return Math.abs((t % 24) - 12) < 8 - (day > 56 ? 2 : 0) ? 50 + (t % 7) : 0;
    });
    expect(stoppedIn(series(hours, { period: 24 }))).toBe(null);
  });

  it("are none on closed days, in demand that comes now and then, alone, or from the beginning", () => {
    const found = (y: number[]) => stoppedIn(series(y, WEEK));
    const weekdays = sales(103, 0).map((value, t) => (t % 7 > 4 ? 0 : value));
    expect(found(weekdays.slice(0, 98))).toBe(null);
    expect(found(sales(100, 1))).toBe(null);
    expect(found(sales(30, 15))).toBe(null);
    const rng = random(2);
    const rare = Array.from({ length: 200 }, (_, t) => (t < 190 && rng.uniform() < 0.5 ? 3 : 0));
    expect(found(rare)).toBe(null);
    expect(found([...weekdays.slice(0, 98), 0, 0, 0])?.zeros).toBe(5);
  });
});

describe("a running total", () => {
  const note = (y: number[]) => counterNote(series(y));
  const rng = random(4);
  const added = Array.from({ length: 200 }, () => Math.abs(20 + 6 * standardNormal(rng)));
  const total = (from: (t: number) => boolean, start: number) => {
    let sum = start;
    return added.map((value, t) => {
      sum = (from(t) ? 0 : sum) + value;
      return sum;
    });
  };

  it("that begins again is told, with advice", () => {
    expect(note(total((t) => t === 120, 500))).toMatchObject({
      code: "running-total",
      details: { rows: [121] },
    });
    expect(note(total((t) => t > 0 && t % 12 === 0, 0))?.details).toMatchObject({
      rows: Array.from({ length: 16 }, (_, k) => 12 * (k + 1) + 1),
    });
    const fitted = auto().fit(
      series(
        total((t) => t === 120, 500),
        WEEK,
      ),
    );
    expect(fitted.report.notes.map(({ code }) => code)).toContain("running-total");
  });

  it("is none of values that only grow, of sales and of a week", () => {
    expect(note(total(() => false, 500))).toBe(null);
    expect(note(added)).toBe(null);
    expect(note(Array.from({ length: 70 }, (_, t) => 1 + (t % 7)))).toBe(null);
  });
});
