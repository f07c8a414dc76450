import { describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replay } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import {
  adida,
  croston,
  crostonProcess,
  demand,
  demandPattern,
  imapa,
  isIntermittent,
  tsb,
} from "../../../src/models/intermittent/index.js";
import { drawSize, fitSizes, sizesOf } from "../../../src/models/intermittent/sizes.js";
import { referenceCases, referenceSeries } from "../../reference.js";

/** Demand as its models see it: a chance each period, sizes 1 + a geometric count. */
function parts(n: number, chance: number, seed: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => {
    if (rng.uniform() > chance) return 0;
    return 1 + Math.floor(Math.log(rng.uniform()) / Math.log(0.6));
  });
}

// Alpha is given, so rounding only (test/reference/simple-forecasts.json).
describe("Croston's method against R's croston", () => {
  const cases = referenceCases<{ mean: number[]; fittedHead: (number | null)[] }>("simple-forecasts").filter(
    ({ id }) => id.startsWith("croston"),
  );
  test("the reference file has four cases", () => expect(cases.length).toBe(4));
  test.each(cases)("$id", ({ id, series: name, result }) => {
    const { values } = referenceSeries(name!);
    const fitted = croston(id.startsWith("croston02") ? { alpha: 0.2 } : {}).fit(series(values));
    const { mean } = forecast(fitted, { horizon: result.mean.length, paths: 20 });
    result.mean.forEach((value, h) => {
      expect(Math.abs(mean[h]! - value)).toBeLessThan(1e-9 * Math.abs(value));
    });
    const { fitted: predictions } = replay(fitted.process, fitted.params, series(values));
    // R's first values, before any demand, are missing or 0; from the second demand on they are ours.
    const second = values.findIndex((y, t) => y > 0 && values.findIndex((z) => z > 0) < t);
    result.fittedHead.forEach((value, t) => {
      if (t > second) expect(predictions[t]).toBeCloseTo(value!, 9);
    });
  });
});

describe("variants", () => {
  const y = parts(200, 0.3, 4);
  const flat = (model: ReturnType<typeof croston>) =>
    forecast(model.fit(series(y)), { horizon: 3, paths: 20 }).mean;

  test("the corrections are factors of Croston's forecast", () => {
    const plain = flat(croston({ alpha: 0.2 }))[0]!;
    expect(flat(croston({ alpha: 0.2, variant: "sba" }))[0]! / plain).toBeCloseTo(1 - 0.2 / 2, 12);
    expect(flat(croston({ alpha: 0.2, variant: "sbj" }))[0]! / plain).toBeCloseTo(1 - 0.2 / 1.8, 12);
  });

  test("tsb by its definition", () => {
    const fitted = tsb({ alpha: 0.2, beta: 0.1 }).fit(series(y));
    const sizes = y.filter((value) => value > 0);
    let size = sizes.reduce((a, b) => a + b, 0) / sizes.length;
    let chance = sizes.length / y.length;
    for (const value of y) {
      if (value > 0) size += 0.2 * (value - size);
      chance += 0.1 * ((value > 0 ? 1 : 0) - chance);
    }
    expect(forecast(fitted, { horizon: 1 }).mean[0]).toBeCloseTo(size * chance, 12);
  });

  test("tsb fades where demand ends, Croston does not", () => {
    const ended = Float64Array.of(...y, ...new Array<number>(40).fill(0));
    const mean = (model: ReturnType<typeof croston>) =>
      forecast(model.fit(series(ended)), { horizon: 1 }).mean[0]!;
    expect(mean(tsb())).toBeLessThan(0.05 * mean(croston()));
  });

  test("adida with one-period blocks is smoothing; its blocks end with the series", () => {
    const dense = y.map((value) => value + 1);
    const fitted = adida().fit(series(dense));
    const { aggregations } = fitted.params;
    expect(aggregations).toEqual([expect.objectContaining({ width: 1, skip: 0 })]);
    const sparse = adida().fit(series(y)).params;
    expect(sparse.aggregations[0]!.width).toBe(Math.round(200 / y.filter((value) => value > 0).length));
    expect(sparse.aggregations[0]!.skip).toBe(200 % sparse.aggregations[0]!.width);
  });

  test("imapa averages its aggregations", () => {
    const fitted = imapa().fit(series(y));
    const { aggregations } = fitted.params;
    const { levels } = fitted.state;
    const average =
      aggregations.reduce((sum, { width }, i) => sum + levels[i]! / width, 0) / aggregations.length;
    expect(forecast(fitted, { horizon: 2, paths: 20 }).mean[1]).toBeCloseTo(average, 12);
  });

  test("auto takes the most likely smoothing", () => {
    const chosen = croston({ alpha: "auto" }).fit(series(y));
    for (const alpha of [0.02, 0.1, 0.3]) {
      expect(chosen.report.logLikelihood).toBeGreaterThanOrEqual(
        croston({ alpha }).fit(series(y)).report.logLikelihood,
      );
    }
  });
});

