import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { classicalDecomposition } from "../../src/diagnostics/decomposition/classical.js";
import { mstl } from "../../src/diagnostics/decomposition/mstl.js";
import { type StlOptions, type StlResult, stl } from "../../src/diagnostics/decomposition/stl.js";
import { strengths } from "../../src/diagnostics/decomposition/strength.js";
import { superSmoother } from "../../src/diagnostics/decomposition/super-smoother.js";
import { cases, type ReferenceCase, referenceSeries, toNumber, Worst } from "./reference.js";

// R 4.2.2, forecast 8.20, statsmodels 0.13.5: components to 1e-8 of the series' range. Robust weights follow the true
// median, so two robust cases follow statsmodels' stored components and not R's (see test/reference/README.md).
const worst = new Worst();

function rangeOf(y: Float64Array): number {
  const present = y.filter((value) => !Number.isNaN(value));
  return Math.max(...present) - Math.min(...present);
}

function compare(
  quantity: string,
  actual: Float64Array,
  expected: (number | null)[],
  id: string,
  range: number,
  tolerance = 1e-8,
) {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const wanted = toNumber(expected[i]!);
    expect(Number.isNaN(value)).toBe(Number.isNaN(wanted));
    if (Number.isNaN(wanted)) return;
    worst.absolute(quantity, value, wanted, id, range);
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(tolerance * range);
  });
}

function settings(c: ReferenceCase): StlOptions {
  const { win, deg, jump, inner, outer } = c.result;
  return {
    seasonalWindow: c.call.includes("periodic") ? "periodic" : win.s,
    seasonalDegree: deg.s,
    trendWindow: win.t,
    trendDegree: deg.t,
    lowPassWindow: win.l,
    lowPassDegree: deg.l,
    seasonalJump: jump.s,
    trendJump: jump.t,
    lowPassJump: jump.l,
    inner,
    outer,
  };
}

/** The defaults that R's call leaves open. */
function asCalled(c: ReferenceCase): StlOptions | null {
  const plain = /^stats::stl\(x, s\.window=('periodic'|\d+)(, robust=TRUE)?\)$/.exec(c.call);
  if (plain === null) return null;
  const window = plain[1] === "'periodic'" ? "periodic" : Number(plain[1]);
  return { seasonalWindow: window, robust: plain[2] !== undefined };
}

const models = cases("statsmodels-models.json");

function checkStl(c: ReferenceCase, y: Float64Array, period: number) {
  const check = models.find((model) => model.id === `Rsettings-${c.id}`)!.result;
  const expected = check.seasonal === undefined ? c.result : check;
  const robust = c.result.outer > 0 ? "robust " : "";
  const options = [settings(c), asCalled(c)].filter((entry) => entry !== null);
  for (const result of options.map((entry) => stl(y, period, entry))) {
    compare(`stl ${robust}seasonal`, result.seasonal, expected.seasonal, c.id, rangeOf(y));
    compare(`stl ${robust}trend`, result.trend, expected.trend, c.id, rangeOf(y));
    if (expected.weights) compare("stl weights", result.weights, expected.weights, c.id, 1);
  }
}

function checkMstl(c: ReferenceCase, y: Float64Array, period: number) {
  const options = {
    ...(c.id === "mstl-usacc-iter" ? { seasonalWindows: 13 } : {}),
    ...(c.id === "mstl-air-lambda0" ? { lambda: 0 } : {}),
  };
  const result = mstl(y, c.id === "mstl-twoSeason" ? [28, 7] : period, options);
  // Gaps are filled by robust STL, where R's weights rest on a wrong median.
  const tolerance = c.series === "presidents" ? 1e-2 : 1e-8;
  const label = c.series === "presidents" ? "mstl with gaps" : "mstl";
  const scale = c.id === "mstl-air-lambda0" ? rangeOf(y.map(Math.log)) : rangeOf(y);
  compare(`${label} trend`, result.trend, c.result.Trend, c.id, scale, tolerance);
  compare(`${label} remainder`, result.remainder, c.result.Remainder, c.id, scale, tolerance);
  for (const season of result.seasons) {
    const expected = c.result[`Seasonal${season.period}`];
    compare(`${label} season`, season.values, expected, c.id, scale, tolerance);
  }
  expect(result.seasons.length).toBe(Object.keys(c.result).length - 3);
}

