import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { random } from "../../src/core/random.js";
import { crps } from "../../src/distributions/crps.js";
import { movedValue, type Recalibrated, recalibrated } from "../../src/distributions/derived/recalibrated.js";
import {
  empirical,
  mixture,
  negativeBinomial,
  normal,
  studentT,
  transformed,
} from "../../src/distributions/index.js";

const wider = { at: [1], to: [1.4] };
const bent = { at: [0.5, 1.3, 2], to: [0.7, 1.5, 3] };
const log = { kind: "log" } as const;

const bases: [string, Distribution][] = [
  ["student-t", studentT(3, 2, 8)],
  ["log-normal", transformed(normal(1, 0.2), log)],
  ["mixture", mixture([normal(0, 1), normal(4, 0.25), studentT(1, 2, 6)], [1, 2, 3])],
  ["mixture of scales", mixture([transformed(normal(1, 0.1), log), normal(3, 1)], [1, 1])],
  ["samples", empirical(Float64Array.from({ length: 400 }, (_, i) => Math.sqrt(i)))],
];

describe.each(bases)("recalibrated %s", (_, base) => {
  test.each([
    ["by a factor", wider],
    ["by a bent map", bent],
  ])("%s: quantile and cdf undo each other, the median stays, density is the slope of cdf", (_name, map) => {
    const d = recalibrated(base, map);
    expect(d.quantile(0.5)).toBeCloseTo(base.quantile(0.5), 9);
    for (const p of [0.01, 0.1, 0.3, 0.6, 0.9, 0.99]) expect(d.cdf(d.quantile(p))).toBeCloseTo(p, 9);
    expect(d.quantile(0.9) - d.quantile(0.1)).toBeGreaterThan(base.quantile(0.9) - base.quantile(0.1));
    if (base.kind === "empirical") return;
    for (const p of [0.2, 0.45, 0.7]) {
      const y = d.quantile(p);
      const h = 1e-4;
      expect(Math.exp(d.logDensity(y))).toBeCloseTo((d.cdf(y + h) - d.cdf(y - h)) / (2 * h), 5);
    }
  });

  test("mean and variance are those of draws", () => {
    const d = recalibrated(base, wider);
    const rng = random(5);
    const n = 40_000;
    const draws = Float64Array.from({ length: n }, () => d.sample(rng));
    const mean = draws.reduce((sum, y) => sum + y, 0) / n;
    const squares = draws.map((y) => (y - mean) ** 2);
    const variance = squares.reduce((sum, s) => sum + s, 0) / n;
    const fourth = squares.reduce((sum, s) => sum + s * s, 0) / n;
    expect(Math.abs(d.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(d.variance - variance)).toBeLessThan(5 * Math.sqrt((fourth - variance ** 2) / n));
  });
});

test("its score is the mean distance of draws from the value less half that of two draws", () => {
  for (const [, base] of bases) {
    const d = recalibrated(base, bent);
    const draws = Float64Array.from({ length: 4000 }, (_, i) => d.quantile((i + 0.5) / 4000));
    for (const p of [0.002, 0.3, 0.9999]) {
      const y = base.quantile(p);
      expect(crps(d, y)).toBeCloseTo(crps(empirical(draws), y), 2);
    }
    expect(crps(d, 1e4)).toBeCloseTo(1e4 - d.mean - 0.5 * meanDistance(draws), 1);
  }
});

function meanDistance(sorted: Float64Array): number {
  const n = sorted.length;
  return (2 / (n * n)) * sorted.reduce((sum, y, i) => sum + (2 * i - n + 1) * y, 0);
}

test("a normal stays normal, its deviation multiplied", () => {
  const d = recalibrated(normal(10, 4), wider);
  expect(d.kind).toBe("normal");
  expect(d.mean).toBe(10);
  expect(d.variance).toBeCloseTo(4 * 1.4 ** 2, 12);
  expect(movedValue(normal(10, 4), d, 12)).toBeCloseTo(10 + 1.4 * 2, 12);
});

test("a map that changes nothing gives the base itself", () => {
  const base = studentT(0, 1, 4);
  expect(recalibrated(base, { at: [1], to: [1] })).toBe(base);
});

test("bounds hold and counts stay counts", () => {
  const share = transformed(normal(0, 4), { kind: "bounded", lower: 0, upper: 100 });
  const wide = recalibrated(share, { at: [1], to: [3] });
  expect(wide.quantile(1e-9)).toBeGreaterThanOrEqual(0);
  expect(wide.quantile(1 - 1e-9)).toBeLessThanOrEqual(100);
  const counts = recalibrated(negativeBinomial(4, 0.3), wider);
  for (const p of [0.01, 0.2, 0.5, 0.9, 0.999]) expect(Number.isInteger(counts.quantile(p))).toBe(true);
});

test("mapped values have the mapped distribution", () => {
  const base = mixture([normal(0, 1), normal(5, 4)], [2, 1]);
  const d = recalibrated(base, bent);
  for (const p of [0.03, 0.2, 0.5, 0.8, 0.97]) {
    const y = base.quantile(p);
    expect(d.cdf(movedValue(base, d, y))).toBeCloseTo(p, 9);
  }
});

test("a map that does not rise is refused", () => {
  expect(() => recalibrated(normal(0, 1), { at: [1, 2], to: [2, 1] })).toThrow(
    /equally many increasing numbers/,
  );
  expect(() => recalibrated(normal(0, 1), { at: [], to: [] })).toThrow(/equally many increasing numbers/);
});

test("a pool without a finite mean has none recalibrated, wider or narrower", () => {
  // The exponential of a Student-t has no finite mean.
  const heavy = transformed(studentT(4.58, 0.0569, 3), log);
  const pool = recalibrated(mixture([transformed(normal(4.62, 0.04), log), heavy], [4, 1]), wider);
  expect(pool.mean).toBe(Number.POSITIVE_INFINITY);
  expect(recalibrated((pool as Recalibrated).base, { at: [1], to: [0.9] }).mean).toBe(
    Number.POSITIVE_INFINITY,
  );
  expect(pool.variance).toBe(Number.POSITIVE_INFINITY);
  const mild = recalibrated(mixture([transformed(normal(4.62, 0.04), log), normal(101, 9)], [4, 1]), wider);
  expect(mild.mean).toBeGreaterThan(99);
  expect(mild.mean).toBeLessThan(106);
});
