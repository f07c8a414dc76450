import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { adf } from "../../src/diagnostics/unit-root/adf.js";
import { elliottRothenbergStock } from "../../src/diagnostics/unit-root/ers.js";
import { kpss } from "../../src/diagnostics/unit-root/kpss.js";
import { tauPValue, zAlphaPValue } from "../../src/diagnostics/unit-root/null-distributions/mackinnon.js";
import { phillipsPerron } from "../../src/diagnostics/unit-root/phillips-perron.js";
import { rangeUnitRoot } from "../../src/diagnostics/unit-root/range.js";
import { zivotAndrews } from "../../src/diagnostics/unit-root/zivot-andrews.js";
import { leastSquares } from "../../src/math/linear-algebra/least-squares.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { referenceSeries } from "./reference.js";

const tests = {
  adf: (y: ArrayLike<number>) => adf(y),
  "adf, trend, bic": (y: ArrayLike<number>) => adf(y, { regression: "trend", lags: "bic" }),
  kpss: (y: ArrayLike<number>) => kpss(y),
  "kpss, trend, auto": (y: ArrayLike<number>) => kpss(y, { regression: "trend", lags: "auto" }),
  "phillips-perron": (y: ArrayLike<number>) => phillipsPerron(y),
  "phillips-perron, z-alpha": (y: ArrayLike<number>) =>
    phillipsPerron(y, { statistic: "z-alpha", regression: "constant" }),
  "df-gls": (y: ArrayLike<number>) => elliottRothenbergStock(y),
  "p-test": (y: ArrayLike<number>) => elliottRothenbergStock(y, { statistic: "p-test" }),
  "zivot-andrews": (y: ArrayLike<number>) => zivotAndrews(y, { breaks: "both", lags: 1 }),
  "range-unit-root": (y: ArrayLike<number>) => rangeUnitRoot(y),
};

function walk(n: number, seed: number, persistence = 1): Float64Array {
  const rng = random(seed);
  let level = 0;
  return Float64Array.from({ length: n }, () => (level = persistence * level + standardNormal(rng)));
}

const lake = referenceSeries("LakeHuron").values;

describe.each(Object.entries(tests))("%s", (name, run) => {
  test("does not depend on unit and level", () => {
    const here = run(lake);
    for (const scale of [1e-12, 1e12]) {
      const there = run(lake.map((value) => scale * value));
      expect(Math.abs(there.statistic / here.statistic - 1)).toBeLessThan(1e-7);
    }
    const lifted = run(lake.map((value) => value + 1e8));
    // Eight of sixteen digits go into the level.
    expect(Math.abs(lifted.statistic / here.statistic - 1)).toBeLessThan(1e-4);
  });

  test("gives finite numbers and probabilities for any series, or says why not", () => {
    const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 0, maxLength: 60 });
    fc.assert(
      fc.property(values, (y) => {
        try {
          const result = run(y);
          expect(Number.isFinite(result.statistic)).toBe(true);
          expect(result.pValue).toBeGreaterThanOrEqual(0);
          expect(result.pValue).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(error).toMatchObject({ category: "data" });
        }
      }),
      { numRuns: 150 },
    );
  });

  test("refuses gaps unless they may be closed, and constants", () => {
    const gap = lake.with(40, Number.NaN);
    expect(() => run(gap)).toThrowError(expect.objectContaining({ code: "missing-values" }));
    expect(() => run(new Array(60).fill(3))).toThrowError(
      expect.objectContaining({ code: "constant-series" }),
    );
    expect(() => run([])).toThrowError(expect.objectContaining({ code: "too-short" }));
    expect(() => run(lake.with(3, Number.NEGATIVE_INFINITY))).toThrowError(
      expect.objectContaining({ code: "infinite-value" }),
    );
    expect(name).not.toBe("");
  });
});

describe("size and power, in standard errors over simulated series", () => {
  const rejected = (n: number, seeds: number, persistence: number, run: (y: Float64Array) => number) => {
    let count = 0;
    for (let seed = 0; seed < seeds; seed++) if (run(walk(n, seed, persistence)) < 0.05) count++;
    return count / seeds;
  };
  const spread = 4 * Math.sqrt((0.05 * 0.95) / 400);

  test.each([
    ["adf", (y: Float64Array) => adf(y, { lags: 0 }).pValue],
    ["adf, trend", (y: Float64Array) => adf(y, { lags: 0, regression: "trend" }).pValue],
    ["phillips-perron", (y: Float64Array) => phillipsPerron(y, { lags: 0 }).pValue],
    ["z-alpha", (y: Float64Array) => phillipsPerron(y, { statistic: "z-alpha", lags: 0 }).pValue],
    ["df-gls", (y: Float64Array) => elliottRothenbergStock(y, { lags: 0 }).pValue],
  ])("%s rejects 1 in 20 random walks and most stationary series", (_, run) => {
    expect(Math.abs(rejected(250, 400, 1, run) - 0.05)).toBeLessThan(spread + 0.01);
    expect(rejected(250, 100, 0.8, run)).toBeGreaterThan(0.9);
  });

  test.each(["level", "trend"] as const)(
    "kpss, %s, rejects 1 in 20 of white noise and most walks",
    (regression) => {
      const run = (y: Float64Array) => kpss(y, { regression, lags: 0 }).pValue;
      expect(Math.abs(rejected(250, 400, 0, run) - 0.05)).toBeLessThan(spread);
      expect(rejected(250, 100, 1, (y) => kpss(y, { regression }).pValue)).toBeGreaterThan(0.8);
    },
  );
});

