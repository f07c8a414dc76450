import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean, findOutliers, longestComplete } from "../../src/diagnostics/cleaning/outliers.js";
import { interpolateMissing } from "../../src/diagnostics/interpolate.js";
import { archLm } from "../../src/diagnostics/residual-tests/arch.js";
import { bds, durbinWatson, runsTest } from "../../src/diagnostics/residual-tests/independence.js";
import { jarqueBera, shapiroWilk } from "../../src/diagnostics/residual-tests/normality.js";
import { boxPierce, ljungBox } from "../../src/diagnostics/residual-tests/portmanteau.js";
import { isConstant } from "../../src/diagnostics/values.js";
import { referenceSeries } from "./reference.js";

const nile = referenceSeries("Nile").values;
const air = referenceSeries("AirPassengers").values;

describe("residual tests", () => {
  const tests = {
    ljungBox: (y: ArrayLike<number>) => ljungBox(y),
    boxPierce: (y: ArrayLike<number>) => boxPierce(y),
    jarqueBera: (y: ArrayLike<number>) => jarqueBera(y),
    shapiroWilk: (y: ArrayLike<number>) => shapiroWilk(y),
    archLm: (y: ArrayLike<number>) => archLm(y),
    runsTest: (y: ArrayLike<number>) => runsTest(y),
    bds: (y: ArrayLike<number>) => bds(y)[0]!,
  };

  test.each(Object.entries(tests))(
    "%s: finite for any series or a reason, and free of the unit",
    (_, run) => {
      const values = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 0, maxLength: 40 });
      fc.assert(
        fc.property(values, (y) => {
          try {
            const { statistic, pValue } = run(y);
            expect(Number.isFinite(statistic)).toBe(true);
            expect(pValue >= 0 && pValue <= 1).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ category: "data" });
          }
        }),
      );
      const here = run(nile).statistic;
      for (const scale of [1e-12, 1e12]) {
        const there = run(nile.map((value) => scale * value)).statistic;
        expect(Math.abs(there / here - 1)).toBeLessThan(1e-9);
      }
      expect(() => run(new Array(30).fill(4))).toThrowError(
        expect.objectContaining({ code: "constant-series" }),
      );
    },
  );

  test("ljungBox asks for more lags than fitted coefficients", () => {
    expect(ljungBox(nile, { parameters: 12 })).toMatchObject({ lags: 13, df: 1 });
    expect(() => ljungBox(nile, { lags: 2, parameters: 2 })).toThrowError(
      expect.objectContaining({ code: "bad-lags" }),
    );
    expect(() => ljungBox(nile, { lags: 100 })).toThrowError(expect.objectContaining({ code: "bad-lags" }));
  });

  test("durbinWatson of known residuals", () => {
    expect(durbinWatson([1, -1, 1, -1])).toBe(3);
    expect(durbinWatson([1, 1, 1, 1])).toBe(0);
    expect(() => durbinWatson([0, 0, 0])).toThrowError(expect.objectContaining({ code: "constant-series" }));
  });

  test("shapiroWilk is exact for three values", () => {
    // W = 3/4 (range²/2 over the sum of squares at the least): equally spaced values give W = 1 and p = 1.
    expect(shapiroWilk([1, 2, 3])).toMatchObject({ statistic: 1, pValue: 1 });
    expect(shapiroWilk([0, 0, 1]).statistic).toBeCloseTo(0.75, 12);
    expect(shapiroWilk([0, 0, 1]).pValue).toBeLessThan(1e-7);
  });
});

