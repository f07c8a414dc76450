import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Fitted } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { demandPattern, isIntermittent } from "../../src/models/intermittent/index.js";
import { candidatesFor } from "../../src/select/auto/candidates.js";
import { auto } from "../../src/select/auto/index.js";
import { traitsOf } from "../../src/select/auto/traits.js";
import { parseModel } from "../../src/select/catalogue.js";
import { strayFactors, weightsByLoss } from "../../src/select/ensemble/weights.js";

/** Values around a curve, with noise of their own seed, so that no case depends on another. */
function noisy(n: number, at: (t: number) => number, seed = 1): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, (_, t) => at(t) + standardNormal(rng));
}
const wave = (period: number) => (t: number) => 50 + 10 * Math.sin((2 * Math.PI * t) / period);
const membersOf = (fitted: Fitted) => fitted.report.details.members as { model: string; weight: number }[];
const weightOf = (fitted: Fitted, pattern: RegExp) =>
  membersOf(fitted).reduce((sum, { model, weight }) => sum + (pattern.test(model) ? weight : 0), 0);

describe("the seasons that models reckon with", () => {
  test.each([
    [[], noisy(30, () => 9), 1],
    [[], noisy(20, wave(12)), 12],
    [[12], noisy(60, wave(12)), 12],
    [[7], noisy(1200, wave(7)), 7],
    [[7, 365], noisy(1200, (t) => wave(7)(t) + wave(365)(t)), 7],
    [[52], noisy(150, wave(52)), 52],
    [[24], noisy(520, wave(24)), 24],
    [[24, 168], noisy(520, (t) => wave(24)(t) + (t % 168 < 120 ? 5 : 0)), 24],
  ] as const)("%j", (periods, y, period) => {
    expect(traitsOf(series(y, { period })).periods).toEqual(periods);
  });
  test("logarithms are for values above 0 only", () => {
    for (const [y, expected] of [
      [noisy(60, wave(12)), true],
      [noisy(60, () => 0), false],
    ] as const) {
      const notations = candidatesFor(traitsOf(series(y, { period: 12 }))).map(({ model }) => model.notation);
      expect(notations.some((notation) => notation.startsWith("log("))).toBe(expected);
    }
  });
  test("with inputs only models that use them take part", () => {
    const y = noisy(60, wave(12));
    const fitted = auto().fit(series(y, { period: 12, inputs: { promo: y.map((_, t) => t % 5) } }));
    expect(fitted.report.notes[0]!.message).toMatch(/^auto: series with inputs promo\./);
    expect(fitted.report.notes.some(({ code }) => code === "inputs-ignored")).toBe(false);
    expect(fitted.origin.inputNames).toEqual(["promo"]);
  });
  test("rows without a value need no input", () => {
    const y = noisy(120, () => 10).map((value, t) => (t % 40 === 31 ? Number.NaN : value + 3 * (t % 5)));
    const promo = y.map((value, t) => (Number.isNaN(value) ? Number.NaN : t % 5));
    const fitted = auto().fit(series(y, { period: 7, inputs: { promo } }));
    const { mean } = forecast(fitted, { horizon: 5, inputs: { promo: [0, 1, 2, 3, 4] } });
    expect(mean[4]! - mean[0]!).toBeGreaterThan(6);
  });
  test("positions of the season that were never observed are told, and wide", () => {
    const y = noisy(84, wave(7)).map((value, t) => (t % 7 === 6 ? Number.NaN : 50 + value));
    const ahead = forecast(auto().fit(series(y, { period: 7 })), { horizon: 14 });
    const widths = ahead.distributions.map((one) => one.quantile(0.9) - one.quantile(0.1));
    const usual = Math.max(...widths.filter((_, h) => h % 7 !== 6));
    expect(Math.min(widths[6]!, widths[13]!)).toBeGreaterThan(2 * usual);
    const told = ahead.notes.filter(({ code, minor }) => code === "unseen-positions" && minor !== true);
    expect(told).toHaveLength(1);
    expect(told[0]!.message).toContain("rows 7, 14");
  });
  test("a long season is taken only where there is one", () => {
    const [noise, day] = [
      noisy(1200, () => 50),
      noisy(1200, (t) => 50 + 3 * Math.sin((2 * Math.PI * t) / 288)),
    ];
    const saidOf = (y: Float64Array) => auto().fit(series(y, { period: 288 })).report.notes[0]!.message;
    expect(saidOf(noise)).toMatch(/^auto: non-seasonal series/);
    expect(saidOf(day)).toMatch(/^auto: seasonal series \(period 288\)/);
  });
  test("a price that seldom changes stays what it is", () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => (t < 23 ? 12.5 : t < 51 ? 13.9 : 14.9));
    const { median } = forecast(auto().fit(series(y)), { horizon: 10 });
    for (const value of median) expect(Math.abs(value - 14.9)).toBeLessThan(0.05);
  });
  test("a seasonal decline of amounts whose spread shrinks with them stays above 0", () => {
    const errors = noisy(72, () => 0);
    const y = Float64Array.from(errors, (e, t) => {
      const level = 400 * Math.exp(-0.02 * t - 0.0005 * t * t);
      return level * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12)) * Math.exp(0.03 * e);
    });
    const { median, distributions } = forecast(auto().fit(series(y, { period: 12 })), { horizon: 24 });
    for (const value of median) expect(value).toBeGreaterThan(0);
    for (const distribution of distributions) {
      expect(distribution.quantile(0.1)).toBeGreaterThanOrEqual(0);
      expect(distribution.quantile(0.9)).toBeLessThan(200);
    }
  });
  test("a long cycle with zeros is forecast by an autoregression", () => {
    const errors = noisy(240, () => 0);
    const y = errors.map((e, t) => Math.max(0, 40 + 60 * Math.sin((2 * Math.PI * t) / 11) + 8 * e));
    const weight = weightOf(auto().fit(series(y)), /^(ar\(|arima\([1-9])/);
    expect(weight).toBeGreaterThan(0.8);
  });
  test.each([3, 4, 5])("intervals of %i values near a line hold what comes", (n) => {
    let held = 0;
    let count = 0;
    for (let seed = 0; seed < 20; seed++) {
      const errors = noisy(n + 4, () => 0, seed + 1);
      const y = errors.map((e, t) => 100 + t + 0.05 * e);
      const { distributions } = forecast(auto().fit(series(y.slice(0, n))), { horizon: 4 });
      distributions.forEach((distribution, h) => {
        const below = distribution.cdf(y[n + h]!);
        if (below >= 0.1 && below <= 0.9) held++;
        count++;
      });
    }
    // Before, 0 % of three values.
    expect(held / count).toBeGreaterThan(0.6);
  });
  test("the 95 % interval of three values stays within some ranges of them", () => {
    const { distributions } = forecast(auto().fit(series([54, 74, 61])), { horizon: 10 });
    // Before, 689 three steps ahead and 1606 ten steps ahead.
    expect(distributions[2]!.quantile(0.975)).toBeLessThan(74 + 5 * 20);
    expect(distributions[9]!.quantile(0.975)).toBeLessThan(74 + 20 * 20);
  });
  test("one demand among zeros is no forecast without error", () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => (t === 20 ? 1 : 0));
    expect(auto().fit(series(y)).report.notes[0]!.message).not.toContain("without error");
  });
  test("what single members have to say is a detail", () => {
    const { notes } = auto().fit(series(noisy(80, wave(12)), { period: 12 })).report;
    expect(notes.filter(({ minor }) => minor !== true).map(({ code }) => code)).toEqual(["auto-choice"]);
    expect(notes.some(({ code, minor }) => code === "calibrated-intervals" && minor === true)).toBe(true);
  });
});

