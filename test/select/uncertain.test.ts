import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Model } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { normalQuantile } from "../../src/math/special-functions/normal.js";
import { ar } from "../../src/models/ar/index.js";
import { arima } from "../../src/models/arima/index.js";
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

describe("arima", () => {
  test("covers more of the future of short series with a moving average too", () => {
    const horizon = 5;
    const runs = 60;
    const inside = { plain: 0, wide: 0 };
    for (let run = 0; run < runs; run++) {
      const rng = random(1000 + run);
      const e = Float64Array.from({ length: 22 + horizon }, () => normalQuantile(rng.uniform()));
      const y = Float64Array.from({ length: 20 + horizon }, (_, t) => 10 + e[t + 2]! + 0.6 * e[t + 1]!);
      const training = series(y.slice(0, 20));
      const model = arima({ order: [1, 0, 1] });
      for (const [name, own] of [
        ["plain", model],
        ["wide", uncertain(model)],
      ] as const) {
        const { lower, upper } = interval(forecast(own.fit(training), { horizon }), 90);
        for (let h = 0; h < horizon; h++)
          if (y[20 + h]! >= lower[h]! && y[20 + h]! <= upper[h]!) inside[name]++;
      }
    }
    const share = (count: number) => count / (runs * horizon);
    expect(share(inside.wide)).toBeGreaterThan(share(inside.plain) + 0.02);
    expect(share(inside.wide)).toBeLessThan(0.97);
  });

  test("a pure autoregression is as uncertain as by exact maximum likelihood", () => {
    const y = series(autoregression(4, 60));
    const width = (model: Model) => {
      const { lower, upper } = interval(forecast(uncertain(model).fit(y), { horizon: 4 }), 95);
      return upper[3]! - lower[3]!;
    };
    // The two covariances differ by their Hessians (observed information of other parameters), the draws are the same.
    const ratio = width(arima({ order: [1, 0, 0] })) / width(ar({ order: 1, method: "mle" }));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  test("inputs and drift are drawn too", () => {
    const rng = random(8);
    const x = Float64Array.from({ length: 60 }, () => rng.uniform());
    const y = x.map((value, t) => 3 * value + 0.2 * t + normalQuantile(rng.uniform()));
    const model = arima({ order: [1, 0, 0], drift: true });
    const fitted = series(y, { inputs: { x } });
    const inputs = { x: [1, 0, 1] };
    const own = interval(forecast(model.fit(fitted), { horizon: 3, inputs }), 95);
    const wide = interval(forecast(uncertain(model).fit(fitted), { horizon: 3, inputs }), 95);
    for (let h = 0; h < 3; h++)
      expect(wide.upper[h]! - wide.lower[h]!).toBeGreaterThan(own.upper[h]! - own.lower[h]!);
  });
});