describe("forecast distributions", () => {
  test.each([croston(), tsb(), adida(), imapa()])(
    "the fast roll of $notation draws the plain roll's numbers, bit for bit",
    (model) => {
      const fitted = model.fit(series(parts(120, 0.35, 8)));
      const inputs = Array.from({ length: 9 }, () => new Float64Array(0));
      const plain = rollStepwise(fitted.process, fitted.params, fitted.state, inputs, pathStreams(3, 40));
      expect(simulate(fitted, { horizon: 9, paths: 40, seed: 3 }).values).toEqual(plain.values);
    },
  );

  test.each([tsb(), adida(), imapa()])(
    "the paths of $notation keep the flat forecast as their mean",
    (model) => {
      const fitted = model.fit(series(parts(120, 0.35, 8)));
      const { mean } = forecast(fitted, { horizon: 9, paths: 10 });
      const { values } = simulate(fitted, { horizon: 9, paths: 20_000, seed: 2 });
      for (let h = 0; h < 9; h++) {
        const column = Float64Array.from({ length: 20_000 }, (_, i) => values[9 * i + h]!);
        const average = column.reduce((sum, value) => sum + value, 0) / column.length;
        const sd = Math.sqrt(column.reduce((sum, value) => sum + (value - average) ** 2, 0) / column.length);
        expect(Math.abs(average - mean[h]!)).toBeLessThan((5 * sd) / Math.sqrt(column.length));
      }
    },
  );

  // Demand drawn from the model itself: 90 % of what follows is at or below the 90 % quantile, give or take.
  test("they hold what they say for demand of their kind", () => {
    let below = 0;
    let all = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const y = parts(140, 0.3, seed);
      const ahead = forecast(tsb().fit(series(y.subarray(0, 128))), { horizon: 12, paths: 400 });
      ahead.distributions.forEach((distribution, h) => {
        all++;
        if (y[128 + h]! <= distribution.quantile(0.9)) below++;
      });
    }
    // At or below: counts jump over 90 %. 720 values, three standard errors.
    expect(below / all).toBeGreaterThan(0.9 - 0.034);
    expect(below / all).toBeLessThan(0.985);
  });

  test("a demand's quantiles, cdf and probabilities fit together", () => {
    const d = demand(0.3, 4, { kind: "counts", dispersion: 0.5 });
    expect(d.quantile(0.7)).toBe(0);
    expect(d.quantile(0.7001)).toBe(1);
    let sum = 0;
    let mean = 0;
    let square = 0;
    for (let k = 0; k <= 200; k++) {
      const p = Math.exp(d.logDensity(k));
      sum += p;
      mean += k * p;
      square += k * k * p;
      expect(d.cdf(k)).toBeCloseTo(sum, 12);
    }
    expect(mean).toBeCloseTo(d.mean, 10);
    expect(square - mean * mean).toBeCloseTo(d.variance, 9);
    for (const p of [0.71, 0.9, 0.99]) expect(d.cdf(d.quantile(p))).toBeGreaterThanOrEqual(p);
  });

  test("sizes drawn from a uniform number are its quantile", () => {
    for (const model of [
      { kind: "counts", dispersion: 0.7 },
      { kind: "counts", dispersion: 0 },
      { kind: "scaled", ratios: Float64Array.of(0.5, 1, 1.5), bandwidth: 0.1 },
    ] as const) {
      for (const u of [0.01, 0.2, 0.5, 0.83, 0.999]) {
        expect(drawSize(model, 6, u)).toBeCloseTo(sizesOf(model, 6).quantile(u), 9);
      }
    }
  });

  test("sizes that vary less than counts would keep their own ratios", () => {
    expect(fitSizes([10, 11, 10, 9, 10], [10, 10, 10, 10, 10]).kind).toBe("scaled");
    expect(fitSizes([2.5, 1.1, 3.7], [2, 2, 2]).kind).toBe("scaled");
    expect(fitSizes([1, 9, 2, 14, 1], [5, 5, 5, 5, 5]).kind).toBe("counts");
  });
});

