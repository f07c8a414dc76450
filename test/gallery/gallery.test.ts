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
/** One series says little: how much worse than (seasonal) naive auto may be on it. */
const LOOSE = 1.25;
/** Means farther outside the data than so many of their ranges are absurd. */
const FARTHEST = 2;

describe("auto on ordinary series", () => {
  it.each(TRIED)("forecasts %s", (name) => {
    const generator = GALLERY.find((one) => one.name === name)!;
    const series = draw(generator, 3);
    const trial = tryModel("auto", generator, series);
    const seasonal = tryModel(yardstickFor(series), generator, series);
    const naive = Number.isNaN(seasonal.error) ? tryModel("naive", generator, series) : seasonal;
    expect(trial.failure).toBeNull();
    expect(trial.farthest).toBeLessThanOrEqual(FARTHEST);
    expect(trial.meansInside).toBe(1);
    expect(trial.error).toBeLessThanOrEqual(LOOSE * naive.error);
  });
});
