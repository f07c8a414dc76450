import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { column } from "../../../src/engine/parts/sampled.js";
import { refit, update } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { type HeldOutScore, learnedScores, SCORES } from "../../../src/models/shared/held-out-widths.js";
import { deepar } from "../../../src/select/neural.js";
import { countPanel, seasonalPanel } from "../network/panels.js";

/** Misses of forecasts that say N(0, 1) where N(0, sd²) comes. */
function missesOf(count: number, horizon: number, sd: (step: number) => number): HeldOutScore[] {
  const rng = random(7);
  return Array.from({ length: count * horizon }, (_, i) => {
    const step = (i % horizon) + 1;
    return { step, score: Math.abs(sd(step) * standardNormal(rng)) };
  });
}

describe("scores that intervals reach to", () => {
  test("are what the widths lack, at each step and level", () => {
    const sd = (step: number) => (step <= 8 ? 1 : 1.6);
    const scores = learnedScores(missesOf(4000, 16, sd), 16, 4000);
    for (const [l, score] of SCORES.entries()) {
      for (const h of [0, 1, 4]) expect(Math.abs(scores[h]![l]! / score - 1)).toBeLessThan(0.05);
      for (const h of [11, 14, 15]) expect(Math.abs(scores[h]![l]! / score - 1.6)).toBeLessThan(0.1);
    }
  });

  test("stay where they are when forecasts are few, and within 0.7 and 2 times that whatever was missed", () => {
    const timesOf = (count: number, sd: number) =>
      learnedScores(
        missesOf(count, 4, () => sd),
        4,
        count,
      ).flatMap((scores) => scores.map((score, l) => score / SCORES[l]!));
    for (const times of timesOf(2, 3)) expect(times).toBeLessThan(1.3);
    for (const times of timesOf(5000, 1000)) expect(times).toBeCloseTo(2, 1);
    for (const times of timesOf(5000, 0.001)) expect(times).toBeCloseTo(0.7, 1);
    expect(learnedScores([], 2, 0)).toEqual([SCORES, SCORES]);
  });

  test("rise from level to level, as a map of scores must", () => {
    const equal = Array.from({ length: 300 }, () => ({ step: 1, score: 2 }));
    const [scores] = learnedScores(equal, 1, 300);
    expect(scores![1]).toBeGreaterThan(scores![0]!);
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
    expect(calibration).toMatchObject({ nominalScores: SCORES, empiricalScores: expect.any(Array) });
    expect(load(save(fitted!)).calibration).toEqual(calibration);
    expect(update(fitted!, [3]).calibration).toEqual(calibration);
    expect(refit(fitted!, panel[3]!).calibration).toEqual(calibration);
  });

  test("keeps to the bounds of the data however wide the intervals get", async () => {
    const [fitted] = await deepar({ ...options, max: 40 }).fitPanel(seasonalPanel(8, 72));
    const wide = { ...fitted!, calibration: { nominalScores: [1], empiricalScores: [[3]] } };
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
