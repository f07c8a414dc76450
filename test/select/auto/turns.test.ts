import { describe, expect, it } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

/** Months that rise by 4 and, from month 60 on, fall by 6, with noise of deviation 5. */
function turned(seed: number): number[] {
  const rng = random(seed);
  return Array.from({ length: 72 }, (_, t) =>
    Math.round((t < 60 ? 100 + 4 * t : 336 - 6 * (t - 59)) + 5 * standardNormal(rng)),
  );
}

describe("a trend that turns", () => {
  it.each([1, 2, 3, 4])("is no level shift, and its forecast does not rise: seed %i", (seed) => {
    const fitted = auto().fit(series(turned(seed), { period: 12 }));
    expect(fitted.report.notes.map(({ code }) => code)).not.toContain("level-shift");
    const { median } = forecast(fitted, { horizon: 12 });
    expect(median[11]).toBeLessThan(275);
  });

  it("but a shift of the level under a trend is still one", () => {
    const rng = random(5);
    const y = Array.from({ length: 72 }, (_, t) =>
      Math.round(100 + 2 * t + (t < 62 ? 0 : -90) + 4 * standardNormal(rng)),
    );
    const fitted = auto().fit(series(y, { period: 12 }));
    expect(fitted.report.notes.find(({ code }) => code === "level-shift")?.details?.row).toBe(63);
  });
});

it("25 months are not called fewer than two years", () => {
  const rng = random(6);
  const y = Array.from(
    { length: 25 },
    (_, t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 12) + 3 * standardNormal(rng),
  );
  expect(
    auto()
      .fit(series(y, { period: 12 }))
      .report.notes.map(({ message }) => message)
      .join(),
  ).not.toContain("fewer than");
  expect(
    auto()
      .fit(series(y.slice(0, 23), { period: 12 }))
      .report.notes.map(({ message }) => message)
      .join(),
  ).toContain("fewer than two seasons");
});
