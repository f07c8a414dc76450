import { describe, expect, test } from "vitest";
import { interval } from "../../src/core/forecast.js";
import type { Model } from "../../src/core/model.js";
import { random } from "../../src/core/random.js";
import { series } from "../../src/core/series.js";
import { negativeBinomial } from "../../src/distributions/families/negative-binomial.js";
import { forecast, simulate } from "../../src/engine/forecast.js";
import { normalQuantile, standardNormal } from "../../src/math/special-functions/normal.js";
import { conformalCalibration } from "../../src/select/calibrated/conformal.js";
import { calibrated } from "../../src/select/calibrated/index.js";
import { neutral, scaleCalibration } from "../../src/select/calibrated/scale.js";
import { parseModel } from "../../src/select/catalogue.js";
import { scoresOf } from "../../src/select/rolling-forecasts/scores.js";

const HORIZON = 6;

/** Share of `count` simulated futures inside the 80 % interval at each step. */
function coverage(model: Model, simulateOne: (seed: number) => Float64Array, count: number): number[] {
  const hits = new Array<number>(HORIZON).fill(0);
  for (let seed = 0; seed < count; seed++) {
    const y = simulateOne(seed);
    const n = y.length - HORIZON;
    const ahead = forecast(model.fit(series(y.slice(0, n))), { horizon: HORIZON });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < HORIZON; h++) if (y[n + h]! >= lower[h]! && y[n + h]! <= upper[h]!) hits[h]!++;
  }
  return hits.map((hit) => hit / count);
}

const noise = (seed: number) => {
  const rng = random(seed + 1);
  return Float64Array.from({ length: 160 + HORIZON }, () => standardNormal(rng));
};

/** A random walk whose steps are correlated: naive's intervals are too narrow at once. */
const momentum = (seed: number) => {
  const rng = random(seed + 1);
  let step = 0;
  let level = 0;
  return Float64Array.from({ length: 160 + HORIZON }, () => {
    step = 0.7 * step + standardNormal(rng);
    return (level += step);
  });
};

describe("intervals of a wrong model, before and after", () => {
  const SE = Math.sqrt((0.8 * 0.2) / 300);
  test("naive on noise is far too wide at six steps; conformal widths are right by horizon", () => {
    const own = coverage(parseModel("naive"), noise, 300);
    const fixed = coverage(parseModel("calibrated(naive, method=conformal)"), noise, 300);
    expect(own[5]).toBeGreaterThan(0.97);
    for (const share of fixed) expect(Math.abs(share - 0.8)).toBeLessThan(4 * SE + 0.03);
  });
  test("naive on momentum is too narrow; one factor helps at all steps, recent errors do too", () => {
    const own = coverage(parseModel("naive"), momentum, 300);
    const scaled = coverage(parseModel("calibrated(naive)"), momentum, 300);
    const adaptive = coverage(parseModel("calibrated(naive, method=adaptive)"), momentum, 300);
    expect(own[5]).toBeLessThan(0.6);
    expect(scaled[5]).toBeGreaterThan(own[5]! + 0.1);
    expect(Math.abs(adaptive[5]! - 0.8)).toBeLessThan(4 * SE + 0.06);
  });
});