function checkClassical(c: ReferenceCase, y: Float64Array, period: number) {
  const filter = c.call.includes("filter") ? { filter: new Array(12).fill(1 / 12) } : {};
  const result = classicalDecomposition(y, period, { type: c.result.type, ...filter });
  compare("decompose trend", result.trend, c.result.trend, c.id, rangeOf(y), 1e-12);
  const scale = result.type === "multiplicative" ? 1 : rangeOf(y);
  compare("decompose figure", result.figure, c.result.figure, c.id, scale, 1e-12);
  compare("decompose remainder", result.remainder, c.result.random, c.id, scale, 1e-12);
}

describe("decompose.json", () => {
  for (const c of cases("decompose.json")) {
    test(c.id, () => {
      const { values, frequency } = referenceSeries(c.series);
      if (c.id.startsWith("stl")) checkStl(c, values, frequency);
      else if (c.id.startsWith("mstl")) checkMstl(c, values, frequency);
      else checkClassical(c, values, frequency);
    });
  }
});

describe("statsmodels-models.json, STL", () => {
  for (const c of models.filter((model) => model.id.startsWith("stl-"))) {
    test(c.id, () => {
      const { values, frequency } = referenceSeries(c.series);
      const robust = c.call.includes("robust=True");
      const result = stl(values, frequency, {
        seasonalWindow: Number(/seasonal=(\d+)/.exec(c.call)![1]),
        seasonalDegree: 1,
        seasonalJump: 1,
        trendJump: 1,
        lowPassJump: 1,
        inner: robust ? 2 : 5,
        outer: robust ? 15 : 0,
      });
      compare("STL seasonal", result.seasonal, c.result.seasonal, c.id, rangeOf(values));
      compare("STL trend", result.trend, c.result.trend, c.id, rangeOf(values));
      const squares = result.remainder.reduce((sum, value) => sum + value * value, 0);
      expect(Math.abs(squares / c.result.remainderSumsq - 1)).toBeLessThan(1e-9);
    });
  }
  afterAll(() => worst.report("decomposition"));
});

const air = referenceSeries("AirPassengers").values;

function together({ seasonal, trend, remainder }: StlResult): Float64Array {
  return seasonal.map((value, t) => value + trend[t]! + remainder[t]!);
}

