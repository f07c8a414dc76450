import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { type Series, series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { apply, update } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { normalQuantile } from "../../../src/math/special-functions/normal.js";
import { estimate } from "../../../src/models/pooled/estimation/estimate.js";
import { prepared } from "../../../src/models/pooled/estimation/rows.js";
import { pooled } from "../../../src/models/pooled/index.js";

/** Series of x_t = 1 + 0.5 (x_{t−1} − 1) + 0.3 (x_{t−2} − 1) + 0.05 e_t, in sizes from 1 to 1,000. */
function panelOf(count: number, rows: number, seed = 3, error = 0.05): Series[] {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const size = 10 ** (3 * rng.uniform());
    const x = [1, 1];
    while (x.length < rows + 50) {
      const [b, a] = [x.at(-1)! - 1, x.at(-2)! - 1];
      x.push(1 + 0.5 * b + 0.3 * a + error * normalQuantile(rng.uniform()));
    }
    return series(
      x.slice(50).map((value) => size * value),
      { id: `s${i}` },
    );
  });
}

const panel = panelOf(60, 120);

describe("the coefficients", () => {
  test("are those that made the panel, whatever the sizes of its series", async () => {
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(panel);
    const by = new Map(fitted!.report.coefficients.map(({ name, estimate }) => [name, estimate]));
    // Divided by a scale that itself is estimated, and pulled towards a sum of 1: near, not within standard errors.
    expect(by.get("ar1")).toBeCloseTo(0.5, 1);
    expect(by.get("ar2")).toBeCloseTo(0.3, 1);
    expect(fitted!.report.details.rows).toBe(60 * 118);
    const sd = Math.sqrt(fitted!.report.details.variance);
    expect(sd).toBeGreaterThan(0.045);
    expect(sd).toBeLessThan(0.055);
  });

  test("solve the weighted least squares of all rows at once, by a plain dense elimination", () => {
    const few = panelOf(4, 30);
    const layout = { lags: [1, 3], period: 1, cycles: [], inputs: [], fade: 0.9, log: null, usual: null };
    const rows: number[][] = [];
    for (const { y } of few) {
      let [sum, mass] = [0, 0];
      y.forEach((value, t) => {
        const s = sum / mass;
        if (t >= 3) rows.push([1, y[t - 1]! / s, y[t - 3]! / s, value / s]);
        sum = 0.9 * sum + Math.abs(value);
        mass = 0.9 * mass + 1;
      });
    }
    const each = rows.length / few.length;
    let weights = rows.map(() => 1);
    let solution: number[] = [];
    for (let round = 0; round < 3; round++) {
      const all = [...rows, [1, 1, 1, 1], [1, 2, 2, 2]];
      solution = leastSquares(all, [...weights, 0.1 * rows.length, 0.1 * rows.length]);
      const errors = rows.map(
        (row) => row[3]! - row.slice(0, 3).reduce((sum, x, j) => sum + x * solution[j]!, 0),
      );
      const mean = errors.reduce((sum, e) => sum + Math.abs(e), 0) / errors.length;
      weights = errors.map((e, i) => {
        const own = errors.slice(each * Math.floor(i / each), each * (Math.floor(i / each) + 1));
        const scale = (own.reduce((sum, x) => sum + Math.abs(x), 0) + 5 * mean) / (each + 5);
        return (5 / (4 + (e / scale) ** 2)) * (mean / scale) ** 2;
      });
    }
    const found = estimate(layout, prepared(layout, few), 0.1, false)!;
    // The ridge of 1e-8 is what they differ by.
    found.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(solution[j]!, 4);
    });
  });

  test("missing values are left out: rows that need them do not count", async () => {
    const holed = panel.map((one) => ({
      ...one,
      y: one.y.map((value, t) => (t % 10 === 5 ? Number.NaN : value)),
    }));
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(holed);
    expect(fitted!.report.details.rows).toBe(60 * (118 - 3 * 12));
    const [ar1] = fitted!.report.coefficients.filter(({ name }) => name === "ar1");
    expect(ar1!.estimate).toBeCloseTo(0.5, 1);
  });

  test("inputs: an effect in units of the scale", async () => {
    const rng = random(8);
    const promoted = panel.map((one) => {
      const promotion = one.y.map(() => (rng.uniform() < 0.2 ? 1 : 0));
      const size = one.y.reduce((sum, value) => sum + value, 0) / one.y.length;
      const y = one.y.map((value, t) => value + 0.4 * size * promotion[t]!);
      return series(y, { id: one.id, inputs: { promotion } });
    });
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(promoted);
    const ahead = (value: number) =>
      forecast(fitted!, { horizon: 1, inputs: { promotion: [value] } }).mean[0]!;
    const size = promoted[0]!.y.reduce((sum, value) => sum + value, 0) / 120;
    expect((ahead(1) - ahead(0)) / size).toBeCloseTo(0.4, 1);
  });
});

