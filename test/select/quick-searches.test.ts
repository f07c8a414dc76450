import { describe, expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { autoArima } from "../../src/select/auto-arima/index.js";
import { autoEts } from "../../src/select/auto-ets/index.js";
import { draw, GALLERY } from "../gallery/gallery.js";

/** The criterion counts this much as hardly any difference between two models (Burnham & Anderson 2002, p. 70). */
const LITTLE = 4;
const NAMES = ["monthly-airline", "quarterly-trend", "linear-trend", "autoregression", "poisson"];
const SERIES = NAMES.flatMap((name) =>
  [1, 2, 3].map((seed) => {
    const { id, y, period } = draw(GALLERY.find((one) => one.name === name)!, seed);
    return series(y, { id, period });
  }),
);

describe.each([
  ["auto-ets", autoEts(), autoEts({ search: "quick" })],
  ["auto-arima", autoArima(), autoArima({ search: "quick" })],
])("a quick search of %s", (_, usual, quick) => {
  test("finds a form about as good, of fewer that it tried", () => {
    const gaps = SERIES.map((one) => quick.fit(one).report.aicc - usual.fit(one).report.aicc);
    const near = gaps.filter((gap) => gap < LITTLE);
    expect(near.length).toBeGreaterThanOrEqual(0.8 * SERIES.length);
    const tried = (model: typeof quick) => {
      const { search } = model.fit(SERIES[0]!).report.details as { search: unknown };
      return Array.isArray(search) ? search.length : (search as { candidates: unknown[] }).candidates.length;
    };
    expect(tried(quick)).toBeLessThan(tried(usual));
  });

  test("has a notation of its own", () => {
    expect(quick.notation).toContain("(search=quick)");
  });
});
