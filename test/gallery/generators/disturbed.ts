import {
  anyLevel,
  autoregression,
  between,
  chance,
  daily,
  hourly,
  monthly,
  noise,
  pattern,
  plain,
  runs,
  waves,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

const kind = "disturbed";

export const DISTURBED: readonly Generator[] = [
  {
    kind,
    name: "closed-for-a-week",
    description: "Days with a weekday pattern; the shop was closed for one to two weeks in the middle",
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.15);
      const n = 7 * whole(rng, 18, 35);
      const closed = runs(rng, n - 60, { count: 1, length: whole(rng, 7, 14), from: 20 });
      return daily(noise(rng, n, 0.08).map((e, t) => (closed.has(t) ? 0 : level * Math.exp(week(t) + e))));
    },
  },
  {
    kind,
    name: "closed-for-a-month",
    description: "Months with a season; two months without trade in the middle",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.2);
      const n = 12 * whole(rng, 6, 9);
      const closed = runs(rng, n - 40, { count: 1, length: 2, from: 12 });
      return monthly(
        noise(rng, n, 0.05).map((e, t) => (closed.has(t) ? 0 : level * Math.exp(season(t) + e))),
      );
    },
  },
  {
    kind,
    name: "outages-daily",
    description: "Days with a weekday pattern; 1 % of the values drop to 0",
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.12);
      return daily(
        noise(rng, 7 * whole(rng, 25, 50), 0.06).map((e, t) =>
          chance(rng, 0.01) ? 0 : level * Math.exp(week(t) + e),
        ),
      );
    },
  },
  {
    kind,
    name: "outages-hourly",
    description: "Hours with a day; 1 % of the values drop to 0",
    draw(rng) {
      const level = anyLevel(rng);
      const day = waves(rng, 24, 0.25);
      return hourly(
        autoregression(rng, 24 * whole(rng, 14, 20), [0.7], 0.04).map((e, t) =>
          chance(rng, 0.01) ? 0 : level * Math.exp(day(t) + e),
        ),
      );
    },
  },
  {
    kind,
    name: "collapse-and-recovery",
    description: "Months that fall to a fifth for three to six months and come back",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.12);
      const n = 12 * whole(rng, 7, 10);
      const at = n - whole(rng, 50, 58);
      const length = whole(rng, 3, 6);
      return monthly(
        noise(rng, n, 0.04).map((e, t) => {
          const since = t - at - length;
          const lost = t < at ? 0 : since < 0 ? 0.8 : 0.6 * 0.7 ** since;
          return level * (1 - lost) * Math.exp(season(t) + e);
        }),
      );
    },
  },
  levelShift(
    "old-level-shift-up",
    "A level that rose by a half in the first third",
    [0.15, 0.35],
    [0.4, 0.7],
  ),
  levelShift(
    "recent-level-shift-up",
    "A level that rose by a half shortly before the end",
    [0.75, 0.82],
    [0.4, 0.7],
  ),
  levelShift(
    "recent-level-shift-down",
    "A level that fell by a third shortly before the end",
    [0.75, 0.82],
    [-0.45, -0.25],
  ),
  {
    kind,
    name: "level-shift-with-season",
    description: "Months with a season whose level fell by a third in the middle",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.15 * level);
      const n = 12 * whole(rng, 7, 10);
      const at = Math.floor(between(rng, 0.35, 0.6) * n);
      return monthly(noise(rng, n, 0.05 * level).map((e, t) => level * (t < at ? 1.5 : 1) + season(t) + e));
    },
  },
  {
    kind,
    name: "rare-spikes",
    description: "A level with a spike of three to eight times the level now and then",
    draw(rng) {
      const level = anyLevel(rng);
      return plain(
        noise(rng, whole(rng, 90, 200), 0.07).map(
          (e) => level * Math.exp(e) * (chance(rng, 0.03) ? between(rng, 3, 8) : 1),
        ),
      );
    },
  },
  {
    kind,
    name: "promotions-untold",
    description: "Days with a weekday pattern and promotions of three days that nobody recorded",
    draw(rng) {
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.15);
      const n = 7 * whole(rng, 25, 40);
      const promoted = runs(rng, n, { count: Math.round(n / 40), length: 3 });
      const lift = between(rng, 0.4, 1);
      return daily(
        noise(rng, n, 0.08).map((e, t) => level * Math.exp(week(t) + (promoted.has(t) ? lift : 0) + e)),
      );
    },
  },
  {
    kind,
    name: "one-typing-error",
    description: "Months with a season, one value ten times too large",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.15);
      const n = 12 * whole(rng, 6, 9);
      const wrong = whole(rng, 6, n - 45);
      return monthly(
        noise(rng, n, 0.04).map((e, t) => level * Math.exp(season(t) + e) * (t === wrong ? 10 : 1)),
      );
    },
  },
  {
    kind,
    name: "monthly-outliers",
    description: "Months with a season and 3 % additive outliers on both sides",
    draw(rng) {
      const level = anyLevel(rng);
      const season = waves(rng, 12, 0.2 * level);
      return monthly(
        noise(rng, 12 * whole(rng, 7, 11), 0.05 * level).map(
          (e, t) =>
            1.5 * level + season(t) + e + (chance(rng, 0.03) ? (chance(rng, 0.5) ? 1 : -1) * 0.8 * level : 0),
        ),
      );
    },
  },
];

function levelShift(
  name: string,
  description: string,
  where: readonly [number, number],
  size: readonly [number, number],
): Generator {
  return {
    kind,
    name,
    description,
    origins: 1,
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 60, 120);
      const at = Math.floor(between(rng, ...where) * n);
      const shift = between(rng, ...size);
      return plain(noise(rng, n, 0.06 * level).map((e, t) => level * (t < at ? 1 : 1 + shift) + e));
    },
  };
}