describe("STL", () => {
  test("its components add up, shift and scale with the data", () => {
    const shape = fc.record({
      seasonalWindow: fc.constantFrom<number | "periodic">("periodic", 7, 12, 35),
      seasonalDegree: fc.constantFrom<0 | 1>(0, 1),
      robust: fc.boolean(),
    });
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 2, max: 13 }),
        fc.integer({ min: 0, max: 40 }),
        (options, period, more) => {
          const y = air.slice(0, 2 * period + 1 + more);
          const result = stl(y, period, options);
          together(result).forEach((value, t) => {
            expect(Math.abs(value - y[t]!)).toBeLessThan(1e-10 * 700);
          });
          // A power of two scales without rounding, so that even robust weights stay what they are.
          const scaled = stl(
            y.map((value) => value / 2 ** 40),
            period,
            options,
          );
          expect(scaled.seasonal.map((value) => value * 2 ** 40)).toEqual(result.seasonal);
          if (options.robust) return;
          const lifted = stl(
            y.map((value) => value + 1000),
            period,
            options,
          );
          lifted.seasonal.forEach((value, t) => {
            expect(Math.abs(value - result.seasonal[t]!)).toBeLessThan(1e-9 * 1700);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("gives back a pattern on a line", () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => 3 + 0.5 * t + [4, -1, 0, -3][t % 4]!);
    const { seasonal, remainder } = stl(y, 4, { inner: 20 });
    seasonal.forEach((value, t) => {
      expect(Math.abs(value - [4, -1, 0, -3][t % 4]!)).toBeLessThan(0.02);
      expect(Math.abs(remainder[t]!)).toBeLessThan(0.02);
    });
    const { trend, seasons } = strengths(mstl(y, 4));
    expect(trend).toBeGreaterThan(0.999);
    expect(seasons[0]).toBeGreaterThan(0.999);
  });

  test("is not led astray by an outlier when robust", () => {
    const furthest = (robust: boolean) => {
      const clean = stl(air, 12, { robust }).trend;
      const dirty = stl(air.with(70, 5000), 12, { robust }).trend;
      return clean.reduce((most, value, t) => Math.max(most, Math.abs(dirty[t]! - value)), 0);
    };
    expect(furthest(false)).toBeGreaterThan(200);
    expect(furthest(true)).toBeLessThan(10);
    expect(stl(air.with(70, 5000), 12, { robust: true }).weights[70]).toBe(0);
  });

  test("does not change what it is given", () => {
    const copy = air.slice();
    stl(copy, 12, { robust: true });
    mstl(copy, [12, 6]);
    expect(copy).toEqual(air);
  });

  test.each([
    ["too-short", () => stl(air.slice(0, 24), 12)],
    ["missing-values", () => stl(air.with(3, Number.NaN), 12)],
    ["infinite-value", () => stl(air.with(3, Number.POSITIVE_INFINITY), 12)],
    ["bad-period", () => stl(air, 1)],
    ["bad-period", () => stl(air, 2.5)],
    ["bad-seasonal-window", () => stl(air, 12, { seasonalWindow: 0 })],
    ["bad-trend-degree", () => stl(air, 12, { trendDegree: 2 as 1 })],
    ["bad-inner", () => stl(air, 12, { inner: 0 })],
    ["too-short", () => mstl(air.slice(0, 20), 12)],
    ["no-values", () => mstl([Number.NaN, Number.NaN], 1)],
    ["not-positive", () => mstl([-1, 2, 3, 4, 5], 2, { lambda: 0 })],
    ["too-short", () => classicalDecomposition(air.slice(0, 23), 12)],
    ["bad-filter", () => classicalDecomposition(air, 12, { filter: [] })],
    [
      "missing-values",
      () =>
        classicalDecomposition(
          air.map((v, t) => (t % 12 === 4 ? Number.NaN : v)),
          12,
        ),
    ],
  ])("refuses with %s", (code, run) => {
    expect(run).toThrowError(expect.objectContaining({ code }));
  });

  test("leaves out seasons that do not fit and says so", () => {
    const result = mstl(air, [12, 100]);
    expect(result.seasons.map((season) => season.period)).toEqual([12]);
    expect(result.notes).toMatchObject([{ code: "season-dropped", details: { period: 100 } }]);
  });
});

describe("super smoother", () => {
  test("keeps a line and follows a bend", () => {
    const line = Float64Array.from({ length: 50 }, (_, t) => 2 * t - 7);
    superSmoother(line).forEach((value, t) => {
      expect(Math.abs(value - line[t]!)).toBeLessThan(1e-9);
    });
    const bend = Float64Array.from({ length: 200 }, (_, t) => Math.abs(t - 100));
    superSmoother(bend).forEach((value, t) => {
      expect(Math.abs(value - bend[t]!)).toBeLessThan(4);
    });
  });

  test.each([1, 2, 3, 4, 5, 6, 9])("is finite for %i values", (n) => {
    expect(superSmoother(air.slice(0, n)).every(Number.isFinite)).toBe(true);
  });
});
