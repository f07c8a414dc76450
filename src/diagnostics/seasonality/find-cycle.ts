import { levinsonDurbin } from "../../math/levinson.js";
import { acf } from "../correlation/acf.js";
import { autocovariance } from "../correlation/autocovariance.js";
import { isConstant } from "../values.js";
import { withoutLine } from "./find-frequency.js";

/** Ups and downs that return after about so many values, without keeping step. */
export interface Cycle {
  /** Length in values, from the highest peak of the autoregressive spectrum. */
  readonly length: number;
  /** Autocorrelation after half a cycle (negative) and after a whole one (positive). */
  readonly half: number;
  readonly whole: number;
}

/** So many cycles must have been seen. */
const LEAST_CYCLES = 4;
const SHORTEST = 2.5;
const LEAST_VALUES = 30;
/** Frequencies from 0 to 1/2 at which the spectrum is computed. */
const FREQUENCIES = 4000;
/** A peak is so many times the lowest value of the spectrum at lower frequencies. */
const PEAK = 2;
/** Autocorrelations count from so many times 1/√n on. */
const CLEAR = 2;

/**
 * A cycle without a fixed period, as of an autoregression with complex roots; null where none is clear.
 *
 * The order of a Yule-Walker autoregression around a straight line is chosen by AIC. Its spectrum must have a peak at a length
 * seen four times, twice as high as the valley below it, and the autocorrelation must confirm it: below −2/√n after half a
 * cycle, above 2/√n after a whole one. Of 300 simulated series of 60 to 300 values each, at most 1 % of white noise, AR(1) with
 * coefficients 0.5 and 0.9 and random walks show one; of AR(2) with roots of size 0.95 and a cycle of 10, 81 to 100 %.
 *
 * @param y complete values without a season, in time order.
 * @see G. U. Yule (1927), Philosophical Transactions of the Royal Society A 226, 267-298.
 * @example findCycle(lynx.y)?.length; // 9.8
 */
export function findCycle(y: Float64Array): Cycle | null {
  const n = y.length;
  if (n < LEAST_VALUES) return null;
  const rest = withoutLine(y);
  if (isConstant(rest)) return null;
  const coefficients = autoregression(rest);
  const length = peakLength(coefficients, n);
  if (length === null) return null;
  const r = acf(rest, { maxLag: Math.min(n - 1, Math.ceil(length) + 1) }).values;
  const half = between(r, length / 2);
  const whole = between(r, length);
  const clear = CLEAR / Math.sqrt(n);
  return half < -clear && whole > clear ? { length, half, whole } : null;
}

function autoregression(y: Float64Array): Float64Array {
  const n = y.length;
  const most = Math.min(Math.floor(n / 5), Math.floor(10 * Math.log10(n)));
  const fits = levinsonDurbin(autocovariance(y, { maxLag: most }));
  let order = 0;
  let least = Number.POSITIVE_INFINITY;
  fits.variances.forEach((variance, p) => {
    const aic = n * Math.log(variance) + 2 * p;
    if (aic < least) {
      least = aic;
      order = p;
    }
  });
  return fits.coefficients[order];
}

/** The length at the highest peak of the spectrum that counts; null where there is none. */
function peakLength(ar: Float64Array, n: number): number | null {
  // The spectrum of a first-order autoregression has no peak inside.
  if (ar.length < 2) return null;
  const density = Float64Array.from({ length: FREQUENCIES + 1 }, (_, i) => densityAt(ar, i));
  let top = -1;
  let valley = density[0];
  let best = 0;
  for (let i = 1; i < FREQUENCIES; i++) {
    const here = density[i];
    valley = Math.min(valley, here);
    const length = lengthAt(i);
    if (length > n / LEAST_CYCLES || length < SHORTEST) continue;
    const peak = here > density[i - 1] && here >= density[i + 1];
    if (peak && here > PEAK * valley && here > best) {
      top = i;
      best = here;
    }
  }
  return top < 0 ? null : lengthAt(top);
}

function lengthAt(i: number): number {
  return (2 * FREQUENCIES) / i;
}

/** 1/|φ(e^{−iω})|² at ω = πi/FREQUENCIES, the polynomial by Horner's rule. */
function densityAt(ar: Float64Array, i: number): number {
  const angle = (Math.PI * i) / FREQUENCIES;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [re, im] = [0, 0];
  for (let j = ar.length - 1; j >= 0; j--) {
    const sum = re + ar[j];
    re = sum * cos + im * sin;
    im = im * cos - sum * sin;
  }
  return 1 / ((1 - re) * (1 - re) + im * im);
}

/** The autocorrelation at a lag that is no whole number, on the line between its neighbours. */
function between(r: Float64Array, lag: number): number {
  const below = Math.floor(lag);
  const share = lag - below;
  return (1 - share) * r[below] + share * (r[below + 1] ?? r[below]);
}
