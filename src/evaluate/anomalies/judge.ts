import type { Distribution } from "../../core/distribution.js";
import type { Fitted, Process } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { medianOf, NORMAL_MAD } from "../../diagnostics/summary.js";
import { alignInputs } from "../../engine/update.js";
import { square } from "../../math/power.js";
import { normalCdf, normalQuantile } from "../../math/special-functions/normal.js";

export type AnomalyKind = "spike" | "level-shift";

/** One value against what the model expected of it one step ahead; NaN where nothing was expected yet. */
export interface JudgedValue {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** Normal score of the value under its one-step distribution, over the spread that scores of the series have. */
  readonly score: number;
  readonly kind: AnomalyKind | null;
  /** Sum of the level shifts up to this row. */
  readonly shift: number;
}

/** Scores beyond this come from the standardised residual: tail probabilities have no digits left. */
const FAR = 7;
/** A level shift shows in this many values after it, all beyond the interval on the same side. */
const AFTER = 3;
/** Scores up to this come by chance in a long series: such a value enters the state and the next fit as it is. */
export const PLAUSIBLE = 3.3;
/** Limits of the spread of scores: a model's own variance is off by less than this, as a factor. */
const SPREAD: readonly [number, number] = [0.5, 3];
/** Where squares are cut, and the mean of min(Z², 2.5²) for a standard normal Z. */
const HUBER = 2.5;
const HUBER_MEAN = 0.97756;
const ROUNDS = 20;
/** Fewer scores than this say nothing of their spread. */
const ENOUGH = 20;

/**
 * Judges every value of a series by its one-step distribution, one after the other.
 *
 * A value far beyond its interval does not enter the state: it is passed over as missing, so that later values are not judged by
 * it. Where the next values lie beyond on the same side too, the level has shifted: the shift is taken off from there on.
 *
 * @param z half-width of the interval in normal scores, e.g. 2.58 for 99 %.
 */
export function judge(fitted: Fitted, given: Series, z: number): JudgedValue[] {
  const series = alignInputs(fitted, given);
  const scores = pass(fitted, series, z).map(({ score }) => score);
  return pass(fitted, series, z, spreadOf(scores));
}

/**
 * Robust standard deviation of scores: squares are cut at (2.5 s)² and their mean is divided by what it is for normal ones,
 * until s stays (Huber's Proposal 2 with the centre 0). Begins at 1.4826 times the median absolute score.
 *
 * @see P. J. Huber (1981), Robust Statistics, section 6.4.
 */
function spreadOf(scores: readonly number[]): number {
  const sizes = Float64Array.from(
    scores.filter((score) => !Number.isNaN(score)),
    Math.abs,
  );
  if (sizes.length < ENOUGH) return 1;
  let spread = within(NORMAL_MAD * medianOf(sizes));
  for (let round = 0; round < ROUNDS; round++) {
    const cut = HUBER * spread;
    const sum = sizes.reduce((total, size) => total + square(Math.min(size, cut)), 0);
    spread = within(Math.sqrt(sum / sizes.length / HUBER_MEAN));
  }
  return spread;
}

function within(spread: number): number {
  return Math.min(SPREAD[1], Math.max(SPREAD[0], spread));
}

function pass(fitted: Fitted, series: Series, z: number, spread = 1): JudgedValue[] {
  const { process, params } = fitted;
  const rows: JudgedValue[] = [];
  let state = process.start(params, series);
  let shift = 0;
  for (let t = 0; t < series.y.length; t++) {
    const input = inputRow(series.inputs, t);
    const distribution = process.conditional(params, state, input);
    const y = series.y[t]! - shift;
    const score = scoreOf(distribution, y) / spread;
    const bounds = boundsOf(distribution, z * spread, shift);
    let kind: AnomalyKind | null = null;
    let taken = y;
    if (Math.abs(score) > z) {
      const moved = shiftAt(process, params, state, series, t, shift, z * spread);
      kind = moved === null ? "spike" : "level-shift";
      if (moved !== null) taken = y - moved;
      else if (Math.abs(score) > PLAUSIBLE) taken = Number.NaN;
      shift += moved ?? 0;
    }
    rows.push({ ...bounds, score, kind, shift });
    state = process.advance(params, state, taken, input);
  }
  return rows;
}

/** The shift of the level at row t, or null where the values after it do not confirm one. */
function shiftAt(
  process: Process<unknown, unknown>,
  params: unknown,
  before: unknown,
  series: Series,
  t: number,
  shift: number,
  z: number,
): number | null {
  const side = Math.sign(
    series.y[t]! - shift - process.conditional(params, before, inputRow(series.inputs, t)).mean,
  );
  const distances: number[] = [];
  let state = before;
  for (let at = t; at < series.y.length && distances.length <= AFTER; at++) {
    const input = inputRow(series.inputs, at);
    const y = series.y[at]! - shift;
    if (!Number.isNaN(y)) {
      const distribution = process.conditional(params, state, input);
      const score = scoreOf(distribution, y);
      if (Math.abs(score) <= z || Math.sign(score) !== side) return null;
      distances.push(y - distribution.mean);
    }
    state = process.advance(params, state, Number.NaN, input);
  }
  return distances.length > AFTER ? medianOf(Float64Array.from(distances)) : null;
}

/** The value's place in its distribution as a normal score; NaN where y is missing or nothing is expected. */
function scoreOf(distribution: Distribution, y: number): number {
  if (Number.isNaN(y) || isDiffuse(distribution)) return Number.NaN;
  const below = distribution.cdf(y);
  // Of a discrete distribution the value itself belongs to both tails.
  const above = 1 - distribution.cdf(y - 1e-9 * Math.max(1, Math.abs(y)));
  const score = below < 0.5 ? normalQuantile(below) : above < 0.5 ? -normalQuantile(above) : 0;
  if (Math.abs(score) < FAR) return score;
  const residual = y - distribution.mean;
  return residual === 0 ? 0 : residual / Math.sqrt(distribution.variance);
}

function boundsOf(distribution: Distribution, z: number, shift: number) {
  if (isDiffuse(distribution)) return { expected: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const tail = normalCdf(-z);
  const { mean } = distribution;
  return {
    expected: shift + (Number.isFinite(mean) ? mean : distribution.quantile(0.5)),
    lower: shift + distribution.quantile(tail),
    upper: shift + distribution.quantile(1 - tail),
  };
}

function isDiffuse({ kind }: Distribution): boolean {
  return kind === "diffuse";
}
