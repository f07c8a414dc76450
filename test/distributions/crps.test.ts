import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import {
  crps,
  diffuse,
  empirical,
  mixture,
  negativeBinomial,
  normal,
  studentT,
  transformed,
} from "../../src/distributions/index.js";
import { referenceCases } from "../reference.js";

interface ScoreInput {
  readonly y: number;
  readonly mu: number;
  readonly sigma: number;
  readonly samples: readonly number[];
  readonly p: number;
  readonly quantile: number;
  readonly df: number;
}

function scores(file: string, prefix: string) {
  return referenceCases<number>(file)
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id, input, result }) => [id, input as unknown as ScoreInput, result] as const);
}

/** Relative to the result, 1e-12 as scores.json allows; absolute where it is 0. */
function near(actual: number, expected: number, bound = 1e-12): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(bound * Math.max(Math.abs(expected), 1e-3));
}

describe("scores.json, computed in R", () => {
  test.each(scores("scores", "crps-gaussian"))("%s", (_, { y, mu, sigma }, result) => {
    near(crps(normal(mu, sigma * sigma), y), result);
  });
  test.each(scores("scores", "logscore-gaussian"))("%s", (_, { y, mu, sigma }, result) => {
    near(-normal(mu, sigma * sigma).logDensity(y), result);
  });
  test.each(scores("scores", "pit-gaussian"))("%s", (_, { y, mu, sigma }, result) => {
    near(normal(mu, sigma * sigma).cdf(y), result);
    expect(Math.abs(normal(mu, sigma * sigma).cdf(y) / result - 1)).toBeLessThan(1e-12);
  });
  test.each(scores("scores", "crps-sample-edf"))("%s", (_, { y, samples }, result) => {
    near(crps(empirical(samples), y), result);
    near(crps(empirical(samples, Array(samples.length).fill(3)), y), result);
  });
  test.each(scores("scores", "pinball-q"))("type 7 quantile of %s", (_, { samples, p, quantile }) => {
    near(empirical(samples).quantile(p), quantile);
    near(empirical(samples, Array(samples.length).fill(0.2)).quantile(p), quantile);
  });
});

describe("distributions.json, in 40 digits", () => {
  test.each(scores("distributions", "crps-t"))("%s", (_, { df, y }, result) => {
    near(crps(studentT(0, 1, df), y), result, 1e-11);
    near(crps(studentT(5, 3, df), 5 + 3 * y), 3 * result, 1e-11);
  });
  test.each(scores("distributions", "crps-mixture"))("%s", (_, { y }, result) => {
    near(crps(mixture([normal(0, 1), normal(4, 0.01)]), y), result, 1e-11);
  });
  test.each(scores("distributions", "crps-lognormal"))("%s", (_, { mu, sigma, y }, result) => {
    near(crps(transformed(normal(mu, sigma * sigma), { kind: "log" }), y), result, 1e-11);
  });
});

/** ∫ (F(x) - 1{x >= y})² dx of counts, where F is a step function: exactly a sum. */
function bySteps(d: Distribution, y: number, last: number): number {
  let sum = Math.max(0, -y);
  for (let k = 0; k <= last; k++) {
    const below = Math.min(1, Math.max(0, y - k));
    const level = d.cdf(k);
    sum += below * level ** 2 + (1 - below) * (level - 1) ** 2;
  }
  return sum;
}

describe("counts against the sum over all of them", () => {
  test.each([
    [3, 0.5, 2],
    [3, 0.5, 2.5],
    [3, 0, 7],
    [0.2, 5, 0],
    [0.2, 5, -1.5],
    [100, 0.1, 150],
    [47, 0, 40],
    [400, 2, 10],
    [2000, 1e-4, 2000],
    [0.01, 50, 1],
  ])("mean %d, dispersion %d, at %d", (mean, dispersion, y) => {
    const d = negativeBinomial(mean, dispersion);
    near(crps(d, y), bySteps(d, y, 30_000), 1e-11);
  });

  test("a mixture of counts, by quadrature over its steps", () => {
    const d = mixture([negativeBinomial(3, 0.5), negativeBinomial(10, 0)], [1, 2]);
    near(crps(d, 4), bySteps(d, 4, 400), 1e-10);
  });

  test("large counts are next to normal", () => {
    near(crps(negativeBinomial(1e10, 0), 1e10 + 3e4), crps(normal(1e10, 1e10), 1e10 + 3e4), 1e-5);
  });
});

describe("the continuous ranked probability score by its definition", () => {
  const d = mixture([normal(0, 1), studentT(3, 0.5, 4)]);

  test("is the mean distance to y less half the mean distance of two draws", () => {
    const points = Array.from({ length: 4000 }, (_, i) => d.quantile((i + 0.5) / 4000));
    near(crps(empirical(points), 1.3), crps(d, 1.3), 1e-3);
  });

  test("of a distribution without spread is the distance to y", () => {
    expect(crps(normal(4, 0), 6)).toBe(2);
    expect(crps(empirical([4, 4]), 6)).toBe(2);
    near(crps(mixture([normal(0, 0), normal(1, 0)]), 0.25), 0.25);
  });

  test("of a Student t with many degrees of freedom is that of the normal distribution", () => {
    for (const df of [1e9, 1e15, 1e18, Number.POSITIVE_INFINITY])
      near(crps(studentT(0, 1, df), 0.4), crps(normal(0, 1), 0.4), 1e-8);
  });

  test("infinite where nothing is known or the integral does not settle", () => {
    expect(crps(diffuse(), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(crps(studentT(0, 1, 0.4), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(crps(studentT(0, 1, 0.8), 0)).toBeLessThan(2);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("a value of %d is refused", (y) => {
    expect(() => crps(d, y)).toThrowError(expect.objectContaining({ code: "bad-value" }));
  });
});
