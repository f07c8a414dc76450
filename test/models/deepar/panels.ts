import { type Rng, random } from "../../../src/core/random.js";
import { type Panel, type Series, series } from "../../../src/core/series.js";
import { standardNormal } from "../../../src/math/normal.js";
import { gammaDraw, poissonDraw } from "../../../src/math/sampling.js";

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

/** AR(2) processes x_t = 1.2x_{t−1} − 0.5x_{t−2} + e_t about a level. */
export function ar2Panel(count: number, length: number, seed = 2): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const x = new Float64Array(length + 50);
    for (let t = 0; t < x.length; t++) {
      x[t] = 1.2 * (x[t - 1] ?? 0) - 0.5 * (x[t - 2] ?? 0) + standardNormal(rng);
    }
    return series(x.slice(50), { id: `a${i}` });
  });
}

/** Negative binomial counts whose mean has a wave of period 7. */
export function countPanel(count: number, length: number, seed = 3): Panel {
  return Array.from({ length: count }, (_, i) => {
    const rng = random(seed).fork(i);
    const level = 2 + 8 * rng.uniform();
    const y = Float64Array.from({ length }, (_, t) => countDraw(rng, countMean(level, t), COUNT_DISPERSION));
    return series(y, { id: `c${i}`, period: 7 });
  });
}

export const COUNT_DISPERSION = 0.3;

export function countMean(level: number, t: number): number {
  return level * (1 + 0.6 * Math.sin((2 * Math.PI * t) / 7));
}

function countDraw(rng: Rng, mean: number, dispersion: number): number {
  return poissonDraw(rng, mean * dispersion * gammaDraw(rng, 1 / dispersion));
}

/** The same series with some values missing. */
export function holed(source: Series, every: number): Series {
  return { ...source, y: source.y.map((value, t) => (t % every === every - 1 ? Number.NaN : value)) };
}
