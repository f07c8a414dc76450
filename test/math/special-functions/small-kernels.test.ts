import { describe, expect, test } from "vitest";
import { powerOfTwo } from "../../../src/math/power-of-two.js";
import { gammaExponent, log1pMinus } from "../../../src/math/special-functions/deviance.js";
import { tailIntegral } from "../../../src/math/special-functions/tail-integral.js";

test("powerOfTwo is exact for normal and subnormal numbers, and 0 or Infinity beyond", () => {
  for (let n = -1074; n <= 1023; n++) expect(powerOfTwo(n)).toBe(2 ** n);
  expect([powerOfTwo(-1075), powerOfTwo(1024)]).toEqual([0, Number.POSITIVE_INFINITY]);
});

/** Σ_{k≥2} (−1)^{k+1} x^k/k, the smallest terms first. */
function series(x: number): number {
  let sum = 0;
  for (let k = 400; k >= 2; k--) sum -= (-x) ** k / k;
  return sum;
}

describe("log1pMinus and gammaExponent keep their digits where two terms nearly cancel", () => {
  test.each([-0.39, -0.1, -1e-3, -1e-8, 1e-12, 1e-6, 0.01, 0.3, 0.59])("x = %d", (x) => {
    expect(Math.abs(log1pMinus(x) / series(x) - 1)).toBeLessThan(4e-15);
    expect(Math.abs(gammaExponent(1e6, 1e6 * (1 + x), 1e6 * x) / (1e6 * series(x)) - 1)).toBeLessThan(4e-15);
  });

  test.each([-0.9, -0.5, 0.7, 5])("x = %d, from the definition", (x) => {
    expect(log1pMinus(x)).toBeCloseTo(Math.log(1 + x) - x, 14);
    expect(gammaExponent(3, 3 * (1 + x))).toBeCloseTo(3 * Math.log(1 + x) - 3 * x, 13);
  });

  test("is 0 where x = a", () => expect(gammaExponent(7, 7)).toBe(0));
});

describe("tailIntegral", () => {
  const OPEN = { kinks: [], edge: Number.POSITIVE_INFINITY, grain: 0 };

  test.each([
    ["e^{−v}", (v: number) => Math.exp(-v), 1],
    ["v⁴e^{−v} = 4!", (v: number) => v ** 4 * Math.exp(-v), 24],
    ["a half of the normal distribution", (v: number) => Math.exp((-v * v) / 2), Math.sqrt(Math.PI / 2)],
    ["a power law, 1/(1 + v)³", (v: number) => 1 / (1 + v) ** 3, 0.5],
  ])("%s", (_, f, wanted) => {
    expect(Math.abs(tailIntegral(f, 0, OPEN, 0) / wanted - 1)).toBeLessThan(1e-5);
  });

  test("a kink is an end of a part: |v − 1|e^{−v} has 2/e", () => {
    const f = (v: number) => Math.abs(v - 1) * Math.exp(-v);
    expect(tailIntegral(f, 0, { ...OPEN, kinks: [1] }, 0)).toBeCloseTo(2 / Math.E, 6);
  });

  test("an integral without a limit is Infinity", () => {
    expect(tailIntegral((v) => Math.exp(v), 0, OPEN, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
