import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger } from "../../core/checks.js";
import type { Note } from "../../core/model.js";
import { extend, takeOut } from "../../math/linear-algebra/orthogonal.js";
import { inner } from "../../math/linear-algebra/vector.js";
import { fUpper } from "../../math/special-functions/beta.js";
import { acf } from "../correlation/acf.js";
import { interpolateMissing } from "../interpolate.js";
import { sumOfSquares } from "../summary.js";
import {
  countMissing,
  interpolatedNotes,
  isConstant,
  requireLength,
  toFloats,
  type Values,
} from "../values.js";
import { findCycle } from "./find-cycle.js";
import { withoutLine } from "./find-frequency.js";

export interface FindPeriodOptions {
  /** Longest period to try. Default a third of the series, at most 400. */
  readonly maximum?: number;
}

/** What speaks for one period. */
export interface PeriodCandidate {
  readonly period: number;
  /** Share of the variance around a moving average over one period that the phase explains, adjusted for its terms. */
  readonly explained: number;
  /** Of the F test that the phases do not differ, beside an autoregression of order 2. */
  readonly pValue: number;
  /** Autocorrelation at this lag of the series around the moving average. */
  readonly autocorrelation: number;
  /** Whether the autocorrelation at twice the lag is still as high, as with a pattern that stays in step. */
  readonly steady: boolean;
}

export interface PeriodSearch {
  /** The seasonal period, 1 where none is found. */
  readonly period: number;
  /** Every season found, ascending: the period, and multiples of it that explain much more. */
  readonly seasons: readonly number[];
  /** Length of a cycle without a fixed pattern, where no season was found; null for none. See `findCycle`. */
  readonly cycle: number | null;
  /** The best candidates, the most explained first. */
  readonly candidates: readonly PeriodCandidate[];
  readonly notes: readonly Note[];
}

/** P-values below this, shared among all periods tried, count. */
const SIGNIFICANT = 1e-3;
/** A period that explains this much counts without a test: a pattern without noise is its own autoregression. */
const OBVIOUS = 0.95;
/** Where two periods are too long for an autocorrelation, a pattern that explains this much counts as steady. */
const STRONG = 0.8;
/** The autocorrelation of a steady pattern keeps this share from one period to two. */
const STEADY = 0.6;
/** The shortest period that explains this share of what the best one does is the season. */
const ENOUGH = 0.85;
/** A longer season must explain this share of what the shorter one left. */
const GAIN = 0.3;
/** With less than this left there is no longer season to look for. */
const LITTLE = 0.05;
const MOST_CANDIDATES = 10;
/** Longer periods are tried on request only. */
const MOST_STEPS = 400;
/** Of longer series the last so many values are looked at. */
const MOST_VALUES = 50_000;
/** The largest value is this many times the smallest. */
const WIDE = 2;

const FIND_PERIOD_OPTIONS: OptionTable<FindPeriodOptions> = {
  maximum: "number",
};

/**
 * The seasonal period from the values alone, with what speaks for it.
 *
 * Every period up to a third of the series is tried: how much of the series around its moving average over one period
 * the phases explain, whether they differ more than chance allows once a second-order autoregression is taken out, and
 * whether the autocorrelation stays as high after two periods. Does not depend on the unit or on a trend;
 * positive values of different size are looked at as logarithms.
 *
 * @param y values in time order; gaps are interpolated by straight lines, told in `notes`. Of more than 50,000 values the last
 *   50,000 are looked at, told as well.
 * @returns the period in steps, 1 where there is none, with the evidence.
 * @throws YuleError `bad-maximum`, `no-values`, `too-short` below 6 values, `infinite-value`.
 * @example const { period, candidates } = findPeriod(hourly); // 24
 */
export function findPeriod(y: Values, options: FindPeriodOptions = {}): PeriodSearch {
  requireOptions("findPeriod", options, FIND_PERIOD_OPTIONS);
  const all = toFloats(y);
  requireLength(all.length, "Finding the period", 6);
  const raw = all.subarray(Math.max(0, all.length - MOST_VALUES));
  const values = evened(interpolateMissing(raw));
  const notes = [...interpolatedNotes(countMissing(raw)), ...shortenedNotes(all.length)];
  if (isConstant(values)) return { period: 1, seasons: [], cycle: null, candidates: [], notes };
  const third = Math.min(MOST_STEPS, Math.floor(values.length / 3));
  const maximum = Math.min(
    requireInteger("maximum", options.maximum ?? third, 2, 1e6),
    Math.floor(values.length / 3),
  );
  const scores: Score[] = [];
  const past = ownPast(values);
  const plain = leftByPast(past.map((column) => aroundPhases(column, 1)));
  for (let period = 2; period <= maximum; period++) {
    const explained = explainedBy(aroundAverage(values, period), period);
    scores.push({ period, explained, pValue: explained > 0 ? phaseTest(past, plain, period) : 1 });
  }
  const counting = scores.filter(
    ({ period, explained, pValue }) =>
      (explained > OBVIOUS && values.length >= Math.max(12, 4 * period)) ||
      pValue * scores.length < SIGNIFICANT,
  );
  const candidates = counting
    .sort((a, b) => b.explained - a.explained)
    .slice(0, MOST_CANDIDATES)
    .map((score) => candidateOf(values, score));
  const seasons = seasonsAmong(candidates, counting);
  return { period: seasons[0] ?? 1, seasons, cycle: findCycle(values)?.length ?? null, candidates, notes };
}

