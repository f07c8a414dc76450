import { afterAll, describe, expect, test } from "vitest";
import { adf } from "../../src/diagnostics/unit-root/adf.js";
import { kpss } from "../../src/diagnostics/unit-root/kpss.js";
import { rangeUnitRoot } from "../../src/diagnostics/unit-root/range.js";
import { zivotAndrews } from "../../src/diagnostics/unit-root/zivot-andrews.js";
import { cases, type ReferenceCase, referenceSeries, Worst } from "./reference.js";

// statsmodels 0.13.5: statistics to 1e-7 (it solves by pseudo-inverse), MacKinnon p-values to 1e-7, table p-values 1e-6.
const worst = new Worst();

function close(quantity: string, actual: number, expected: number, id: string, tolerance = 1e-7) {
  worst.relative(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

function near(quantity: string, actual: number, expected: number, id: string, tolerance: number) {
  worst.absolute(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

const REGRESSION = { n: "none", c: "constant", ct: "trend", ctt: "quadratic" } as const;

function dickeyFuller(c: ReferenceCase, y: Float64Array) {
  const [, reg, criterion, most] = /^adf-(\w+?)-([\w-]+?)-(None|\d)-/.exec(c.id)!;
  const result = runAdf(y, REGRESSION[reg as keyof typeof REGRESSION], criterion!, most!);
  close("adfuller statistic", result.statistic, c.result.statistic, c.id);
  near("adfuller p-value", result.pValue, c.result.pvalue, c.id, 1e-7);
  expect(result.lags).toBe(c.result.usedlag);
  expect(result.observations).toBe(c.result.nobs);
  Object.entries(result.criticalValues).forEach(([level, value]) => {
    close("adfuller critical value", value, c.result.critical[level], c.id, 1e-12);
  });
  if (result.choice !== null) {
    close("adfuller criterion", result.choice.values[result.lags]!, c.result.icbest, c.id);
  }
}

function runAdf(
  y: Float64Array,
  regression: (typeof REGRESSION)[keyof typeof REGRESSION],
  criterion: string,
  most: string,
) {
  if (criterion !== "None") {
    return adf(y, { regression, lags: criterion.toLowerCase() as "aic" | "bic" | "t-stat" });
  }
  if (most !== "None") return adf(y, { regression, lags: Number(most) });
  // statsmodels without a criterion takes the most lags.
  const terms = { none: 0, constant: 1, trend: 2, quadratic: 3 }[regression];
  const schwert = Math.ceil(12 * (y.length / 100) ** 0.25);
  return adf(y, { regression, lags: Math.min(schwert, Math.floor(y.length / 2) - terms - 1) });
}

function stationarity(c: ReferenceCase, y: Float64Array) {
  const [, reg, lags] = /^kpss-(ct?)-(auto|legacy|5)-/.exec(c.id)!;
  const result = kpss(y, {
    regression: reg === "c" ? "level" : "trend",
    lags: lags === "5" ? 5 : (lags as "auto" | "legacy"),
  });
  close("kpss statistic", result.statistic, c.result.statistic, c.id);
  near("kpss table p-value", result.table.pValue, c.result.pvalue, c.id, 1e-6);
  expect(result.lags).toBe(c.result.lags);
  expect(result.criticalValues).toEqual(c.result.critical);
  expect(result.table.beyond !== null).toBe(c.warnings !== undefined);
}

function andrews(c: ReferenceCase, y: Float64Array) {
  const reg = /^za-(ct|c|t)-/.exec(c.id)![1] as "c" | "t" | "ct";
  const breaks = ({ c: "level", t: "trend", ct: "both" } as const)[reg];
  const result = zivotAndrews(y, { breaks, lags: 2 });
  close("zivot_andrews statistic", result.statistic, c.result.statistic, c.id);
  near("zivot_andrews p-value", result.pValue, c.result.pvalue, c.id, 1e-7);
  // statsmodels counts the break of a slope one later than that of a level.
  expect(result.breakIndex + (breaks === "trend" ? 1 : 0)).toBe(c.result.breakIndex);
  expect(result.criticalValues).toEqual(c.result.critical);
}

function range(c: ReferenceCase, y: Float64Array) {
  const result = rangeUnitRoot(y);
  close("range_unit_root statistic", result.statistic, c.result.statistic, c.id, 1e-12);
  Object.entries(result.criticalValues).forEach(([level, value]) => {
    close("range_unit_root critical value", value, c.result.critical[level], c.id, 1e-12);
  });
  // statsmodels gives the next level of the table instead of interpolating.
  expect(result.pValue).toBeLessThanOrEqual(c.result.pvalue);
  const levels = [0.01, 0.025, 0.05, 0.1, 0.9, 0.95];
  const below = levels[levels.indexOf(c.result.pvalue) - 1] ?? 0.01;
  expect(result.pValue).toBeGreaterThanOrEqual(below);
}

/** Regressions with as many coefficients as rows, which statsmodels' pseudo-inverse answers with noise, are refused. */
const tooShort = /^adf-(n-(AIC|BIC|t-stat|None)-(None|2))-short6$/;

/** statsmodels wants fewer lags than n/2 − 1 − terms; one degree of freedom is left, and that is enough to compute. */
const computed = "adf-ctt-None-0-short6";

describe("statsmodels-unitroot.json", () => {
  for (const c of cases("statsmodels-unitroot.json")) {
    test(c.id, () => {
      const y = referenceSeries(c.series).values;
      const check = c.id.startsWith("adf")
        ? dickeyFuller
        : c.id.startsWith("kpss")
          ? stationarity
          : c.id.startsWith("za")
            ? andrews
            : range;
      if (c.series === "constant") {
        expect(() => check(c, y)).toThrowError(expect.objectContaining({ code: "constant-series" }));
      } else if (c.id === computed) {
        expect(adf(y, { regression: "quadratic", lags: 0 }).statistic).toBeLessThan(0);
      } else if (c.result.error !== undefined) {
        expect(() => check(c, y)).toThrowError(
          expect.objectContaining({ code: expect.stringMatching(/too-short|bad-lags/) }),
        );
      } else if (tooShort.test(c.id)) {
        expect(() => check(c, y)).toThrowError(expect.objectContaining({ code: "too-short" }));
      } else check(c, y);
    });
  }
  afterAll(() => worst.report("statsmodels-unitroot"));
});
