import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { adida, croston, imapa, tsb } from "../../../src/models/intermittent/index.js";
import { kernelLogDensity } from "../../../src/models/intermittent/kernel-density.js";

/** The same by its definition: every kernel, relative to the largest. */
function plainSum(points: Float64Array, h: number, x: number): number {
  const exponents = points.map((r) => -(((x - r) / h) ** 2) / 2);
  const largest = exponents.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const sum = exponents.reduce((total, value) => total + Math.exp(value - largest), 0);
  return largest + Math.log(sum / points.length) - Math.log(h) - Math.log(2 * Math.PI) / 2;
}

function lognormal(n: number, spread: number): Float64Array {
  const rng = random(n);
  return Float64Array.from({ length: n }, () => Math.exp(spread * standardNormal(rng)));
}

describe("the fast kernel density is the plain sum", () => {
  test.each([
    ["skewed", lognormal(3000, 0.5), 0.1],
    ["very skewed", lognormal(3000, 2), 0.3],
    ["wide kernels", lognormal(2000, 0.4), 1.5],
    ["narrow kernels", lognormal(2000, 0.4), 1e-4],
    ["ties", lognormal(2000, 0.7).map((value) => Math.ceil(2 * value) / 2), 0.08],
    ["two clusters and one point far away", Float64Array.of(...lognormal(1000, 0.1), 50, 1e6), 0.05],
    ["few points", lognormal(40, 0.5), 0.2],
  ])("%s", (_, drawn, h) => {
    const points = drawn.slice().sort();
    const rng = random(12);
    const density = kernelLogDensity(points, h);
    const ends = [points[0]!, points[points.length - 1]!];
    const between = Array.from({ length: 300 }, () => points[Math.floor(rng.uniform() * points.length)]!);
    const places = [
      ...between,
      ...between.map((r) => r + h * 3 * standardNormal(rng)),
      ...ends.flatMap((end) => [-1000, -30, -6, -4.9, -1, 1, 4.9, 6, 30, 1000].map((k) => end + k * h)),
    ];
    let worst = 0;
    for (const x of places) {
      const expected = plainSum(points, h, x);
      worst = Math.max(worst, Math.abs(density(x) - expected) / Math.max(1, Math.abs(expected)));
    }
    // Measured 3e-14.
    expect(worst).toBeLessThan(1e-12);
  });
});

test("40,000 demands of different size are fitted in seconds", () => {
  const y = lognormal(40_000, 0.6).map((value, t) => (t % 3 === 0 ? 0 : value));
  const began = process.cpuUsage();
  for (const model of [croston(), tsb(), adida(), imapa()]) model.fit(series(y));
  const { user, system } = process.cpuUsage(began);
  // 0.1.0 took 51 s for one of them.
  expect((user + system) / 1e6).toBeLessThan(12);
});
