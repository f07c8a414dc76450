import type { Paths } from "../../core/forecast.js";
import type { Process } from "../../core/model.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { demand } from "./demand.js";
import { drawDemand, type SizeModel } from "./sizes.js";

/** One temporal aggregation: sums over `width` periods, smoothed. */
export interface Aggregation {
  readonly width: number;
  readonly alpha: number;
  /** Smoothed sum before the first block. */
  readonly level: number;
  /** Periods before the first block begins, so that blocks end with the training series. */
  readonly skip: number;
}

export interface AggregatedParams {
  readonly aggregations: readonly Aggregation[];
  /** Smoothing of the chance of a demand. */
  readonly beta: number;
  readonly chance: number;
  /** Whether demands are whole numbers, of at least 1. */
  readonly whole: boolean;
  readonly sizes: SizeModel;
}

export interface AggregatedState {
  /** Smoothed sum of each aggregation. */
  readonly levels: Float64Array;
  /** Sum of the block that is not complete yet. */
  readonly sums: Float64Array;
  readonly chance: number;
  readonly count: number;
}

/**
 * Demand whose mean is the average over aggregations of smoothed block sums, spread evenly over the block: one
 * aggregation is ADIDA, several are IMAPA. The chance of a demand is smoothed by itself; the size makes up the mean.
 */
export const aggregatedProcess: Process<AggregatedParams, AggregatedState> = {
  kind: "aggregated-demand",
  start: ({ aggregations, chance }) => ({
    levels: Float64Array.from(aggregations, ({ level }) => level),
    sums: new Float64Array(aggregations.length),
    chance,
    count: 0,
  }),
  conditional(params, state) {
    const { chance, size } = split(params, meanOf(params, state.levels), state.chance);
    return demand(chance, size, params.sizes);
  },
  advance(params, state, y) {
    const levels = state.levels.slice();
    const sums = state.sums.slice();
    // A missing period counts as its expectation.
    const value = Number.isNaN(y) ? meanOf(params, state.levels) : y;
    take(params, levels, sums, state.count, value);
    const chance = Number.isNaN(y)
      ? state.chance
      : state.chance + params.beta * ((y === 0 ? 0 : 1) - state.chance);
    return { levels, sums, chance, count: state.count + 1 };
  },
  ahead: bySampling,
  means(params, state, inputs) {
    return new Float64Array(inputs.length).fill(meanOf(params, state.levels));
  },
  rollMany(params, state, inputs, streams): Paths {
    const horizon = inputs.length;
    const values = new Float64Array(streams.length * horizon);
    const levels = state.levels.slice();
    const sums = state.sums.slice();
    streams.forEach((rng, i) => {
      levels.set(state.levels);
      sums.set(state.sums);
      let smoothed = state.chance;
      for (let h = 0; h < horizon; h++) {
        const { chance, size } = split(params, meanOf(params, levels), smoothed);
        const y = drawDemand(params.sizes, chance, size, rng);
        values[i * horizon + h] = y;
        take(params, levels, sums, state.count + h, y);
        smoothed += params.beta * ((y === 0 ? 0 : 1) - smoothed);
      }
    });
    return { count: streams.length, horizon, values };
  },
};

function meanOf({ aggregations }: AggregatedParams, levels: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < aggregations.length; i++) sum += levels[i]! / aggregations[i]!.width;
  return sum / aggregations.length;
}

/** A mean as chance times size: the smoothed chance, unless whole demands of at least 1 do not allow it. */
function split(
  { whole }: AggregatedParams,
  mean: number,
  smoothed: number,
): { chance: number; size: number } {
  if (!(mean > 0)) return { chance: 0, size: 1 };
  const least = 1e-3;
  const wanted = Math.min(1, Math.max(least, smoothed));
  const chance = whole ? Math.min(wanted, mean) : wanted;
  return { chance, size: mean / chance };
}

/** Takes a value into the open blocks and closes those that it completes. */
function take(
  { aggregations }: AggregatedParams,
  levels: Float64Array,
  sums: Float64Array,
  count: number,
  value: number,
): void {
  for (let i = 0; i < aggregations.length; i++) {
    const { width, alpha, skip } = aggregations[i]!;
    if (count < skip) continue;
    sums[i] = sums[i]! + value;
    if ((count - skip + 1) % width !== 0) continue;
    levels[i] = levels[i]! + alpha * (sums[i]! - levels[i]!);
    sums[i] = 0;
  }
}
