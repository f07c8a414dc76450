import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { type Series, series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { apply } from "../../../src/engine/update.js";
import { tamed } from "../../../src/models/pooled/estimation/growth.js";
import { pooled } from "../../../src/models/pooled/index.js";

const BASE = {
  period: 1,
  cycles: [],
  inputs: [],
  fade: 0.95,
  log: { offset: 0, least: 1, reach: 9 },
  usual: null,
};

/** The largest modulus of the roots of the recursion, by the eigenvalues of its companion matrix. */
function radius(lags: readonly number[], coefficients: Float64Array): number {
  const n = lags.at(-1)!;
  const companion = Matrix.zeros(n, n);
  lags.forEach((lag, j) => {
    companion.set(0, lag - 1, coefficients[1 + j]!);
  });
  for (let i = 1; i < n; i++) companion.set(i, i - 1, 1);
  const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(companion);
  return Math.max(...re.map((value, i) => Math.hypot(value, im[i]!)));
}

describe("coefficients that explode", () => {
  test("are shrunk to the unit circle, by the eigenvalues of the companion matrix; others stay", () => {
    const rng = random(4);
    let wild = 0;
    for (let trial = 0; trial < 200; trial++) {
      const lags = [1, 2, 3, 6, 7, 12].slice(0, 1 + (trial % 6));
      const coefficients = Float64Array.from([0, ...lags.map(() => 1.6 * rng.uniform() - 0.6)]);
      const before = radius(lags, coefficients);
      const after = tamed({ ...BASE, lags }, coefficients);
      expect(radius(lags, after)).toBeLessThan(1.01);
      if (before < 0.999) expect(after).toEqual(coefficients);
      if (before > 1.02) {
        wild++;
        expect(radius(lags, after)).toBeGreaterThan(0.97);
      }
    }
    expect(wild).toBeGreaterThan(50);
  });

  test("levels that double within 24 steps no more do so, given lags or not", async () => {
    const panel = Array.from({ length: 12 }, (_, i) =>
      series(Array.from({ length: 40 }, (__, t) => (1 + i) * 1.25 ** t * (1 + 0.05 * Math.sin(3 * t + i)))),
    );
    // By default logarithms are taken, whose constant stays: they grow on by a small part of what was seen, 1.25²⁴ = 212.
    for (const [options, most] of [
      [{ lags: [1] }, 2.2],
      [{ lags: [1, 2, 3] }, 2.2],
      [{}, 8],
    ] as const) {
      const [fitted] = await pooled(options).fitPanel(panel);
      const { mean } = forecast(fitted!, { horizon: 48, paths: 20 });
      expect(mean.every(Number.isFinite)).toBe(true);
      expect(mean[47]! / mean[23]!).toBeLessThan(most);
    }
  });
});

describe("odd members of a panel", () => {
  const rng = random(9);
  const seasonal = (i: number): Series => {
    const inputs = { promotion: Array.from({ length: 120 }, () => (rng.uniform() < 0.2 ? 1 : 0)) };
    const y = inputs.promotion.map(
      (p, t) => (i + 1) * (10 + 4 * Math.sin((2 * Math.PI * t) / 12) + 3 * p + rng.uniform()),
    );
    return series(
      y.map((value, t) => (i === 3 && t > 30 && t < 60 ? Number.NaN : value)),
      { id: `s${i}`, start: "2010-01", frequency: "M", inputs },
    );
  };
  const panel = Array.from({ length: 12 }, (_, i) => seasonal(i));
  const ahead = {
    horizon: 24,
    paths: 50,
    inputs: { promotion: Array.from({ length: 24 }, (_, h) => h % 2) },
  };

  test.each([
    ["all zeros", () => 0],
    ["constant", () => 7],
    ["tiny", (t: number) => 1e-12 * (2 + (t % 3))],
    ["huge", (t: number) => 1e12 * (2 + (t % 3))],
    ["two values", (t: number) => (t < 118 ? Number.NaN : t)],
  ] as const)("%s: finite forecasts of it and of the others", async (_, value) => {
    const promotion = panel[0]!.inputs.columns[0]!;
    const odd = series(
      Array.from({ length: 120 }, (__, t) => value(t)),
      {
        id: "odd",
        start: "2010-01",
        frequency: "M",
        inputs: { promotion },
      },
    );
    const fits = await pooled().fitPanel([...panel, odd]);
    [...panel, odd].forEach((one, i) => {
      const { mean, distributions } = forecast(fits[i]!, ahead);
      const seen = Array.from(one.y).filter((y) => !Number.isNaN(y));
      const highest = Math.max(...seen);
      mean.forEach((m) => {
        expect(Math.abs(m)).toBeLessThanOrEqual(2 * highest + 1e-9);
      });
      for (const d of distributions) expect(Number.isFinite(d.quantile(0.975))).toBe(true);
    });
    const short = series([5, 6], {
      id: "new",
      start: "2012-01",
      frequency: "M",
      inputs: { promotion: [0, 1] },
    });
    expect(forecast(apply(fits[0]!, short), ahead).mean.every((m) => m >= 0 && m < 60)).toBe(true);
  });
});
