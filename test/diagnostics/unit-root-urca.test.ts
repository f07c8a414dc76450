import { afterAll, describe, expect, test } from "vitest";
import { type AdfOptions, adf } from "../../src/diagnostics/unit-root/adf.js";
import { elliottRothenbergStock } from "../../src/diagnostics/unit-root/ers.js";
import { kpss } from "../../src/diagnostics/unit-root/kpss.js";
import { phillipsPerron } from "../../src/diagnostics/unit-root/phillips-perron.js";
import { zivotAndrews } from "../../src/diagnostics/unit-root/zivot-andrews.js";
import { cases, type ReferenceCase, referenceSeries, Worst } from "./reference.js";

// R's urca 1.3-3: statistics and regressions to 1e-7 (another QR), critical values as printed.
const worst = new Worst();

function close(quantity: string, actual: number, expected: number, id: string, tolerance = 1e-7) {
  worst.relative(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

function argument(call: string, name: string): string | undefined {
  return new RegExp(`${name}='?([^',)]*)`).exec(call)?.[1];
}

function dickeyFuller(c: ReferenceCase, y: Float64Array) {
  const regression = { none: "none", drift: "constant", trend: "trend" } as const;
  const criterion = argument(c.call, "selectlags")?.toLowerCase() as "aic" | "bic" | undefined;
  const lags = Number(argument(c.call, "lags"));
  const options: AdfOptions = criterion
    ? { lags: criterion, maxLags: lags, minLags: 1, keepSample: true }
    : { lags };
  const result = adf(y, {
    ...options,
    regression: regression[argument(c.call, "type") as keyof typeof regression],
  });
  const statistics = [result.statistic, ...result.joint.map((joint) => joint.statistic)];
  statistics.forEach((value, i) => {
    close(`ur.df ${c.result.names[i]}`, value, c.result.teststat[i], c.id);
  });
  expect(result.lags).toBe(c.result.usedLags);
  const values = [result.printedValues!, ...result.joint.map((joint) => joint.criticalValues)];
  expect(values.map(Object.values)).toEqual(c.result.cval);
  const rename = (name: string) =>
    name
      .replace("(Intercept)", "intercept")
      .replace("z.lag.1", "level1")
      .replace(/^z\.diff\.lag(\d*)$/, (_, k) => `difference${k || 1}`)
      .replace(/^tt$/, "trend");
  c.result.regression.names.forEach((name: string, i: number) => {
    const coefficient = result.coefficients.find((entry) => entry.name === rename(name))!;
    const scale = c.result.regression.se[i];
    worst.absolute("ur.df estimate / se", coefficient.estimate, c.result.regression.estimate[i], c.id, scale);
    expect(Math.abs(coefficient.estimate - c.result.regression.estimate[i])).toBeLessThan(1e-7 * scale);
    close("ur.df se", coefficient.stdError, scale, c.id);
  });
}

function phillips(c: ReferenceCase, y: Float64Array) {
  const result = phillipsPerron(y, {
    statistic: argument(c.call, "type") === "Z-tau" ? "z-tau" : "z-alpha",
    regression: argument(c.call, "model") as "constant" | "trend",
    lags: argument(c.call, "lags") as "short" | "long",
    moments: "current",
  });
  close("ur.pp statistic", result.statistic, c.result.teststat[0], c.id);
  expect(result.lags).toBe(c.result.lag);
  // R rounds these to four digits.
  expect(Math.abs(result.auxiliary!.constant - c.result.auxstat[0])).toBeLessThan(5.1e-5);
  if (result.regression === "trend") {
    expect(Math.abs(result.auxiliary!.trend! - c.result.auxstat[1])).toBeLessThan(5.1e-5);
  }
  if (result.criticalValues === null) expect(c.result.cval).toEqual([[null, null, null]]);
  else {
    Object.values(result.criticalValues).forEach((value, i) => {
      close("ur.pp critical value", value, c.result.cval[0][i], c.id, 1e-12);
    });
  }
}

function andrews(c: ReferenceCase, y: Float64Array) {
  const breaks = ({ intercept: "level", trend: "trend", both: "both" } as const)[
    argument(c.call, "model") as "intercept" | "trend" | "both"
  ];
  const result = zivotAndrews(y, { breaks, lags: 1, trim: 0 });
  close("ur.za statistic", result.statistic, c.result.teststat[0], c.id);
  expect(result.breakIndex + 1).toBe(c.result.bpoint);
  expect(Object.values(result.printedValues)).toEqual(c.result.cval.flat());
}

function elliott(c: ReferenceCase, y: Float64Array) {
  const result = elliottRothenbergStock(y, {
    statistic: argument(c.call, "type") === "DF-GLS" ? "df-gls" : "p-test",
    regression: argument(c.call, "model") as "constant" | "trend",
    lags: 4,
    ownRows: true,
  });
  close("ur.ers statistic", result.statistic, c.result.teststat[0], c.id);
  expect(result.lags).toBe(c.result.lag);
  Object.values(result.criticalValues).forEach((value, i) => {
    expect(Math.abs(value - c.result.cval[0][i])).toBeLessThanOrEqual(0.005 + 1e-12);
  });
}

function stationarity(c: ReferenceCase, y: Float64Array) {
  const rule = argument(c.call, "lags");
  const lags = rule === undefined ? Number(argument(c.call, "use.lag")) : rule === "nil" ? "none" : rule;
  const regression = argument(c.call, "type") === "mu" ? "level" : "trend";
  const result = kpss(y, { regression, lags: lags as "short" | "long" | "none" | number });
  close("ur.kpss statistic", result.statistic, c.result.teststat[0], c.id);
  expect(result.lags).toBe(c.result.lag);
  expect(Object.values(result.criticalValues)).toEqual(c.result.cval[0]);
}

const check = {
  "ur.df": dickeyFuller,
  "ur.pp": phillips,
  "ur.za": andrews,
  "ur.ers": elliott,
  "ur.kpss": stationarity,
};

describe("unitroot-urca.json", () => {
  for (const c of cases("unitroot-urca.json")) {
    test(c.id, () => {
      const name = /urca::(ur\.[a-z]+)/.exec(c.call)![1] as keyof typeof check;
      check[name](c, referenceSeries(c.series).values);
    });
  }
  afterAll(() => worst.report("unitroot-urca"));
});
