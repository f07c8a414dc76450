import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { gammaDraw } from "../../src/math/gamma-draw.js";
import { poissonDraw } from "../../src/math/poisson-draw.js";
import { countCdf } from "../../src/math/special-functions/counts.js";
import { gammaLower } from "../../src/math/special-functions/gamma.js";

const N = 40_000;

/** Kolmogorov's distance between draws and a distribution function, times √n: above 2 once in 1500 times. */
function distance(draws: number[], cdf: (x: number) => number): number {
  draws.sort((a, b) => a - b);
  let worst = 0;
  for (let i = 0; i < N; i++) {
    if (i + 1 < N && draws[i + 1] === draws[i]) continue;
    worst = Math.max(worst, Math.abs((i + 1) / N - cdf(draws[i]!)));
  }
  return worst * Math.sqrt(N);
}

describe("draws follow their distribution function", () => {
  test.each([0.05, 0.7, 1, 4.5, 1000])("gamma with shape %d", (shape) => {
    const rng = random(17);
    const draws = Array.from({ length: N }, () => gammaDraw(rng, shape));
    expect(distance(draws, (x) => gammaLower(shape, x))).toBeLessThan(2);
  });

  test.each([0.3, 9.9, 10, 47, 1e5, 1e10])("Poisson with mean %d", (mean) => {
    const rng = random(23);
    const draws = Array.from({ length: N }, () => poissonDraw(rng, mean));
    expect(draws.every((k) => Number.isInteger(k) && k >= 0)).toBe(true);
    expect(distance(draws, (k) => countCdf(k, mean, 0))).toBeLessThan(2);
  });

  test("a Poisson mean of 0 gives 0", () => {
    expect(poissonDraw(random(1), 0)).toBe(0);
  });
});
