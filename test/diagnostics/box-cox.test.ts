import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { boxCoxLambda, guerreroVariation } from "../../src/diagnostics/box-cox/lambda.js";
import { boxCox, inverseBoxCox } from "../../src/diagnostics/box-cox/transform.js";
import { cases, type ReferenceCase, referenceSeries, toNumber, Worst } from "./reference.js";

// R's forecast 8.20: transformations to 1e-9, lambda to 1e-3 (R's optimise() stops at about 1.2e-4).
const worst = new Worst();

function lambda(c: ReferenceCase, y: Float64Array, period: number) {
  const bounds = c.id.includes("wide") ? { lower: -2, upper: 3 } : {};
  const method = c.call.includes("loglik") ? "likelihood" : "guerrero";
  const run = () => boxCoxLambda(y, period, { method, ...bounds });
  if (c.result.error !== undefined) {
    expect(run).toThrowError(expect.objectContaining({ code: "not-positive" }));
    return;
  }
  const result = run();
  if (c.series === "constant") {
    // R returns the end of a search among numbers that are not there; yule leaves a constant series alone.
    expect(result).toMatchObject({ lambda: 1, notes: [{ code: "no-lambda" }] });
    return;
  }
  worst.absolute(`lambda by ${method}`, result.lambda, c.result, c.id);
  expect(Math.abs(result.lambda - c.result)).toBeLessThan(1e-3);
  expect(result.notes.length > 0).toBe(c.warnings !== undefined);
}

function forward(c: ReferenceCase, y: Float64Array) {
  const chosen = Number(/lambda=(-?[\d.]+)/.exec(c.call)![1]);
  const values = c.id === "boxcox-negative-values" ? Float64Array.of(-2, -1, 0, 1, 2) : y.slice(0, 20);
  compare("BoxCox", boxCox(values, chosen), c);
}

function compare(quantity: string, actual: Float64Array, c: ReferenceCase) {
  expect(actual.length).toBe(c.result.length);
  actual.forEach((value, i) => {
    const expected = toNumber(c.result[i]);
    if (Number.isNaN(expected)) return;
    worst.absolute(quantity, value, expected, c.id, Math.max(1, Math.abs(expected)));
    expect(Math.abs(value - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
  });
}

function outside(c: ReferenceCase) {
  const [, list, chosen] = /c\(([^)]*)\), lambda=(-?[\d.]+)/.exec(c.call)!;
  const result = inverseBoxCox(list!.split(",").map(Number), Number(chosen));
  compare("InvBoxCox", result, c);
  // R says NA beyond the end of the scale, yule the limit there.
  c.result.forEach((value: number | null, i: number) => {
    if (value === null) expect(result[i]).toBe(Number.POSITIVE_INFINITY);
  });
}

describe("boxcox.json", () => {
  for (const c of cases("boxcox.json")) {
    // The bias-adjusted inverse is the mean of a transformed distribution and is tested with those.
    if (c.id.startsWith("invboxcox-biasadj")) continue;
    test(c.id, () => {
      const { values, frequency } = referenceSeries(c.series);
      if (c.id.startsWith("lambda")) lambda(c, values, frequency);
      else if (c.id.startsWith("guerrero-cv")) {
        const value = guerreroVariation(values, frequency, 0.5);
        if (c.series === "constant") expect(value).toBeNaN();
        else {
          worst.relative("guer.cv", value, c.result, c.id);
          expect(Math.abs(value / c.result - 1)).toBeLessThan(1e-9);
        }
      } else if (c.id.startsWith("boxcox")) forward(c, values);
      else outside(c);
    });
  }
  afterAll(() => worst.report("boxcox"));
});

describe("Box-Cox", () => {
  test("the inverse undoes it, for any lambda and positive values", () => {
    const value = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    // Below about 1e-300 a lambda has no digits left to divide by.
    const power = fc.double({ min: -1, max: 2, noNaN: true }).map((p) => (Math.abs(p) < 1e-12 ? 0 : p));
    fc.assert(
      fc.property(value, power, (y, chosen) => {
        // At λ = −1 the scale has 1e-16 left near its end at 1e6.
        const back = inverseBoxCox(boxCox([y], chosen), chosen)[0]!;
        const digits = chosen < 0 ? 1e-15 * y ** -chosen + 1e-13 : 1e-13 * Math.max(1, y ** -chosen);
        expect(Math.abs(back / y - 1)).toBeLessThan(1e3 * digits);
      }),
    );
  });

  test("is continuous at lambda 0", () => {
    const tiny = boxCox([0.01, 1, 500], 1e-9);
    boxCox([0.01, 1, 500], 0).forEach((value, i) => {
      expect(Math.abs(tiny[i]! - value)).toBeLessThan(1e-7);
    });
  });

  test("keeps missing values and refuses what has no logarithm", () => {
    expect(boxCox([1, Number.NaN], 0)).toEqual(Float64Array.of(0, Number.NaN));
    expect(() => boxCox([1, 0], 0)).toThrowError(expect.objectContaining({ code: "not-positive", value: 0 }));
    expect(() => boxCox([1], Number.NaN)).toThrowError(expect.objectContaining({ code: "bad-lambda" }));
    expect(() => inverseBoxCox([1], Number.POSITIVE_INFINITY)).toThrowError(
      expect.objectContaining({ code: "bad-lambda" }),
    );
  });

  test("lambda does not depend on the unit, and short series keep 1", () => {
    const { values, frequency } = referenceSeries("AirPassengers");
    const here = boxCoxLambda(values, frequency).lambda;
    const there = boxCoxLambda(
      values.map((value) => value * 1e-9),
      frequency,
    ).lambda;
    expect(Math.abs(here - there)).toBeLessThan(1e-6);
    expect(boxCoxLambda([1, 2, 3], 12)).toMatchObject({ lambda: 1, notes: [{ code: "no-lambda" }] });
    expect(() => boxCoxLambda([1, 2, 3], 1, { lower: 2, upper: 1 })).toThrowError(
      expect.objectContaining({ code: "bad-bounds" }),
    );
  });
});
