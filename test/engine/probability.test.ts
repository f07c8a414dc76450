import { describe, expect, test } from "vitest";
import { oneStepAhead } from "../../src/engine/one-step.js";
import { fittedValues } from "../../src/engine/residuals.js";
import { arima, probability, random, series, simulate } from "../../src/index.js";
import { normalCdf } from "../../src/math/special-functions/normal.js";

const rng = random(11);
const noise = series(Array.from({ length: 200 }, () => 10 + 4 * (rng.uniform() + rng.uniform() - 1)));
const fitted = arima({ order: [0, 0, 0] }).fit(noise);
const mean = fitted.report.coefficients[0]!.estimate;
const sd = Math.sqrt(fitted.report.sigma2);
const horizon = 6;
const below = (bound: number) => normalCdf((bound - mean) / sd);
const power = (base: number) =>
  Array.from({ length: horizon }).reduce<number>((product) => product * base, 1);

describe("probability of what the values of the horizon do together", () => {
  // Independent normal values: sums are normal, maxima and minima have the powers of one value's probability.
  const total = (bound: number) => 1 - normalCdf((bound - horizon * mean) / (sd * Math.sqrt(horizon)));
  test.each<[string, number]>([
    ["sum>62", total(62)],
    ["mean <= 9.8", 1 - total(9.8 * horizon)],
    ["max>=12", 1 - power(below(12))],
    ["any > 12", 1 - power(below(12))],
    ["all<12", power(below(12))],
    ["min<8", 1 - power(1 - below(8))],
    ["last>11", 1 - below(11)],
  ])("%s agrees with the normal distribution", (event, exact) => {
    const found = probability(fitted, event, { horizon, seed: 3 });
    expect(found.paths).toBe(10_000);
    expect(Math.abs(found.probability - exact)).toBeLessThan(4 * found.stdError);
    expect(found.stdError).toBeLessThan(0.0051);
  });

  test("is the share of given paths, and what no path has is uncertain too", () => {
    const paths = simulate(fitted, { horizon, paths: 100 });
    const shares = Array.from({ length: 100 }, (_, i) =>
      paths.values.subarray(i * horizon, (i + 1) * horizon),
    );
    const over = shares.filter((path) => Math.max(...path) > 12).length;
    expect(probability(paths, "max>12").probability).toBe(over / 100);
    const never = probability(paths, "sum>1e6");
    expect(never.probability).toBe(0);
    expect(never.stdError).toBeGreaterThan(0.01);
  });

  test.each(["median>3", "sum", "sum>", "sum>lots", "sum=3", ""])(
    "%j is refused with an example",
    (event) => {
      expect(() => probability(fitted, event)).toThrow(expect.objectContaining({ code: "bad-probability" }));
    },
  );
});

test("one-step predictions are the fitted values, with nothing where nothing could be predicted", () => {
  const walk = arima({ order: [1, 1, 0] }).fit(noise);
  const rows = oneStepAhead(walk, noise);
  const known = fittedValues(walk);
  rows.forEach((row, t) => {
    if (row === null) expect(known[t]).toBeNaN();
    else expect(row.mean).toBeCloseTo(known[t]!, 10);
  });
  expect(rows.filter((row) => row === null)).toHaveLength(1);
});