describe("Zivot-Andrews, break by break", () => {
  test.each(["level", "trend", "both"] as const)(
    "%s: equals a regression of its own for every break",
    (breaks) => {
      for (const [y, lags] of [
        [lake, 2],
        [walk(60, 8), 0],
        [walk(80, 9, 0.5).map((value, t) => value + (t > 30 ? 9 : 0)), 1],
      ] as const) {
        const { statistics, firstBreak } = zivotAndrews(y, { breaks, lags, trim: 0.05 });
        statistics.forEach((statistic, i) => {
          const row = (t: number) => [
            y[t - 1]! - y[0]!,
            1,
            t,
            ...Array.from({ length: lags }, (_, k) => y[t - 1 - k]! - y[t - 2 - k]!),
            ...(breaks === "trend" ? [] : [t > firstBreak + i ? 1 : 0]),
            ...(breaks === "level" ? [] : [Math.max(0, t - firstBreak - i)]),
          ];
          const times = Array.from({ length: y.length - lags - 1 }, (_, k) => k + lags + 1);
          const k = row(lags + 1).length;
          const change = Float64Array.from(times, (t) => y[t]! - y[t - 1]!);
          const fit = leastSquares(Float64Array.from(times.flatMap(row)), times.length, k, change);
          const error = Math.sqrt((fit.rss / (times.length - fit.rank)) * fit.unscaledCovariance[0]!);
          expect(Math.abs(statistic / (fit.coefficients[0]! / error) - 1)).toBeLessThan(1e-8);
        });
      }
    },
  );
});

describe("options", () => {
  test("gaps are closed on request, and told", () => {
    const gap = lake.with(40, Number.NaN);
    const closed = Float64Array.from(lake).filter((_, t) => t !== 40);
    for (const run of [adf, kpss, phillipsPerron, elliottRothenbergStock, zivotAndrews, rangeUnitRoot]) {
      const result = run(gap, { missing: "drop" });
      expect(result.statistic).toBe(run(closed).statistic);
      expect(result.notes).toMatchObject([
        { code: "missing-dropped", details: { missing: 1 } },
        ...result.notes.slice(1),
      ]);
    }
  });

  test.each([
    ["bad-lags", () => adf(lake, { lags: -1 })],
    ["bad-lags", () => adf(lake, { lags: "most" as "aic" })],
    ["bad-max-lags", () => adf(lake, { maxLags: -1 })],
    ["bad-regression", () => adf(lake, { regression: "line" as "trend" })],
    ["too-short", () => adf(lake.slice(0, 6), { lags: 3 })],
    ["too-short", () => adf(lake.slice(0, 20), { maxLags: 12 })],
    ["bad-lags", () => kpss(lake, { lags: 98 })],
    ["bad-lags", () => kpss(lake, { lags: 1.5 })],
    ["bad-lags", () => phillipsPerron(lake, { lags: -2 })],
    ["bad-trim", () => zivotAndrews(lake, { trim: 0.5 })],
    ["bad-breaks", () => zivotAndrews(lake, { breaks: "slope" as "trend" })],
    ["bad-lags", () => elliottRothenbergStock(lake, { statistic: "p-test", lags: 0 })],
    ["perfect-fit", () => kpss([1, 2, 3, 4, 5, 6], { regression: "trend" })],
    ["perfect-fit", () => adf([1, 2, 3, 4, 5, 6, 7, 8, 9], { lags: 0 })],
    ["too-short", () => rangeUnitRoot(lake.slice(0, 24))],
  ])("%s", (code, run) => {
    expect(run).toThrowError(expect.objectContaining({ code }));
  });

  test("MacKinnon's p-values rise with the statistic, nearly without steps", () => {
    for (const terms of ["none", "constant", "trend", "quadratic"] as const) {
      for (const [pValue, from, to] of [
        [tauPValue, -20, 3],
        [zAlphaPValue, -80, 3],
      ] as const) {
        let before = 0;
        for (let i = 0; i <= 2000; i++) {
          const p = pValue(from + ((to - from) * i) / 2000, terms);
          // Where one polynomial takes over from the other they differ in the fourth digit.
          expect(p).toBeGreaterThanOrEqual(before - 2e-3);
          expect(p - before).toBeLessThan(0.05);
          before = p;
        }
      }
    }
  });
});
