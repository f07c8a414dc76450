import {
  anyLevel,
  autoregression,
  between,
  businessDaily,
  heavy,
  monthly,
  noise,
  plain,
  sums,
  values,
  whole,
  yearly,
} from "../blocks.js";
import type { Generator } from "../generator.js";

/** Coefficients of an AR(2) that swings with the given period and shrinks by `radius` a step. */
function swing(period: number, radius: number): [number, number] {
  return [2 * radius * Math.cos((2 * Math.PI) / period), -radius * radius];
}

export const CYCLES: readonly Generator[] = [
  {
    kind: "cycles",
    name: "ar2-cycle",
    description: "AR(2) with complex roots: a cycle of 6 to 14 steps around a level",
    draw(rng) {
      const level = anyLevel(rng);
      const phi = swing(between(rng, 6, 14), between(rng, 0.93, 0.99));
      return plain(autoregression(rng, whole(rng, 80, 200), phi, 0.08 * level).map((e) => 2 * level + e));
    },
  },
  {
    kind: "cycles",
    name: "lynx-like",
    description: "A cycle of nine to eleven years on the logarithm",
    draw(rng) {
      const level = anyLevel(rng);
      const cycle = autoregression(rng, whole(rng, 90, 140), swing(between(rng, 9, 11), 0.975), 0.17);
      return yearly(cycle.map((e) => Math.round(level * Math.exp(e))));
    },
  },
  {
    kind: "cycles",
    name: "sunspot-like",
    description: "A skewed cycle of ten to twelve years that touches zero",
    draw(rng) {
      const size = anyLevel(rng) / 10;
      const cycle = autoregression(rng, whole(rng, 120, 250), swing(between(rng, 10, 12), 0.985), 0.25);
      return yearly(cycle.map((e) => Math.round(10 * size * Math.max(0, 1.6 + e) ** 2) / 10));
    },
  },
  {
    kind: "cycles",
    name: "short-cycle",
    description: "A cycle of 4 to 5 steps in sixty values",
    draw(rng) {
      const level = anyLevel(rng);
      const phi = swing(between(rng, 3.6, 5.4), 0.95);
      return plain(autoregression(rng, whole(rng, 55, 75), phi, 0.1 * level).map((e) => 2 * level + e));
    },
  },
  {
    kind: "cycles",
    name: "cycle-on-a-trend",
    description: "A cycle of 8 to 12 steps on a straight trend",
    draw(rng) {
      const level = anyLevel(rng);
      const slope = between(rng, 0.005, 0.02) * level;
      const phi = swing(between(rng, 8, 12), 0.96);
      return yearly(
        autoregression(rng, whole(rng, 80, 140), phi, 0.05 * level).map((e, t) => level + slope * t + e),
      );
    },
  },
  {
    kind: "cycles",
    name: "monthly-cycle",
    description: "Months without a season but with a cycle of two to four years",
    draw(rng) {
      const level = anyLevel(rng);
      const phi = swing(between(rng, 24, 48), 0.985);
      return monthly(autoregression(rng, 12 * whole(rng, 10, 16), phi, 0.02 * level).map((e) => level + e));
    },
  },
];

export const NO_PATTERN: readonly Generator[] = [
  {
    kind: "no pattern",
    name: "white-noise",
    description: "Noise around a level",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(noise(rng, whole(rng, 40, 150), 0.15 * level).map((e) => level + e));
    },
  },
  {
    kind: "no pattern",
    name: "random-walk",
    description: "A random walk",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(sums(noise(rng, whole(rng, 60, 200), 0.02 * level), 2 * level));
    },
  },
  {
    kind: "no pattern",
    name: "random-walk-with-drift",
    description: "A random walk with a drift a third of its step",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(
        sums(
          noise(rng, whole(rng, 60, 150), 0.02 * level).map((e) => e + 0.007 * level),
          level,
        ),
      );
    },
  },
  {
    kind: "no pattern",
    name: "stock-price",
    description: "A geometric random walk with heavy tails on business days",
    draw(rng) {
      const price = anyLevel(rng);
      const walk = sums(values(whole(rng, 250, 500), () => 0.0003 + 0.011 * heavy(rng, 4)));
      return businessDaily(walk.map((at) => Math.round(100 * price * Math.exp(at)) / 100));
    },
  },
  {
    kind: "no pattern",
    name: "returns-with-changing-spread",
    description: "Daily returns: GARCH(1,1), no mean to speak of",
    draw(rng) {
      let variance = 1;
      let last = 0;
      return businessDaily(
        noise(rng, whole(rng, 300, 500)).map((e) => {
          variance = 0.05 + 0.1 * last * last + 0.85 * variance;
          last = Math.sqrt(variance) * e;
          return last;
        }),
      );
    },
  },
  {
    kind: "no pattern",
    name: "autoregression",
    description: "AR(1) with coefficient 0.6 to 0.9",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(
        autoregression(rng, whole(rng, 60, 200), [between(rng, 0.6, 0.9)], 0.06 * level).map(
          (e) => level + e,
        ),
      );
    },
  },
  {
    kind: "no pattern",
    name: "alternating",
    description: "AR(1) with coefficient −0.8 to −0.5: high follows low",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(
        autoregression(rng, whole(rng, 50, 120), [between(rng, -0.8, -0.5)], 0.1 * level).map(
          (e) => level + e,
        ),
      );
    },
  },
  {
    kind: "no pattern",
    name: "moving-level",
    description: "A random walk under noise, as simple exponential smoothing assumes",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 60, 150);
      const errors = noise(rng, n, 0.06 * level);
      return plain(sums(noise(rng, n, 0.02 * level), 2 * level).map((at, t) => at + errors[t]!));
    },
  },
  {
    kind: "no pattern",
    name: "long-memory",
    description: "Fractional noise with d 0.3 to 0.45, as river flows",
    draw(rng) {
      const level = anyLevel(rng);
      const d = between(rng, 0.3, 0.45);
      const n = whole(rng, 120, 250);
      const e = noise(rng, n + 300, 0.1 * level);
      const weights = [1];
      for (let k = 1; k < 300; k++) weights.push((weights[k - 1]! * (k - 1 + d)) / k);
      return yearly(
        values(n, (t) => level + weights.reduce((sum, weight, k) => sum + weight * e[t + 300 - k]!, 0)),
      );
    },
  },
  {
    kind: "no pattern",
    name: "skewed-noise",
    description: "Log-normal noise: many small values, some large ones",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(noise(rng, whole(rng, 60, 150), between(rng, 0.5, 1)).map((e) => level * Math.exp(e)));
    },
  },
];
