import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { findLevelShifts } from "../../src/diagnostics/cleaning/level-shifts.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { referenceSeries } from "./reference.js";

function noise(n: number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => standardNormal(rng));
}

describe("findLevelShifts", () => {
  test("the Nile falls in 1899, by a quarter", () => {
    const shifts = findLevelShifts(referenceSeries("Nile").values);
    expect(shifts.map(({ index }) => 1871 + index)).toEqual([1899]);
    expect(shifts[0]!.size).toBeLessThan(-200);
    expect(shifts[0]!.size).toBeGreaterThan(-320);
    // Five missing values do not hide it.
    expect(findLevelShifts(referenceSeries("nileNA").values).map(({ index }) => index)).toEqual([28]);
  });

  test.each(["AirPassengers", "log10Lynx", "LakeHuron", "sunspot.year", "WWWusage", "USAccDeaths"])(
    "%s has none",
    (name) => {
      const { values, frequency } = referenceSeries(name);
      expect(findLevelShifts(values, frequency)).toEqual([]);
    },
  );

  test("finds two jumps under a season, in any unit", () => {
    const e = noise(120, 5);
    const y = e.map(
      (value, t) => value + 6 * Math.sin((Math.PI * t) / 6) + (t >= 45 ? 8 : 0) - (t >= 84 ? 12 : 0),
    );
    for (const scale of [1, 1e-12, 1e12]) {
      const shifts = findLevelShifts(
        y.map((value) => scale * value),
        12,
      );
      expect(shifts.length).toBe(2);
      // The season's smoother spreads a jump over a few values.
      expect(Math.abs(shifts[0]!.index - 45)).toBeLessThan(3);
      expect(Math.abs(shifts[1]!.index - 84)).toBeLessThan(3);
      expect(Math.abs(shifts[0]!.size / scale - 8)).toBeLessThan(1.5);
      expect(Math.abs(shifts[1]!.size / scale + 12)).toBeLessThan(1.5);
    }
  });

  test("a single odd value is no jump, and random walks have none but by chance", () => {
    expect(findLevelShifts(noise(80, 1).with(40, 30))).toEqual([]);
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      let level = 0;
      const walk = noise(100, 1000 + seed).map((value) => (level += value));
      if (findLevelShifts(walk).length > 0) found++;
    }
    // About 1 % by design, and two more stretches to look at after each false one.
    expect(found).toBeLessThan(12);
  });

  test("constant and short series have none, bad arguments are refused", () => {
    expect(findLevelShifts(new Float64Array(50).fill(7))).toEqual([]);
    expect(findLevelShifts([1, 2, 3])).toEqual([]);
    expect(() => findLevelShifts([])).toThrowError(expect.objectContaining({ code: "too-short" }));
    expect(() => findLevelShifts([1, 2], 1, { minimum: 0 })).toThrowError(
      expect.objectContaining({ code: "bad-minimum" }),
    );
  });
});
