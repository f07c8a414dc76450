import { square } from "../../math/power.js";
import { createLoess, type LoessSmoother, type LoessSpan, smooth, weigh } from "./loess.js";

/** All that the STL iteration needs to know; see `stl` for the meaning and the defaults. */
export interface StlSettings {
  readonly period: number;
  readonly seasonal: LoessSpan;
  readonly trend: LoessSpan;
  readonly lowPass: LoessSpan;
  readonly inner: number;
  readonly outer: number;
}

export interface StlComponents {
  readonly seasonal: Float64Array;
  readonly trend: Float64Array;
  /** Robustness weights, 1 where there were no robustness iterations. */
  readonly weights: Float64Array;
}

/** Smoothers and scratch space of one decomposition. */
interface Workspace {
  /** One smoother for each length a cycle-subseries can have: the longer one, then the shorter one. */
  readonly seasonal: readonly LoessSmoother[];
  readonly trend: LoessSmoother;
  readonly lowPass: LoessSmoother;
  readonly detrended: Float64Array;
  /** The smoothed cycle-subseries, a season longer than the series on both sides. */
  readonly cycle: Float64Array;
  readonly averaged: Float64Array;
  readonly smoothed: Float64Array;
  readonly subseries: Float64Array;
  readonly subweights: Float64Array;
  readonly subsmooth: Float64Array;
}

/** Inner and outer loops of STL over complete values, n > 2 · period (Cleveland et al. 1990, section 2). */
export function stlLoop(y: Float64Array, settings: StlSettings): StlComponents {
  const n = y.length;
  const work = workspace(n, settings);
  const seasonal = new Float64Array(n);
  const trend = new Float64Array(n);
  const weights = new Float64Array(n).fill(1);
  weigh(work.lowPass, null);
  for (let round = 0; round <= settings.outer; round++) {
    const robustness = round === 0 ? null : weights;
    weigh(work.trend, robustness);
    if (robustness === null) for (const smoother of work.seasonal) weigh(smoother, null);
    for (let pass = 0; pass < settings.inner; pass++) {
      innerPass(y, settings.period, robustness, work, seasonal, trend);
    }
    if (round < settings.outer) updateWeights(y, seasonal, trend, weights);
  }
  return { seasonal, trend, weights };
}

function workspace(n: number, settings: StlSettings): Workspace {
  const { period } = settings;
  const longest = Math.floor((n - 1) / period) + 1;
  const shortest = Math.floor(n / period);
  const lengths = longest === shortest ? [longest] : [longest, shortest];
  return {
    seasonal: lengths.map((length) => createLoess(length, settings.seasonal, true)),
    trend: createLoess(n, settings.trend),
    lowPass: createLoess(n, settings.lowPass),
    detrended: new Float64Array(n),
    cycle: new Float64Array(n + 2 * period),
    averaged: new Float64Array(n + 2 * period),
    smoothed: new Float64Array(n + 2 * period),
    subseries: new Float64Array(longest),
    subweights: new Float64Array(longest),
    subsmooth: new Float64Array(longest + 2),
  };
}

/** One pass: seasonal from the detrended values, then trend from the deseasonalised ones. */
function innerPass(
  y: Float64Array,
  period: number,
  robustness: Float64Array | null,
  work: Workspace,
  seasonal: Float64Array,
  trend: Float64Array,
): void {
  const n = y.length;
  const { detrended, cycle, smoothed } = work;
  for (let i = 0; i < n; i++) detrended[i] = y[i] - trend[i];
  smoothCycles(detrended, period, robustness, work);
  lowPassOf(cycle, period, work);
  smooth(work.lowPass, work.averaged, smoothed);
  for (let i = 0; i < n; i++) {
    seasonal[i] = cycle[period + i] - smoothed[i];
    detrended[i] = y[i] - seasonal[i];
  }
  smooth(work.trend, detrended, trend);
}

/** Smooths each cycle-subseries (all Januaries …) and puts it back in order into `work.cycle`. */
function smoothCycles(
  y: Float64Array,
  period: number,
  robustness: Float64Array | null,
  work: Workspace,
): void {
  const { cycle, subseries, subweights, subsmooth } = work;
  for (let phase = 0; phase < period; phase++) {
    const length = Math.floor((y.length - 1 - phase) / period) + 1;
    for (let i = 0; i < length; i++) subseries[i] = y[phase + i * period];
    const smoother = work.seasonal[0].n === length ? work.seasonal[0] : work.seasonal[1];
    if (robustness !== null) {
      for (let i = 0; i < length; i++) subweights[i] = robustness[phase + i * period];
      weigh(smoother, subweights);
    }
    smooth(smoother, subseries, subsmooth);
    for (let i = 0; i < length + 2; i++) cycle[phase + i * period] = subsmooth[i];
  }
}

/** Moving averages of length period, period and 3 of the cycle into `work.averaged`, n values. */
function lowPassOf(cycle: Float64Array, period: number, work: Workspace): void {
  const n = cycle.length;
  movingAverage(cycle, n, period, work.averaged);
  movingAverage(work.averaged, n - period + 1, period, work.smoothed);
  movingAverage(work.smoothed, n - 2 * period + 2, 3, work.averaged);
}

function movingAverage(x: Float64Array, n: number, length: number, out: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[i];
  out[0] = sum / length;
  for (let i = length; i < n; i++) {
    sum += x[i] - x[i - length];
    out[i - length + 1] = sum / length;
  }
}

/** Tukey's biweight of the remainder over six times its median absolute size. */
function updateWeights(
  y: Float64Array,
  seasonal: Float64Array,
  trend: Float64Array,
  weights: Float64Array,
): void {
  const n = y.length;
  const sizes = new Float64Array(n);
  for (let i = 0; i < n; i++) sizes[i] = Math.abs(y[i] - seasonal[i] - trend[i]);
  const sorted = sizes.slice().sort();
  const reach = 3 * (sorted[n >> 1] + sorted[(n - 1) >> 1]);
  for (let i = 0; i < n; i++) {
    const size = sizes[i];
    if (size <= 0.001 * reach) weights[i] = 1;
    else weights[i] = size <= 0.999 * reach ? square(1 - square(size / reach)) : 0;
  }
}
