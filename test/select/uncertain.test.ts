import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { normalQuantile } from "../../src/math/normal.js";
import { ar } from "../../src/models/ar/index.js";
import { naive } from "../../src/models/baselines/index.js";
import { uncertain } from "../../src/select/uncertain/index.js";

/** A stationary AR(1) with φ = 0.7 after 50 steps of warming up. */
function autoregression(seed: number, n: number): Float64Array {
  const rng = random(seed);
  const y = new Float64Array(n + 50);
  for (let t = 1; t < y.length; t++) y[t] = 0.7 * y[t - 1]! + normalQuantile(rng.uniform());
  return y.slice(50);
}

describe("intervals that include the uncertainty of the estimates", () => {
  test("cover more of the future of short series, and come nearer to what they say", () => {
    const horizon = 5;
    const runs = 150;
    const plain = { inside: 0 };
    const wide = { inside: 0 };
    for (let run = 0; run < runs; run++) {
      const y = autoregression(run, 20 + horizon);
      const training = series(y.slice(0, 20));
      for (const [model, tally] of [
        [ar({ order: 1 }), plain],
        [uncertain(ar({ order: 1 })), wide],
      ] as const) {
        const { lower, upper } = interval(forecast(model.fit(training), { horizon }), 90);
        for (let h = 0; h < horizon; h++)
          if (y[20 + h]! >= lower[h]! && y[20 + h]! <= upper[h]!) tally.inside++;
      }
    }
    const share = ({ inside }: { inside: number }) => inside / (runs * horizon);
    expect(share(wide)).toBeGreaterThan(share(plain) + 0.03);
    expect(Math.abs(share(wide) - 0.9)).toBeLessThan(Math.abs(share(plain) - 0.9));
  });

  test("vanish as the series grows", () => {
    const y = series(autoregression(1, 5000));
    const own = interval(forecast(ar({ order: 1 }).fit(y), { horizon: 3 }), 95);
    const wide = interval(forecast(uncertain(ar({ order: 1 })).fit(y), { horizon: 3 }), 95);
    for (let h = 0; h < 3; h++) {
      const ratio = (wide.upper[h]! - wide.lower[h]!) / (own.upper[h]! - own.lower[h]!);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    }
  });

  test("a model without a covariance is refused by name", () => {
    expect(() => uncertain(naive()).fit(series([1, 2, 3]))).toThrow(/The model naive reports no covariance/);
  });
});
