import { describe, expect, test } from "vitest";
import { components, fittedValues, parseModel, type Series, series } from "../../src/index.js";

const y = Array.from(
  { length: 48 },
  (_, t) => 50 + t + 8 * Math.sin((2 * Math.PI * t) / 12) + ((t * 31) % 7),
);
const monthly = series(y, { period: 12 });
const gappy = series(
  y.map((value, t) => (t === 20 ? Number.NaN : value)),
  { period: 12 },
);

describe("the parts before a row and the remainder add up to its value", () => {
  test.each([
    ["ets(A,N,N)", monthly],
    ["ets(A,A,N)", monthly],
    ["ets(A,Ad,A)[12]", monthly],
    ["ets(A,N,A)[12]", monthly],
    ["mstl(ses)[12]", monthly],
  ] as [string, Series][])("%s", (notation, source) => {
    const fitted = parseModel(notation).fit(source);
    const { parts, remainder } = components(fitted);
    const { level, slope, season } = parts;
    const phi = notation.includes("Ad")
      ? fitted.report.coefficients.find(({ name }) => name === "phi")!.estimate
      : 1;
    const predicted = fittedValues(fitted);
    for (let t = 13; t < y.length; t++) {
      const seasonal = notation.startsWith("mstl") ? season![t]! : (season?.[t - 12] ?? 0);
      const sum = level![t - 1]! + phi * (slope?.[t - 1] ?? 0) + seasonal;
      expect(sum).toBeCloseTo(predicted[t]!, 8);
      expect(sum + remainder[t]!).toBeCloseTo(source.y[t]!, 8);
    }
  });
});

test("a gap has parts, from what came before it, and no remainder", () => {
  const { parts, remainder } = components(parseModel("ets(A,N,A)[12]").fit(gappy));
  expect(Object.keys(parts)).toEqual(["level", "season"]);
  expect(parts.level![20]).toBe(parts.level![19]);
  expect(Number.isNaN(remainder[20]!)).toBe(true);
  expect(Number.isNaN(remainder[21]!)).toBe(false);
});

test("a model without parts is refused, with what has them", () => {
  expect(() => components(parseModel("naive").fit(monthly))).toThrow(
    /naive does not split a series into parts; ets and mstl do/,
  );
});
