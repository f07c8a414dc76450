import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { random } from "../../src/core/random.js";
import {
  diffuse,
  empirical,
  mixture,
  negativeBinomial,
  normal,
  studentT,
  transformed,
} from "../../src/distributions/index.js";

const log = { kind: "log" } as const;
const boxCox = (lambda: number) => ({ kind: "box-cox", lambda }) as const;
const share = { kind: "bounded", lower: 0, upper: 100 } as const;

const smooth: [name: string, distribution: Distribution][] = [
  ["normal", normal(3, 4)],
  ["normal, tiny", normal(1e-12, 1e-26)],
  ["normal, huge", normal(1e12, 1e20)],
  ["student-t 5", studentT(-2, 3, 5)],
  ["student-t 2.5", studentT(0, 1, 2.5)],
  ["student-t 1e7", studentT(10, 0.1, 1e7)],
  ["mixture", mixture([normal(0, 1), normal(4, 0.01), studentT(1, 2, 6)], [1, 2, 3])],
  ["log-normal", transformed(normal(1, 0.5), log)],
  ["box-cox 0.3", transformed(normal(9, 1), boxCox(0.3))],
  ["box-cox 2", transformed(normal(30, 9), boxCox(2))],
  ["box-cox -0.3", transformed(normal(2.6, 0.0009), boxCox(-0.3))],
  ["box-cox 0.5 of a t", transformed(studentT(12, 1, 9), boxCox(0.5))],
  ["between bounds", transformed(normal(1, 4), share)],
  ["above a bound", transformed(normal(1, 0.3), { kind: "bounded", lower: 5 })],
  ["below a bound", transformed(normal(1, 0.3), { kind: "bounded", upper: 5 })],
  [
    "chain",
    transformed(normal(0, 0.2), { kind: "chain", steps: [{ kind: "affine", shift: 5, scale: 2 }, log] }),
  ],
  ["mixture, log scale", transformed(mixture([normal(0, 0.1), normal(1, 0.2)]), log)],
];

const counts: [name: string, distribution: Distribution][] = [
  ["negative binomial", negativeBinomial(7, 0.4)],
  ["negative binomial, many zeros", negativeBinomial(0.3, 8)],
  ["negative binomial, almost Poisson", negativeBinomial(60, 1e-9)],
  ["Poisson", negativeBinomial(12.5, 0)],
  ["mixture of counts", mixture([negativeBinomial(2, 0.5), negativeBinomial(15, 0)], [1, 3])],
];

const samples: [name: string, distribution: Distribution][] = [
  ["empirical", empirical([3, 1, 4, 1.5, 5, 9, 2, 6])],
  ["empirical, weighted", empirical([3, 1, 4, 1.5, 5, 9, 2, 6], [1, 2, 0, 4, 1, 1, 3, 2])],
];

const probabilities = [1e-12, 1e-6, 0.001, 0.025, 0.1, 0.25, 0.4, 0.5, 0.6, 0.8, 0.9, 0.975, 0.999, 1 - 1e-9];

describe.each([...smooth, ...samples])("%s", (_, d) => {
  test("cdf(quantile(p)) = p", () => {
    for (const p of probabilities) expect(Math.abs(d.cdf(d.quantile(p)) - p)).toBeLessThan(1e-11 * p + 1e-14);
  });
});

describe.each([...smooth, ...samples, ...counts])("%s", (_, d) => {
  test("the quantile never falls, the cdf neither", () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let i = 1; i < 200; i++) {
      const y = d.quantile(i / 200);
      expect(y).toBeGreaterThanOrEqual(before);
      expect(d.cdf(y)).toBeGreaterThanOrEqual(d.cdf(before));
      before = y;
    }
  });

  test("draws have its distribution function", () => {
    const rng = random(42);
    const n = 4000;
    const draws = Array.from({ length: n }, () => d.sample(rng));
    for (const p of [0.1, 0.5, 0.9]) {
      const y = d.quantile(p);
      const below = draws.filter((draw) => draw <= y).length / n;
      const exact = d.cdf(y);
      expect(Math.abs(below - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / n) + 1e-9);
    }
  });

  test.each([-0.1, 1.5, Number.NaN])("a quantile at %d is refused", (p) => {
    expect(() => d.quantile(p)).toThrowError(expect.objectContaining({ code: "bad-probability" }));
  });
});

/** Simpson's rule with many points, from quantiles far out: nothing of the code under test but the density. */
function integral(f: (y: number) => number, low: number, high: number): number {
  const n = 3000;
  const h = (high - low) / n;
  let sum = f(low) + f(high);
  for (let i = 1; i < n; i++) sum += (i % 2 === 0 ? 2 : 4) * f(low + i * h);
  return (sum * h) / 3;
}

