import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { type Series, series, slice } from "../../../src/core/series.js";
import { negativeBinomial } from "../../../src/distributions/families/negative-binomial.js";
import { forecast } from "../../../src/engine/forecast.js";
import { dispersionOf } from "../../../src/models/pooled/estimation/counts.js";
import { layoutsOf } from "../../../src/models/pooled/estimation/layouts.js";
import { prepared } from "../../../src/models/pooled/estimation/rows.js";
import { pooled } from "../../../src/models/pooled/index.js";

const DISPERSION = 0.7;

interface Demand {
  readonly one: Series;
  readonly mean: number;
}

function demands(count: number, rows: number): Demand[] {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(5).fork(i);
    const mean = 0.1 + 1.1 * rng.uniform();
    const count = negativeBinomial(mean, DISPERSION);
    return {
      mean,
      one: series(
        Array.from({ length: rows }, () => count.sample(rng)),
        { id: `s${i}` },
      ),
    };
  });
}

describe("counts with many zeros", () => {
  test("the dispersion is the best of a fine grid", () => {
    const panel = demands(30, 60).map(({ one }) => one);
    const [layout] = layoutsOf(panel, [1]);
    const coefficients = Float64Array.from([0.6, 0.3]);
    const found = dispersionOf(layout, prepared(layout, panel), coefficients);
    const rows = panel.flatMap(({ y }) => {
      let [sum, mass, total] = [0, 0, 0];
      return Array.from(y, (value, t) => {
        const scale = mass > 0 ? Math.max(sum / mass, (0.1 * total) / t) : 0;
        const mean = 0.6 * scale + 0.3 * (y[t - 1] ?? 0);
        [sum, mass, total] = [layout.fade * sum + value, layout.fade * mass + 1, total + value];
        return { scale, value, mean };
      }).filter(({ scale }) => scale > 0);
    });
    const likelihood = (dispersion: number) =>
      rows.reduce((sum, { value, mean }) => sum + negativeBinomial(mean, dispersion).logDensity(value), 0);
    const grid = Array.from({ length: 300 }, (_, k) => 0.05 * 1.02 ** k);
    const best = grid.reduce((a, b) => (likelihood(b) > likelihood(a) ? b : a));
    expect(found / best).toBeGreaterThan(0.97);
    expect(found / best).toBeLessThan(1.03);
  });

  test("medians miss hardly more than those of the true distributions, intervals hold what they state", async () => {
    const panel = demands(300, 60);
    const fits = await pooled().fitPanel(
      panel.map(({ one }) => slice(one, 0, 54)),
      { horizon: 6 },
    );
    expect(fits[0]!.report.details.dispersion).toBeGreaterThan(DISPERSION / 1.5);
    expect(fits[0]!.report.details.dispersion).toBeLessThan(DISPERSION * 1.5);
    let [own, best, held, stated] = [0, 0, 0, 0];
    fits.forEach((one, i) => {
      const truth = negativeBinomial(panel[i]!.mean, DISPERSION).quantile(0.5);
      forecast(one, { horizon: 6, paths: 300 }).distributions.forEach((d, h) => {
        const y = panel[i]!.one.y[54 + h]!;
        own += Math.abs(y - d.quantile(0.5));
        best += Math.abs(y - truth);
        const [low, high] = [d.quantile(0.1), d.quantile(0.9)];
        stated += (d.cdf(high) - d.cdf(low - 0.5)) / 1800;
        if (y >= low && y <= high) held += 1 / 1800;
      });
    });
    expect(own / best).toBeLessThan(1.04);
    // Three standard errors of a share of .93 among 1,800 are 1.8 %; forecasts of a series share their scale.
    expect(Math.abs(held - stated)).toBeLessThan(0.025);
  });

  test("what is no count, or is seldom 0, keeps Student's errors", async () => {
    const counts = demands(12, 60).map(({ one }) => one);
    const halves = counts.map((one) => ({ ...one, y: one.y.map((value) => value / 2) }));
    const many = counts.map((one) => ({ ...one, y: one.y.map((value) => value + 1) }));
    for (const panel of [halves, many]) {
      const [fitted] = await pooled().fitPanel(panel, { horizon: 6 });
      expect(fitted!.params.dispersion).toBeUndefined();
    }
  });
});
