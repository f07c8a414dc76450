/** A chart of bars over numbers: correlations by lag, a histogram, strengths. */
export interface BarChart {
  readonly kind: "bars";
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  /** Where the bars stand, evenly spaced. */
  readonly x: readonly number[];
  readonly values: readonly number[];
  /** What stands under the bars instead of their numbers. */
  readonly labels?: readonly string[];
  /** Values between minus and plus this mean nothing; null where there is no such band. */
  readonly band: number | null;
  /** A line over the bars. */
  readonly curve: { readonly name: string; readonly values: readonly number[] } | null;
}

/** Correlations from lag 1 on, with the band that an independent series would stay inside. */
export function correlogramChart(
  title: string,
  { lags, values, band }: { lags: readonly number[]; values: readonly number[]; band: number },
): BarChart {
  return {
    kind: "bars",
    title,
    xName: "lag in steps",
    yName: "correlation",
    x: lags,
    values,
    band,
    curve: null,
  };
}

/** Most bars of a histogram. */
const MOST = 40;

/**
 * A histogram with the normal density of the same mean and variance, both as counts.
 *
 * The bars are 2 · IQR / n^(1/3) wide.
 *
 * @see D. Freedman, P. Diaconis (1981), "On the histogram as a density estimator: L2 theory", Zeitschrift für
 *   Wahrscheinlichkeitstheorie und verwandte Gebiete 57, 453-476.
 */
export function histogramChart(title: string, given: ArrayLike<number>): BarChart | null {
  const values = Float64Array.from(given).filter(Number.isFinite).sort();
  const n = values.length;
  if (n < 2 || values[0] === values[n - 1]) return null;
  const [low, high] = [values[0]!, values[n - 1]!];
  const quartileRange = values[Math.floor(0.75 * (n - 1))]! - values[Math.floor(0.25 * (n - 1))]!;
  const wanted = (2 * quartileRange) / Math.cbrt(n);
  const count = Math.min(MOST, Math.max(5, wanted > 0 ? Math.ceil((high - low) / wanted) : 5));
  const width = (high - low) / count;
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    const at = Math.min(count - 1, Math.floor((value - low) / width));
    counts[at] = counts[at]! + 1;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1);
  const x = counts.map((_, at) => low + (at + 0.5) * width);
  const density = (at: number) =>
    Math.exp(-((at - mean) * (at - mean)) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  return {
    kind: "bars",
    title,
    xName: "residual",
    yName: "count",
    x,
    values: counts,
    band: null,
    curve: { name: "normal", values: x.map((at) => n * width * density(at)) },
  };
}