describe.each(smooth.filter(([name]) => !name.includes("2.5")))("%s", (_, d) => {
  const tail = 1e-9;
  const ends = [tail, 0.0001, 0.02, 0.5, 0.98, 0.9999, 1 - tail].map((p) => d.quantile(p));
  const over = (f: (y: number) => number) =>
    ends
      .slice(1)
      .reduce((sum, end, i) => sum + integral((y) => f(y) * Math.exp(d.logDensity(y)), ends[i]!, end), 0);

  test("the density integrates to 1", () => {
    expect(over(() => 1)).toBeCloseTo(1 - 2 * tail, 7);
  });

  test("the mean is the mean, the variance the variance", () => {
    const sd = Math.sqrt(d.variance);
    // The tails left out hold 2e-9 of the probability, some 1e-6 of the variance for the heaviest one here.
    expect(Math.abs(over((y) => (y - d.mean) / sd))).toBeLessThan(2e-6);
    expect(Math.abs(over((y) => ((y - d.mean) / sd) ** 2) - 1)).toBeLessThan(3e-4);
  });
});

describe.each(counts)("%s", (_, d) => {
  const support = Array.from({ length: d.quantile(1 - 1e-14) + 1 }, (_, k) => k);
  const sum = (f: (k: number) => number) =>
    support.reduce((total, k) => total + f(k) * Math.exp(d.logDensity(k)), 0);

  test("the probabilities add up to 1, and to the mean and the variance", () => {
    expect(sum(() => 1)).toBeCloseTo(1, 12);
    expect(sum((k) => k) / d.mean).toBeCloseTo(1, 9);
    expect(sum((k) => (k - d.mean) ** 2) / d.variance).toBeCloseTo(1, 8);
  });

  test("the cdf adds the probabilities up, the quantile is the least count that reaches p", () => {
    let total = 0;
    for (const k of support.slice(0, 100)) {
      total += Math.exp(d.logDensity(k));
      expect(d.cdf(k)).toBeCloseTo(total, 12);
      expect(d.cdf(k + 0.5)).toBe(d.cdf(k));
    }
    for (const p of [0.01, 0.3, 0.5, 0.77, 0.99]) {
      const k = d.quantile(p);
      expect(d.cdf(k)).toBeGreaterThanOrEqual(p);
      if (k > 0) expect(d.cdf(k - 1)).toBeLessThan(p);
    }
    expect(d.logDensity(1.5)).toBe(Number.NEGATIVE_INFINITY);
    expect(d.cdf(-1)).toBe(0);
  });
});

describe("without spread", () => {
  const points: [string, Distribution][] = [
    ["normal", normal(7, 0)],
    ["student-t", studentT(7, 0, 3)],
    ["empirical", empirical([7, 7, 7])],
    ["one sample", empirical([7])],
    ["mixture", mixture([normal(7, 0), normal(7, 0)])],
    ["transformed", transformed(normal(Math.log(7), 0), log)],
  ];
  test.each(points)("%s is a point mass", (_, d) => {
    expect(d.mean).toBeCloseTo(7, 14);
    expect(d.variance).toBe(0);
    const at = d.quantile(0.5);
    expect(at).toBeCloseTo(7, 14);
    for (const p of [0.001, 0.1, 0.975]) expect(d.quantile(p)).toBe(at);
    expect(d.cdf(6.9)).toBe(0);
    expect(d.cdf(at)).toBe(1);
    expect(d.logDensity(at)).toBe(Number.POSITIVE_INFINITY);
    expect(d.logDensity(6)).toBe(Number.NEGATIVE_INFINITY);
    expect(d.sample(random(1))).toBe(at);
  });
});

