import { afterAll, describe, expect, test } from "vitest";
import { difference } from "../../src/diagnostics/differencing.js";
import { archLm } from "../../src/diagnostics/residual-tests/arch.js";
import { bds, durbinWatson, runsTest } from "../../src/diagnostics/residual-tests/independence.js";
import { jarqueBera, shapiroWilk } from "../../src/diagnostics/residual-tests/normality.js";
import { boxPierce, ljungBox } from "../../src/diagnostics/residual-tests/portmanteau.js";
import { meanOf } from "../../src/diagnostics/summary.js";
import { phillipsPerron } from "../../src/diagnostics/unit-root/phillips-perron.js";
import { cases, type ReferenceCase, referenceSeries, toNumber, Worst } from "./reference.js";

// R 4.2.2, tseries 0.10-53 and statsmodels 0.13.5: closed forms, to 1e-9 (Phillips-Perron 1e-7). P-values of the
// chi-square law to 1e-9 of themselves; R gives 1 − pchisq, which has no digits left below 1e-15.
const worst = new Worst();

function close(quantity: string, actual: number, expected: number, id: string, tolerance = 1e-9) {
  worst.relative(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

function near(quantity: string, actual: number, expected: number, id: string, tolerance: number) {
  worst.absolute(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

function box(c: ReferenceCase, y: Float64Array) {
  const run = c.call.includes("Ljung") ? ljungBox : boxPierce;
  const lags = Number(/lag=(\d+)/.exec(c.call)![1]);
  const result = run(y, { lags, parameters: Number(/fitdf=(\d+)/.exec(c.call)?.[1] ?? 0) });
  close("Box.test", result.statistic, c.result.statistic, c.id);
  near("Box.test p-value", result.pValue, c.result.pvalue, c.id, 1e-12);
  expect(result.df).toBe(c.result.parameter);
}

function bera(c: ReferenceCase, y: Float64Array) {
  if (c.result.error !== undefined) {
    expect(() => jarqueBera(y)).toThrowError(expect.objectContaining({ code: "missing-values" }));
    return;
  }
  const values = c.id.startsWith("jb-diff") ? difference(y).filter((value) => !Number.isNaN(value)) : y;
  const result = jarqueBera(values);
  close("jarque.bera.test", result.statistic, c.result.statistic, c.id);
  near("jarque.bera.test p-value", result.pValue, c.result.pvalue, c.id, 1e-12);
}

function shapiro(c: ReferenceCase, y: Float64Array) {
  const result = shapiroWilk(y, { missing: "drop" });
  close("shapiro.test", result.statistic, c.result.statistic, c.id);
  close("shapiro.test p-value", result.pValue, c.result.pvalue, c.id, 1e-8);
}

function runs(c: ReferenceCase, y: Float64Array) {
  const result = runsTest(y, { missing: "drop" });
  close("runs.test", result.statistic, c.result.statistic, c.id);
  close("runs.test p-value", result.pValue, c.result.pvalue, c.id);
}

function perron(c: ReferenceCase, y: Float64Array) {
  // stats::PP.test answers NA for missing values.
  if (c.result.statistic === null) {
    expect(() => phillipsPerron(y)).toThrowError(expect.objectContaining({ code: "missing-values" }));
    return;
  }
  const result = phillipsPerron(y);
  close("PP.test", result.statistic, c.result.statistic, c.id, 1e-7);
  near("PP.test table p-value", result.table!.pValue, c.result.pvalue, c.id, 1e-6);
  expect(result.lags).toBe(c.result.parameter);
}

describe("portmanteau.json", () => {
  const check = { box, jb: bera, shapiro, runs, pptest: perron };
  for (const c of cases("portmanteau.json")) {
    test(c.id, () => check[c.id.split("-")[0] as keyof typeof check](c, referenceSeries(c.series).values));
  }
});

function cumulative(c: ReferenceCase, y: Float64Array) {
  const parameters = Number(/model_df=(\d)/.exec(c.call)![1]);
  for (let lags = 1; lags <= 10; lags++) {
    const expected = (name: string) => toNumber(c.result[name][lags - 1]);
    if (lags <= parameters) {
      expect(expected("lb_pvalue")).toBeNaN();
      expect(() => ljungBox(y, { lags, parameters })).toThrowError(
        expect.objectContaining({ code: "bad-lags" }),
      );
      continue;
    }
    const [lb, bp] = [ljungBox(y, { lags, parameters }), boxPierce(y, { lags, parameters })];
    close("acorr_ljungbox", lb.statistic, expected("lb_stat"), c.id);
    close("acorr_ljungbox p-value", lb.pValue, expected("lb_pvalue"), c.id);
    close("acorr_ljungbox, Box-Pierce", bp.statistic, expected("bp_stat"), c.id);
    close("acorr_ljungbox, Box-Pierce p-value", bp.pValue, expected("bp_pvalue"), c.id);
  }
}

function moments(c: ReferenceCase, y: Float64Array) {
  const result = jarqueBera(y);
  close("jarque_bera", result.statistic, c.result.statistic, c.id);
  close("jarque_bera p-value", result.pValue, c.result.pvalue, c.id);
  close("jarque_bera skewness", result.skewness, c.result.skew, c.id);
  close("jarque_bera kurtosis", result.kurtosis, c.result.kurtosis, c.id);
}

function durbin(c: ReferenceCase, y: Float64Array) {
  const mean = meanOf(y);
  close("durbin_watson", durbinWatson(y.map((value) => value - mean)), c.result.statistic, c.id);
}

function engle(c: ReferenceCase, y: Float64Array) {
  const result = archLm(y, { lags: 4 });
  close("het_arch", result.statistic, c.result.lm, c.id);
  close("het_arch p-value", result.pValue, c.result.lmPvalue, c.id, 1e-8);
  close("het_arch F", result.fStatistic, c.result.f, c.id);
  close("het_arch F p-value", result.fPValue, c.result.fPvalue, c.id, 1e-8);
}

function broock(c: ReferenceCase, y: Float64Array) {
  bds(y, { dimensions: 3 }).forEach((result, i) => {
    close("bds", result.statistic, c.result.statistic[i], c.id);
    near("bds p-value", result.pValue, c.result.pvalue[i], c.id, 1e-12);
  });
}

describe("statsmodels-diagnostics.json", () => {
  const check = { ljungbox: cumulative, jb: moments, dw: durbin, arch: engle, bds: broock };
  for (const c of cases("statsmodels-diagnostics.json")) {
    test(c.id, () => check[c.id.split("-")[0] as keyof typeof check](c, referenceSeries(c.series).values));
  }
  afterAll(() => worst.report("portmanteau"));
});

test("with gaps, lags count up to the values that are not missing", () => {
  const y = Array.from({ length: 60 }, (_, t) => (t % 6 === 0 ? Math.sin(t * t) : Number.NaN));
  // Ten values: no weight n(n + 2)/(n − k) may turn negative or infinite.
  expect(ljungBox(y).lags).toBeLessThan(10);
  expect(ljungBox(y, { lags: 9 }).statistic).toBeGreaterThan(0);
  expect(() => ljungBox(y, { lags: 12 })).toThrowError(expect.objectContaining({ code: "bad-lags" }));
});

test("missing values are refused with an option that leaves them out only where there is one", () => {
  const y = Float64Array.from({ length: 40 }, (_, t) => (t === 7 ? Number.NaN : Math.sin(t)));
  expect(() => shapiroWilk(y)).toThrow('leave them out with missing: "drop"');
  for (const refuse of [() => bds(y), () => durbinWatson(y)]) {
    expect(refuse).toThrow(/1 of 40 values are missing; interpolate them\.$/);
  }
});
