import { poissonDraw } from "../../../src/math/poisson-draw.js";
import {
  anyLevel,
  autoregression,
  between,
  businessDaily,
  chance,
  daily,
  halfHourly,
  hourly,
  monthly,
  noise,
  pattern,
  runs,
  sums,
  waves,
  weekly,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

const WEEKS_A_YEAR = 365.25 / 7;

export const WEEKLY: readonly Generator[] = [
  {
    kind: "weekly",
    name: "weekly-year",
    description: "Four to six years of weeks with a smooth year of 52.18",
    seasons: [52],
    draw(rng) {
      const level = anyLevel(rng);
      const year = waves(rng, WEEKS_A_YEAR, between(rng, 0.15, 0.35) * level);
      return weekly(
        noise(rng, 52 * whole(rng, 4, 6), 0.07 * level).map((e, t) => level * (1 + 0.0006 * t) + year(t) + e),
      );
    },
  },
  {
    kind: "weekly",
    name: "weekly-wandering-level",
    description: "Three to four years of weeks: a year on a random walk",
    draw(rng) {
      const level = anyLevel(rng);
      const year = waves(rng, WEEKS_A_YEAR, 0.2 * level);
      const n = 52 * whole(rng, 3, 4) + 30;
      const errors = noise(rng, n, 0.04 * level);
      return weekly(sums(noise(rng, n, 0.015 * level), level).map((at, t) => at + year(t) + errors[t]!));
    },
  },
  {
    kind: "weekly",
    name: "weekly-one-and-a-half-years",
    description: "A year and a half of weeks",
    origins: 1,
    horizon: 26,
    draw(rng) {
      const level = anyLevel(rng);
      const year = waves(rng, WEEKS_A_YEAR, 0.2 * level);
      return weekly(noise(rng, 78 + 26, 0.06 * level).map((e, t) => level + year(t) + e));
    },
  },
  {
    kind: "weekly",
    name: "weekly-without-season",
    description: "Two to four years of weeks of a damped random walk",
    draw(rng) {
      const level = anyLevel(rng);
      return weekly(
        autoregression(rng, 52 * whole(rng, 2, 4) + 26, [0.9], 0.04 * level).map((e) => level + e),
      );
    },
  },
  {
    kind: "weekly",
    name: "weekly-christmas",
    description: "Four to five years of weeks with a peak before Christmas",
    draw(rng) {
      const level = anyLevel(rng);
      const peak = between(rng, 0.8, 2);
      return weekly(
        noise(rng, 52 * whole(rng, 4, 5), 0.08).map((e, t) => {
          const at = t % WEEKS_A_YEAR;
          return level * (1 + (at > 47 && at < 51 ? peak : 0)) * Math.exp(e);
        }),
      );
    },
  },
];

export const DAILY: readonly Generator[] = [
  {
    kind: "daily",
    name: "daily-week",
    description: "Days with a weekday pattern on a slowly moving level",
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, between(rng, 0.08, 0.25) * level);
      const n = 7 * whole(rng, 20, 40);
      const errors = noise(rng, n, 0.06 * level);
      return daily(sums(noise(rng, n, 0.01 * level), level).map((at, t) => at + week(t) + errors[t]!));
    },
  },
  {
    kind: "daily",
    name: "daily-week-and-year",
    description: "Three years of days with a week and a year",
    horizon: 28,
    seasons: [365],
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.1 * level);
      const year = waves(rng, 365.25, between(rng, 0.2, 0.4) * level);
      return daily(
        autoregression(rng, 1200, [0.4], 0.06 * level).map((e, t) => 1.5 * level + week(t) + year(t) + e),
      );
    },
  },
  {
    kind: "daily",
    name: "web-traffic",
    description: "Visits a day: noisy on the logarithm, weekday pattern, bursts that fade",
    horizon: 28,
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, between(rng, 0.05, 0.25));
      const n = 7 * whole(rng, 40, 70);
      const slow = autoregression(rng, n, [0.98], 0.03);
      let burst = 0;
      return daily(
        noise(rng, n, between(rng, 0.15, 0.3)).map((e, t) => {
          burst = 0.6 * burst + (chance(rng, 0.015) ? between(rng, 0.5, 2) : 0);
          return Math.round(level * Math.exp(week(t) + slow[t]! + burst + e));
        }),
      );
    },
  },
  {
    kind: "daily",
    name: "daily-sales-counts",
    description: "Items sold a day: counts with a weekday pattern and a slow trend",
    draw(rng) {
      const mean = between(rng, 5, 60);
      const week = pattern(rng, 7, 0.3);
      const rate = between(rng, -0.001, 0.002);
      return daily(
        noise(rng, 7 * whole(rng, 25, 60), 0.15).map((e, t) =>
          poissonDraw(rng, mean * Math.exp(week(t) + rate * t + e)),
        ),
      );
    },
  },
  {
    kind: "daily",
    name: "daily-without-week",
    description: "Days of an autoregression: no weekday pattern",
    draw(rng) {
      const level = anyLevel(rng);
      return daily(
        autoregression(rng, whole(rng, 120, 400), [0.7, 0.15], 0.06 * level).map((e) => level + e),
      );
    },
  },
  {
    kind: "daily",
    name: "daily-temperature",
    description: "Three years of temperatures: a year, weather that lasts some days, values below zero",
    horizon: 28,
    seasons: [365],
    draw(rng) {
      const mean = between(rng, 2, 14);
      const swing = between(rng, 8, 14);
      const phase = rng.uniform();
      return daily(
        autoregression(rng, 1150, [0.75], 2.2).map(
          (e, t) => Math.round(10 * (mean + swing * Math.sin(2 * Math.PI * (t / 365.25 + phase)) + e)) / 10,
        ),
      );
    },
  },
  {
    kind: "daily",
    name: "business-days",
    description: "Calls on business days: a week of five",
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 5, 0.15 * level);
      return businessDaily(
        autoregression(rng, whole(rng, 150, 300), [0.6], 0.06 * level).map((e, t) => level + week(t) + e),
      );
    },
  },
  {
    kind: "daily",
    name: "five-weeks-of-days",
    description: "Five weeks of days with a weekday pattern",
    origins: 1,
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.25 * level);
      return daily(noise(rng, 35 + 14, 0.1 * level).map((e, t) => level + week(t) + e));
    },
  },
];

