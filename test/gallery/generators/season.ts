import {
  anyLevel,
  autoregression,
  between,
  monthly,
  noise,
  pattern,
  quarterly,
  sums,
  waves,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

const kind = "season";

export const SEASON: readonly Generator[] = [
  {
    kind,
    name: "monthly-additive",
    description: "Months with a trend and a season of constant size",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, between(rng, 0.1, 0.3) * level);
      const slope = between(rng, -0.001, 0.004) * level;
      return monthly(
        noise(rng, 12 * whole(rng, 6, 12), 0.05 * level).map((e, t) => level + slope * t + season(t) + e),
      );
    },
  },
  {
    kind,
    name: "monthly-multiplicative",
    description: "Months whose season grows with the level",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, between(rng, 0.1, 0.4));
      const rate = between(rng, 0.003, 0.012);
      const shocks = sums(noise(rng, 12 * whole(rng, 6, 12), 0.015));
      return monthly(shocks.map((e, t) => level * Math.exp(rate * t + season(t) + e)));
    },
  },
  {
    kind,
    name: "monthly-growing-amplitude",
    description: "Months at a steady level whose season doubles over the history",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 7, 12);
      const season = waves(rng, 12, 0.2 * level);
      return monthly(noise(rng, n, 0.03 * level).map((e, t) => level + (0.7 + t / n) * season(t) + e));
    },
  },
  {
    kind,
    name: "monthly-airline",
    description: "Seasonal ARIMA (0,1,1)(0,1,1)[12] on logarithms",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 7, 12);
      const e = noise(rng, n, between(rng, 0.02, 0.05));
      const [a, b] = [between(rng, 0.2, 0.6), between(rng, 0.4, 0.8)];
      const season = waves(rng, 12, 0.2);
      const y: number[] = [];
      const at = (list: readonly number[], t: number) => list[t] ?? 0;
      for (let t = 0; t < n; t++) {
        const error = e[t]! - a * at(e, t - 1) - b * at(e, t - 12) + a * b * at(e, t - 13);
        y.push(t < 13 ? season(t) + 0.005 * t : y[t - 1]! + y[t - 12]! - y[t - 13]! + error);
      }
      return monthly(y.map((value) => level * Math.exp(value)));
    },
  },
  {
    kind,
    name: "monthly-december-peak",
    description: "Months with one sharp peak a year",
    draw(rng) {
      const level = anyLevel(rng);
      const peak = between(rng, 1, 3);
      const slope = between(rng, 0, 0.003);
      return monthly(
        noise(rng, 12 * whole(rng, 5, 10), 0.07).map(
          (e, t) =>
            level *
            (1 + slope * t) *
            (1 + (t % 12 === 11 ? peak : t % 12 === 10 ? peak / 3 : 0)) *
            Math.exp(e),
        ),
      );
    },
  },
  {
    kind,
    name: "monthly-evolving-season",
    description: "Months whose seasonal pattern wanders",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 8, 13);
      const start = waves(rng, 12, 0.2 * level);
      const now = Array.from({ length: 12 }, (_, k) => start(k));
      return monthly(
        noise(rng, n, 0.03 * level).map((e, t) => {
          now[t % 12]! += 0.25 * e;
          return level + now[t % 12]! + e;
        }),
      );
    },
  },
  {
    kind,
    name: "monthly-without-season",
    description: "Months of an autoregression: no season at all",
    draw(rng) {
      const level = anyLevel(rng);
      return monthly(
        autoregression(rng, 12 * whole(rng, 6, 12), [between(rng, 0.4, 0.85)], 0.07 * level).map(
          (e) => level + e,
        ),
      );
    },
  },
  {
    kind,
    name: "monthly-two-years",
    description: "Two years of months with a clear season and no trend",
    origins: 1,
    horizon: 12,
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.25 * level);
      return monthly(noise(rng, 24 + 12, 0.04 * level).map((e, t) => level + season(t) + e));
    },
  },
  {
    kind,
    name: "monthly-one-and-a-half-years",
    description: "Eighteen months: the season is seen once and a half",
    origins: 1,
    horizon: 12,
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.25 * level);
      return monthly(noise(rng, 18 + 12, 0.04 * level).map((e, t) => level + season(t) + e));
    },
  },
  {
    kind,
    name: "monthly-declining",
    description: "A seasonal product that dies out to nearly zero",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 6, 9);
      const season = waves(rng, 12, 0.3);
      const rate = between(rng, 3, 4.5) / n;
      return monthly(noise(rng, n, 0.08).map((e, t) => level * Math.exp(-rate * t + season(t) + e)));
    },
  },
  {
    kind,
    name: "monthly-slow-cycle",
    description: "Months with a season and a business cycle of several years",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 9, 14);
      const season = waves(rng, 12, 0.12 * level);
      const angle = (2 * Math.PI) / between(rng, 36, 60);
      const cycle = autoregression(rng, n, [2 * 0.97 * Math.cos(angle), -(0.97 ** 2)], 0.008 * level);
      const errors = noise(rng, n, 0.02 * level);
      return monthly(cycle.map((c, t) => level + season(t) + c + errors[t]!));
    },
  },
  {
    kind,
    name: "quarterly-trend",
    description: "Quarters with trend and season",
    draw(rng) {
      const level = anyLevel(rng);
      const season = pattern(rng, 4, between(rng, 0.05, 0.2) * level);
      const slope = between(rng, -0.003, 0.012) * level;
      const shocks = sums(noise(rng, 4 * whole(rng, 9, 20), 0.02 * level));
      return quarterly(shocks.map((e, t) => level + slope * t + season(t) + e));
    },
  },
  {
    kind,
    name: "quarterly-multiplicative",
    description: "Quarters growing in percent with a proportional season",
    draw(rng) {
      const level = anyLevel(rng);
      const season = pattern(rng, 4, between(rng, 0.08, 0.25));
      const rate = between(rng, 0.01, 0.03);
      return quarterly(
        noise(rng, 4 * whole(rng, 9, 18), 0.04).map((e, t) => level * Math.exp(rate * t + season(t) + e)),
      );
    },
  },
  {
    kind,
    name: "quarterly-short",
    description: "Three to four years of quarters",
    origins: 1,
    horizon: 6,
    draw(rng) {
      const level = anyLevel(rng);
      const season = pattern(rng, 4, 0.15 * level);
      const slope = between(rng, -0.01, 0.02) * level;
      return quarterly(
        noise(rng, whole(rng, 12, 16) + 6, 0.04 * level).map((e, t) => level + slope * t + season(t) + e),
      );
    },
  },
];
