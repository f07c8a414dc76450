import { describe, expect, test } from "vitest";
import { anomalies, ar, naive, parseModel, type Rng, random, series } from "../../src/index.js";

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

/** An autoregression around 20 with innovations of standard deviation 1. */
function autoregression(seed: number, length: number): number[] {
  const rng = random(seed);
  let x = 0;
  return Array.from({ length }, () => {
    x = 0.6 * x + normal(rng);
    return 20 + x;
  });
}

/** A season of 12 whose noise has a standard deviation of 1. */
function seasonal(seed: number, length: number): number[] {
  const rng = random(seed);
  return Array.from({ length }, (_, t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 12) + normal(rng));
}

describe("clean series", () => {
  test.each([
    ["ar(2)", autoregression, 1],
    ["ets(A,N,A)", seasonal, 12],
  ])("%s finds as many as the level says", (notation, make, period) => {
    let found = 0;
    let judged = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const result = anomalies(series(make(seed, 150), { period }), parseModel(notation), { level: 95 });
      found += result.found.length;
      judged += result.judged;
    }
    // 5 % of some 4,400 values: a standard error of .33 % for independent ones; estimated parameters add a little.
    expect(judged).toBeGreaterThan(4000);
    expect(Math.abs(found / judged - 0.05)).toBeLessThan(0.015);
  });
});

describe("planted anomalies", () => {
  test("a spike is found, as a spike, and leaves the values after it alone", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const y = autoregression(seed, 120);
      y[70]! += 9;
      const { found } = anomalies(series(y), ar({ order: 1 }), { level: 99.9 });
      expect(found.map(({ row, kind }) => [row, kind])).toContainEqual([70, "spike"]);
      expect(found.length).toBeLessThanOrEqual(2);
      expect(found.find(({ row }) => row === 70)!.score).toBeGreaterThan(5);
    }
  });

  test("a level shift is found once, where it begins, and the later values are judged by the new level", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const y = seasonal(seed, 144).map((value, t) => (t >= 90 ? value - 12 : value));
      const { found, rows } = anomalies(series(y, { period: 12 }), parseModel("ets(A,N,A)"), { level: 99.9 });
      expect(found.map(({ row, kind }) => [row, kind])).toContainEqual([90, "level-shift"]);
      expect(found.length).toBeLessThanOrEqual(2);
      const later = rows.slice(100).map(({ expected, value }) => Math.abs(expected - value));
      expect(later.reduce((sum, error) => sum + error, 0) / later.length).toBeLessThan(1.5);
    }
  });

  test("a spike at the last value is a spike, since nothing confirms a shift", () => {
    const y = [...autoregression(3, 80), 45];
    const { found } = anomalies(series(y), ar({ order: 1 }), { level: 99.9 });
    expect(found.at(-1)).toMatchObject({ row: 80, kind: "spike" });
  });

  test("one value off an exact pattern is found", () => {
    const y = Array.from({ length: 60 }, (_, t) => t % 4);
    y[41] = 9;
    const { found } = anomalies(series(y, { period: 4 }), parseModel("snaive"));
    expect(found.map(({ row }) => row)).toEqual([41]);
  });
});

test("missing values are not judged and keep their rows", () => {
  const y = autoregression(5, 60);
  y[20] = Number.NaN;
  const { rows, judged } = anomalies(series(y), naive());
  expect(rows).toHaveLength(60);
  expect(rows[20]).toMatchObject({ kind: null, score: Number.NaN });
  expect(judged).toBe(58);
});

test.each([0, 100, -5, Number.NaN])("the level %s is refused", (level) => {
  expect(() => anomalies(series([1, 2, 3, 4]), naive(), { level })).toThrow(
    expect.objectContaining({ code: "bad-level" }),
  );
});
