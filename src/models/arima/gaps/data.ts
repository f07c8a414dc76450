import type { Gaps } from "./responses.js";

/** A series with gaps and its regressors as levels, not differenced, from the first observed value to the last. */
export interface GappedData {
  readonly how: Gaps["how"];
  /** The series less its plain regression, lines across its gaps; then the regressors. */
  readonly columns: readonly Float64Array[];
  /** Missing rows. */
  readonly gaps: readonly number[];
}

/** What of a design (see there) the levels are made from. */
interface Levels {
  readonly how: GappedData["how"];
  readonly values: Float64Array;
  readonly gaps: readonly number[];
  readonly scale: number;
  readonly from: number;
  readonly to: number;
  readonly regressors: readonly { readonly values: Float64Array }[];
  readonly triangle: Float64Array;
  readonly offset: Float64Array;
}

/** The design's series and regressors before differencing. */
export function gappedData(design: Levels): GappedData {
  const { how, gaps, scale, from, to, regressors, triangle, offset } = design;
  const levels = orthonormalLevels(
    regressors.map(({ values }) => values.slice(from, to)),
    triangle,
  );
  const series = bridged(design.values, 0, to - from);
  levels.forEach((column, i) => {
    for (let t = 0; t < series.length; t++) series[t] -= offset[i] * column[t];
  });
  for (let t = 0; t < series.length; t++) series[t] /= scale;
  return { how, columns: [series, ...levels], gaps };
}

/** The regressors themselves combined as their differences were made orthonormal. */
function orthonormalLevels(levels: readonly Float64Array[], triangle: Float64Array): readonly Float64Array[] {
  const k = levels.length;
  levels.forEach((level, j) => {
    for (let i = 0; i < j; i++) {
      for (let t = 0; t < level.length; t++) level[t] -= triangle[i * k + j] * levels[i][t];
    }
    for (let t = 0; t < level.length; t++) level[t] /= triangle[j * k + j];
  });
  return levels;
}

/** Straight lines across gaps: any filling will do, since the likelihood asks only for what is observed. */
export function bridged(y: Float64Array, from: number, to: number): Float64Array {
  const filled = y.slice(from, to);
  for (let t = 0; t < filled.length; t++) {
    if (!Number.isNaN(filled[t])) continue;
    let next = t;
    while (Number.isNaN(filled[next])) next++;
    const step = (filled[next] - filled[t - 1]) / (next - t + 1);
    for (; t < next; t++) filled[t] = filled[t - 1] + step;
  }
  return filled;
}

/**
 * Lines across gaps plus what such lines miss one season before and after, on average where these are observed: near what a
 * seasonally differenced series is expected to do, so that starting points are near the maximum.
 */
export function bridgedBySeason(y: Float64Array, period: number): Float64Array {
  const filled = bridged(y, 0, y.length);
  const seen = (t: number) => t >= 0 && t < y.length && !Number.isNaN(y[t]);
  for (let t = 0; t < y.length; t++) {
    if (seen(t)) continue;
    const before = t - 1;
    let after = t;
    while (!seen(after)) after++;
    for (; t < after; t++) {
      let sum = 0;
      let count = 0;
      for (const shift of [-period, period]) {
        if (!seen(t + shift) || !seen(before + shift) || !seen(after + shift)) continue;
        const share = (t - before) / (after - before);
        const line = y[before + shift] + share * (y[after + shift] - y[before + shift]);
        sum += y[t + shift] - line;
        count++;
      }
      if (count > 0) filled[t] += sum / count;
    }
  }
  return filled;
}
