import { describe, expect, it } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { normalCdf, standardNormal } from "../../../src/math/special-functions/normal.js";
import { auto } from "../../../src/select/auto/index.js";
import "../../../src/select/catalogue.js";

const SEEDS = [1, 2, 3, 4];
const WEEKS = 20;
const DEVIATION = 20;

/** Share of the normal distribution of the values to come that lies in the 80 % intervals of the open days. */
function coverage(week: readonly number[]): number {
  const shares = SEEDS.flatMap((seed) => {
    const rng = random(seed);
    const y = Array.from({ length: 7 * WEEKS }, (_, t) => {
      const level = week[t % 7]!;
      return level === 0 ? 0 : level + DEVIATION * standardNormal(rng);
    });
    const ahead = forecast(auto().fit(series(y, { period: 7 })), { horizon: 7 });
    const { lower, upper } = interval(ahead, 80);
    return week.flatMap((level, h) =>
      level === 0
        ? []
        : [normalCdf((upper[h]! - level) / DEVIATION) - normalCdf((lower[h]! - level) / DEVIATION)],
    );
  });
  return shares.reduce((sum, share) => sum + share / shares.length, 0);
}

describe("intervals of the days on which a shop is open", () => {
  it.each([
    ["one of seven", [0, 0, 300, 0, 0, 0, 0]],
    ["two of seven", [0, 0, 0, 0, 0, 300, 300]],
    ["four of seven", [0, 0, 0, 200, 250, 400, 350]],
    ["three of seven", [0, 0, 300, 0, 0, 450, 350]],
  ])("cover 80 %% whatever the share of closed days: open on %s", (_, week) => {
    const share = coverage(week);
    expect(share).toBeGreaterThan(0.68);
    expect(share).toBeLessThan(0.92);
  });
});
