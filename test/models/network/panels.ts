import { type Rng, random } from "../../../src/core/random.js";
import { type Panel, type Series, series } from "../../../src/core/series.js";
import { gammaDraw } from "../../../src/math/gamma-draw.js";
import { poissonDraw } from "../../../src/math/poisson-draw.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";

/** Monthly series with a yearly wave, each with a level of its own. */
export function seasonalPanel(count: number, length: number, seed = 1): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const level = 10 * Math.exp(2 * rng.uniform());
    const shift = Math.floor(12 * rng.uniform());
    const y = Float64Array.from({ length }, (_, t) => {
      const wave = Math.sin((2 * Math.PI * (t + shift)) / 12);
      return level * (1 + 0.4 * wave + 0.1 * standardNormal(rng));
    });
    return series(y, { id: `s${i}`, start: "2001-01", frequency: "M" });
  });
}

/** AR(2) processes x_t = 1.2x_{t−1} − 0.5x_{t−2} + e_t. */
export function ar2Panel(count: number, length: number, seed = 2): Panel {
  return autoregressions("a", 1, count, length, seed, ar2Mean);
}

export const ar2Mean = (x: Float64Array, t: number): number => 1.2 * (x[t - 1] ?? 0) - 0.5 * (x[t - 2] ?? 0);

/** Seasonal processes (1 − 0.5B)(1 − 0.7B¹²)x_t = e_t. */
export function seasonalAr(count: number, length: number, seed = 5): Panel {
  return autoregressions("b", 12, count, length, seed, seasonalMean);
}

export const seasonalMean = (x: Float64Array, t: number): number =>
  0.5 * (x[t - 1] ?? 0) + 0.7 * (x[t - 12] ?? 0) - 0.35 * (x[t - 13] ?? 0);

function autoregressions(
  prefix: string,
  period: number,
  count: number,
  length: number,
  seed: number,
  mean: (x: Float64Array, t: number) => number,
): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const x = new Float64Array(length + 100);
    for (let t = 0; t < x.length; t++) x[t] = mean(x, t) + standardNormal(rng);
    return series(x.slice(100), { id: `${prefix}${i}`, period });
  });
}

/** Negative binomial counts whose mean follows the last ones and those a week before. */
export function countPanel(count: number, length: number, seed = 3): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const y = new Float64Array(length + 60);
    for (let t = 0; t < y.length; t++) y[t] = countDraw(rng, countMean(y, t), COUNT_DISPERSION);
    return series(y.slice(60), { id: `c${i}`, period: 7 });
  });
}

export const COUNT_DISPERSION = 0.3;

export const countMean = (y: Float64Array, t: number): number =>
  1 + 0.3 * (y[t - 1] ?? 4) + 0.5 * (y[t - 7] ?? 4);

function countDraw(rng: Rng, mean: number, dispersion: number): number {
  return poissonDraw(rng, mean * dispersion * gammaDraw(rng, 1 / dispersion));
}

/** The same series with some values missing. */
export function holed(source: Series, every: number): Series {
  return { ...source, y: source.y.map((value, t) => (t % every === every - 1 ? Number.NaN : value)) };
}
