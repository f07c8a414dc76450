import { expect, test } from "vitest";
import { series, slice } from "../../src/core/series.js";
import { mean } from "../../src/models/baselines/index.js";
import { fillingOnce, withMissing } from "../../src/models/missing.js";

const values = Array.from({ length: 60 }, (_, t) =>
  t % 17 === 5 ? Number.NaN : 20 + 5 * Math.sin(t / 2) + (t % 7),
);

test("a beginning of a series is filled once, as the policy interpolate fills it", () => {
  const own = series(values, { period: 12 });
  const fill = fillingOnce();
  for (const rows of [40, 50]) {
    const first = fill(slice(own, 0, rows));
    expect(fill(slice(own, 0, rows)).y).toBe(first.y);
    expect(first.y).toEqual(withMissing(mean(), "interpolate").fit(slice(own, 0, rows)).history?.y);
  }
  const whole = slice(own, 6, 20);
  expect(fill(whole)).toBe(whole);
});
