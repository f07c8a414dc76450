import { describe, expect, it } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import {
  unfinishedInterruption,
  withoutInterruption,
} from "../../../src/select/auto/cleaning/interruptions.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

const rowsReplaced = (y: number[], period: number) =>
  (
    (withoutInterruption(series(y, { period })).note?.details?.replaced ?? []) as readonly { row: number }[]
  ).map(({ row }) => row);

/** Days with a weekday pattern about 500, and what was put in rows of it. */
function days(n: number, at: (t: number, usual: number) => number, seed = 1): number[] {
  const rng = random(seed);
  return Array.from({ length: n }, (_, t) => at(t, 500 + (t % 7 > 4 ? 150 : 0) + 20 * standardNormal(rng)));
}

describe("an interruption", () => {
  it("of a week is replaced by usual values, told, and makes no interval wider", () => {
    const broken = days(150, (t, usual) => (t > 99 && t < 107 ? 0 : usual));
    expect(rowsReplaced(broken, 7)).toEqual([101, 102, 103, 104, 105, 106, 107]);
    const fitted = auto().fit(series(broken, { period: 7 }));
    const ahead = forecast(fitted, { horizon: 14 });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < 14; h++) {
      expect(Math.abs(ahead.mean[h]! - 500 - ((150 + h) % 7 > 4 ? 150 : 0))).toBeLessThan(25);
      expect(upper[h]! - lower[h]!).toBeLessThan(100);
    }
    const note = fitted.report.notes.find(({ code }) => code === "outliers-replaced");
    expect(note).toMatchObject({ severity: "warning" });
    expect(note!.message).toContain("the 7 values of series in rows 101 to 107 as an interruption");
  });

  it("of four months at a sixth is replaced", () => {
    const rng = random(3);
    const y = Array.from({ length: 96 }, (_, t) => {
      const usual = (1000 + 200 * Math.sin((Math.PI * t) / 6)) * (1 + 0.03 * standardNormal(rng));
      return t > 61 && t < 66 ? usual / 7 : usual;
    });
    expect(rowsReplaced(y, 12)).toEqual([63, 64, 65, 66]);
  });

  it("that ends in stages is replaced as a whole, and the season forecast", () => {
    const rng = random(3);
    const usualAt = (t: number) => 1000 + 150 * Math.sin((Math.PI * t) / 6) + t;
    const y = Array.from({ length: 72 }, (_, t) => {
      const stage = t < 50 || t > 55 ? 1 : t < 53 ? 0.15 : 0.6;
      return stage * usualAt(t) * (1 + 0.02 * standardNormal(rng));
    });
    expect(rowsReplaced(y, 12)).toEqual([51, 52, 53, 54, 55, 56]);
    const { mean } = forecast(auto().fit(series(y, { period: 12 })), { horizon: 12 });
    for (let h = 0; h < 12; h++) expect(Math.abs(mean[h]! / usualAt(72 + h) - 1)).toBeLessThan(0.05);
  });

  it("of two weeks of days, the second of them half open, is replaced", () => {
    const y = days(300, (t, usual) => (t < 150 || t > 163 ? 1 : t < 157 ? 0.15 : 0.6) * usual);
    expect(rowsReplaced(y, 7)).toEqual(Array.from({ length: 14 }, (_, k) => 151 + k));
  });

  it("is none at the end, in level shifts, closing days, walks, skewed noise and counts", () => {
    expect(
      rowsReplaced(
        days(150, (t, usual) => (t > 145 ? 0 : usual)),
        7,
      ),
    ).toEqual([]);
    expect(
      rowsReplaced(
        days(150, (t, usual) => (t > 80 ? 3 * usual : usual)),
        7,
      ),
    ).toEqual([]);
    expect(
      rowsReplaced(
        days(150, (t, usual) => (t % 7 < 2 ? 0 : usual)),
        7,
      ),
    ).toEqual([]);
    for (let seed = 1; seed <= 20; seed++) {
      const rng = random(seed);
      let level = 0;
      expect(
        rowsReplaced(
          Array.from({ length: 200 }, () => (level += standardNormal(rng))),
          1,
        ),
      ).toEqual([]);
      const skewed = Array.from({ length: 200 }, () => Math.exp(1.2 * standardNormal(rng)));
      expect(rowsReplaced(skewed, 7)).toEqual([]);
      expect(rowsReplaced(skewed.map(Math.floor), 7)).toEqual([]);
    }
  });
});

describe("few values that grow faster and faster", () => {
  it.each([
    [[2.95, 5.55, 10.7, 22, 43.3, 79.5, 121, 268]],
    [[1, 2, 4, 8, 16, 32, 64, 128, 256, 512]],
    [[10, 13, 18, 24, 33, 45]],
  ])("%j go on above the last one, within bounds", (y) => {
    const { mean } = forecast(auto().fit(series(y, { start: "2015", frequency: "Y" })), { horizon: 4 });
    const [last, step] = [y.at(-1)!, y.at(-1)! - y.at(-2)!];
    expect(mean[0]!).toBeGreaterThan(last + 0.15 * step);
    for (let h = 1; h < 4; h++) expect(mean[h]!).toBeGreaterThan(mean[h - 1]!);
    expect(mean[3]!).toBeLessThan(6 * last);
  });
});

describe("values at the end that stand out", () => {
  const latest = (y: number[], period: number) => unfinishedInterruption(series(y, { period }));

  it("are told, since nobody knows yet whether they stay", () => {
    const note = latest(
      days(120, (t, usual) => (t > 115 ? 0 : usual)),
      7,
    );
    expect(note).toMatchObject({ severity: "warning", details: { rows: 4, value: 0 } });
    expect(note!.message).toContain("The last 4 values of series, 0 in row 120, are far from the others");
    const fitted = auto().fit(
      series(
        days(120, (t, usual) => (t > 115 ? 20 : usual)),
        { period: 7 },
      ),
    );
    expect(fitted.report.notes.map(({ code }) => code)).toContain("latest-values-far");
  });

  it("are none where values end as usual, with a closing day, in growth, or as a single one", () => {
    expect(
      latest(
        days(120, (_, usual) => usual),
        7,
      ),
    ).toBe(null);
    expect(latest(days(120, (t, usual) => (t % 7 > 4 ? 0 : usual)).slice(0, 119), 7)).toBe(null);
    expect(
      latest(
        Array.from({ length: 60 }, (_, t) => 100 * 1.08 ** t),
        1,
      ),
    ).toBe(null);
    expect(
      latest(
        days(120, (t, usual) => (t > 118 ? 0 : usual)),
        7,
      ),
    ).toBe(null);
  });
});
