import type { Rng } from "../../src/core/random.js";
import { type Series, type SeriesOptions, series } from "../../src/core/series.js";
import { gammaDraw } from "../../src/math/gamma-draw.js";
import { poissonDraw } from "../../src/math/poisson-draw.js";
import { standardNormal } from "../../src/math/special-functions/normal.js";

/** A number between `low` and `high`. */
export function between(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.uniform();
}

/** A whole number from `low` to `high`. */
export function whole(rng: Rng, low: number, high: number): number {
  return low + Math.floor((high - low + 1) * rng.uniform());
}

/** A level as people's data have them: 20 to 5,000, each order of magnitude alike. */
export function anyLevel(rng: Rng): number {
  return 10 ** between(rng, 1.3, 3.7);
}

export function chance(rng: Rng, p: number): boolean {
  return rng.uniform() < p;
}

export function values(n: number, at: (t: number) => number): number[] {
  return Array.from({ length: n }, (_, t) => at(t));
}

/** Independent normal errors. */
export function noise(rng: Rng, n: number, deviation = 1): number[] {
  return values(n, () => deviation * standardNormal(rng));
}

/** An autoregression after a run-in of 200 steps. */
export function autoregression(
  rng: Rng,
  n: number,
  coefficients: readonly number[],
  deviation = 1,
): number[] {
  const run: number[] = [];
  for (let t = 0; t < n + 200; t++) {
    let value = deviation * standardNormal(rng);
    coefficients.forEach((phi, lag) => {
      value += phi * (run[t - 1 - lag] ?? 0);
    });
    run.push(value);
  }
  return run.slice(200);
}

/** Sums from a first value on. */
export function sums(steps: readonly number[], from = 0): number[] {
  let total = from;
  return steps.map((step) => (total += step));
}

/** A smooth pattern of one season: two waves of random phase, mean 0, largest amplitude near `size`. */
export function waves(rng: Rng, period: number, size: number): (t: number) => number {
  const [first, second] = [rng.uniform(), rng.uniform()];
  const share = between(rng, 0.1, 0.5);
  return (t) =>
    size *
    ((1 - share) * Math.sin(2 * Math.PI * (t / period + first)) +
      share * Math.sin(2 * Math.PI * ((2 * t) / period + second)));
}

/** A pattern of unrelated values, as of weekdays: mean 0, standard deviation `size`. */
export function pattern(rng: Rng, period: number, size: number): (t: number) => number {
  const raw = noise(rng, period);
  const mean = raw.reduce((sum, value) => sum + value, 0) / period;
  const deviation = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / period);
  return (t) => (size * (raw[t % period]! - mean)) / deviation;
}

/** A heavy-tailed error: Student's t with `degrees` of freedom. */
export function heavy(rng: Rng, degrees: number): number {
  return standardNormal(rng) / Math.sqrt((2 * gammaDraw(rng, degrees / 2)) / degrees);
}

/** Poisson counts whose mean varies: variance mean + mean²/size. */
export function negativeBinomialDraw(rng: Rng, mean: number, size: number): number {
  return poissonDraw(rng, (mean / size) * gammaDraw(rng, size));
}

/** Marks `count` runs of `length` rows within [from, n): rows where something happened. */
export function runs(
  rng: Rng,
  n: number,
  { count, length, from = 0 }: { count: number; length: number; from?: number },
) {
  const marked = new Set<number>();
  for (let k = 0; k < count; k++) {
    const start = whole(rng, from, n - length - 1);
    for (let t = start; t < start + length; t++) marked.add(t);
  }
  return marked;
}

const dated = (start: string, frequency: string, period?: number) => {
  return (y: ArrayLike<number>, options: SeriesOptions = {}): Series =>
    series(y, { start, frequency, ...(period === undefined ? {} : { period }), ...options });
};

export const plain = (y: ArrayLike<number>): Series => series(y);
export const yearly = dated("1950", "Y");
export const quarterly = dated("1990-01", "Q");
export const monthly = dated("2001-01", "M");
export const weekly = dated("2017-01-02", "W");
export const daily = dated("2021-01-04", "D");
export const businessDaily = dated("2021-01-04", "B");
export const hourly = dated("2023-01-02T00:00", "H");
export const halfHourly = dated("2023-01-02T00:00", "30min");
