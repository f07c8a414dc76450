import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { ndiffs } from "../../src/diagnostics/orders/ndiffs.js";
import { nsdiffs } from "../../src/diagnostics/orders/nsdiffs.js";
import { canovaHansen } from "../../src/diagnostics/seasonal-tests/canova-hansen.js";
import { hegy } from "../../src/diagnostics/seasonal-tests/hegy.js";
import { ocsb } from "../../src/diagnostics/seasonal-tests/ocsb.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";
import { referenceSeries } from "./reference.js";

const air = referenceSeries("AirPassengers").values;
const TESTS = ["strength", "ocsb", "hegy", "canova-hansen"] as const;

function seasonalWalk(n: number, period: number, seed: number, persistence: number): Float64Array {
  const rng = random(seed);
  const y = new Float64Array(n);
  for (let t = 0; t < n; t++) y[t] = standardNormal(rng) + persistence * (t < period ? 0 : y[t - period]!);
  return y;
}

describe("HEGY", () => {
  test("p-values are even under the null hypothesis, tell stationary series apart, and repeat with the seed", () => {
    let rejected = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { pValue } = hegy(seasonalWalk(80, 4, 500 + seed, 1), 4, { lags: 0, replications: 99, seed });
      if (pValue <= 0.2) rejected++;
    }
    expect(Math.abs(rejected / 60 - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / 60));
    const noise = hegy(seasonalWalk(80, 4, 3, 0), 4);
    expect(noise.pValue).toBe(1 / 1000);
    expect(noise).toEqual(hegy(seasonalWalk(80, 4, 3, 0), 4));
  });

  test("odd periods have no frequency of half a cycle a step", () => {
    const { statistics, pValues } = hegy(seasonalWalk(120, 7, 1, 1), 7, { replications: 19 });
    expect(statistics.half).toBeNull();
    expect(statistics.pairs.length).toBe(3);
    expect(pValues.pairs.every((p) => p > 0 && p <= 1)).toBe(true);
  });

  test("levels of each phase do not matter when the regression has them", () => {
    const y = seasonalWalk(100, 4, 2, 1);
    const options = { terms: { dummies: true }, lags: 1, replications: 19 };
    const lifted = y.map((value, t) => value + [50, -20, 5, 0][t % 4]!);
    const [here, there] = [hegy(y, 4, options), hegy(lifted, 4, options)];
    expect(Math.abs(there.statistic / here.statistic - 1)).toBeLessThan(1e-7);
  });

  test("rows that gaps touch are left out, told", () => {
    const result = hegy(air.with(60, Number.NaN), 12, { lags: 1, replications: 19 });
    expect(result.observations).toBe(144 - 13 - 14);
    expect(result.notes).toMatchObject([{ code: "rows-left-out", details: { rows: 14 } }]);
  });
});

