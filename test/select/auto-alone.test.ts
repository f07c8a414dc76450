import { expect, test } from "vitest";
import { series } from "../../src/core/series.js";
import { forecast } from "../../src/engine/forecast.js";
import { auto } from "../../src/select/auto/index.js";

// A bundler that drops what is not imported leaves auto without the registry of models.
test("auto works where nothing else of the library was imported", () => {
  const y = Float64Array.from({ length: 60 }, (_, t) => 50 + 10 * Math.sin(t / 2) + ((t * 7) % 5));
  const fitted = auto().fit(series(y, { period: 12 }));
  expect(fitted.report.notes.filter(({ code }) => code === "member-dropped")).toEqual([]);
  expect(forecast(fitted, { horizon: 3 }).mean.every(Number.isFinite)).toBe(true);
});
