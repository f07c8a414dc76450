import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { chooseLags } from "../../../src/diagnostics/unit-root/regression/lag-choice.js";
import { lagsOf, longRunVariance } from "../../../src/diagnostics/unit-root/regression/long-run-variance.js";
import { leastSquares } from "../../../src/math/linear-algebra/least-squares.js";

const walk = (seed: number, length: number) => {
  const rng = random(seed);
  let level = 0;
  return Float64Array.from({ length }, () => {
    level += rng.uniform() - 0.5;
    return level;
  });
};

describe("long-run variance", () => {
  test("is the quadratic form of Bartlett's weights", () => {
    const e = walk(1, 25);
    for (const lags of [0, 1, 4, 24, 40]) {
      let form = 0;
      for (let s = 0; s < e.length; s++)
        for (let t = 0; t < e.length; t++)
          form += Math.max(0, 1 - Math.abs(s - t) / (lags + 1)) * e[s]! * e[t]!;
      expect(longRunVariance(e, lags)).toBeCloseTo(form / e.length, 12);
    }
  });

  test.each([
    ["none", 100, 0],
    ["short", 100, 4],
    ["long", 100, 12],
    ["legacy", 100, 12],
    ["legacy", 5, 4],
    ["short", 1600, 8],
    ["square-root", 169, 3],
  ] as const)("rule %s of %d residuals: %d lags", (rule, n, wanted) => {
    expect(lagsOf(rule, walk(2, n))).toBe(wanted);
  });
});

describe("the number of lags of a Dickey-Fuller regression", () => {
  const y = walk(3, 60);
  const MOST = 5;

  /** Residual sum of squares of Δy_t on 1, y_{t−1} and `lags` earlier changes, and the t-ratio of the last of them. */
  function regression(lags: number): { rss: number; rows: number; columns: number } {
    const rows = y.length - MOST - 1;
    const columns = 2 + lags;
    const design = new Float64Array(rows * columns);
    const change = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const t = i + MOST + 1;
      change[i] = y[t]! - y[t - 1]!;
      design[i * columns] = 1;
      design[i * columns + 1] = y[t - 1]!;
      for (let k = 1; k <= lags; k++) design[i * columns + 1 + k] = y[t - k]! - y[t - k - 1]!;
    }
    const { residuals } = leastSquares(design, rows, columns, change);
    return { rss: residuals.reduce((sum, e) => sum + e * e, 0), rows, columns };
  }

  test.each(["aic", "bic"] as const)("%s of every number of lags, on the same rows", (criterion) => {
    const choice = chooseLags(y, "constant", criterion, 0, MOST);
    const wanted = Array.from({ length: MOST + 1 }, (_, lags) => {
      const { rss, rows, columns } = regression(lags);
      const penalty = criterion === "aic" ? 2 : Math.log(rows);
      return rows * (Math.log((2 * Math.PI * rss) / rows) + 1) + penalty * columns;
    });
    for (const [lags, value] of wanted.entries()) expect(choice.values[lags]).toBeCloseTo(value, 8);
    expect(choice.lags).toBe(wanted.indexOf(Math.min(...wanted)));
  });

  test("t-stat: from the most lags down to the first that is significant, as the drop of the sum of squares tells", () => {
    const choice = chooseLags(y, "constant", "t-stat", 0, MOST);
    const ratios = Array.from({ length: MOST + 1 }, (_, lags) => {
      if (lags === 0) return Number.POSITIVE_INFINITY;
      const [smaller, larger] = [regression(lags - 1), regression(lags)];
      return Math.sqrt((smaller.rss - larger.rss) / (larger.rss / (larger.rows - larger.columns)));
    });
    for (let lags = 1; lags <= MOST; lags++) expect(choice.values[lags]).toBeCloseTo(ratios[lags]!, 7);
    expect(choice.lags).toBe(ratios.findLastIndex((ratio) => ratio >= 1.6448536269514722));
  });
});
