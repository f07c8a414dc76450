import { describe, expect, it } from "vitest";
import { slice } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { extentOf } from "../../../src/math/extremes.js";
import { auto } from "../../../src/select/auto/index.js";
import { draw, GALLERY } from "../../gallery/gallery.js";
import { backtestOf } from "../../gallery/trial.js";

/** Kinds whose values are measured in some unit; counts have none, so that a thousand times as many are other data. */
const MEASURED = [
  "short-spike",
  "falling-trend",
  "damped-trend",
  "trend-break",
  "monthly-additive",
  "monthly-one-and-a-half-years",
  "quarterly-short",
  "daily-week",
  "closed-two-days",
  "one-typing-error",
  "recent-level-shift-down",
  "intermittent-daily",
  "lynx-like",
  "random-walk-with-drift",
  "moving-level",
];
/** Takes whole numbers, which would be counts, to others. */
const NO_COUNTS = 0.7310585786;
const LEVELS = [0.1, 0.5, 0.9];
/** Difference in ranges of the data that a search may leave. */
const TOLERANCE = 1e-4;

describe("forecasts in another unit", () => {
  it.each(MEASURED)("are the same numbers in that unit, of %s", (name) => {
    const generator = GALLERY.find((one) => one.name === name)!;
    const whole = draw(generator, 1);
    const { origins, horizon } = backtestOf(generator, whole);
    const training = slice(whole, 0, origins[0]!);
    const inUnit = (unit: number) => {
      const y = training.y.map((value) => value * NO_COUNTS * unit);
      const { distributions } = forecast(auto().fit({ ...training, y }), { horizon });
      return distributions.flatMap((one) => LEVELS.map((p) => one.quantile(p) / (NO_COUNTS * unit)));
    };
    const seen = training.y.filter((value) => !Number.isNaN(value));
    const { low, high } = extentOf(seen);
    const range = high - low;
    const usual = inUnit(1);
    for (const unit of [1000, 0.001]) {
      const farthest = inUnit(unit).reduce(
        (most, value, k) => Math.max(most, Math.abs(value - usual[k]!)),
        0,
      );
      expect(farthest / range).toBeLessThan(TOLERANCE);
    }
  });
});
