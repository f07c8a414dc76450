import {
  anyLevel,
  autoregression,
  between,
  daily,
  monthly,
  noise,
  pattern,
  plain,
  sums,
  values,
  waves,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

const share = (x: number) => 1 / (1 + Math.exp(-x));

export const BOUNDED: readonly Generator[] = [
  {
    kind: "bounded",
    name: "percentages",
    description: "Percentages near 95 that cannot pass 100",
    draw(rng) {
      const middle = between(rng, 2, 3.5);
      return plain(autoregression(rng, whole(rng, 80, 160), [0.7], 0.35).map((e) => 100 * share(middle + e)));
    },
  },
  {
    kind: "bounded",
    name: "occupancy",
    description: "Hotel occupancy in percent: a year, full in summer",
    draw(rng) {
      const season = waves(rng, 12, between(rng, 0.8, 1.4));
      return monthly(
        autoregression(rng, 12 * whole(rng, 6, 10), [0.5], 0.2).map(
          (e, t) => 100 * share(0.8 + season(t) + e),
        ),
      );
    },
  },
  {
    kind: "bounded",
    name: "monthly-temperature",
    description: "Months of temperatures, below zero in winter",
    draw(rng) {
      const mean = between(rng, 0, 12);
      const swing = between(rng, 8, 14);
      return monthly(
        autoregression(rng, 12 * whole(rng, 8, 15), [0.3], 1.6).map(
          (e, t) => mean - swing * Math.cos((2 * Math.PI * t) / 12) + e,
        ),
      );
    },
  },
  {
    kind: "bounded",
    name: "around-zero",
    description: "A balance that moves around zero",
    draw(rng) {
      const size = anyLevel(rng);
      return monthly(autoregression(rng, 12 * whole(rng, 6, 10), [0.6], size).map((e) => e - 0.2 * size));
    },
  },
  {
    kind: "bounded",
    name: "water-level",
    description: "A level that rises fast and drains slowly",
    draw(rng) {
      const size = anyLevel(rng) / 10;
      let at = size;
      return daily(
        values(whole(rng, 200, 400), () => {
          at = 0.93 * at + (rng.uniform() < 0.12 ? between(rng, 0.3, 2) * size : 0) + 0.01 * size;
          return at;
        }),
      );
    },
  },
];

export const SCALES: readonly Generator[] = [
  scaled("huge-scale", "Months of trillions", 1e12),
  scaled("tiny-scale", "Months of billionths", 1e-9),
  {
    kind: "scales",
    name: "far-from-zero",
    description: "Small changes on a level a million times larger",
    draw(rng) {
      const season = waves(rng, 12, 1);
      return monthly(noise(rng, 12 * whole(rng, 6, 10), 0.3).map((e, t) => 1e6 + season(t) + 0.01 * t + e));
    },
  },
  {
    kind: "scales",
    name: "rounded-to-integers",
    description: "Months rounded to whole numbers of one digit",
    draw(rng) {
      const season = waves(rng, 12, 2);
      return monthly(noise(rng, 12 * whole(rng, 6, 10), 0.7).map((e, t) => Math.round(5 + season(t) + e)));
    },
  },
  {
    kind: "scales",
    name: "rounded-to-fives",
    description: "Days rounded to multiples of five by hand",
    draw(rng) {
      const level = between(rng, 40, 200);
      const week = pattern(rng, 7, 0.15 * level);
      return daily(
        noise(rng, 7 * whole(rng, 15, 30), 0.07 * level).map(
          (e, t) => 5 * Math.round((level + week(t) + e) / 5),
        ),
      );
    },
  },
  {
    kind: "scales",
    name: "all-negative",
    description: "Months of losses: a season below zero",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.2 * level);
      return monthly(noise(rng, 12 * whole(rng, 6, 10), 0.06 * level).map((e, t) => -level + season(t) + e));
    },
  },
];

function scaled(name: string, description: string, unit: number): Generator {
  return {
    kind: "scales",
    name,
    description,
    draw(rng) {
      const season = waves(rng, 12, 0.2);
      const rate = between(rng, 0, 0.006);
      const walk = sums(noise(rng, 12 * whole(rng, 6, 10), 0.02));
      return monthly(walk.map((e, t) => unit * Math.exp(rate * t + season(t) + e)));
    },
  };
}

export const EXACT: readonly Generator[] = [
  exact("exact-line", "A straight line", (rng) => {
    const [start, step] = [whole(rng, -50, 200), whole(rng, 1, 9)];
    return plain(values(whole(rng, 20, 60), (t) => start + step * t));
  }),
  exact("exact-trend-and-wave", "A line and a sine of twelve months", (rng) => {
    const level = anyLevel(rng);
    const phase = rng.uniform();
    return monthly(
      values(
        12 * whole(rng, 5, 9),
        (t) => level * (1 + 0.004 * t + 0.2 * Math.sin(2 * Math.PI * (t / 12 + phase))),
      ),
    );
  }),
  exact("exact-stairs", "Stairs: one step up every four to six rows", (rng) => {
    const [tread, rise] = [whole(rng, 4, 6), whole(rng, 2, 9)];
    return plain(values(whole(rng, 50, 90), (t) => 10 + rise * Math.floor(t / tread)));
  }),
  exact("exact-constant", "The same value throughout", (rng) => {
    const level = Math.round(anyLevel(rng));
    return plain(values(whole(rng, 20, 60), () => level));
  }),
  exact("exact-constant-monthly", "The same value every month", (rng) => {
    const level = Math.round(anyLevel(rng));
    return monthly(values(12 * whole(rng, 4, 8), () => level));
  }),
  exact("constant-then-another", "One value, then another from some row on", (rng) => {
    const level = Math.round(anyLevel(rng));
    const n = whole(rng, 50, 90);
    const at = Math.floor(between(rng, 0.3, 0.6) * n);
    return plain(values(n, (t) => (t < at ? level : Math.round(1.5 * level))));
  }),
  exact("exact-repeating-year", "The same twelve values every year", (rng) => {
    const level = anyLevel(rng);
    const season = pattern(rng, 12, 0.2 * level);
    return monthly(values(12 * whole(rng, 4, 8), (t) => Math.round(level + season(t))));
  }),
  exact("exact-compound-growth", "Growth by the same percentage every step", (rng) => {
    const level = anyLevel(rng);
    const rate = between(rng, 0.01, 0.06);
    return plain(values(whole(rng, 30, 60), (t) => level * (1 + rate) ** t));
  }),
  exact("exact-repeating-week", "The same seven values every week, zero on two days", (rng) => {
    const week = values(7, (k) => (k > 4 ? 0 : whole(rng, 10, 99)));
    return daily(values(7 * whole(rng, 8, 20), (t) => week[t % 7]!));
  }),
];

function exact(name: string, description: string, draw: Generator["draw"]): Generator {
  return { kind: "exact", exact: true, name, description, draw };
}