describe("interpolateMissing", () => {
  test("straight lines between neighbours, held at the ends", () => {
    const gaps = [Number.NaN, 1, Number.NaN, Number.NaN, 4, Number.NaN];
    expect(interpolateMissing(gaps)).toEqual(Float64Array.of(1, 1, 2, 3, 4, 4));
    expect(interpolateMissing([1, Number.NaN, 100], 1, { lambda: 0 })[1]).toBeCloseTo(10, 12);
  });

  test("keeps what is there, fills the rest with finite values, near the truth where there is a season", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 143 }), { minLength: 1, maxLength: 30 }),
        (holes) => {
          const gaps = air.slice();
          for (const hole of holes) gaps[hole] = Number.NaN;
          const filled = interpolateMissing(gaps, 12);
          filled.forEach((value, t) => {
            if (!holes.includes(t)) expect(value).toBe(air[t]);
            else expect(Math.abs(value - air[t]!)).toBeLessThan(0.35 * 520);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a season of zeros stays 0, one value fills all gaps, and nothing is refused", () => {
    const zeros = new Float64Array(24).with(3, Number.NaN);
    expect(interpolateMissing(zeros, 4)).toEqual(new Float64Array(24));
    expect(interpolateMissing([Number.NaN, 7, Number.NaN], 4)).toEqual(Float64Array.of(7, 7, 7));
    expect(interpolateMissing([], 4)).toEqual(new Float64Array(0));
    expect(() => interpolateMissing([Number.NaN])).toThrowError(
      expect.objectContaining({ code: "no-values" }),
    );
    expect(() => interpolateMissing([1], 0)).toThrowError(expect.objectContaining({ code: "bad-period" }));
  });
});

describe("outliers", () => {
  test("a planted value is found and replaced by its neighbourhood, in any unit", () => {
    for (const scale of [1e-12, 1, 1e12]) {
      const dirty = air.map((value) => scale * Math.log(value)).with(77, scale * 9);
      const found = findOutliers(dirty, 12);
      expect(found.map(({ index }) => index)).toContain(77);
      const { replacement } = found.find(({ index }) => index === 77)!;
      expect(Math.abs(replacement / scale - Math.log(air[77]!))).toBeLessThan(0.15);
    }
  });

  test("cleaning twice changes little, cleaning fills every gap", () => {
    const once = clean(referenceSeries("airOutlier").values, 12);
    expect(once.values.some(Number.isNaN)).toBe(false);
    expect(once.filled.length).toBe(2);
    expect(once.outliers.every(({ value, replacement }) => value !== replacement)).toBe(true);
    expect(clean(once.values, 12).outliers.length).toBeLessThan(once.outliers.length);
  });

  test("a constant, a line and one value have no outliers; empty and missing series are refused", () => {
    expect(findOutliers(new Float64Array(30).fill(5))).toEqual([]);
    expect(findOutliers(Float64Array.from({ length: 30 }, (_, t) => 3 * t))).toEqual([]);
    expect(findOutliers([1])).toEqual([]);
    expect(() => findOutliers([])).toThrowError(expect.objectContaining({ code: "too-short" }));
    expect(() => findOutliers([Number.NaN, Number.NaN])).toThrowError(
      expect.objectContaining({ code: "no-values" }),
    );
  });

  test("longestComplete takes the first of several runs of the same length", () => {
    expect(longestComplete([1, Number.NaN, 2, 3, Number.NaN, 4, 5])).toEqual({ start: 2, length: 2 });
    expect(() => longestComplete([Number.NaN])).toThrowError(expect.objectContaining({ code: "too-short" }));
  });
});

describe("isConstant", () => {
  test("ignores rounding errors, at any scale", () => {
    for (const size of [1e-12, 1, 1e12]) {
      expect(isConstant(Float64Array.of(size, size * (1 + 1e-12), size))).toBe(true);
      expect(isConstant(Float64Array.of(size, size * (1 + 1e-6), size))).toBe(false);
    }
    expect(isConstant(Float64Array.of(0, 0, 0))).toBe(true);
    expect(isConstant(Float64Array.of(0, 0, 1e-300))).toBe(false);
    expect(isConstant(Float64Array.of(1, Number.NaN))).toBe(false);
  });
});
