import type { GappedData } from "./buffers.js";

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

/** The design's series and regressors before differencing, as the filter over gaps wants them. */
export function gappedData(design: Levels): GappedData {
  const { how, gaps, scale, from, to, regressors, triangle, offset } = design;
  const levels = orthonormalLevels(
    regressors.map(({ values }) => values.slice(from, to)),
    triangle,
  );
  const series = bridged(design.values, 0, to - from);
  levels.forEach((column, i) => {
    for (let t = 0; t < series.length; t++) series[t]! -= offset[i]! * column[t]!;
  });
  for (let t = 0; t < series.length; t++) series[t]! /= scale;
  return { how, columns: [series, ...levels], gaps };
}

/** The regressors themselves combined as their differences were made orthonormal. */
function orthonormalLevels(levels: readonly Float64Array[], triangle: Float64Array): readonly Float64Array[] {
  const k = levels.length;
  levels.forEach((level, j) => {
    for (let i = 0; i < j; i++) {
      for (let t = 0; t < level.length; t++) level[t]! -= triangle[i * k + j]! * levels[i]![t]!;
    }
    for (let t = 0; t < level.length; t++) level[t]! /= triangle[j * k + j]!;
  });
  return levels;
}

/** Straight lines across gaps: any filling will do, since the likelihood asks only for what is observed. */
export function bridged(y: Float64Array, from: number, to: number): Float64Array {
  const filled = y.slice(from, to);
  for (let t = 0; t < filled.length; t++) {
    if (!Number.isNaN(filled[t]!)) continue;
    let next = t;
    while (Number.isNaN(filled[next]!)) next++;
    const step = (filled[next]! - filled[t - 1]!) / (next - t + 1);
    for (; t < next; t++) filled[t] = filled[t - 1]! + step;
  }
  return filled;
}