describe("weights", () => {
  /** What a member missed from each origin, one value each. */
  const missed = (...losses: number[]) => losses.map((loss) => ({ sum: Math.sqrt(loss), weight: 1 }));

  test("fall with the squared log ratio of the losses, the faster the more evidence there is", () => {
    const scattered = (factor: number) => missed(factor * 9, factor * 0.01, factor * 9, factor * 0.01);
    const even = missed(2.4, 2.4, 2.4, 2.4);
    const [best, worse] = weightsByLoss([even, scattered(1.2)], 1e9, 1, 100).weights;
    const ratio = Math.log((1.2 * ((3 + 0.1) / 2) ** 2) / 2.4);
    expect(worse! / best!).toBeCloseTo(Math.exp(-0.5 * (ratio / 0.3) ** 2), 6);
    const few = weightsByLoss([missed(1, 1), missed(2, 2)], 1, 1, 100).weights;
    expect(few[1]! / few[0]!).toBeCloseTo(Math.exp((-0.5 * Math.log(2) ** 2) / (0.09 + 1)), 6);
  });
  test("fall sooner for a member that was worse from every origin", () => {
    const leader = missed(1, 4, 1, 4, 1, 4, 1, 4);
    const steady = missed(1.21, 4.84, 1.21, 4.84, 1.21, 4.84, 1.21, 4.84);
    const unsteady = missed(0.36, 6.25, 0.64, 6.25, 0.36, 6.25, 0.64, 6.25);
    const [, always, sometimes] = weightsByLoss([leader, steady, unsteady], 1e9, 1, 100).weights;
    expect(always!).toBeLessThan(0.3);
    expect(sometimes!).toBeGreaterThan(0.7);
    const [, ofFew] = weightsByLoss([leader, steady], 1e9, 1, 40).weights;
    expect(ofFew!).toBeGreaterThan(2 * always!);
  });
  test("are equal without a past, and those of the middle one where a member has none", () => {
    expect(weightsByLoss([missed(1), missed(2), missed(4)], 0, 1, 100).weights).toEqual([1, 1, 1]);
    expect(weightsByLoss([[], missed(2), missed(2)], 10, 1, 100).weights).toEqual([1, 1, 1]);
  });
  test("are only for exact members where there are any", () => {
    const members = [missed(1e-12), missed(0.5), missed(0)];
    expect(weightsByLoss(members, 50, 1, 100)).toEqual({ weights: [1, 0, 1], exact: true });
  });
  test("vanish for a member that leaves the range of the data, not for one that is far from the others", () => {
    const data = Float64Array.of(0, 5, 10);
    const path = (median: number, reach = 2) => ({
      medians: [median],
      lower: [median - reach],
      upper: [median + reach],
    });
    const factors = strayFactors([path(5), path(6), path(4), path(8), path(500), path(5, 900)], data, 0);
    expect(factors[4]).toBeLessThan(1e-5);
    expect(factors[5]).toBeLessThan(1e-3);
    expect(factors.slice(0, 4)).toEqual([1, 1, 1, 1]);
  });
  test("of an ensemble prefer the member that was right", () => {
    const fitted = parseModel("ensemble(drift,mean, weights=errors)").fit(series(noisy(120, (t) => 3 * t)));
    const [first, ...rest] = membersOf(fitted);
    expect(first).toMatchObject({ model: "drift" });
    expect(first!.weight + rest.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(first!.weight).toBeGreaterThan(0.95);
  });
});

describe("auto ends in a finite forecast, whatever the series", () => {
  const cases: [string, number[] | Float64Array, number][] = [
    ["one value", [3], 12],
    ["two values", [3, 4], 12],
    ["two values far apart", [100, 110], 12],
    ["three growing values", [10, 20, 40], 12],
    ["seven values", [3, 4, 2, 5, 6, 4, 7], 4],
    ["nine growing values", [1000, 1200, 1100, 1500, 1400, 1800, 2100, 2000, 2600], 12],
    ["all zeros", new Array(40).fill(0), 12],
    ["one demand among zeros", Array.from({ length: 100 }, (_, t) => (t === 60 ? 5 : 0)), 12],
    ["constant", new Array(50).fill(7), 4],
    ["below zero", noisy(60, () => -20), 12],
    ["shorter than two seasons", noisy(18, wave(12)), 12],
    ["a period longer than the series", noisy(18, wave(12)), 52],
    ["huge", noisy(50, wave(12)).map((y) => 1e12 * y), 12],
    ["tiny", noisy(50, wave(12)).map((y) => 1e-12 * y), 12],
    ["half missing", noisy(80, wave(12)).map((y, t) => (t % 2 === 0 ? Number.NaN : y)), 12],
    ["a step", Array.from({ length: 60 }, (_, t) => (t < 30 ? 1 : 100)), 12],
    ["two weeks closed", noisy(60, () => 2000).map((y, t) => (t > 40 && t < 55 ? 0 : y)), 7],
    [
      "nearly nothing on one day in a hundred",
      noisy(200, () => 2000).map((y, t) => (t % 97 === 50 ? 1 : y)),
      7,
    ],
  ];
  test.each(cases)("%s", (_, y, period) => {
    const fitted = auto().fit(series(y, { period }));
    expect(fitted.notation).toBe("auto");
    expect(fitted.report.notes[0]!.code).toBe("auto-choice");
    const ahead = forecast(fitted, { horizon: 24, paths: 200 });
    const { lower, upper } = interval(ahead, 80);
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of y) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    const slack = 3 * (highest - lowest || Math.abs(highest));
    ahead.mean.forEach((mean, h) => {
      expect(mean).toBeGreaterThanOrEqual(lowest - slack);
      expect(mean).toBeLessThanOrEqual(highest + slack);
      if (/intermittent/.test(fitted.report.notes[0]!.message)) return;
      expect(lower[h]).toBeLessThanOrEqual(mean + 1e-9 * Math.abs(mean));
      expect(upper[h]).toBeGreaterThanOrEqual(mean - 1e-9 * Math.abs(mean));
    });
  });
  test("growth by half each step", () => {
    const y = Array.from({ length: 40 }, (_, t) => 1.5 ** t);
    const ahead = forecast(auto().fit(series(y)), { horizon: 5 });
    ahead.mean.forEach((mean, h) => {
      expect(mean / 1.5 ** (40 + h)).toBeCloseTo(1, 2);
    });
  });
  test("no observed value is refused", () => {
    expect(() => auto().fit(series([Number.NaN, Number.NaN]))).toThrow(/observed/);
  });
});

