import { anyLevel, between, noise, sums, whole, yearly } from "../blocks.js";
import type { Generator } from "../generator.js";

const kind = "trend";

export const TREND: readonly Generator[] = [
  {
    kind,
    name: "linear-trend",
    description: "A straight trend with noise",
    draw(rng) {
      const level = anyLevel(rng);
      const slope = between(rng, 0.01, 0.06) * level;
      return yearly(
        noise(rng, whole(rng, 35, 70), between(rng, 0.02, 0.1) * level).map((e, t) => level + slope * t + e),
      );
    },
  },
  {
    kind,
    name: "falling-trend",
    description: "A straight fall that has used up half of the level",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 35, 60);
      const slope = (between(rng, 0.4, 0.6) * level) / n;
      return yearly(noise(rng, n, 0.03 * level).map((e, t) => level - slope * t + e));
    },
  },
  {
    kind,
    name: "exponential-trend",
    description: "Growth by 2 to 8 % a step",
    draw(rng) {
      const level = anyLevel(rng);
      const rate = between(rng, 0.02, 0.08);
      return yearly(noise(rng, whole(rng, 35, 60), 0.04).map((e, t) => level * Math.exp(rate * t + e)));
    },
  },
  {
    kind,
    name: "damped-trend",
    description: "A trend that wears out over the history",
    draw(rng) {
      const level = anyLevel(rng);
      const fade = between(rng, 0.92, 0.97);
      const rise = between(rng, 0.02, 0.08) * level;
      return yearly(
        noise(rng, whole(rng, 35, 60), 0.03 * level).map(
          (e, t) => level + (rise * (1 - fade ** t)) / (1 - fade) + e,
        ),
      );
    },
  },
  {
    kind,
    name: "saturating-growth",
    description: "Logistic growth that has passed its middle",
    draw(rng) {
      const ceiling = anyLevel(rng);
      const n = whole(rng, 40, 70);
      const middle = between(rng, 0.35, 0.6) * n;
      const rate = between(rng, 6, 10) / n;
      return yearly(
        noise(rng, n, 0.02 * ceiling).map(
          (e, t) => ceiling / (1 + Math.exp(-rate * (t - middle))) + 0.05 * ceiling + e,
        ),
      );
    },
  },
  {
    kind,
    name: "trend-break",
    description: "A trend whose slope changes once in the middle third",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 45, 80);
      const at = Math.floor(between(rng, 0.35, 0.65) * n);
      const [before, after] = [between(rng, -0.01, 0.06) * level, between(rng, -0.02, 0.04) * level];
      return yearly(
        noise(rng, n, 0.04 * level).map(
          (e, t) => 2 * level + before * Math.min(t, at) + after * Math.max(0, t - at) + e,
        ),
      );
    },
  },
  {
    kind,
    name: "changing-slope",
    description: "A local linear trend whose slope drifts",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 45, 90);
      const slopes = sums(noise(rng, n, 0.006 * level), between(rng, -0.02, 0.03) * level);
      const errors = noise(rng, n, 0.04 * level);
      return yearly(sums(slopes, 2 * level).map((value, t) => value + errors[t]!));
    },
  },
];