describe("samples", () => {
  test("equal ones are a jump of the cdf", () => {
    const d = empirical([2, 1, 2, 4, 2]);
    expect([1, 1.5, 1.999999, 2, 3, 4].map((y) => d.cdf(y))).toEqual(
      [0, 0.125, 0.24999975, 0.75, 0.875, 1].map((p) => expect.closeTo(p, 12)),
    );
    for (const p of [0.25, 0.4, 0.75]) expect(d.quantile(p)).toBe(2);
  });

  test("sample mean and variance, also when the values are far from 0", () => {
    const d = empirical([1e9 + 1, 1e9 + 2, 1e9 + 4]);
    expect(d.mean).toBe(1e9 + 7 / 3);
    expect(d.variance).toBeCloseTo(7 / 3, 9);
  });

  test("whole weights are repeated samples for mean and spread, and equal weights no weights", () => {
    const weighted = empirical([1, 2, 5], [2, 2, 2]);
    const plain = empirical([5, 1, 2]);
    expect(weighted.mean).toBeCloseTo(plain.mean, 14);
    expect(weighted.variance).toBeCloseTo(plain.variance, 13);
    for (const p of [0, 0.2, 0.5, 0.9, 1]) expect(weighted.quantile(p)).toBeCloseTo(plain.quantile(p), 14);
    expect(empirical([1, 2, 5], [1, 0, 3]).mean).toBe(4);
    expect(empirical([1, 8], [0, 2]).quantile(0.3)).toBe(8);
  });

  test("the kernel density integrates to 1", () => {
    const d = empirical([3, 1, 4, 1, 5, 9, 2, 6], [1, 2, 1, 1, 1, 1, 2, 1]);
    expect(integral((y) => Math.exp(d.logDensity(y)), -30, 40)).toBeCloseTo(1, 8);
  });

  test("what was given is not touched", () => {
    const given = Float64Array.of(3, 1, 2);
    empirical(given).quantile(0.5);
    expect([...given]).toEqual([3, 1, 2]);
  });
});

describe("diffuse", () => {
  test("says that nothing is known", () => {
    const d = diffuse(3);
    expect([d.mean, d.variance, d.logDensity(12)]).toEqual([3, Number.POSITIVE_INFINITY, 0]);
    expect([0.1, 0.5, 0.9].map((p) => d.quantile(p))).toEqual([
      Number.NEGATIVE_INFINITY,
      3,
      Number.POSITIVE_INFINITY,
    ]);
    expect(d.cdf(1e300)).toBe(0.5);
    expect(() => d.sample(random(1))).toThrowError(expect.objectContaining({ code: "diffuse-sample" }));
  });
});

describe("what no distribution is made of", () => {
  const bad: [string, string, () => unknown][] = [
    ["a mean that is not finite", "bad-mean", () => normal(Number.NaN, 1)],
    ["a negative variance", "bad-variance", () => normal(0, -1)],
    ["an infinite variance", "bad-variance", () => normal(0, Number.POSITIVE_INFINITY)],
    ["a negative scale", "bad-scale", () => studentT(0, -1, 3)],
    ["no degrees of freedom", "bad-df", () => studentT(0, 1, 0)],
    ["a negative mean count", "bad-mean", () => negativeBinomial(-1, 0)],
    ["a negative dispersion", "bad-dispersion", () => negativeBinomial(1, -0.1)],
    ["no samples", "bad-samples", () => empirical([])],
    ["a missing sample", "bad-samples", () => empirical([1, Number.NaN])],
    ["too few weights", "bad-weights", () => empirical([1, 2], [1])],
    ["weights of nothing", "bad-weights", () => mixture([normal(0, 1)], [0])],
    ["a negative weight", "bad-weights", () => mixture([normal(0, 1), normal(1, 1)], [2, -1])],
    ["no components", "bad-components", () => mixture([])],
    ["a diffuse component", "bad-components", () => mixture([normal(0, 1), diffuse()])],
    ["a lambda that is no number", "bad-transform", () => transformed(normal(0, 1), boxCox(Number.NaN))],
    [
      "a scale of 0",
      "bad-transform",
      () => transformed(normal(0, 1), { kind: "affine", shift: 0, scale: 0 }),
    ],
    [
      "crossed bounds",
      "bad-transform",
      () => transformed(normal(0, 1), { kind: "bounded", lower: 1, upper: 0 }),
    ],
    ["no bounds", "bad-transform", () => transformed(normal(0, 1), { kind: "bounded" })],
    ["counts on another scale", "bad-base", () => transformed(negativeBinomial(3, 1), log)],
    ["a base beyond the Box-Cox scale", "beyond-transform", () => transformed(normal(50, 0.01), boxCox(-1))],
  ];
  test.each(bad)("%s", (_, code, make) => {
    // A transform is an option of the caller; all other numbers come from the data of a series.
    const category = code === "bad-transform" ? "usage" : "data";
    expect(make).toThrowError(expect.objectContaining({ code, category }));
  });
});

test.each([1, 2, 4, 0.5, 0.25])(
  "quantiles at ties: the geometric distribution of mean %d in closed form",
  (mean) => {
    const d = negativeBinomial(mean, 1);
    const again = mean / (1 + mean);
    // P(K <= k) = 1 - again^(k+1); R's qnbinom(1 - again^(k+1), 1, mu = mean) is k for each of them.
    for (let k = 0, beyond = again; beyond > 1e-9; k++, beyond *= again)
      expect(d.quantile(1 - beyond)).toBe(k);
    // A probability clearly above a tie belongs to the next count.
    expect(d.quantile(1 - again + 1e-9)).toBe(1);
  },
);