describe("patterns of demand", () => {
  test("the four kinds of Syntetos, Boylan and Croston", () => {
    expect(demandPattern([3, 4, 3, 4, 3]).kind).toBe("smooth");
    expect(demandPattern([1, 9, 1, 14, 1]).kind).toBe("erratic");
    expect(demandPattern([0, 3, 0, 0, 3, 0, 4]).kind).toBe("intermittent");
    expect(demandPattern([0, 1, 0, 0, 20, 0, 1]).kind).toBe("lumpy");
    expect(demandPattern([0, 0]).kind).toBe("none");
    const { interval, variation } = demandPattern([0, 2, 0, 4, Number.NaN, 0, 0]);
    expect(interval).toBe(3);
    expect(variation).toBeCloseTo(2 / 9, 12);
  });

  test("intermittent or not", () => {
    expect(isIntermittent(referenceSeries("intermittent").values)).toBe(true);
    expect(isIntermittent(referenceSeries("lynx").values)).toBe(false);
    expect(isIntermittent([0, -3, 0, 0, 3])).toBe(false);
    expect(() => demandPattern([0, -3, 0, 0, 3])).toThrow(/cannot be negative/);
    expect(isIntermittent([0, 0, 0])).toBe(false);
  });
});

describe("series at the edges", () => {
  test("no demand at all is forecast as none, and said", () => {
    for (const model of [croston(), tsb(), adida(), imapa()]) {
      const fitted = model.fit(series(new Float64Array(30)));
      const ahead = forecast(fitted, { horizon: 3, paths: 50 });
      expect([...ahead.mean]).toEqual([0, 0, 0]);
      expect(ahead.distributions[2]!.quantile(0.975)).toBe(0);
      expect(fitted.report.notes.map(({ code }) => code)).toContain("no-demand");
    }
  });

  test("one demand in a hundred periods", () => {
    const y = new Float64Array(100);
    y[60] = 5;
    for (const model of [croston(), tsb(), adida(), imapa()]) {
      const { mean } = forecast(model.fit(series(y)), { horizon: 2, paths: 50 });
      expect(mean[0]).toBeGreaterThan(0);
      expect(mean[0]).toBeLessThan(0.3);
    }
  });

  test("negative demand and too little of it are refused", () => {
    expect(() => croston().fit(series([0, 2, -1, 0]))).toThrow(
      /cannot be negative, but row 3 of series is -1/,
    );
    expect(() => adida().fit(series([3]))).toThrow(YuleError);
    expect(() => croston({ alpha: 0 })).toThrow(/above 0 and at most 1, not 0/);
  });

  test("a missing period neither lengthens the interval nor is a demand", () => {
    const with9 = croston().fit(series([0, 3, 0, 0, Number.NaN, 2, 0]));
    const without = croston().fit(series([0, 3, 0, 0, 2, 0]));
    expect(with9.state).toEqual(without.state);
    expect(crostonProcess.kind).toBe("croston");
  });
});
