import type { Model } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defineModel, makeModel } from "../contract/define.js";
import { simpleSmoothing } from "../shared/simple-smoothing.js";
import {
  type AggregatedParams,
  type AggregatedState,
  type Aggregation,
  aggregatedProcess,
} from "./aggregated-process.js";
import { assembleDemand, DEMAND, type DemandFitted } from "./fit.js";
import { fitSizes } from "./sizes.js";

/** Smoothing of the chance of a demand. */
const BETA = 0.1;
/** Smoothing of block sums is searched here: more would follow single demands. */
const LEAST_ALPHA = 0.05;
const MOST_ALPHA = 0.3;

/**
 * ADIDA, aggregate-disaggregate: sums over blocks as long as the average interval between demands are smoothed, and the
 * forecast spread evenly over the block. Intervals are simulated as Croston's are.
 *
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError when fitting `negative-demand`, `series-too-short`.
 * @see K. Nikolopoulos, A. A. Syntetos, J. E. Boylan, F. Petropoulos, V. Assimakopoulos, Journal of the Operational Research
 *   Society 62 (2011), 544-554.
 * @example forecast(adida().fit(parts), { horizon: 12 });
 */
export function adida(): Model<AggregatedFitted> {
  return makeModel(adidaModel);
}

export const adidaModel = defineModel({
  name: "adida",
  summary: "intermittent demand, smoothed in blocks as long as the average interval",
  forms: ["adida"],
  options: {},
  inputs: "ignores",
  values: DEMAND,
  processes: [aggregatedProcess],
  fit: (series) => fitAggregated(series, "adida", (longest) => [longest]),
});

/**
 * IMAPA: the average of forecasts from blocks of 1, 2, … up to the average interval between demands.
 *
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError as `adida` does.
 * @see F. Petropoulos, N. Kourentzes, Journal of the Operational Research Society 66 (2015), 914-924.
 * @example forecast(imapa().fit(parts), { horizon: 12 });
 */
export function imapa(): Model<AggregatedFitted> {
  return makeModel(imapaModel);
}

export const imapaModel = defineModel({
  name: "imapa",
  summary: "intermittent demand, averaged over blocks of all lengths up to the average interval",
  forms: ["imapa"],
  options: {},
  inputs: "ignores",
  values: DEMAND,
  processes: [aggregatedProcess],
  fit: (series) =>
    fitAggregated(series, "imapa", (longest) => Array.from({ length: longest }, (_, i) => i + 1)),
});

export type AggregatedFitted = DemandFitted<AggregatedParams, AggregatedState>;

function fitAggregated(
  series: Series,
  notation: string,
  widthsUpTo: (longest: number) => readonly number[],
): AggregatedFitted {
  const seen = series.y.filter((y) => !Number.isNaN(y));
  const sizes = seen.filter((y) => y > 0);
  const mean = seen.reduce((sum, y) => sum + y, 0) / seen.length;
  const interval = sizes.length === 0 ? 1 : Math.round(seen.length / sizes.length);
  // At least two blocks, or there is nothing to smooth.
  const longest = Math.max(1, Math.min(interval, Math.floor(series.y.length / 2)));
  const filled = series.y.map((y) => (Number.isNaN(y) ? mean : y));
  const aggregations = widthsUpTo(longest).map((width) => aggregation(filled, width));
  const average = sizes.length === 0 ? 1 : sizes.reduce((sum, y) => sum + y, 0) / sizes.length;
  const params: AggregatedParams = {
    aggregations,
    beta: BETA,
    chance: sizes.length / seen.length,
    whole: sizes.every(Number.isInteger),
    sizes: fitSizes(
      [...sizes],
      Array.from(sizes, () => average),
    ),
  };
  const widths = Object.fromEntries(aggregations.map(({ width, alpha }) => [`alpha${width}`, alpha]));
  return assembleDemand(aggregatedProcess, params, series, notation, widths);
}

/** Blocks that end with the series, smoothed. */
function aggregation(y: Float64Array, width: number): Aggregation {
  const skip = y.length % width;
  const sums = new Float64Array((y.length - skip) / width);
  for (let t = skip; t < y.length; t++) {
    const block = Math.floor((t - skip) / width);
    sums[block] = sums[block]! + y[t]!;
  }
  const { alpha, level } = simpleSmoothing(sums, LEAST_ALPHA, MOST_ALPHA);
  return { width, alpha, level: Math.max(0, level), skip };
}
