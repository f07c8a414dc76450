import { dataError } from "../../core/errors.js";
import type { Note } from "../../core/model.js";
import { decompose, type StlOptions, stlSettings } from "./stl.js";
import { superSmoother } from "./super-smoother.js";

/** One seasonal component. */
export interface Season {
  readonly period: number;
  readonly values: Float64Array;
}

/** value = trend + seasons + remainder. */
export interface SeasonsResult {
  readonly trend: Float64Array;
  /** Ascending by period; empty where nothing was seasonal. */
  readonly seasons: readonly Season[];
  readonly remainder: Float64Array;
  readonly notes: readonly Note[];
}

export interface SeasonsOptions extends Omit<StlOptions, "seasonalWindow"> {
  /** Window of each season's smoother, ascending by period, or one for all. Default 11, 15, 19, … */
  readonly seasonalWindows?: readonly (number | "periodic")[] | number | "periodic";
  /** How often the seasons are refined when there are several. Default 2. */
  readonly iterations?: number;
}

/** STL for one season after the other over complete values; a smooth trend where there is no season. */
export function separateSeasons(
  y: Float64Array,
  periods: readonly number[],
  options: SeasonsOptions,
): SeasonsResult {
  const seasonal = [...new Set(periods)].filter((period) => period > 1).sort((a, b) => a - b);
  const several = seasonal.length > 1;
  const kept = several ? seasonal.filter((period) => period < y.length / 2) : seasonal;
  const notes = droppedSeasons(seasonal.filter((period) => !kept.includes(period)));
  if (kept.length === 0) return { ...trendOnly(y), notes };
  const parts = kept.map(() => new Float64Array(y.length));
  const rest = y.slice();
  let trend: Float64Array = rest;
  const rounds = several ? Math.max(1, options.iterations ?? 2) : 1;
  const settings = kept.map((period, i) => settingsOf(y.length, period, i, options));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < kept.length; i++) {
      const part = parts[i];
      add(rest, part);
      const fit = decompose(rest, settings[i].settings, settings[i].options);
      part.set(fit.seasonal);
      subtract(rest, part);
      trend = fit.trend;
    }
  }
  const remainder = rest.slice();
  subtract(remainder, trend);
  return { trend, seasons: kept.map((period, i) => ({ period, values: parts[i] })), remainder, notes };
}

function add(a: Float64Array, b: Float64Array): void {
  for (let t = 0; t < a.length; t++) a[t] = a[t] + b[t];
}

function subtract(a: Float64Array, b: Float64Array): void {
  for (let t = 0; t < a.length; t++) a[t] = a[t] - b[t];
}

function settingsOf(n: number, period: number, index: number, options: SeasonsOptions) {
  if (n <= 2 * period) {
    throw dataError(
      "too-short",
      "y",
      n,
      `A season of ${period} needs more than two periods, so at least ${2 * period + 1} values, not ${n}.`,
    );
  }
  const { seasonalWindows, iterations: _, ...shared } = options;
  const given = typeof seasonalWindows === "object" ? seasonalWindows[index] : seasonalWindows;
  const stlOptions: StlOptions = { ...shared, seasonalWindow: given ?? 11 + 4 * index };
  return { options: stlOptions, settings: stlSettings(n, period, stlOptions) };
}

function trendOnly(y: Float64Array) {
  const trend = superSmoother(y);
  return { trend, seasons: [], remainder: y.map((value, t) => value - trend[t]) };
}

function droppedSeasons(periods: readonly number[]): Note[] {
  return periods.map((period) => ({
    code: "season-dropped",
    severity: "warning",
    message: `The season of ${period} was left out: the series has fewer than two complete cycles.`,
    details: { period },
  }));
}
