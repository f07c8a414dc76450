import { levinsonDurbin } from "../../math/levinson.js";
import { square } from "../../math/power.js";
import { longestComplete } from "../cleaning/outliers.js";
import { autocovariance } from "../correlation/acf.js";
import { dropMissing, isConstant, requireLength, toFloats, type Values } from "../values.js";

/** Spectrum of an autoregression at evenly spaced frequencies from 0 to half a cycle a step. */
export interface ArSpectrum {
  readonly order: number;
  readonly frequencies: Float64Array;
  readonly density: Float64Array;
}

const FREQUENCIES = 500;
/** R's threshold, found by its authors by trial and error; in squared units of the data. */
const HIGH = 10;

/**
 * The period of the dominant frequency, as R's `forecast::findfrequency`: the series without its linear trend, an
 * autoregression by AIC, the highest point of its spectrum, or of the part beyond a peak at frequency 0.
 *
 * R calls the spectrum high above 10 in the squared units of the data, so the answer depends on the unit; `findPeriod`
 * is free of that and gives evidence.
 *
 * @param y values in time order; of a series with gaps the longest stretch without is used.
 * @returns the period, rounded; 1 where there is none.
 * @throws YuleError `too-short`, `infinite-value`.
 * @example findFrequency(values); // 12
 */
export function findFrequency(y: Values): number {
  const rest = longestPart(withoutLine(toFloats(y)));
  if (isConstant(rest)) return 1;
  const { frequencies, density } = arSpectrum(rest);
  let top = 0;
  for (let i = 1; i < density.length; i++) if (density[i] > density[top]) top = i;
  if (!(density[top] > HIGH)) return 1;
  if (top > 0) return Math.floor(1 / frequencies[top] + 0.5);
  const rise = density.findIndex((value, i) => i > 0 && value > density[i - 1]);
  if (rise < 0) return 1;
  // R counts from one: its search leaves out the first point of the rise, and the last frequency does not count.
  let next = Math.min(rise, density.length - 1);
  for (let i = next; i < density.length; i++) if (density[i] > density[next]) next = i;
  return next + 1 < density.length ? Math.floor(1 / frequencies[next] + 0.5) : 1;
}

function longestPart(y: Float64Array): Float64Array {
  const { start, length } = longestComplete(y);
  return y.slice(start, start + length);
}

/** Values minus the least-squares line through those that are there. */
export function withoutLine(y: Float64Array): Float64Array {
  requireLength(dropMissing(y).length, "Finding a period", 3);
  let [count, meanT, meanY] = [0, 0, 0];
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t])) continue;
    count++;
    meanT += (t - meanT) / count;
    meanY += (y[t] - meanY) / count;
  }
  let [cross, squares] = [0, 0];
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t])) continue;
    cross += (t - meanT) * (y[t] - meanY);
    squares += square(t - meanT);
  }
  return y.map((value, t) => value - meanY - (cross / squares) * (t - meanT));
}

/** Spectrum of the Yule-Walker autoregression with the least AIC up to order 10·log₁₀ n, as R's `spec.ar`. */
function arSpectrum(y: Float64Array): ArSpectrum {
  const n = y.length;
  const most = Math.min(n - 1, Math.floor(10 * Math.log10(n)));
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
  const ar = fits.coefficients[order];
  const variance = (fits.variances[order] * n) / (n - (order + 1));
  const frequencies = Float64Array.from({ length: FREQUENCIES }, (_, i) => (0.5 * i) / (FREQUENCIES - 1));
  const density = frequencies.map((frequency) => {
    let [re, im] = [1, 0];
    ar.forEach((coefficient, j) => {
      re -= coefficient * Math.cos(2 * Math.PI * frequency * (j + 1));
      im += coefficient * Math.sin(2 * Math.PI * frequency * (j + 1));
    });
    return variance / (re * re + im * im);
  });
  return { order, frequencies, density };
}