describe("every test of seasonal differences", () => {
  test.each(TESTS)("%s: a strong changing season needs a difference, noise none", (name) => {
    const walk = seasonalWalk(240, 4, 4, 1);
    expect(nsdiffs(walk, 4, { test: name }).differences).toBe(1);
    expect(nsdiffs(seasonalWalk(240, 4, 6, 0), 4, { test: name }).differences).toBe(0);
  });

  test.each(TESTS)("%s: does not depend on the unit", (name) => {
    const here = nsdiffs(air, 12, { test: name });
    for (const scale of [1e-12, 1e12]) {
      const there = nsdiffs(
        air.map((value) => scale * value),
        12,
        { test: name },
      );
      expect(there.differences).toBe(here.differences);
      expect(Math.abs(there.evidence[0]!.statistic / here.evidence[0]!.statistic - 1)).toBeLessThan(1e-7);
    }
  });

  test.each(TESTS)("%s: any series gives whole differences and finite evidence", (name) => {
    const values = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 7 }), (y, period) => {
        const result = nsdiffs(y, period, { test: name });
        expect([0, 1]).toContain(result.differences);
        for (const { statistic, criticalValue, pValue } of result.evidence) {
          expect(Number.isFinite(statistic)).toBe(true);
          expect(criticalValue === null || Number.isFinite(criticalValue)).toBe(true);
          expect(pValue === null || (pValue >= 0 && pValue <= 1)).toBe(true);
        }
      }),
      { numRuns: name === "hegy" ? 8 : 80 },
    );
  });

  test("R's limits: constant, no longer than a period, two periods", () => {
    expect(nsdiffs(new Array(40).fill(2), 4)).toEqual({ differences: 0, evidence: [], notes: [] });
    expect(nsdiffs(air.slice(0, 12), 12)).toEqual({ differences: 0, evidence: [], notes: [] });
    const short = nsdiffs(air.slice(0, 24), 12);
    expect(short).toMatchObject({ differences: 0, evidence: [], notes: [{ code: "test-failed" }] });
    expect(short.notes[0]!.message).toContain("more than two periods");
    // A pattern that never changes is constant after one difference.
    const pattern = Array.from({ length: 60 }, (_, t) => [1, 5, 2][t % 3]!);
    expect(nsdiffs(pattern, 3, { maximum: 3 })).toMatchObject({
      differences: 1,
      evidence: [{ differenceAgain: true }],
    });
  });

  test("gaps that were filled are told", () => {
    const result = nsdiffs(air.with(50, Number.NaN), 12);
    expect(result).toMatchObject({
      differences: 1,
      notes: [{ code: "missing-interpolated", details: { missing: 1 } }],
    });
  });

  test("levels outside the tables are clamped, told", () => {
    expect(nsdiffs(air, 12, { test: "ocsb", alpha: 0.1 }).notes).toMatchObject([{ code: "alpha-clamped" }]);
    expect(ndiffs(air, { alpha: 0.5 }).notes).toMatchObject([{ code: "alpha-clamped" }]);
    expect(ndiffs(air, { alpha: 0.05 }).notes).toEqual([]);
  });

  test.each([
    ["bad-period", () => nsdiffs(air, 1)],
    ["bad-period", () => ocsb(air, 1)],
    ["bad-period", () => hegy(air, 2)],
    ["bad-period", () => canovaHansen(air, 0)],
    ["bad-test", () => nsdiffs(air, 12, { test: "kpss" as "ocsb" })],
    ["bad-test", () => ndiffs(air, { test: "ocsb" as "kpss" })],
    ["bad-maximum", () => nsdiffs(air, 12, { maximum: -1 })],
    ["bad-maximum", () => ndiffs(air, { maximum: 0.5 })],
    ["bad-lags", () => ocsb(air, 12, { lags: "best" as "aic" })],
    ["bad-lags", () => hegy(air, 12, { lags: -1 })],
    ["bad-replications", () => hegy(air, 12, { replications: 3 })],
    ["too-short", () => ocsb(air.slice(0, 14), 12)],
    ["too-short", () => hegy(air.slice(0, 30), 12)],
    ["too-short", () => canovaHansen(air.slice(0, 20), 12)],
    ["missing-values", () => ocsb(air.with(3, Number.NaN), 12)],
    ["constant-series", () => hegy(new Array(60).fill(1), 4)],
    ["too-short", () => nsdiffs([], 4)],
    ["too-short", () => ndiffs([])],
  ])("refuses with %s", (code, run) => {
    expect(run).toThrowError(expect.objectContaining({ code }));
  });
});

describe("ndiffs", () => {
  test("a walk summed d times needs d differences, up to the maximum", () => {
    const rng = random(11);
    let y = Float64Array.from({ length: 150 }, () => standardNormal(rng));
    for (let d = 0; d <= 3; d++) {
      for (const name of ["kpss", "adf", "pp"] as const) {
        const { differences } = ndiffs(y, { test: name });
        expect(differences).toBe(Math.min(d, 2));
      }
      let level = 0;
      y = y.map((value) => (level += value));
    }
  });

  test("stops where nothing varies any more", () => {
    expect(ndiffs([5, 5, 5, 5, 5])).toEqual({ differences: 0, evidence: [], notes: [] });
    const line = Array.from({ length: 40 }, (_, t) => 2 * t + 1);
    expect(ndiffs(line)).toMatchObject({ differences: 1, evidence: [{ differenceAgain: true }] });
    expect(ndiffs([3])).toEqual({ differences: 0, evidence: [], notes: [] });
    expect(ndiffs([3, 4]).differences).toBe(0);
  });

  test("missing values are left out as R does, told", () => {
    const { values } = referenceSeries("presidents");
    const present = values.filter((value) => !Number.isNaN(value));
    const result = ndiffs(values);
    expect(result.evidence).toEqual(ndiffs(present).evidence);
    expect(result.notes).toMatchObject([{ code: "missing-dropped", details: { missing: 6 } }]);
  });

  test("levels of 1e-12 are not constant, whatever R's tolerance says", () => {
    const small = air.map((value) => 1e-12 * value);
    expect(ndiffs(small).differences).toBe(ndiffs(air).differences);
  });
});