function shortenedNotes(length: number): Note[] {
  if (length <= MOST_VALUES) return [];
  const message = `The period was looked for in the last ${MOST_VALUES} of ${length} values.`;
  return [{ code: "shortened", severity: "info", message, details: { length, used: MOST_VALUES } }];
}

/** Logarithms where the values are positive and spread wide, so that ups and downs that grow with the level stay alike. */
function evened(y: Float64Array): Float64Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of y) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > 0 && high >= WIDE * low ? y.map(Math.log) : y;
}

interface Score {
  readonly period: number;
  readonly explained: number;
  readonly pValue: number;
}

/** Values minus their centred moving average over one period; shorter by about one period. */
function aroundAverage(y: Float64Array, period: number): Float64Array {
  const half = Math.floor(period / 2);
  const even = period % 2 === 0;
  const rest = new Float64Array(Math.max(0, y.length - 2 * half));
  let sum = 0;
  for (let t = 0; t < 2 * half + 1 && t < y.length; t++) sum += y[t];
  for (let i = 0; i < rest.length; i++) {
    if (i > 0) sum += y[i + 2 * half] - y[i - 1];
    const ends = even ? (y[i] + y[i + 2 * half]) / 2 : 0;
    rest[i] = y[i + half] - (sum - ends) / period;
  }
  return rest;
}

/** Share of the variance that the phases explain, adjusted for their number. */
function explainedBy(rest: Float64Array, period: number): number {
  const n = rest.length;
  if (n < 2 * period) return 0;
  const all = sumOfSquares(rest);
  const within = aroundPhases(rest, period);
  return all > 0 ? 1 - inner(within, within) / (n - period) / (all / (n - 1)) : 0;
}

/** The values without the means of their phases. */
function aroundPhases(y: Float64Array, period: number): Float64Array {
  const means = new Float64Array(period);
  for (let t = 0; t < y.length; t++) means[t % period] = means[t % period] + y[t];
  for (let phase = 0; phase < period; phase++)
    means[phase] = means[phase] / Math.ceil((y.length - phase) / period);
  return y.map((value, t) => value - means[t % period]);
}

/** y_t, y_{t−1} and y_{t−2} around a line. */
function ownPast(y: Float64Array): readonly Float64Array[] {
  const line = withoutLine(y);
  return [line.slice(2), line.slice(1, -1), line.slice(0, -2)];
}

/**
 * P-value of the F test that phases add nothing to a second-order autoregression: cycles that are out of step follow
 * from their own past, a season does not. `without` is what the autoregression alone leaves.
 */
function phaseTest(past: readonly Float64Array[], without: number, period: number): number {
  const free = past[0].length - period - 2;
  if (free < period) return 1;
  const within = leftByPast(past.map((column) => aroundPhases(column, period)));
  if (!(within > 0)) return without > 0 ? 0 : 1;
  const f = (without - within) / (period - 1) / (within / free);
  return f > 0 ? fUpper(f, period - 1, free) : 1;
}

/** Residual sum of squares of the first column on the others. */
function leftByPast(columns: readonly Float64Array[]): number {
  const basis: Float64Array[] = [];
  for (const column of columns.slice(1)) extend(basis, column);
  const rest = takeOut(basis, columns[0]);
  return inner(rest, rest);
}

/**
 * P-value of the F test that the phases of a period add nothing to a second-order autoregression; 1 where there are too few values.
 *
 * @param y complete values, at least 6.
 */
export function phasePValue(y: Float64Array, period: number): number {
  if (y.length < 6 || isConstant(y)) return 1;
  const past = ownPast(y);
  return phaseTest(past, leftByPast(past.map((column) => aroundPhases(column, 1))), period);
}

function candidateOf(y: Float64Array, { period, explained, pValue }: Score): PeriodCandidate {
  const rest = aroundAverage(y, period);
  const last = Math.min(2 * period, rest.length - 1);
  const { values } = acf(rest, { maxLag: last, divisor: "n-k" });
  const autocorrelation = values[period];
  const steady = last < 2 * period ? explained > STRONG : values[2 * period] > STEADY * autocorrelation;
  return { period, explained, pValue, autocorrelation, steady: steady && autocorrelation > 0 };
}

function seasonsAmong(candidates: readonly PeriodCandidate[], scores: readonly Score[]): number[] {
  const steady = candidates.filter((candidate) => candidate.steady);
  const best = steady[0];
  if (best === undefined) return [];
  const shortest = steady
    .filter((candidate) => candidate.explained >= ENOUGH * best.explained)
    .reduce((least, candidate) => (candidate.period < least.period ? candidate : least));
  const seasons = [shortest.period];
  let left = 1 - shortest.explained;
  for (const score of [...scores].sort((a, b) => a.period - b.period)) {
    const last = seasons[seasons.length - 1];
    if (score.period <= last || score.period % last !== 0) continue;
    if (score.explained - (1 - left) < GAIN * left || left < LITTLE) continue;
    seasons.push(score.period);
    left = 1 - score.explained;
  }
  return seasons;
}
