import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { normal } from "../../src/distributions/index.js";
import { forecast } from "../../src/engine/forecast.js";
import { standardNormal } from "../../src/math/normal.js";
import { auto } from "../../src/select/auto/index.js";
import { classify } from "../../src/select/auto/kind.js";
import { membersFor } from "../../src/select/auto/members.js";
import { parseModel } from "../../src/select/catalogue.js";
import { strayFactors, weightsByErrors } from "../../src/select/ensemble/weights.js";

const rng = random(1);
const noisy = (n: number, at: (t: number) => number) =>
  Float64Array.from({ length: n }, (_, t) => at(t) + standardNormal(rng));
const wave = (period: number) => (t: number) => 50 + 10 * Math.sin((2 * Math.PI * t) / period);

describe("the kind of a series", () => {
  test.each([
    ["short", noisy(5, () => 9), 1],
    ["non-seasonal", noisy(30, () => 9), 1],
    ["non-seasonal", noisy(20, wave(12)), 12],
    ["seasonal", noisy(60, wave(12)), 12],
    ["seasonal", noisy(200, wave(7)), 7],
    ["seasonal", noisy(1200, wave(7)), 7],
    ["several-seasons", noisy(1200, (t) => wave(7)(t) + wave(365)(t)), 7],
    ["long-season", noisy(150, wave(52)), 52],
    ["seasonal", noisy(100, wave(24)), 24],
    ["seasonal", noisy(520, wave(24)), 24],
    ["several-seasons", noisy(520, (t) => wave(24)(t) + (t % 168 < 120 ? 5 : 0)), 24],
    ["intermittent", Float64Array.from({ length: 40 }, (_, t) => (t % 3 === 0 ? 2 : 0)), 12],
  ] as const)("%s", (kind, y, period) => {
    const choice = classify(series(y, { period }));
    expect(choice.kind).toBe(kind);
    for (const positive of [true, false]) {
      const notations = membersFor(choice, positive).map(({ notation }) => notation);
      expect(notations.length).toBeGreaterThan(1);
      if (!positive) expect(notations.join()).not.toMatch(/log/);
    }
  });
  test("hourly data have a day and a week", () => {
    const y = noisy(520, (t) => wave(24)(t) + (t % 168 < 120 ? 5 : 0));
    const choice = classify(series(y, { period: 24 }));
    expect(choice.periods).toEqual([24, 168]);
    expect(membersFor(choice, true).map(({ notation }) => notation)).toContain("snaive[168]");
  });
  test("with inputs only models that use them take part", () => {
    const y = noisy(60, wave(12));
    const fitted = auto().fit(series(y, { period: 12, inputs: { promo: y.map((_, t) => t % 5) } }));
    expect(fitted.report.notes[0]!.message).toMatch(/with-inputs \(inputs promo\)/);
    expect(fitted.report.notes.some(({ code }) => code === "inputs-ignored")).toBe(false);
    expect(fitted.origin.inputNames).toEqual(["promo"]);
  });
});

describe("weights", () => {
  test("fall with the square of the error where the past is long, not at all where there is none", () => {
    expect(weightsByErrors([1, 2, 4], 1e9).map((w) => w / 4)).toEqual(
      [1, 0.25, 0.0625].map((w) => expect.closeTo(w, 6)),
    );
    expect(weightsByErrors([1, 2, 4], 0)).toEqual([1, 1, 1]);
    expect(weightsByErrors([1, 2, 4], 3)).toEqual([2, 1, 0.5].map((w) => expect.closeTo(w, 9)));
    expect(weightsByErrors([Number.NaN, 2, 2], 10)).toEqual([1, 1, 1]);
    expect(weightsByErrors([0, 0, 0], 10)).toEqual([1, 1, 1]);
  });
  test("vanish for a member whose forecasts stray from the others", () => {
    const path = (mean: number) => [normal(mean, 1), normal(mean, 1)];
    const factors = strayFactors([path(10), path(10.5), path(9.5), path(11), path(500)], [1, 1, 1, 1, 1]);
    expect(factors[4]).toBeLessThan(1e-6);
    for (const factor of factors.slice(0, 4)) expect(factor).toBeGreaterThan(0.97);
    expect(strayFactors([path(1), path(1), path(5)], [1, 1, 1])).toEqual([1, 1, 1]);
  });
  test("of an ensemble prefer the member that was right", () => {
    const y = noisy(120, (t) => 3 * t);
    const fitted = parseModel("ensemble(drift,mean, weights=errors)").fit(series(y));
    const [drift, mean] = fitted.report.details.members as { weight: number }[];
    expect(drift!.weight).toBeGreaterThan(0.95);
    expect(drift!.weight + mean!.weight).toBeCloseTo(1, 12);
  });
});

describe("auto ends in a finite forecast, whatever the series", () => {
  const cases: [string, number[] | Float64Array, number][] = [
    ["two values", [3, 4], 12],
    ["seven values", [3, 4, 2, 5, 6, 4, 7], 4],
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
    ["growth by half each step", Array.from({ length: 40 }, (_, t) => 1.5 ** t), 1],
  ];
  test.each(cases)("%s", (_, y, period) => {
    const fitted = auto().fit(series(y, { period }));
    expect(fitted.notation).toBe("auto");
    expect(fitted.report.notes[0]!.code).toBe("auto-choice");
    const ahead = forecast(fitted, { horizon: 12, paths: 200 });
    const { lower, upper } = interval(ahead, 95);
    ahead.mean.forEach((mean, h) => {
      expect(Number.isFinite(mean)).toBe(true);
      expect(lower[h]).toBeLessThanOrEqual(ahead.median[h]!);
      expect(upper[h]).toBeGreaterThanOrEqual(ahead.median[h]!);
    });
  });
});

test("one value is too few for anything, and that is said", () => {
  expect(() => auto().fit(series([3]))).toThrow(/needs two observed values/);
});

test("a member that fails is dropped and named", () => {
  const fitted = parseModel("ensemble(log(naive),drift,mean)").fit(series([3, -1, 4, 2, 5, 1]));
  const dropped = fitted.report.notes.find(({ code }) => code === "member-dropped")!;
  expect(dropped.message).toMatch(/^log\(naive\) was left out: Row 2 of .* is -1/);
  expect((fitted.report.details.members as unknown[]).length).toBe(2);
});

test("when all fail, seasonal naive stands in", () => {
  const fitted = parseModel("ensemble(log(naive),log(drift))").fit(
    series([3, -1, 4, 2, 5, 1], { period: 2 }),
  );
  expect(fitted.notation).toMatch(/^snaive/);
  expect(fitted.report.notes.filter(({ code }) => code === "member-dropped")).toHaveLength(2);
});
