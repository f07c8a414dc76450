import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acf, autocovariance, ccf, pacf } from "../../src/diagnostics/correlation/acf.js";
import { type ReferenceCase, referenceCases, referenceSeries } from "../reference.js";

interface Values {
  readonly lag: number[];
  readonly value: number[];
  readonly nUsed: number;
}

/** Agreement to 1e-9, relative to the largest value: closed forms (test/reference/README.md). */
function expectAll(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  for (const [k, value] of expected.entries()) {
    expect(Math.abs(actual[k]! - value), `entry ${k}: ${actual[k]} against ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(value), 1e-3 * scale),
    );
  }
}

function lagMax(call: string): number {
  return Number(/lag\.max=(\d+)/.exec(call)![1]);
}

/** test/reference/acf.json: R's acf, pacf and ccf. */
describe("against R", () => {
  const cases = referenceCases<Values>("acf");
  const ids = (start: string) =>
    cases.filter(({ id, series }) => id.startsWith(start) && series !== "constant");

  test.each(ids("acf-correlation"))("$id", ({ call, series, result }) => {
    const found = acf(referenceSeries(series!).values, { maxLag: lagMax(call) });
    expectAll(found.values, result.value);
    expect(found.lags).toEqual(result.lag);
  });

  test.each([...ids("acf-covariance"), ...ids("acf-nodemean")])("$id", ({ call, series, result }) => {
    const demean = !call.includes("demean=FALSE");
    expectAll(
      autocovariance(referenceSeries(series!).values, { maxLag: lagMax(call), demean }),
      result.value,
    );
  });

  test.each(ids("pacf"))("$id", ({ call, series, result }) => {
    const found = pacf(referenceSeries(series!).values, { maxLag: lagMax(call) });
    expectAll(found.values, result.value);
    expect(found.lags).toEqual(result.lag);
  });

  test.each(ids("acf-default-lagmax"))(
    "$id: the default maximum lag and the white-noise band",
    ({ series, result }) => {
      const { lagMax: highest, ci95white, last } = result as unknown as Record<string, number>;
      const { values } = referenceSeries(series!);
      const found = acf(values);
      expect(found.lags.at(-1)).toBe(highest);
      // R's clim counts missing values as seen; a band of what was seen is wider.
      const seen = values.filter((value) => !Number.isNaN(value)).length;
      const band = ci95white! * Math.sqrt(values.length / seen);
      expectAll([found.band.at(-1)!, found.values.at(-1)!], [band, last!]);
      expect(found.band[0]).toBe(0);
      expect(pacf(referenceSeries(series!).values).lags.at(-1)).toBe(highest);
    },
  );

  test.each(ids("ccf"))("$id", ({ id, result }) => {
    const x = referenceSeries("log10Lynx").values;
    // window(sunspot.year, 1821, 1934); the series starts in 1700.
    const y = referenceSeries("sunspot.year").values.slice(121, 235);
    const found = ccf(x, y, { maxLag: 15 });
    const scale = Math.sqrt(autocovariance(x, { maxLag: 0 })[0]! * autocovariance(y, { maxLag: 0 })[0]!);
    expect(found.lags).toEqual(result.lag);
    expectAll(
      found.values.map((value) => (id.endsWith("cov") ? scale * value : value)),
      result.value,
    );
  });

  test.each(cases.filter(({ series }) => series === "constant"))(
    "$id: 0/0 is an error, not NaN",
    ({ id, call, result }) => {
      const { values } = referenceSeries("constant");
      if (id.startsWith("acf-covariance"))
        expectAll(autocovariance(values, { maxLag: lagMax(call) }), result.value);
      if (id.startsWith("acf-nodemean")) {
        expectAll(autocovariance(values, { maxLag: lagMax(call), demean: false }), result.value);
      }
      expect(() => acf(values)).toThrow(/always 3\.5/);
      expect(() => pacf(values)).toThrow(/always 3\.5/);
    },
  );
});

/**
 * test/reference/statsmodels-correlation.json. Left out: pacf `ols-inefficient` (one common sample and no constant: a
 * worse `ols`) and `ols-adjusted` (multiplied by n/(n−k), leaves [−1, 1]); missing = "conservative" (divides every lag
 * by n, which shrinks gappy lags; R's divisor is taken) and "drop" (closes the gaps); Ljung-Box statistics are
 * tested with the portmanteau tests, innovations_algo (an MA estimator) serves no model of yule.
 */
describe("against statsmodels", () => {
  const cases = referenceCases<Record<string, number[] & number[][]>>("statsmodels-correlation");
  const usable = (start: string) =>
    cases.filter(
      ({ id, series, result }) => id.startsWith(start) && series !== "constant" && !("error" in result),
    );
  const nlags = ({ call }: ReferenceCase<unknown>) => Number(/nlags=(\d+)/.exec(call)![1]);

  test.each(usable("acf-adjusted"))("$id with Bartlett's band", (item) => {
    const divisor = item.call.includes("adjusted=True") ? "n-k" : "n";
    const { values } = referenceSeries(item.series!);
    const found = acf(values, { maxLag: nlags(item), divisor, bands: "bartlett" });
    expectAll(found.values, item.result.acf!);
    expectAll(
      found.band,
      (item.result.confint as number[][]).map(([low, high]) => (high! - low!) / 2),
    );
  });

  const METHODS = {
    "pacf-ywm": "yule-walker",
    "pacf-ldb": "yule-walker",
    "pacf-yw": "yule-walker-adjusted",
    "pacf-ld": "yule-walker-adjusted",
    "pacf-ols": "ols",
  } as const;
  for (const [start, method] of Object.entries(METHODS)) {
    test.each(usable(`${start}-`).filter(({ id }) => !/ols-(inefficient|adjusted)/.test(id)))(
      "$id",
      (item) => {
        const found = pacf(referenceSeries(item.series!).values, { maxLag: nlags(item), method });
        // statsmodels counts lag 0 in. Regressions of the last lags of short6 fit exactly: 1e-8.
        expectAll(found.values, item.result.pacf!.slice(1), method === "ols" ? 1e-8 : 1e-9);
      },
    );
  }
});

describe("autocovariance", () => {
  const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 });

  test("equals its definition, gaps included", () => {
    fc.assert(
      fc.property(sample, fc.array(fc.nat(59), { maxLength: 8 }), fc.boolean(), (numbers, holes, demean) => {
        const y = Float64Array.from(numbers);
        for (const hole of holes) if (hole < y.length) y[hole] = Number.NaN;
        const present = y.filter((value) => !Number.isNaN(value));
        fc.pre(present.length > 0);
        const mean = demean ? present.reduce((sum, value) => sum + value, 0) / present.length : 0;
        for (const divisor of ["n", "n-k"] as const) {
          autocovariance(y, { maxLag: y.length - 1, demean, divisor }).forEach((value, k) => {
            let sum = 0;
            let pairs = 0;
            for (let t = 0; t + k < y.length; t++) {
              if (Number.isNaN(y[t]!) || Number.isNaN(y[t + k]!)) continue;
              sum += (y[t]! - mean) * (y[t + k]! - mean);
              pairs++;
            }
            const expected = pairs === 0 ? 0 : sum / (divisor === "n" ? pairs + k : pairs);
            expect(Math.abs(value - expected)).toBeLessThan(1e-6);
          });
        }
      }),
    );
  });

  test("is the same by Fourier transform, gaps included", () => {
    const y = Float64Array.from({ length: 900 }, (_, t) => Math.sin(t) * 50 + ((t * t) % 17));
    for (const t of [3, 4, 500, 899]) y[t] = Number.NaN;
    const long = autocovariance(y, { maxLag: 700 });
    expectAll(autocovariance(y, { maxLag: 90 }), Array.from(long.subarray(0, 91)), 1e-10);
  });

  test("an offset of 1e9 costs no digits that the data have", () => {
    const y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    expectAll(acf(y.map((value) => value + 1e9)).values, Array.from(acf(y).values), 1e-6);
    expectAll(acf(y.map((value) => value * 1e12)).values, Array.from(acf(y).values), 1e-12);
  });
});

describe("bands and refusals", () => {
  test("Bartlett's band widens with the correlations before, the white-noise band does not", () => {
    const y = [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0];
    const white = acf(y, { maxLag: 4, level: 80 });
    const bartlett = acf(y, { maxLag: 4, level: 80, bands: "bartlett" });
    expect(bartlett.band[1]).toBe(white.band[1]);
    expect(white.band[4]).toBe(white.band[1]);
    expect(bartlett.band[4]).toBeGreaterThan(bartlett.band[2]!);
    expect(white.band[1]! * Math.sqrt(12)).toBeCloseTo(1.2815515655446004, 12);
  });

  test("gaps cannot make a partial autocorrelation larger than 1", () => {
    const daily = Float64Array.from({ length: 140 }, (_, t) =>
      t % 13 === 5 ? Number.NaN : 20 + 5 * Math.sin((2 * Math.PI * t) / 7),
    );
    const { values } = pacf(daily, { maxLag: 30 });
    expect(values.every((value) => Math.abs(value) <= 1)).toBe(true);
    const filled = daily.map((value) => (Number.isNaN(value) ? 20 : value));
    const mean = daily
      .filter((value) => !Number.isNaN(value))
      .reduce((sum, value, _, { length }) => sum + value / length, 0);
    const centred = filled.map((value, t) => (Number.isNaN(daily[t]!) ? 0 : value - mean));
    expectAll(values, [...pacf(centred, { maxLag: 30, demean: false }).values], 1e-9);
  });

  test("pacf by Burg and by least squares refuse gaps, Yule-Walker says what it can", () => {
    const y = [1, 3, Number.NaN, 2, 5, 4, 6, 5, 7];
    expect(() => pacf(y, { method: "burg" })).toThrow(/1 values are missing/);
    expect(() => pacf(y, { method: "ols" })).toThrow(/without gaps/);
    expect(pacf(y, { maxLag: 2 }).observations).toBe(8);
  });

  test("bad lags, levels and series", () => {
    expect(() => acf([1, 2, 3], { maxLag: 3 })).toThrow(/maxLag must be a whole number from 0 to 2/);
    expect(() => acf([1, 2, 3], { level: 100 })).toThrow(/level/);
    expect(() => autocovariance([Number.NaN])).toThrow(/at least one value/);
    expect(() => autocovariance([1, Number.POSITIVE_INFINITY])).toThrow(/Infinity/);
    expect(() => ccf([1, 2, 3], [1, 2])).toThrow(/one length/);
    expect(() => ccf([1, Number.NaN, 3], [1, 2, 3])).toThrow(/x lacks value 2/);
    expect(() => ccf([1, 1, 1], [1, 2, 3])).toThrow(/always 1/);
  });
});

test("bands count the values that are not missing", () => {
  const full = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
  const y = full.map((value, t) => (t % 4 === 1 ? Number.NaN : value));
  const expected = 1.959963984540054 / Math.sqrt(9);
  expect(acf(y).band[1]).toBeCloseTo(expected, 12);
  expect(acf(y, { bands: "bartlett" }).band[1]).toBeCloseTo(expected, 12);
  expect(pacf(y).band[0]).toBeCloseTo(expected, 12);
});
