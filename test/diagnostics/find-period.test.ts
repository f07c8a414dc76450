import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { findPeriod } from "../../src/diagnostics/seasonality/find-period.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { referenceSeries } from "./reference.js";

function noise(n: number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => standardNormal(rng));
}

describe("findPeriod", () => {
  test.each([
    ["AirPassengers", [12]],
    ["logAirPassengers", [12]],
    ["USAccDeaths", [12]],
    ["airNA", [12]],
    ["airOutlier", [12]],
    ["twoSeason", [7, 28]],
    // Cycles that are not in step are no seasons.
    ["lynx", []],
    ["log10Lynx", []],
    ["sunspot.year", []],
    ["LakeHuron", []],
    ["Nile", []],
    ["WWWusage", []],
    ["intermittent", []],
    ["short6", []],
    ["constant", []],
  ])("%s", (name, seasons) => {
    const result = findPeriod(referenceSeries(name).values);
    expect(result.seasons).toEqual(seasons);
    expect(result.period).toBe(seasons[0] ?? 1);
  });

  test("cycles out of step are told apart: lynx 9.7 years, sunspots 10.5", () => {
    expect(findPeriod(referenceSeries("log10Lynx").values).cycle).toBeCloseTo(9.69, 1);
    expect(findPeriod(referenceSeries("sunspot.year").values).cycle).toBeCloseTo(10.5, 0);
  });

  test("does not depend on unit, level and trend", () => {
    const y = referenceSeries("AirPassengers").values;
    const reference = findPeriod(y);
    for (const scale of [1e-9, 1e9]) {
      const result = findPeriod(y.map((value, t) => scale * (value + 3 * t + 50)));
      expect(result.seasons).toEqual(reference.seasons);
    }
  });

  test("finds no period where there is none, and a weak one where there is: 100 series each", () => {
    let [white, persistent, cycling, seasonal] = [0, 0, 0, 0];
    for (let seed = 0; seed < 100; seed++) {
      const e = noise(100, seed);
      if (findPeriod(e).period !== 1) white++;
      let level = 0;
      if (findPeriod(e.map((value) => (level = 0.9 * level + value))).period !== 1) persistent++;
      let [last, before] = [0, 0];
      const cycle = e.map((value) => {
        const next = 1.5 * last - 0.8 * before + value;
        [before, last] = [last, next];
        return next;
      });
      if (findPeriod(cycle).period !== 1) cycling++;
      if (findPeriod(e.map((value, t) => value + 1.5 * Math.sin((Math.PI * t) / 6))).period === 12)
        seasonal++;
    }
    // One in a thousand each by design; five in a hundred would be a fault.
    expect(Math.max(white, persistent, cycling)).toBeLessThan(5);
    expect(seasonal).toBeGreaterThan(90);
  });

  test("hours of a day and of a week", () => {
    const e = noise(24 * 7 * 5, 3);
    const y = e.map((value, t) => {
      const weekend = Math.floor(t / 24) % 7 >= 5 ? -4 : 0;
      return value + 5 * Math.sin((Math.PI * t) / 12) + 2 * Math.cos((Math.PI * t) / 6) + weekend;
    });
    expect(findPeriod(y).seasons).toEqual([24, 168]);
  });

  test("tells of gaps and refuses what is too short", () => {
    const { values } = referenceSeries("airNA");
    expect(findPeriod(values).notes).toMatchObject([{ code: "missing-interpolated" }]);
    expect(() => findPeriod([1, 2, 3])).toThrowError(expect.objectContaining({ code: "too-short" }));
    expect(() => findPeriod(new Array(9).fill(Number.NaN))).toThrowError(
      expect.objectContaining({ code: "no-values" }),
    );
    expect(() => findPeriod(values, { maximum: 1 })).toThrowError(
      expect.objectContaining({ code: "bad-maximum" }),
    );
  });
});