describe("conformal widths", () => {
  const scores = (rng: ReturnType<typeof random>, count: number, sd = 2) =>
    Array.from({ length: count }, () => ({ step: 1, z: sd * standardNormal(rng), weight: 1 }));

  test("cover an exchangeable score as often as they say, and by at most 1/(k + 1) more", () => {
    const rng = random(3);
    const runs = 4000;
    const k = 39;
    const hits = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { calibration } = conformalCalibration(scores(rng, k), 1)!;
      const future = Math.abs(2 * standardNormal(rng));
      [80, 95].forEach((level, i) => {
        const at = calibration.nominalScores.findIndex(
          (z) => Math.abs(z - normalQuantile(0.5 + level / 200)) < 1e-9,
        );
        if (future <= calibration.empiricalScores[0]![at]!) hits[i]!++;
      });
    }
    [0.8, 0.95].forEach((level, i) => {
      const se = Math.sqrt((level * (1 - level)) / runs);
      expect(hits[i]! / runs).toBeGreaterThan(level - 4 * se);
      expect(hits[i]! / runs).toBeLessThan(level + 1 / (k + 1) + 4 * se);
    });
  });
  test("rise with the level", () => {
    const rng = random(4);
    const mixed = Array.from({ length: 200 }, (_, i) => ({
      step: 1 + (i % 6),
      z: standardNormal(rng),
      weight: 1,
    }));
    const { empiricalScores } = conformalCalibration(mixed, 6)!.calibration;
    for (const widths of empiricalScores)
      for (let i = 0; i < widths.length; i++) expect(widths[i]).toBeGreaterThan(widths[i - 1] ?? 0);
  });
  test("say up to which level the errors are enough, and leave it below eight", () => {
    const rng = random(5);
    expect(conformalCalibration(scores(rng, 9), 1)!.highest).toBe(90);
    expect(conformalCalibration(scores(rng, 19), 1)!.highest).toBe(95);
    expect(conformalCalibration(scores(rng, 200), 1)!.highest).toBe(99);
    expect(conformalCalibration(scores(rng, 7), 1)).toBeNull();
    const short = calibrated(parseModel("naive"), { method: "conformal" }).fit(
      series([1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6]),
    );
    expect(short.report.notes.at(-1)!.message).toMatch(/too few for conformal intervals/);
  });
});

describe("one factor", () => {
  test("is the spread of many past scores, the prior's where there are none", () => {
    const rng = random(6);
    const many = Array.from({ length: 20_000 }, () => ({ step: 1, z: 2 * standardNormal(rng), weight: 1 }));
    expect(scaleCalibration(many, neutral, 3).empiricalScores[2]![0]).toBeCloseTo(2, 1);
    expect(scaleCalibration([], { ...neutral, factor: (step) => step }, 3).empiricalScores).toEqual([
      [1],
      [2],
      [3],
    ]);
    const fair = many.map((score) => ({ ...score, z: score.z / 2 }));
    expect(scaleCalibration(fair, neutral, 1).empiricalScores[0]![0]).toBeCloseTo(1, 2);
  });
});

test("forecasts of counts that are right stay as wide, though most counts are 0", () => {
  const rare = negativeBinomial(0.3, 0.5);
  const rng = random(11);
  const y = Array.from({ length: 4000 }, () => rare.sample(rng));
  const origins = { rows: y.map((_, t) => t), stride: 1, fits: [0] };
  const past = y.map((_, rows) => ({ rows, distributions: [rare] }));
  const scores = scoresOf(past, series(y), origins);
  // Five standard errors of a scale estimated from 4,000 scores. A score halfway up each jump gives 0.7, the least allowed.
  expect(Math.abs(scaleCalibration(scores, neutral, 1).empiricalScores[0]![0]! - 1)).toBeLessThan(0.05);
});

test("medians stay, bounds hold, paths have the corrected marginals", () => {
  const y = momentum(9).map((value) => 1 + 1 / (1 + Math.exp(0.1 * value)));
  const model = "bounded(naive, min=1, max=2)";
  const plain = forecast(parseModel(model).fit(series(y)), { horizon: 8 });
  const fitted = parseModel(`calibrated(${model})`).fit(series(y));
  const ahead = forecast(fitted, { horizon: 8 });
  expect(Array.from(ahead.median)).toEqual(Array.from(plain.median));
  const { lower, upper } = interval(ahead, 99);
  for (let h = 0; h < 8; h++) expect(lower[h]! > 1 && upper[h]! < 2).toBe(true);
  const { values, count, horizon } = simulate(fitted, { horizon: 8, paths: 4000, seed: 3 });
  for (const h of [0, 7]) {
    const q = ahead.distributions[h]!.quantile(0.9);
    const below = Array.from({ length: count }, (_, i) => values[i * horizon + h]!).filter(
      (v) => v <= q,
    ).length;
    expect(Math.abs(below / count - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / count));
  }
});

test("a pool says that it leaves the corrections of its members aside", () => {
  const fitted = parseModel("ensemble(calibrated(naive),drift)").fit(series(momentum(2)));
  expect(fitted.report.notes.find(({ code }) => code === "calibration-dropped")!.message).toMatch(
    /write calibrated\(ensemble\(…\)\)/,
  );
});
