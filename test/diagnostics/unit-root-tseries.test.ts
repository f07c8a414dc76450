import { afterAll, describe, expect, test } from "vitest";
import { adf } from "../../src/diagnostics/unit-root/adf.js";
import { kpss } from "../../src/diagnostics/unit-root/kpss.js";
import { phillipsPerron } from "../../src/diagnostics/unit-root/phillips-perron.js";
import { cases, type ReferenceCase, referenceSeries, Worst } from "./reference.js";

// R's tseries 0.10-53: statistics to 1e-7 (least squares by another QR), table p-values to 1e-6.
const worst = new Worst();

function run(c: ReferenceCase) {
  const { values } = referenceSeries(c.series);
  const short = c.call.includes("lshort=FALSE") ? "long" : "short";
  if (c.call.includes("kpss.test")) {
    return kpss(values, { regression: c.call.includes("'Trend'") ? "trend" : "level", lags: short });
  }
  if (c.call.includes("pp.test")) {
    return phillipsPerron(values, {
      statistic: c.call.includes("Z(alpha)") ? "z-alpha" : "z-tau",
      lags: short,
    });
  }
  const lags = /k=(\d)/.exec(c.call)?.[1];
  return adf(values, { regression: "trend", lags: lags === undefined ? "cube-root" : Number(lags) });
}

/** What R answers with NaN or with the rounding noise of a constant series is an error here. */
const refused: Record<string, string> = {
  "adf-short6": "too-short",
  "adf-short63": "too-short",
  "adf-explosive-short6": "too-short",
};

describe("unitroot-tseries.json", () => {
  for (const c of cases("unitroot-tseries.json")) {
    test(c.id, () => {
      const code = c.series === "constant" ? "constant-series" : refused[c.id];
      if (code !== undefined) {
        expect(() => run(c)).toThrowError(expect.objectContaining({ code }));
        return;
      }
      const result = run(c);
      const explosive = c.result.alternative === "explosive";
      const pValue = explosive ? 1 - result.table!.pValue : result.table!.pValue;
      worst.relative("statistic", result.statistic, c.result.statistic, c.id);
      worst.absolute("table p-value", pValue, c.result.pvalue, c.id);
      expect(result.lags).toBe(c.result.parameter);
      expect(Math.abs(result.statistic / c.result.statistic - 1)).toBeLessThan(1e-7);
      expect(Math.abs(pValue - c.result.pvalue)).toBeLessThan(1e-6);
      // Where R warns that the p-value is beyond the table, there is a note and the other p-value goes on.
      expect(result.table!.beyond !== null).toBe(c.warnings !== undefined);
      expect(result.notes.some((note) => note.code === "table-ends")).toBe(c.warnings !== undefined);
      expect(result.pValue).toBeGreaterThanOrEqual(0);
      expect(result.pValue).toBeLessThanOrEqual(1);
    });
  }
  afterAll(() => worst.report("unitroot-tseries"));
});
