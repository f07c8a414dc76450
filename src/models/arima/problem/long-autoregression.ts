import { yuleWalkerSolution } from "../../../math/levinson.js";
import { dot } from "../../../math/linear-algebra/vector.js";

/** A long autoregression of a series and what it leaves unexplained: the raw material of Hannan-Rissanen starts. */
export interface LongAutoregression {
  readonly series: Float64Array;
  /** Values before `order` are zero. */
  readonly residuals: Float64Array;
  readonly order: number;
  /** Frequencies of the highest peaks of its spectrum, cycles a step; sought when first asked for. */
  peaks(): readonly number[];
}

/** Long enough for a start; more costs time and changes nothing. */
const LONGEST = 25;

/** Room for the order: a season and a little more, or ten times log₁₀ n. */
function longOrder(n: number, period: number): number {
  const wished = Math.max(Math.min(LONGEST, Math.round(10 * Math.log10(n))), period > 1 ? period + 3 : 0);
  return Math.max(1, Math.min(wished, Math.floor(n / 3)));
}

/** Fits by Yule and Walker's equations, whose solution is stationary whatever the data. */
export function longAutoregression(series: Float64Array, period: number): LongAutoregression {
  const n = series.length;
  const order = longOrder(n, period);
  const covariances = new Float64Array(order + 1);
  for (let k = 0; k <= order; k++) covariances[k] = dot(series, k, series, 0, n - k) / n;
  const residuals = new Float64Array(n);
  if (!(covariances[0]! > 0)) return { series, residuals, order, peaks: () => [] };
  const phi = yuleWalkerSolution(covariances, order);
  const reversed = new Float64Array(order);
  for (let i = 0; i < order; i++) reversed[i] = phi[order - 1 - i]!;
  for (let t = order; t < n; t++) residuals[t] = series[t]! - dot(reversed, 0, series, t - order, order);
  let found: readonly number[] | null = null;
  return {
    ...{ series, residuals, order },
    peaks() {
      found ??= spectralPeaks(phi);
      return found;
    },
  };
}

/** Frequencies that the spectrum is looked at, and peaks that are kept. */
const GRID = 160;
const MOST_PEAKS = 4;

/** The highest local maxima of 1/|φ(e^{−iω})|², each at the vertex of a parabola through its logarithm. */
function spectralPeaks(phi: Float64Array): number[] {
  const heights = Array.from({ length: GRID + 1 }, (_, k) => logSpectrum(phi, (0.5 * k) / GRID));
  const peaks: { frequency: number; height: number }[] = [];
  for (let k = 1; k < GRID; k++) {
    const [before, at, after] = [heights[k - 1]!, heights[k]!, heights[k + 1]!];
    if (!(at > before && at >= after)) continue;
    const vertex = (before - after) / (2 * (before - 2 * at + after));
    peaks.push({ frequency: (0.5 * (k + vertex)) / GRID, height: at });
  }
  peaks.sort((a, b) => b.height - a.height);
  return peaks.slice(0, MOST_PEAKS).map(({ frequency }) => frequency);
}

function logSpectrum(phi: Float64Array, frequency: number): number {
  const twice = 2 * Math.cos(2 * Math.PI * frequency);
  const sine = Math.sin(2 * Math.PI * frequency);
  let [re, im] = [1, 0];
  let [cosBefore, cosAt, sinBefore, sinAt] = [1, twice / 2, 0, sine];
  for (let j = 0; j < phi.length; j++) {
    re -= phi[j]! * cosAt;
    im += phi[j]! * sinAt;
    [cosBefore, cosAt] = [cosAt, twice * cosAt - cosBefore];
    [sinBefore, sinAt] = [sinAt, twice * sinAt - sinBefore];
  }
  return -Math.log(re * re + im * im);
}
