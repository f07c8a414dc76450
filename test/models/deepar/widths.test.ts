import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { column, forecast, simulate } from "../../../src/engine/forecast.js";
import { refit, update } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { normalQuantile, standardNormal } from "../../../src/math/normal.js";
import { LEVELS, type Miss } from "../../../src/models/deepar/misses.js";
import { widthFactors } from "../../../src/models/deepar/widths.js";
import { deepar } from "../../../src/select/neural.js";
import { countPanel, seasonalPanel } from "./panels.js";

/** Misses of forecasts that say N(0, 1) where N(0, sd²) comes. */
function missesOf(count: number, horizon: number, sd: (step: number) => number): Miss[] {
  const rng = random(7);
  return Array.from({ length: count * horizon }, (_, i) => {
    const step = (i % horizon) + 1;
    const y = Math.abs(sd(step) * standardNormal(rng));
    return { step, needed: LEVELS.map((level) => y / normalQuantile((1 + level) / 2)) };
  });
}

describe("factors for the widths", () => {
  test("are what the widths lack, at each step", () => {
    const factors = widthFactors(
      missesOf(4000, 16, (step) => (step <= 8 ? 1 : 1.8)),
      16,
      4000,
    );
    for (const h of [0, 1, 4]) expect(Math.abs(factors[h]! - 1)).toBeLessThan(0.05);
    for (const h of [11, 14, 15]) expect(Math.abs(factors[h]! - 1.8)).toBeLessThan(0.1);
  });

  test("stay at 1 where forecasts are few, and within 0.7 and 3 whatever they missed", () => {
    const few = widthFactors(
      missesOf(2, 4, () => 3),
      4,
      2,
    );
    for (const factor of few) expect(factor).toBeLessThan(1.3);
    const wild = widthFactors(
      missesOf(5000, 2, () => 1000),
      2,
      5000,
    );
    const calm = widthFactors(
      missesOf(5000, 2, () => 0.001),
      2,
      5000,
    );
    expect(wild[0]).toBeGreaterThan(2.9);
    expect(wild[0]).toBeLessThanOrEqual(3);
    expect(calm[0]).toBeGreaterThanOrEqual(0.7);
    expect(widthFactors([], 3, 0)).toEqual([1, 1, 1]);
  });
});

describe("a trained network", () => {
  const options = { epochs: 2, batches: 8, hidden: 8 };

  test("carries them, told in a note; they survive a file, new rows and another series", async () => {
    const panel = seasonalPanel(30, 72);
    const [fitted] = await deepar(options).fitPanel(panel);
    const note = fitted!.report.notes.find(({ code }) => code === "calibrated-intervals")!;
    expect(note.details).toMatchObject({ forecasts: 30 });
    const { calibration } = fitted!;
    expect(calibration).toMatchObject({ at: [1], to: expect.any(Array) });
    expect(load(save(fitted!)).calibration).toEqual(calibration);
    expect(update(fitted!, [3]).calibration).toEqual(calibration);
    expect(refit(fitted!, panel[3]!).calibration).toEqual(calibration);
  });

  test("keeps to the bounds of the data however wide the intervals get", async () => {
    const [fitted] = await deepar({ ...options, max: 40 }).fitPanel(seasonalPanel(8, 72));
    const wide = { ...fitted!, calibration: { at: [1], to: [[3]] } };
    const { distributions } = forecast(wide, { horizon: 6, paths: 200 });
    for (const distribution of distributions) {
      expect(distribution.quantile(0.001)).toBeGreaterThanOrEqual(0);
      expect(distribution.quantile(0.999)).toBeLessThanOrEqual(40);
      expect(distribution.mean).toBeGreaterThan(0);
    }
    const paths = simulate(wide, { horizon: 6, paths: 200 });
    for (const value of paths.values) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(40);
    }
    expect(column(paths, 5)).toHaveLength(200);
  });

  test("leaves counts whole, and intervals=own as they are", async () => {
    const [counts] = await deepar({ ...options, likelihood: "negative-binomial" }).fitPanel(
      countPanel(8, 80),
    );
    expect(counts!.calibration).toBeUndefined();
    const [own] = await deepar({ ...options, intervals: "own" }).fitPanel(seasonalPanel(8, 72));
    expect(own!.calibration).toBeUndefined();
  });
});
