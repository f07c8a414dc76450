import type { Rng } from "../../../src/core/random.js";
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
  values,
  waves,
  whole,
} from "../blocks.js";
import type { Generator } from "../generator.js";

const INPUT_KIND = { kind: "inputs" } as const;

/** Days of a shop with promotions on 15 % of the days. */
function promoted(rng: Rng, n: number) {
  const level = anyLevel(rng);
  const week = pattern(rng, 7, 0.15 * level);
  const promotion = values(n, () => (chance(rng, 0.15) ? 1 : 0));
  const effect = between(rng, 0.4, 0.8) * level;
  const y = noise(rng, n, 0.07 * level).map((e, t) => level + week(t) + effect * promotion[t]! + e);
  return { y, promotion, level };
}

export const INPUTS: readonly Generator[] = [
  {
    ...INPUT_KIND,
    name: "promotion",
    description: "Days with a weekday pattern and a promotion known ahead",
    draw(rng) {
      const { y, promotion } = promoted(rng, 7 * whole(rng, 20, 40));
      return daily(y, { inputs: { promotion } });
    },
  },
  {
    ...INPUT_KIND,
    name: "promotion-and-constant",
    description: "The same with a second input that never changes",
    draw(rng) {
      const { y, promotion } = promoted(rng, 7 * whole(rng, 20, 40));
      return daily(y, { inputs: { promotion, open: y.map(() => 1) } });
    },
  },
  {
    ...INPUT_KIND,
    name: "collinear-inputs",
    description: "The same with the promotion given twice, in other units",
    draw(rng) {
      const { y, promotion } = promoted(rng, 7 * whole(rng, 20, 40));
      return daily(y, { inputs: { promotion, discount: promotion.map((on) => 20 * on) } });
    },
  },
  {
    ...INPUT_KIND,
    name: "price-effect",
    description: "Months with a season whose sales answer to the price",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 6, 9);
      const price = autoregression(rng, n, [0.8], 0.6).map((e) => 10 + e);
      const season = waves(rng, 12, 0.15 * level);
      const effect = between(rng, 0.06, 0.12) * level;
      const y = noise(rng, n, 0.04 * level).map(
        (e, t) => 2 * level + season(t) - effect * (price[t]! - 10) + e,
      );
      return monthly(y, { inputs: { price } });
    },
  },
  {
    ...INPUT_KIND,
    name: "useless-inputs",
    description: "Months with a season and two inputs that have nothing to do with it",
    draw(rng) {
      const level = anyLevel(rng);
      const n = 12 * whole(rng, 6, 9);
      const season = waves(rng, 12, 0.2 * level);
      const y = noise(rng, n, 0.05 * level).map((e, t) => level + season(t) + e);
      return monthly(y, { inputs: { rain: noise(rng, n, 3), index: autoregression(rng, n, [0.9]) } });
    },
  },
  {
    ...INPUT_KIND,
    name: "heating-load",
    description: "Days of heat used: it follows the temperature",
    draw(rng) {
      const n = whole(rng, 250, 400);
      const phase = rng.uniform();
      const temperature = autoregression(rng, n, [0.7], 2.5).map(
        (e, t) => 8 + 9 * Math.sin(2 * Math.PI * (t / 365 + phase)) + e,
      );
      const level = anyLevel(rng);
      const week = pattern(rng, 7, 0.06 * level);
      const y = noise(rng, n, 0.05 * level).map(
        (e, t) => 2 * level + week(t) - 0.06 * level * temperature[t]! + e,
      );
      return daily(y, { inputs: { temperature } });
    },
  },
  {
    ...INPUT_KIND,
    name: "input-without-season",
    description: "Counted rows: an autoregression and one real effect",
    draw(rng) {
      const level = anyLevel(rng);
      const n = whole(rng, 60, 150);
      const advertising = values(n, () => between(rng, 0, 10));
      const y = autoregression(rng, n, [0.6], 0.05 * level).map(
        (e, t) => level + 0.05 * level * advertising[t]! + e,
      );
      return { ...plain(y), inputs: { names: ["advertising"], columns: [Float64Array.from(advertising)] } };
    },
  },
];

export const GAPS: readonly Generator[] = [
  gaps("gaps-2-percent-daily", "Days with a weekday pattern, 2 % missing", 0.02, dailyWeek),
  gaps("gaps-10-percent-daily", "Days with a weekday pattern, 10 % missing", 0.1, dailyWeek),
  gaps("gaps-10-percent-monthly", "Months with trend and season, 10 % missing", 0.1, monthlySeason),
  gaps("gaps-50-percent-monthly", "Months with trend and season, half missing", 0.5, monthlySeason),
  gaps("gaps-10-percent-walk", "A moving level, 10 % missing", 0.1, (rng) =>
    autoregression(rng, whole(rng, 100, 200), [0.9], 5).map((e) => 200 + e),
  ),
  {
    kind: "gaps",
    name: "no-sundays",
    description: "Days with a weekday pattern and no Sunday ever observed",
    draw(rng) {
      return daily(dailyWeek(rng).map((value, t) => (t % 7 === 6 ? Number.NaN : value)));
    },
  },
  {
    kind: "gaps",
    name: "no-nights",
    description: "Hours of an exchange: nothing observed at night",
    draw(rng) {
      const level = anyLevel(rng);
      const day = waves(rng, 24, 0.25 * level);
      return hourly(
        noise(rng, 24 * whole(rng, 12, 18), 0.06 * level).map((e, t) =>
          t % 24 < 7 || t % 24 > 19 ? Number.NaN : level + day(t) + e,
        ),
      );
    },
  },
  {
    kind: "gaps",
    name: "one-long-gap",
    description: "Months with a season; one year in the middle is missing",
    draw(rng) {
      const y = monthlySeason(rng);
      const missing = runs(rng, y.length - 40, { count: 1, length: 12, from: 6 });
      return monthly(y.map((value, t) => (missing.has(t) ? Number.NaN : value)));
    },
  },
];

function dailyWeek(rng: Rng): number[] {
  const level = anyLevel(rng);
  const week = pattern(rng, 7, 0.2 * level);
  return autoregression(rng, 7 * whole(rng, 22, 40), [0.6], 0.06 * level).map((e, t) => level + week(t) + e);
}

function monthlySeason(rng: Rng): number[] {
  const level = anyLevel(rng);
  const season = waves(rng, 12, 0.2 * level);
  return noise(rng, 12 * whole(rng, 8, 12), 0.05 * level).map(
    (e, t) => level * (1 + 0.003 * t) + season(t) + e,
  );
}

function gaps(name: string, description: string, rate: number, draw: (rng: Rng) => number[]): Generator {
  const dated = name.includes("daily") ? daily : name.includes("monthly") ? monthly : plain;
  return {
    kind: "gaps",
    name,
    description,
    draw: (rng) => dated(draw(rng).map((value) => (chance(rng, rate) ? Number.NaN : value))),
  };
}
