import { describe, expect, it } from "vitest";
import { interval } from "../../src/core/forecast.js";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { load, save } from "../../src/io/model-file.js";
import { auto } from "../../src/select/auto/index.js";
import "../../src/select/catalogue.js";
import { draw, GALLERY } from "../gallery/gallery.js";

const drawn = (name: string) => draw(GALLERY.find((one) => one.name === name)!, 5);

describe("auto on amounts and counts", () => {
  it.each(["closed-three-days", "short-counts", "intermittent-daily", "negative-binomial"])(
    "forecasts nothing below 0: %s",
    (name) => {
      const ahead = forecast(auto().fit(drawn(name)), { horizon: 28 });
      for (const level of [50, 80, 95, 99])
        for (const bound of interval(ahead, level).lower) expect(bound).toBeGreaterThanOrEqual(0);
      for (const point of [...ahead.mean, ...ahead.median]) expect(point).toBeGreaterThanOrEqual(0);
    },
  );

  it("keeps the upper half of the distribution as it is", () => {
    const week = [0, 0, 40, 50, 60, 80, 90];
    const y = Array.from({ length: 140 }, (_, t) => week[t % 7]! * (1 + 0.1 * Math.sin(t * t)));
    const { lower, upper } = interval(forecast(auto().fit(series(y, { period: 7 })), { horizon: 7 }), 80);
    expect(Math.max(lower[0]!, lower[1]!)).toBe(0);
    for (let h = 2; h < 7; h++) expect(upper[h]! - lower[h]!).toBeGreaterThan(0);
  });

  it("lets a level that merely stayed above 0 go below", () => {
    const y = Array.from({ length: 60 }, (_, t) => 1.5 + Math.sin(t * t) + 0.3 * Math.cos(3 * t));
    const { lower } = interval(forecast(auto().fit(series(y)), { horizon: 10 }), 99);
    expect(lower.reduce((a, b) => Math.min(a, b))).toBeLessThan(0);
  });

  it("is kept when the model is saved", () => {
    const fitted = auto().fit(drawn("closed-three-days"));
    const again = load(save(fitted));
    expect(forecast(again, { horizon: 9 }).mean).toEqual(forecast(fitted, { horizon: 9 }).mean);
    expect(Math.min(...interval(forecast(again, { horizon: 9 }), 95).lower)).toBe(0);
  });
});
