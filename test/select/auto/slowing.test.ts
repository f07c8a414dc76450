import { describe, expect, it } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { isSlowing } from "../../../src/select/auto/features/slowing.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

/** Values about a curve with noise of 2 % of 1,000. */
function about(curve: (t: number) => number, n: number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, (_, t) => curve(t) + 20 * standardNormal(rng));
}

const logistic = (t: number) => 1000 / (1 + Math.exp(-0.2 * (t - 22)));

const shareOf = (draw: (seed: number) => Float64Array) =>
  Array.from({ length: 200 }, (_, seed) => isSlowing(draw(seed + 1))).filter(Boolean).length / 200;

describe("a trend that wears off", () => {
  it("is found in growth that approaches a limit, up or down", () => {
    expect(shareOf((seed) => about(logistic, 40, seed))).toBeGreaterThan(0.95);
    expect(shareOf((seed) => about((t) => -logistic(t), 40, seed))).toBeGreaterThan(0.95);
  });

  it("is hardly found in lines, noise, and growth that goes on", () => {
    expect(shareOf((seed) => about((t) => 20 * t, 40, seed))).toBeLessThan(0.02);
    expect(shareOf((seed) => about(() => 500, 40, seed))).toBeLessThan(0.02);
    expect(shareOf((seed) => about((t) => 100 * 1.06 ** t, 40, seed))).toBeLessThan(0.02);
    expect(shareOf((seed) => about(logistic, 24, seed))).toBeLessThan(0.02);
  });

  it("is not carried far beyond its limit", () => {
    const errors = Array.from({ length: 10 }, (_, k) => {
      const fitted = auto().fit(series(about(logistic, 38, k + 1)));
      const { median } = forecast(fitted, { horizon: 10 });
      return median[9]! - logistic(47);
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(120);
  });
});
