import { poissonDraw } from "../../../src/math/poisson-draw.js";
import { anyLevel, between, monthly, noise, plain, values, waves, whole, yearly } from "../blocks.js";
import type { Generator } from "../generator.js";

const AHEAD = 10;
const common = { kind: "short", horizon: AHEAD, origins: 1 } as const;

export const SHORT: readonly Generator[] = [
  {
    ...common,
    name: "one-value",
    description: "One value of a steady level",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(noise(rng, 1 + AHEAD, 0.1 * level).map((e) => level + e));
    },
  },
  {
    ...common,
    name: "two-values",
    description: "Two values of a steady level",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(noise(rng, 2 + AHEAD, 0.08 * level).map((e) => level + e));
    },
  },
  {
    ...common,
    name: "short-level",
    description: "Three to ten values around a level",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(
        noise(rng, whole(rng, 3, 10) + AHEAD, between(rng, 0.02, 0.25) * level).map((e) => level + e),
      );
    },
  },
  {
    ...common,
    name: "short-growing",
    description: "Four to ten years of steady growth",
    draw(rng) {
      const level = anyLevel(rng);
      const slope = between(rng, 0.03, 0.15) * level;
      const errors = noise(rng, whole(rng, 4, 10) + AHEAD, 0.4 * slope);
      return yearly(errors.map((e, t) => level + slope * t + e));
    },
  },
  {
    ...common,
    name: "short-compound-growth",
    description: "Five to ten values that grow by 5 to 25 % a step, ever more slowly",
    draw(rng) {
      const level = anyLevel(rng);
      const rate = between(rng, 0.05, 0.25);
      const fade = between(rng, 0.85, 0.95);
      const errors = noise(rng, whole(rng, 5, 10) + AHEAD, 0.04);
      return plain(errors.map((e, t) => level * Math.exp((rate * (1 - fade ** (t + 1))) / (1 - fade) + e)));
    },
  },
  {
    ...common,
    name: "short-falling",
    description: "Five to ten values that fall towards zero",
    draw(rng) {
      const level = anyLevel(rng);
      const rate = between(rng, 0.05, 0.2);
      const errors = noise(rng, whole(rng, 5, 10) + AHEAD, 0.06);
      return plain(errors.map((e, t) => level * Math.exp(-rate * t + e)));
    },
  },
  {
    ...common,
    name: "short-spike",
    description: "Six to ten values around a level, one of them far above",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 6, 10);
      const spike = whole(rng, 0, n - 1);
      const size = between(rng, 2, 6);
      const errors = noise(rng, n + AHEAD, 0.07);
      return plain(errors.map((e, t) => level * (1 + e) * (t === spike ? size : 1)));
    },
  },
  {
    ...common,
    name: "short-counts",
    description: "Four to ten small counts",
    draw(rng) {
      const mean = between(rng, 1, 12);
      return plain(values(whole(rng, 4, 10) + AHEAD, () => poissonDraw(rng, mean)));
    },
  },
  {
    ...common,
    name: "short-walk",
    description: "Five to ten years of a random walk",
    draw(rng) {
      const level = anyLevel(rng);
      let at = level;
      return yearly(noise(rng, whole(rng, 5, 10) + AHEAD, 0.06 * level).map((e) => (at += e)));
    },
  },
  {
    ...common,
    name: "months-below-a-year",
    description: "Five to eleven months of a series with a season not seen yet",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.1 * level);
      return monthly(
        noise(rng, whole(rng, 5, 11) + AHEAD, 0.05 * level).map((e, t) => level + season(t) + e),
      );
    },
  },
];
