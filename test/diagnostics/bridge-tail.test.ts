import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { bridgeTail } from "../../src/diagnostics/unit-root/null-distributions/bridge-tail.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";

describe("bridgeTail", () => {
  test("the Cramér-von Mises law: quantiles of Csörgő and Faraway (1996), printed to 5 digits", () => {
    const printed = [
      [0.1, 0.3473],
      [0.05, 0.46136],
      [0.025, 0.58061],
      [0.01, 0.74346],
      [0.001, 1.16786],
      [0.5, 0.11888],
      [0.9, 0.0460055],
    ] as const;
    for (const [p, x] of printed) expect(Math.abs(bridgeTail("level", x) / p - 1)).toBeLessThan(1e-4);
  });

  test("the Von Mises laws of Canova and Hansen (1995, table 1): 5 % with 1 to 12 degrees of freedom", () => {
    const printed = [0.47, 0.749, 1.01, 1.24, 1.47, 1.68, 1.9, 2.11, 2.32, 2.54, 2.75, 2.96];
    printed.forEach((x, i) => {
      // Simulated by the authors and printed to three digits.
      expect(Math.abs(bridgeTail("level", x, i + 1) - 0.05)).toBeLessThan(0.0035);
    });
  });

  test("Talbot's contour and the Fourier sum meet: four copies are two and two", () => {
    // The density of two copies, folded with their tail by Simpson's rule.
    const x = 1.1;
    const n = 2000;
    const density = (u: number) => {
      let sum = 0;
      for (let k = 1; k < 200; k++) {
        const rate = (k * Math.PI) ** 2 / 2;
        sum += 2 * (k % 2 === 1 ? 1 : -1) * rate * Math.exp(-rate * u);
      }
      return u < 0.01 ? 0 : sum;
    };
    let folded = bridgeTail("level", x, 2);
    for (let i = 0; i <= n; i++) {
      const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
      const u = (x * i) / n;
      folded += ((weight * x) / n / 3) * density(u) * bridgeTail("level", x - u, 2);
    }
    expect(Math.abs(folded / bridgeTail("level", x, 4) - 1)).toBeLessThan(1e-6);
  });

  test("two copies have the elementary tail of Watson's law: 2 Σ (−1)^(k+1) exp(−k²π²x/2)", () => {
    for (const x of [0.05, 0.1, 0.3, 0.75, 2, 6]) {
      let tail = 0;
      for (let k = 1; k < 60; k++)
        tail += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp((-(k ** 2) * Math.PI ** 2 * x) / 2);
      expect(Math.abs(bridgeTail("level", x, 2) / tail - 1)).toBeLessThan(1e-9);
    }
  });

  test("a level and a trend: agree with sums of weighted chi-squares, in standard errors", () => {
    const roots = Array.from({ length: 300 }, (_, k) => {
      // tan h = h between kπ and (k + 1/2)π, for the odd half of the trend's eigenvalues.
      let [low, high] = [(k + 1) * Math.PI, (k + 1.5) * Math.PI - 1e-12];
      for (let i = 0; i < 80; i++) {
        const middle = (low + high) / 2;
        if (Math.tan(middle) < middle) low = middle;
        else high = middle;
      }
      return low;
    });
    const weights = {
      level: Array.from({ length: 600 }, (_, k) => 1 / ((k + 1) * Math.PI) ** 2),
      trend: roots.flatMap((root, k) => [1 / (2 * (k + 1) * Math.PI) ** 2, 1 / (2 * root) ** 2]),
    };
    const rng = random(12);
    for (const [kind, points] of [
      ["level", [0.1, 0.2, 0.4]],
      ["trend", [0.04, 0.07, 0.13]],
    ] as const) {
      const counts = points.map(() => 0);
      const n = 4000;
      // Beyond the first 60 the rest is close to its mean.
      const rest = weights[kind].slice(60).reduce((sum, weight) => sum + weight, 0);
      for (let i = 0; i < n; i++) {
        let q = rest;
        for (let k = 0; k < 60; k++) q += weights[kind][k]! * standardNormal(rng) ** 2;
        points.forEach((x, j) => {
          if (q > x) counts[j] = counts[j]! + 1;
        });
      }
      points.forEach((x, j) => {
        const p = bridgeTail(kind, x);
        expect(Math.abs(counts[j]! / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n) + 0.003);
      });
    }
  });

  test("falls from 1 to 0 without a break, for every number of copies", () => {
    for (const copies of [1, 2, 3, 11, 23, 51]) {
      let before = 1;
      for (let x = 0.002; x < 60; x *= 1.07) {
        const p = bridgeTail("level", x, copies);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(before + 1e-12);
        before = p;
      }
      expect(before).toBeLessThan(1e-12);
    }
  });
});