describe("kinds are decided by past errors", () => {
  test("a straight line goes on, with no width", () => {
    for (const n of [5, 8, 20]) {
      const ahead = forecast(auto().fit(series(Array.from({ length: n }, (_, t) => t + 1))), { horizon: 3 });
      expect([...ahead.mean]).toEqual([n + 1, n + 2, n + 3].map((value) => expect.closeTo(value, 9)));
      const { lower, upper } = interval(ahead, 95);
      expect(upper[2]! - lower[2]!).toBeLessThan(1e-6);
    }
  });
  test("closed on three days of the week: a weekly pattern, not intermittent demand", () => {
    const rng = random(5);
    const y = Float64Array.from({ length: 210 }, (_, t) =>
      t % 7 < 3 ? 0 : 80 + 5 * (t % 7) + 6 * standardNormal(rng),
    );
    const fitted = auto().fit(series(y, { period: 7 }));
    expect(weightOf(fitted, /^(tsb|imapa|croston)/)).toBeLessThan(0.05);
    const { mean } = forecast(fitted, { horizon: 14 });
    mean.forEach((value, h) => {
      const closed = h % 7 < 3;
      expect(Math.abs(value - (closed ? 0 : 80 + 5 * (h % 7)))).toBeLessThan(closed ? 6 : 12);
    });
  });
  test("zeros without a pattern: intermittent demand", () => {
    const rng = random(6);
    const y = Float64Array.from({ length: 200 }, () =>
      rng.uniform() < 0.7 ? 0 : 1 + Math.floor(4 * rng.uniform()),
    );
    const fitted = auto().fit(series(y, { period: 7 }));
    expect(weightOf(fitted, /^(tsb|imapa|croston)/)).toBeGreaterThan(0.5);
    expect(fitted.report.notes[0]!.message).toMatch(
      /^auto: seasonal series \(period 7\), intermittent \(69 % zeros\)/,
    );
  });
  test.each([0.2, 0.24, 0.275, 0.35, 0.6])(
    "%d of zeros: intermittent where isIntermittent says so",
    (share) => {
      const rng = random(8);
      const y = Float64Array.from({ length: 80 }, (_, t) =>
        (t * 37) % 80 < 80 * share ? 0 : 5 + 3 * rng.uniform(),
      );
      const { message } = auto().fit(series(y)).report.notes[0]!;
      expect(message.includes("intermittent")).toBe(isIntermittent(y));
      expect(isIntermittent(y)).toBe(["intermittent", "lumpy"].includes(demandPattern(y).kind));
    },
  );
  test("a cycle of no fixed period is forecast by autoregressions", () => {
    const rng = random(7);
    const y = new Float64Array(200);
    for (let t = 2; t < 200; t++) y[t] = 1.6 * y[t - 1]! - 0.9 * y[t - 2]! + standardNormal(rng);
    const fitted = auto().fit(series(y.slice(50)));
    expect(weightOf(fitted, /^(ar|arima)\(/)).toBeGreaterThan(0.7);
  });
});

test("a member that fails is dropped and named", () => {
  const fitted = parseModel("ensemble(log(naive),drift,mean)").fit(series([3, -1, 4, 2, 5, 1]));
  const dropped = fitted.report.notes.find(({ code }) => code === "member-dropped")!;
  expect(dropped.message).toMatch(/^log\(naive\) was left out: Row 2 of .* is -1/);
  expect(membersOf(fitted).length).toBe(2);
});

test("when all fail, seasonal naive is used", () => {
  const fitted = parseModel("ensemble(log(naive),log(drift))").fit(
    series([3, -1, 4, 2, 5, 1], { period: 2 }),
  );
  expect(fitted.notation).toMatch(/^snaive/);
  expect(fitted.report.notes.filter(({ code }) => code === "member-dropped")).toHaveLength(2);
});