/** Low at night, high by day. */
const dayCurve = (hour: number) => Math.max(0, Math.sin((Math.PI * (hour - 6)) / 15));

export const WITHIN_A_DAY: readonly Generator[] = [
  {
    kind: "within a day",
    name: "hourly-day",
    description: "Two to three weeks of hours with a day",
    draw(rng) {
      const level = anyLevel(rng);
      const day = waves(rng, 24, between(rng, 0.2, 0.5) * level);
      return hourly(
        autoregression(rng, 24 * whole(rng, 14, 21), [0.7], 0.06 * level).map(
          (e, t) => 2 * level + day(t) + e,
        ),
      );
    },
  },
  {
    kind: "within a day",
    name: "hourly-day-and-week",
    description: "Five weeks of hours with a day and a quiet weekend",
    seasons: [168],
    draw(rng) {
      const level = anyLevel(rng);
      const day = waves(rng, 24, 0.3);
      const weekend = between(rng, 0.2, 0.5);
      return hourly(
        autoregression(rng, 168 * 5 + 48, [0.8], 0.03).map(
          (e, t) => level * (1 + day(t) - (t % 168 >= 120 ? weekend * (0.5 + dayCurve(t % 24)) : 0) + e),
        ),
      );
    },
  },
  {
    kind: "within a day",
    name: "half-hourly-load",
    description: "Two to three weeks of half-hours of electricity",
    draw(rng) {
      const level = anyLevel(rng);
      const day = waves(rng, 48, 0.25);
      return halfHourly(
        autoregression(rng, 48 * whole(rng, 14, 21), [0.9], 0.02).map((e, t) => level * Math.exp(day(t) + e)),
      );
    },
  },
  {
    kind: "within a day",
    name: "hourly-counts",
    description: "Visitors an hour, few at night",
    draw(rng) {
      const most = between(rng, 15, 80);
      return hourly(
        noise(rng, 24 * whole(rng, 14, 24), 0.15).map((e, t) =>
          poissonDraw(rng, (0.3 + most * dayCurve(t % 24)) * Math.exp(e)),
        ),
      );
    },
  },
  {
    kind: "within a day",
    name: "hourly-without-day",
    description: "Hours of a sensor that wanders around a level: no day",
    draw(rng) {
      const level = anyLevel(rng);
      return hourly(autoregression(rng, whole(rng, 200, 450), [0.92], 0.03 * level).map((e) => level + e));
    },
  },
];

