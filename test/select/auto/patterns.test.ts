import { describe, expect, it } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { type Series, series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { load, save } from "../../../src/io/model-file.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { candidatesFor } from "../../../src/select/auto/candidates.js";
import { followsSeason } from "../../../src/select/auto/features/pattern.js";
import { yearOf } from "../../../src/select/auto/features/year.js";
import { auto } from "../../../src/select/auto/index.js";
import { traitsOf } from "../../../src/select/auto/traits.js";
import "../../../src/select/catalogue.js";

/** Values of a rule, with normal and uniform numbers given to it. */
function drawn(n: number, at: (t: number, normal: () => number, uniform: () => number) => number, seed = 1) {
  const rng = random(seed);
  return Array.from({ length: n }, (_, t) =>
    at(
      t,
      () => standardNormal(rng),
      () => rng.uniform(),
    ),
  );
}
const saidOf = (one: Series) => auto().fit(one).report.notes[0]!.message;

describe("closing days and nights", () => {
  const shop = drawn(70, (t, normal) => (t % 7 > 4 ? 0 : Math.round(100 + 8 * normal())));

  it("are forecast as 0, and counted", () => {
    const fitted = auto().fit(series(shop, { period: 7 }));
    const ahead = forecast(fitted, { horizon: 14 });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < 14; h++) {
      const closed = h % 7 > 4;
      expect(ahead.mean[h]! === 0).toBe(closed);
      expect(ahead.median[h]! === 0).toBe(closed);
      expect(upper[h]! - lower[h]! < 0.1).toBe(closed);
    }
    expect(fitted.report.notes[0]!.message).toMatch(
      /^auto: seasonal series .*, always 0 at 2 of 7 positions/,
    );
    const dated = auto().fit(series(shop, { start: "2024-01-01", frequency: "D", period: 7 }));
    expect(dated.report.notes[0]!.message).toContain(", always 0 at 2 of 7 positions (Sat, Sun)");
  });

  it("do not make the intervals of the next value be called narrow", () => {
    expect(saidOf(series([...shop, 0, 0].slice(0, 75), { period: 7 }))).not.toContain("narrow");
  });

  it("stay what they are in a saved model", () => {
    const fitted = auto().fit(series(shop, { period: 7 }));
    const again = load(save(fitted));
    expect([...forecast(again, { horizon: 14 }).mean]).toEqual([...forecast(fitted, { horizon: 14 }).mean]);
  });

  it("are none where demand comes at random, where it opened once, and where two weeks were seen", () => {
    const closedOf = (y: number[]) => traitsOf(series(y, { period: 7 })).closed;
    expect(closedOf(shop)).toMatchObject({ period: 7, positions: [5, 6], certainty: 11 / 12 });
    for (let seed = 1; seed <= 20; seed++)
      expect(closedOf(drawn(70, (_, __, uniform) => (uniform() < 0.2 ? 3 : 0), seed))).toBeNull();
    expect(closedOf(shop.map((value, t) => (t === 54 ? 90 : value)))).toMatchObject({ positions: [6] });
    expect(closedOf(shop.slice(0, 18))).toBeNull();
  });
});

describe("zeros with a pattern", () => {
  const hours = drawn(480, (t, normal, uniform) =>
    uniform() < 0.1 ? 0 : Math.round(Math.exp(2 + 1.2 * Math.sin((Math.PI * t) / 12) + 0.8 * normal())),
  );

  it("are seasonal: skewed hours of which a tenth is 0 have a day", () => {
    const { mean } = forecast(auto().fit(series(hours, { period: 24 })), { horizon: 24 });
    const sum = (from: number, to: number) => mean.slice(from, to).reduce((total, one) => total + one, 0);
    expect(sum(2, 11)).toBeGreaterThan(4 * sum(14, 23));
  });

  it("are told from those without by ranks", () => {
    expect(followsSeason(Float64Array.from(hours), 24)).toBe(true);
    let wrong = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const y = drawn(140, (_, __, uniform) => (uniform() < 0.5 ? 0 : uniform()), seed);
      if (followsSeason(Float64Array.from(y), 7)) wrong++;
    }
    expect(wrong).toBe(0);
  });
});

describe("a year of days", () => {
  const year = (n: number, seed: number) =>
    drawn(n, (t, normal) => 15 + 10 * Math.sin((2 * Math.PI * t) / 365.25) + 2.5 * normal(), seed);
  const days = (y: number[]) => series(y, { start: "2022-01-01", frequency: "D" });

  it("that was seen twice goes on, and is told", () => {
    const fitted = auto().fit(days(year(900, 3)));
    const { mean } = forecast(fitted, { horizon: 90 });
    const errors = Array.from(
      mean,
      (point, h) => point - 15 - 10 * Math.sin((2 * Math.PI * (900 + h)) / 365.25),
    );
    expect(errors.reduce((sum, error) => sum + Math.abs(error), 0) / 90).toBeLessThan(2.5);
    expect(fitted.report.notes[0]!.message).toContain("(period 7 and a year)");
  });

  it("is clear in no random walk of two and a half years", () => {
    let clear = 0;
    for (let seed = 1; seed <= 100; seed++) {
      let level = 0;
      if (yearOf(days(drawn(900, (_, normal) => (level += normal()), seed)))?.clear === true) clear++;
    }
    expect(clear).toBeLessThanOrEqual(1);
    expect(yearOf(days(year(690, 3)))).toBeNull();
    expect(yearOf(days(year(700, 3)))).toEqual({ period: 365.25, clear: true });
  });
});

describe("shares of a whole", () => {
  it("that reach 100 stay at or below it, means and intervals", () => {
    const y = drawn(90, (_, __, uniform) => (uniform() < 0.7 ? 100 : 100 - 8 * uniform()));
    const ahead = forecast(auto().fit(series(y, { period: 7 })), { horizon: 14 });
    const { upper } = interval(ahead, 95);
    for (let h = 0; h < 14; h++) {
      expect(ahead.mean[h]!).toBeLessThanOrEqual(100);
      expect(upper[h]!).toBeLessThanOrEqual(100);
    }
  });

  it("counts of 0 and 1 may become 2, and 100 reached once says nothing", () => {
    const upperOf = (y: number[]) => {
      const { upper } = interval(forecast(auto().fit(series(y)), { horizon: 3 }), 99);
      return Math.max(...upper);
    };
    expect(upperOf(drawn(60, (_, __, uniform) => (uniform() < 0.5 ? 1 : 0)))).toBeGreaterThan(1);
    expect(
      upperOf(drawn(60, (t, normal) => (t === 59 ? 100 : Math.min(99.9, 97 + normal())))),
    ).toBeGreaterThan(100);
  });
});

it("cycles bring autoregressions of logarithms, beside a season too", () => {
  const cycle = (t: number) => Math.sin((2 * Math.PI * t) / 30);
  const plain = series(drawn(160, (t, normal) => Math.exp(2 + cycle(t) + 0.2 * normal())));
  const traits = traitsOf(plain);
  expect(traits.cyclic).toBe(true);
  expect(candidatesFor(traits).map(({ model }) => model.notation)).toContain(
    "log(auto-arima(search=quick)[1])",
  );
  const months = drawn(160, (t, normal) => 10 * cycle(t) + 5 * Math.sin((Math.PI * t) / 6) + normal());
  expect(traitsOf(series(months, { period: 12 })).cyclic).toBe(true);
  const alone = drawn(160, (t, normal) => 5 * Math.sin((Math.PI * t) / 6) + normal());
  expect(traitsOf(series(alone, { period: 12 })).cyclic).toBe(false);
});