/** Weighted least squares by Gaussian elimination; the last entry of a row is its target. */
function leastSquares(rows: readonly number[][], weights: readonly number[]): number[] {
  const k = rows[0]!.length - 1;
  const a = Array.from({ length: k }, (_, i) =>
    Array.from({ length: k + 1 }, (__, j) =>
      rows.reduce((sum, row, r) => sum + weights[r]! * row[i]! * row[j]!, 0),
    ),
  );
  for (let i = 0; i < k; i++)
    for (let r = 0; r < k; r++) {
      if (r === i) continue;
      const factor = a[r]![i]! / a[i]![i]!;
      for (let j = i; j <= k; j++) a[r]![j]! -= factor * a[i]![j]!;
    }
  return a.map((row, i) => row[k]! / row[i]!);
}

describe("forecasts", () => {
  test("intervals hold what they say on series that follow the model", async () => {
    const long = panelOf(200, 100, 5);
    const fits = await pooled({ lags: [1, 2] }).fitPanel(
      long.map((one) => ({ ...one, y: one.y.subarray(0, 88) })),
    );
    let inside = 0;
    fits.forEach((fitted, i) => {
      const { distributions } = forecast(fitted, { horizon: 12, paths: 400 });
      distributions.forEach((d, h) => {
        const y = long[i]!.y[88 + h]!;
        if (y >= d.quantile(0.1) && y <= d.quantile(0.9)) inside++;
      });
    });
    // 2400 values, those of a series dependent: three standard errors of about 1.5 %.
    expect(inside / 2400).toBeGreaterThan(0.755);
    expect(inside / 2400).toBeLessThan(0.845);
  });

  test("a series that was not there in training is forecast by the same estimates, also from a file", async () => {
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(panel);
    const [stranger] = panelOf(1, 60, 77);
    const own = forecast(apply(fitted!, stranger!), { horizon: 4 });
    const again = forecast(apply(load(save(fitted!)), stranger!), { horizon: 4 });
    expect(again.mean).toEqual(own.mean);
    expect(own.mean[0]! / stranger!.y.at(-1)!).toBeGreaterThan(0.5);
    expect(own.mean[0]! / stranger!.y.at(-1)!).toBeLessThan(1.5);
  });

  test("a series that grew is not rolled on into an explosion", async () => {
    const growing = Array.from({ length: 20 }, (_, i) =>
      series(
        Array.from({ length: 60 }, (__, t) => (i + 1) * 100 * 1.03 ** t * (1 + 0.02 * Math.sin(i + t * t))),
        { id: `g${i}` },
      ),
    );
    const [fitted] = await pooled({ lags: [1, 2, 3] }).fitPanel(growing);
    const { mean } = forecast(fitted!, { horizon: 40, paths: 100 });
    expect(mean[39]! / growing[0]!.y[59]!).toBeLessThan(1.03 ** 60);
    expect(mean.every((value) => value > 0)).toBe(true);
  });

  test("update goes on from where a series stands", async () => {
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(panel);
    const more = update(fitted!, [panel[0]!.y[119]! * 2, Number.NaN]);
    expect(forecast(more, { horizon: 1 }).mean[0]).toBeGreaterThan(
      forecast(fitted!, { horizon: 1 }).mean[0]!,
    );
  });
});

describe("bad input", () => {
  test("too few rows, another frequency, lags that are none", async () => {
    expect(() => pooled({ lags: [1, 12] }).fit(series([1, 2, 3, 4, 3, 2]))).toThrowError(
      expect.objectContaining({ code: "series-too-short" }),
    );
    expect(() => pooled({ lags: [0] })).toThrowError(expect.objectContaining({ code: "bad-lags" }));
    const [fitted] = await pooled({ lags: [1, 2] }).fitPanel(panel);
    const monthly = series(panel[0]!.y, { start: "2020-01", frequency: "M" });
    expect(() => apply(fitted!, monthly)).toThrowError(
      expect.objectContaining({ code: "mismatched-frequency" }),
    );
  });

  test("a series with one value is refused, the others are not", () => {
    expect(pooled().refusal(series([Number.NaN, 3, Number.NaN]))).toMatchObject({ code: "series-too-short" });
    expect(pooled().refusal(panel[0]!)).toBeNull();
  });
});
