import { describe, expect, it } from "vitest";
import { draw, GALLERY } from "./gallery.js";
import { KINDS } from "./generator.js";
import { yardstickFor } from "./singles.js";
import { backtestOf, tryModel } from "./trial.js";

describe("the gallery", () => {
  it("has at least sixty generators with names of their own, of every kind", () => {
    expect(GALLERY.length).toBeGreaterThanOrEqual(60);
    expect(new Set(GALLERY.map(({ name }) => name)).size).toBe(GALLERY.length);
    expect(new Set(GALLERY.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });

  it.each(GALLERY.map((generator) => [generator.name, generator] as const))(
    "draws %s from a seed",
    (_, generator) => {
      const series = draw(generator, 7);
      expect(draw(generator, 7)).toEqual(series);
      expect(draw(generator, 8).y).not.toEqual(series.y);
      const { origins } = backtestOf(generator, series);
      expect(Math.min(...origins)).toBeGreaterThanOrEqual(1);
      for (const value of series.y) expect(Math.abs(value)).not.toBe(Number.POSITIVE_INFINITY);
    },
  );
});

/** Names of generators, a few of every kind, that auto is tried on here; `npm run accuracy -- gallery` tries all. */
const TRIED = [
  "short-level",
  "short-growing",
  "short-spike",
  "linear-trend",
  "damped-trend",
  "monthly-additive",
  "monthly-december-peak",
  "monthly-two-years",
  "quarterly-short",
  "daily-week",
  "closed-one-day",
  "closed-two-days",
  "closed-three-days",
  "nights-of-zeros",
  "closed-for-a-week",
  "old-level-shift-up",
  "intermittent-monthly",
  "poisson",
  "one-typing-error",
  "ar2-cycle",
  "lynx-like",
  "random-walk",
  "white-noise",
  "monthly-temperature",
  "gaps-2-percent-daily",
  "no-sundays",
  "exact-repeating-year",
  "huge-scale",
  "tiny-scale",
];
/** Errors of exact data, whose naive error is 0. */
const EXACT = 1e-12;
const SEEDS = [3, 4, 5];
/** Three series say little: how much worse than (seasonal) naive auto may be on them. */
const LOOSE = 1.15;
/** Means farther outside the data than so many of their ranges are absurd. */
const FARTHEST = 4;

describe("auto on ordinary series", () => {
  it.each(TRIED)("forecasts %s", (name) => {
    const generator = GALLERY.find((one) => one.name === name)!;
    let [own, naive] = [0, 0];
    for (const seed of SEEDS) {
      const series = draw(generator, seed);
      const trial = tryModel("auto", generator, series);
      const seasonal = tryModel(yardstickFor(series), generator, series);
      expect(trial.failure).toBeNull();
      expect(trial.farthest).toBeLessThanOrEqual(FARTHEST);
      expect(trial.meansInside).toBe(1);
      own += trial.error;
      naive += Number.isNaN(seasonal.error) ? tryModel("naive", generator, series).error : seasonal.error;
    }
    expect(own).toBeLessThanOrEqual(LOOSE * naive + EXACT);
  });
});