export const CLOSING: readonly Generator[] = [
  closed("closed-one-day", "A shop closed on one weekday", [6]),
  closed("closed-two-days", "A museum closed on two weekdays", [0, 2]),
  closed("closed-three-days", "A restaurant closed Monday to Wednesday", [0, 1, 2]),
  closed("no-weekend-trade", "No trade at weekends", [5, 6]),
  {
    kind: "closing days",
    name: "closed-counts",
    description: "Small counts in a shop closed on two weekdays",
    draw(rng) {
      const mean = between(rng, 2, 10);
      const week = pattern(rng, 7, 0.25);
      return daily(
        noise(rng, 7 * whole(rng, 20, 40), 0.1).map((e, t) =>
          t % 7 < 2 ? 0 : poissonDraw(rng, mean * Math.exp(week(t) + e)),
        ),
      );
    },
  },
  {
    kind: "closing days",
    name: "nights-of-zeros",
    description: "Hours of a shop: nothing at night",
    draw(rng) {
      const most = anyLevel(rng);
      return hourly(
        noise(rng, 24 * whole(rng, 14, 24), 0.12).map((e, t) =>
          t % 24 < 8 || t % 24 > 20 ? 0 : Math.round(most * (0.5 + dayCurve(t % 24)) * Math.exp(e)),
        ),
      );
    },
  },
  {
    kind: "closing days",
    name: "closed-and-growing",
    description: "A business closed on Sundays that grows",
    draw(rng) {
      const level = anyLevel(rng);
      const rate = between(rng, 0.001, 0.003);
      const week = pattern(rng, 7, 0.2);
      return daily(
        noise(rng, 7 * whole(rng, 25, 45), 0.1).map((e, t) =>
          t % 7 === 6 ? 0 : level * Math.exp(rate * t + week(t) + e),
        ),
      );
    },
  },
  {
    kind: "closing days",
    name: "winter-closed",
    description: "Months of a season business closed from November to February",
    draw(rng) {
      const level = anyLevel(rng);
      return monthlyClosed(rng, level);
    },
  },
];

function monthlyClosed(rng: Parameters<Generator["draw"]>[0], level: number) {
  return monthly(
    noise(rng, 12 * whole(rng, 6, 10), 0.12).map((e, t) => {
      const month = t % 12;
      return month < 2 || month > 9 ? 0 : level * Math.sin((Math.PI * (month - 1)) / 9) * Math.exp(e);
    }),
  );
}

/** Days of a business with a weekday pattern, nothing on the closing days. */
function closed(name: string, description: string, days: readonly number[]): Generator {
  return {
    kind: "closing days",
    name,
    description,
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, between(rng, 0.1, 0.25));
      const n = 7 * whole(rng, 20, 45);
      const slow = autoregression(rng, n, [0.97], 0.015);
      const holidays = runs(rng, n, { count: 2, length: 1 });
      return daily(
        noise(rng, n, between(rng, 0.08, 0.2)).map((e, t) =>
          days.includes(t % 7) || holidays.has(t) ? 0 : Math.round(level * Math.exp(week(t) + slow[t]! + e)),
        ),
      );
    },
  };
}
