import { describe, expect, it } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { candidatesFor } from "../../../src/select/auto/candidates.js";
import { isDisturbed } from "../../../src/select/auto/features/disturbed.js";
import { prepare } from "../../../src/select/auto/fit/index.js";
import { auto } from "../../../src/select/auto/index.js";
import { traitsOf } from "../../../src/select/auto/traits.js";
import "../../../src/select/catalogue.js";

function monthly(seed: number, period = 12): Float64Array {
  const rng = random(seed);
  return Float64Array.from(
    { length: 72 },
    (_, t) => 100 + 15 * Math.sin((2 * Math.PI * t) / period) + 2 * standardNormal(rng),
  );
}

const namesOf = (y: Float64Array, period: number) =>
  candidatesFor(traitsOf(prepare(series(y, { period })).series)).map(({ model }) => model.notation);

describe("candidates for months and quarters", () => {
  it.each([4, 12])("of a season of %i no robust level without disturbances", (period) => {
    const names = namesOf(monthly(1, period), period);
    expect(names).not.toContain("mstl(robust-ses, robust=true)");
    expect(names).toContain("auto-arima(search=quick)");
  });

  it("of a week a robust level", () => {
    const names = namesOf(monthly(1, 7), 7);
    expect(names).toContain("mstl(robust-ses, robust=true)");
  });

  it("a robust level where three months were closed", () => {
    const y = monthly(2);
    y.fill(60, 40, 43);
    const names = candidatesFor(traitsOf(series(y, { period: 12 }))).map(({ model }) => model.notation);
    expect(names).toContain("mstl(robust-ses, robust=true)");
  });
});

describe("isDisturbed", () => {
  it("finds an outlier, and seldom one in normal noise", () => {
    const quiet = Array.from({ length: 200 }, (_, seed) => isDisturbed(monthly(seed + 10), 12));
    expect(quiet.filter(Boolean).length).toBeLessThan(20);
    const y = monthly(3);
    y[50] = 140;
    expect(isDisturbed(y, 12)).toBe(true);
  });

  it("is false without changes", () => {
    expect(isDisturbed(Float64Array.of(3, 4), 12)).toBe(false);
    expect(isDisturbed(new Float64Array(30).fill(5), 12)).toBe(false);
  });
});

describe("thirteen months of a season", () => {
  it.each([0, 2])("go on as the year before, with noise of %i", (noise) => {
    const rng = random(8);
    const at = (t: number) => 100 + 30 * Math.sin((2 * Math.PI * t) / 12);
    const y = Array.from({ length: 13 }, (_, t) => at(t) + noise * standardNormal(rng));
    const { mean } = forecast(auto().fit(series(y, { period: 12 })), { horizon: 24 });
    const errors = Array.from(mean, (value, h) => Math.abs(value - at(13 + h)) / 24);
    expect(errors.reduce((sum, error) => sum + error, 0)).toBeLessThan(noise === 0 ? 0.1 : 15);
  });
});
