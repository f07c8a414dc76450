import { afterAll, describe, expect, test } from "vitest";
import { mstl } from "../../src/diagnostics/decomposition/mstl.js";
import { type StlOptions, stl } from "../../src/diagnostics/decomposition/stl.js";
import { cases, referenceSeries, toNumber, Worst } from "./reference.js";

const worst = new Worst();
const rangeOf = (y: Float64Array) => Math.max(...y) - Math.min(...y);
for (const c of cases("decompose.json")) {
  test(c.id, () => {
    const { values, frequency } = referenceSeries(c.series);
    if (c.call.startsWith("stats::stl")) {
      const w = c.result;
      const o: StlOptions = {
        seasonalWindow: c.call.includes("periodic") ? "periodic" : w.win.s,
        seasonalDegree: w.deg.s,
        trendWindow: w.win.t,
        trendDegree: w.deg.t,
        lowPassWindow: w.win.l,
        lowPassDegree: w.deg.l,
        seasonalJump: w.jump.s,
        trendJump: w.jump.t,
        lowPassJump: w.jump.l,
        inner: w.inner,
        outer: w.outer,
      };
      const r = stl(values, frequency, o);
      for (const k of ["seasonal", "trend", "remainder"] as const)
        r[k].forEach((v, i) => worst.absolute(k, v, w[k][i], c.id, rangeOf(values)));
      console.log(c.id, worst.of("seasonal"));
    } else if (c.call.includes("mstl")) {
      const periods = c.id === "mstl-twoSeason" ? [7, 28] : frequency;
      const r = mstl(values, periods, {
        ...(c.id.includes("iter") ? { seasonalWindows: 13 } : {}),
        ...(c.id.includes("lambda") ? { lambda: 0 } : {}),
      });
      const w = c.result;
      const range = rangeOf(Float64Array.from(values.filter((v) => !Number.isNaN(v))));
      const local = new Worst();
      r.trend.forEach((v, i) => local.absolute("trend", v, w.Trend[i], c.id, range));
      for (const s of r.seasons)
        s.values.forEach((v, i) => local.absolute("season", v, w["Seasonal" + s.period][i], c.id, range));
      r.remainder.forEach((v, i) => {
        if (!Number.isNaN(v)) local.absolute("rem", v, w.Remainder[i], c.id, range);
      });
      local.report(c.id);
    }
  });
}
