import { poissonDraw } from "../../../src/math/poisson-draw.js";
import {
  anyLevel,
  autoregression,
  between,
  chance,
  daily,
  monthly,
  negativeBinomialDraw,
  pattern,
  plain,
  values,
  waves,
  weekly,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

export const INTERMITTENT: readonly Generator[] = [
  {
    kind: "intermittent",
    name: "intermittent-monthly",
    description: "Months of spare parts: half of them nothing, else a few",
    draw(rng) {
      const p = between(rng, 0.3, 0.6);
      const mean = between(rng, 1, 6);
      return monthly(values(whole(rng, 50, 110), () => (chance(rng, p) ? 1 + poissonDraw(rng, mean) : 0)));
    },
  },
  {
    kind: "intermittent",
    name: "intermittent-daily",
    description: "Days with a sale now and then, no weekday pattern",
    draw(rng) {
      const p = between(rng, 0.2, 0.5);
      const mean = between(rng, 0.5, 3);
      return daily(values(whole(rng, 150, 350), () => (chance(rng, p) ? 1 + poissonDraw(rng, mean) : 0)));
    },
  },
  {
    kind: "intermittent",
    name: "lumpy",
    description: "Rare orders of very different sizes",
    draw(rng) {
      const p = between(rng, 0.2, 0.4);
      const size = anyLevel(rng) / 10;
      return weekly(
        values(whole(rng, 90, 160), () =>
          chance(rng, p) ? Math.ceil(negativeBinomialDraw(rng, size, 0.8)) + 1 : 0,
        ),
      );
    },
  },
  {
    kind: "intermittent",
    name: "slow-mover",
    description: "Nineteen of twenty periods nothing",
    draw(rng) {
      const p = between(rng, 0.03, 0.08);
      return plain(values(whole(rng, 100, 200), () => (chance(rng, p) ? whole(rng, 1, 3) : 0)));
    },
  },
  {
    kind: "intermittent",
    name: "dying-demand",
    description: "Demand whose chance falls to a few percent",
    draw(rng) {
      const n = whole(rng, 70, 130);
      const mean = between(rng, 1, 4);
      return plain(
        values(n, (t) => (chance(rng, 0.8 * Math.exp((-3.5 * t) / n)) ? 1 + poissonDraw(rng, mean) : 0)),
      );
    },
  },
  {
    kind: "intermittent",
    name: "recent-burst",
    description: "Rare demand that became frequent shortly before the end",
    origins: 1,
    draw(rng) {
      const n = whole(rng, 80, 120);
      const mean = between(rng, 2, 6);
      return plain(values(n, (t) => (chance(rng, t < n - 25 ? 0.12 : 0.7) ? 1 + poissonDraw(rng, mean) : 0)));
    },
  },
  {
    kind: "intermittent",
    name: "many-zeros-in-bad-years",
    description: "Yearly counts of a rare event",
    draw(rng) {
      const mean = between(rng, 0.5, 1.5);
      return plain(values(whole(rng, 40, 90), () => poissonDraw(rng, mean)));
    },
  },
];

export const COUNTS: readonly Generator[] = [
  {
    kind: "counts",
    name: "poisson",
    description: "Counts with a steady mean of 2 to 10",
    draw(rng) {
      const mean = between(rng, 2, 10);
      return plain(values(whole(rng, 60, 150), () => poissonDraw(rng, mean)));
    },
  },
  {
    kind: "counts",
    name: "negative-binomial",
    description: "Counts that vary more than Poisson, on a slowly moving mean",
    draw(rng) {
      const mean = between(rng, 4, 20);
      const slow = autoregression(rng, whole(rng, 80, 160), [0.95], 0.1);
      return plain(slow.map((at) => negativeBinomialDraw(rng, mean * Math.exp(at), 3)));
    },
  },
  {
    kind: "counts",
    name: "monthly-counts",
    description: "Months of small counts with a season",
    draw(rng) {
      const mean = between(rng, 4, 20);
      const season = waves(rng, 12, between(rng, 0.3, 0.7));
      return monthly(values(12 * whole(rng, 6, 10), (t) => poissonDraw(rng, mean * Math.exp(season(t)))));
    },
  },
  {
    kind: "counts",
    name: "daily-counts",
    description: "Days of small overdispersed counts with a weekday pattern",
    draw(rng) {
      const mean = between(rng, 2, 8);
      const week = pattern(rng, 7, between(rng, 0.3, 0.6));
      return daily(
        values(7 * whole(rng, 20, 45), (t) => negativeBinomialDraw(rng, mean * Math.exp(week(t)), 6)),
      );
    },
  },
  {
    kind: "counts",
    name: "growing-counts",
    description: "Counts whose mean grows from 1 to 10 or so",
    draw(rng) {
      const n = whole(rng, 60, 120);
      return plain(values(n, (t) => poissonDraw(rng, Math.exp((2.3 * t) / n))));
    },
  },
];
