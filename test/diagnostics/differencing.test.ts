import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { difference, undifference } from "../../src/diagnostics/differencing.js";

const whole = fc.integer({ min: -1000, max: 1000 });
const shape = fc.record({ lag: fc.integer({ min: 1, max: 13 }), times: fc.integer({ min: 0, max: 3 }) });

describe("difference and undifference", () => {
  test("undo each other exactly on whole numbers", () => {
    fc.assert(
      fc.property(shape, fc.array(whole, { minLength: 40, maxLength: 80 }), ({ lag, times }, values) => {
        const y = Float64Array.from(values);
        const back = undifference(difference(y, lag, times), y.slice(0, lag * times), lag, times);
        expect(back).toEqual(y);
      }),
    );
  });

  test("the other way round: any differences from any start", () => {
    const values = fc.array(whole, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(shape, values, fc.infiniteStream(whole), ({ lag, times }, changes, stream) => {
        const start = Array.from({ length: lag * times }, () => stream.next().value as number);
        const y = undifference(changes, start, lag, times);
        expect(Array.from(difference(y, lag, times))).toEqual(changes);
        expect(Array.from(y.slice(0, lag * times))).toEqual(start);
      }),
    );
  });

  test("are linear, and differences at two lags can be taken in any order", () => {
    const pair = fc.array(fc.tuple(whole, whole), { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(pair, fc.integer({ min: 2, max: 12 }), (pairs, lag) => {
        const x = Float64Array.from(pairs, ([first]) => first);
        const y = Float64Array.from(pairs, ([, second]) => second);
        const both = difference(
          x.map((value, t) => 3 * value - 2 * y[t]!),
          lag,
        );
        const [dx, dy] = [difference(x, lag), difference(y, lag)];
        both.forEach((value, t) => {
          expect(value).toBe(3 * dx[t]! - 2 * dy[t]!);
        });
        expect(difference(difference(x, lag), 1)).toEqual(difference(difference(x, 1), lag));
      }),
    );
  });

  test("take polynomials and seasons down", () => {
    const cubic = Float64Array.from({ length: 30 }, (_, t) => t ** 3 - 4 * t ** 2 + 7);
    expect(new Set(difference(cubic, 1, 3))).toEqual(new Set([6]));
    const season = Float64Array.from({ length: 40 }, (_, t) => [5, 2, -3, 8][t % 4]! + 0.5 * t);
    expect(new Set(difference(season, 4))).toEqual(new Set([2]));
  });

  test("missing values stay missing, the input is left alone", () => {
    const y = Float64Array.of(1, Number.NaN, 4, 9);
    expect(difference(y)).toEqual(Float64Array.of(Number.NaN, Number.NaN, 5));
    expect(y).toEqual(Float64Array.of(1, Number.NaN, 4, 9));
    expect(difference(y, 1, 0)).not.toBe(y);
  });

  test.each([
    ["bad-lag", () => difference([1, 2], 0)],
    ["bad-lag", () => difference([1, 2], 1.5)],
    ["bad-times", () => difference([1, 2], 1, -1)],
    ["too-short", () => difference([1, 2, 3], 3)],
    ["too-short", () => difference([1, 2, 3], 1, 3)],
    ["infinite-value", () => difference([1, Number.POSITIVE_INFINITY])],
    ["bad-start", () => undifference([1, 2], [1, 2])],
    ["bad-lag", () => undifference([1], [1], -1)],
  ])("refuse with %s", (code, run) => {
    expect(run).toThrowError(expect.objectContaining({ code }));
  });
});
