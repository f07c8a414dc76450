import { afterAll, describe, expect, test } from "vitest";
import { ndiffs } from "../../src/diagnostics/orders/ndiffs.js";
import { nsdiffs } from "../../src/diagnostics/orders/nsdiffs.js";
import { canovaHansen } from "../../src/diagnostics/seasonal-tests/canova-hansen.js";
import { hegy } from "../../src/diagnostics/seasonal-tests/hegy.js";
import { ocsb } from "../../src/diagnostics/seasonal-tests/ocsb.js";
import { cases, type ReferenceCase, referenceSeries, Worst } from "./reference.js";

// R's forecast 8.20, urca 1.3-3, uroot 2.1-2: the numbers of differences exactly, statistics to 1e-7.
const worst = new Worst();

function close(quantity: string, actual: number, expected: number, id: string, tolerance = 1e-7) {
  worst.relative(quantity, actual, expected, id);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

const SEASONAL = { seas: "strength", ocsb: "ocsb", hegy: "hegy", ch: "canova-hansen" } as const;

/**
 * uroot's response surface gives p-values for the joint F that contradict those of its parts. AirPassengers: 0.187 for
 * F(2:12) and 0.0024 for F(1:12), which adds a t of p 0.48 to it. presidents: 0.133 for F(2:4) = 12.05, whose two parts
 * have 0.0035 and 0.0005. For the single frequencies of series of its own lengths the surface and yule's simulation
 * agree (see below); for the joint test simulation gives less than these, so no seasonal unit root.
 */
const wrongHegy: Record<string, number> = {
  "nsdiffs-AirPassengers-hegy": 0.04,
  "nsdiffs-presidents-hegy": 0.01,
};

function seasonalDifferences(c: ReferenceCase, y: Float64Array, period: number) {
  const name = /test='(\w+)'/.exec(c.call)![1] as keyof typeof SEASONAL;
  const result = nsdiffs(y, period, { test: SEASONAL[name] });
  const wrong = wrongHegy[c.id];
  if (wrong !== undefined) {
    expect(c.result).toBe(1);
    expect(result.differences).toBe(0);
    expect(result.evidence[0]!.pValue).toBeLessThan(wrong);
    return;
  }
  expect(result.differences).toBe(c.result);
  if (c.warnings !== undefined) expect(result.notes.map((note) => note.code)).toContain("test-failed");
}

function cycles(c: ReferenceCase, y: Float64Array, period: number) {
  if (c.series === "presidents") {
    // R drops the missing rows from the residuals but not from the cycles, and multiplies what no longer belongs together.
    expect(c.warnings).toContain("longer object length is not a multiple of shorter object length");
    expect(() => canovaHansen(y, period)).toThrowError(expect.objectContaining({ code: "missing-values" }));
    return;
  }
  const result = canovaHansen(y, period);
  const statistics = [...result.frequencies.map((entry) => entry.statistic), result.statistic];
  const expected = Object.values(c.result.statistics) as number[];
  statistics.forEach((value, i) => {
    close("ch.test statistic", value, expected[i]!, c.id);
  });
  // R's p-values come from a response surface over lengths, yule's from the limit law; at 72 values, with a
  // bandwidth of 11, they are too far apart to compare.
  if (y.length < 100) return;
  const pValues = [...result.frequencies.map((entry) => entry.pValue), result.pValue];
  (Object.values(c.result.pvalues) as number[]).forEach((value, i) => {
    worst.absolute("ch.test p-value, limit law", pValues[i]!, value, c.id);
    expect(Math.abs(pValues[i]! - value)).toBeLessThan(0.08);
  });
}

function roots(c: ReferenceCase, y: Float64Array, period: number) {
  const { statistics, pValues, lags } = hegy(y, period);
  const { zero, half, pairs, seasonal, all } = statistics;
  const expected = Object.values(c.result.statistics) as number[];
  [zero, half!, ...pairs, seasonal, all].forEach((value, i) => {
    close("hegy.test statistic", value, expected[i]!, c.id);
  });
  expect(lags).toBe(c.result.lagOrder);
  // uroot's surface answers 1, 0.99 and 0.018 alike for the 59 rows of USAccDeaths; compare where it knows the length.
  if (y.length < 140) return;
  const single = Object.values(c.result.pvalues).slice(0, -2) as number[];
  [pValues.zero, pValues.half!, ...pValues.pairs].forEach((value, i) => {
    worst.absolute("hegy.test p-value, simulated", value, single[i]!, c.id);
    // Four standard errors of 999 simulated series, and what the surface itself is off.
    expect(Math.abs(value - single[i]!)).toBeLessThan(4 * Math.sqrt(0.25 / 999));
  });
}

function chui(c: ReferenceCase, y: Float64Array, period: number) {
  const lags = c.call.includes("fixed") ? 0 : "aic";
  if (c.result.error !== undefined) {
    expect(() => ocsb(y, period, { lags })).toThrowError(expect.objectContaining({ code: "missing-values" }));
    return;
  }
  const result = ocsb(y, period, { lags });
  close("ocsb.test statistic", result.statistic, c.result.statistic, c.id);
  close("ocsb.test critical value", result.criticalValue, c.result.critical, c.id, 1e-12);
  expect(result.lags).toBe(c.result.lag);
}

function strength(c: ReferenceCase, y: Float64Array, period: number) {
  const { statistic } = nsdiffs(y, period).evidence[0]!;
  // The gaps of presidents are filled by robust STL, where R's weights rest on a wrong median.
  const tolerance = c.series === "presidents" ? 1e-2 : 1e-9;
  close(
    `seasonal strength${c.series === "presidents" ? ", gaps" : ""}`,
    statistic,
    c.result,
    c.id,
    tolerance,
  );
}

function differences(c: ReferenceCase, y: Float64Array) {
  const [, test, regression, alpha] = /-(kpss|adf|pp)-(level|trend)-([\d.]+)$/.exec(c.id)!;
  const result = ndiffs(y, {
    test: test as "kpss" | "adf" | "pp",
    regression: regression as "level" | "trend",
    alpha: Number(alpha),
  });
  expect(result.differences).toBe(c.result);
  // The evidence tells the story: each test but the last asked for another difference.
  result.evidence.forEach((step, i) => {
    expect(step.differences).toBe(i);
    if (i < result.evidence.length - 1) expect(step.differenceAgain).toBe(true);
  });
}

describe("ndiffs.json", () => {
  for (const c of cases("ndiffs.json")) {
    test(c.id, () => {
      const { values, frequency } = referenceSeries(c.series);
      if (c.id.startsWith("ndiffs-kpss-uselag")) {
        const step = ndiffs(values).evidence[0]!;
        close("kpss statistic", step.statistic, c.result.statistic, c.id);
        // R's expression counts the missing values too.
        if (c.series !== "presidents") expect(step.lags).toBe(c.result.lag);
      } else if (c.id.startsWith("ndiffs-")) differences(c, values);
      else if (c.id.startsWith("nsdiffs-")) seasonalDifferences(c, values, frequency);
      else if (c.id.startsWith("ocsb-")) chui(c, values, frequency);
      else if (c.id.startsWith("seasonal-strength-")) strength(c, values, frequency);
      else if (c.id.startsWith("hegy-")) roots(c, values, frequency);
      else cycles(c, values, frequency);
    });
  }
  afterAll(() => worst.report("ndiffs"));
});
