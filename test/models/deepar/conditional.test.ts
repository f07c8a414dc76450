import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { crps } from "../../../src/distributions/crps.js";
import { negativeBinomial } from "../../../src/distributions/families/negative-binomial.js";
import { normal } from "../../../src/distributions/families/normal.js";
import { studentT } from "../../../src/distributions/families/student-t.js";
import { conditionalOf } from "../../../src/models/network/stepping/conditional.js";
import type { Likelihood } from "../../../src/neural/heads/head.js";
import { loadKernel } from "../../../src/neural/kernel/load.js";

type Raw = readonly [number, number, number];

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const of = (likelihood: Likelihood, low: number | null, high: number | null) =>
  ({ likelihood, low, high }) as never;

/** What the head's outputs mean, written with the distributions of yule. */
const MEANINGS = {
  "student-t": (raw: Raw, scale: number) =>
    studentT(scale * raw[1], scale * softplus(raw[2]), 2 + softplus(raw[0])),
  normal: (raw: Raw, scale: number) => normal(scale * raw[0], (scale * softplus(raw[1])) ** 2),
  "negative-binomial": (raw: Raw, scale: number) =>
    negativeBinomial(scale * softplus(raw[0]), softplus(raw[1]) / Math.sqrt(scale)),
} as const;

const RAWS: readonly Raw[] = [
  [0, 0, 0],
  [4, 1.2, -1],
  [-3, -0.7, 2],
  [1.5, 0.3, -3],
];

describe.each(["student-t", "normal", "negative-binomial"] as const)("%s", (likelihood) => {
  // Float32 heads against float64 distributions: 2e-5, as for the reference numbers; counts are float64 throughout
  // but for the floors of 1e-10 and 1e-6 that keep them from degenerating.
  test("the kernel's loss is −log p of the conditional, and of yule's own distribution", () => {
    const kernel = loadKernel("strict", 256);
    for (const raw of RAWS) {
      for (const y of [0, 1, 3, 40]) {
        const scale = 3.7;
        const counts = likelihood === "negative-binomial";
        kernel.cells.set(raw, 0);
        kernel.cells[16] = counts ? y : y / scale;
        kernel.cells[32] = 1;
        kernel.cells.fill(scale, 64, 68);
        const loss =
          likelihood === "student-t"
            ? kernel.studentTLoss(4, 0, 16, 32, 48)
            : likelihood === "normal"
              ? kernel.normalLoss(4, 0, 16, 32, 48)
              : kernel.negativeBinomialLoss(4, 0, 16, 32, 64, 48);
        const inUnits = counts ? -loss : -loss - Math.log(scale);
        const expected = MEANINGS[likelihood](raw, scale).logDensity(y);
        const found = conditionalOf(of(likelihood, null, null), raw, scale).logDensity(y);
        expect(Math.abs(inUnits - expected)).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected)));
        expect(Math.abs(found - expected)).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected)));
      }
    }
  });
});

test("the CRPS is that of yule's own distribution; within bounds that of its cdf", () => {
  for (const likelihood of ["student-t", "normal", "negative-binomial"] as const) {
    const free = conditionalOf(of(likelihood, null, null), [1.5, 0.3, -1], 2);
    const own = MEANINGS[likelihood]([1.5, 0.3, -1], 2);
    expect(crps(free, 3)).toBeCloseTo(crps(own, 3), 5);
    if (likelihood === "negative-binomial") continue;
    const bounded = conditionalOf(of(likelihood, 0, 4), [1.5, 0.3, -1], 2);
    const grid = 40_000;
    let sum = 0;
    for (let i = 0; i < grid; i++) {
      const x = (4 * (i + 0.5)) / grid;
      sum += (4 / grid) * (bounded.cdf(x) - (x >= 3 ? 1 : 0)) ** 2;
    }
    expect(crps(bounded, 3)).toBeCloseTo(sum, 4);
  }
});

test("the CRPS of counts with a greatest value", () => {
  const capped = conditionalOf(of("negative-binomial", 0, 6), [1.5, 0.2, 0], 2);
  let sum = 0;
  for (let k = 0; k < 6; k++) sum += (capped.cdf(k) - (k >= 3 ? 1 : 0)) ** 2;
  expect(crps(capped, 3)).toBeCloseTo(sum, 4);
});

describe("bounds", () => {
  const cases: [Likelihood, Raw, number | null, number | null][] = [
    ["student-t", [12, 0.4, 0.3], 0, null],
    ["student-t", [12, 0.4, 0.3], null, 2],
    ["student-t", [12, 0.4, 0.3], 0, 2],
    ["student-t", [12, -4, 0.3], 0, null],
    ["normal", [0.4, 0.3, 0], 0, null],
    ["normal", [0.4, 0.3, 0], -1, 3],
  ];

  test.each(cases)(
    "%s %j within %s and %s: mean and variance are those of its cdf",
    (kind, raw, low, high) => {
      const bounded = conditionalOf(of(kind, low, high), raw, 2);
      // E Y = ∫₀(1−F) − ∫⁰F and E Y² = 2∫₀y(1−F) − 2∫⁰yF, over a grid that reaches far into the tails.
      const above = (y: number) => 1 - bounded.cdf(y);
      const mean =
        integral((y) => above(y), high) - integral((y) => bounded.cdf(-y), low === null ? null : -low);
      const square =
        2 * integral((y) => y * above(y), high) +
        2 * integral((y) => y * bounded.cdf(-y), low === null ? null : -low);
      expect(Math.abs(bounded.mean - mean)).toBeLessThan(1e-6 * (1 + Math.abs(mean)));
      expect(Math.abs(bounded.variance - (square - mean * mean))).toBeLessThan(1e-6 * (1 + square));
      const rng = random(1);
      for (let i = 0; i < 200; i++) {
        const y = bounded.sample(rng);
        expect(y).toBeGreaterThanOrEqual(low ?? -Infinity);
        expect(y).toBeLessThanOrEqual(high ?? Infinity);
      }
      if (low !== null) expect(bounded.cdf(low - 1e-9)).toBe(0);
      if (high !== null) expect(bounded.cdf(high)).toBe(1);
    },
  );
});

/** ∫ f over [0, end], end null for infinity, by Simpson's rule in u with y = sinh u. */
function integral(f: (y: number) => number, end: number | null): number {
  const top = Math.asinh(end ?? 1e7);
  const n = 20_000;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const u = (top * i) / n;
    // The cdf jumps at the bound itself, which has no width.
    const y = i === n ? Math.sinh(u) * (1 - 1e-12) : Math.sinh(u);
    sum += (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * f(y) * Math.cosh(u);
  }
  return (sum * top) / n / 3;
}

test("counts with a greatest value: all mass beyond it lies on it", () => {
  const raw: Raw = [1.5, 0.2, 0];
  const free = conditionalOf(of("negative-binomial", 0, null), raw, 2);
  const capped = conditionalOf(of("negative-binomial", 0, 6), raw, 2);
  const share = (k: number) => (k < 6 ? Math.exp(free.logDensity(k)) : 1 - free.cdf(5));
  const mean = [0, 1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + k * share(k), 0);
  const square = [0, 1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + k * k * share(k), 0);
  expect(capped.mean).toBeCloseTo(mean, 10);
  expect(capped.variance).toBeCloseTo(square - mean * mean, 10);
  expect(capped.quantile(0.999999)).toBe(6);
  expect(capped.cdf(6)).toBe(1);
});
