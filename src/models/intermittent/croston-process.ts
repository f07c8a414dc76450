import type { Paths } from "../../core/forecast.js";
import type { Process } from "../../core/model.js";
import { bySampling } from "../../engine/parts/sampled.js";
import { demand } from "./demand.js";
import { drawDemand, type SizeModel } from "./sizes.js";

/** `classic`: Croston's; `sba`, `sbj`: its bias corrected; `tsb`: the chance itself is smoothed, every period. */
export type CrostonVariant = "classic" | "sba" | "sbj" | "tsb";

export interface CrostonParams {
  readonly variant: CrostonVariant;
  /** Smoothing of sizes. */
  readonly alpha: number;
  /** Smoothing of intervals; of the chance for `tsb`. */
  readonly beta: number;
  /** Expected size before the first demand. */
  readonly size: number;
  /** Expected interval before the first demand; the chance for `tsb`. */
  readonly rate: number;
  readonly sizes: SizeModel;
}

export interface CrostonState {
  readonly size: number;
  readonly rate: number;
  /** Periods since the last demand. */
  readonly since: number;
}

/**
 * Demand of a smoothed size at smoothed intervals.
 *
 * When there is a demand y after an interval of q periods: size ← size + α(y − size), interval ← interval + β(q − interval);
 * the chance of a demand is 1/interval. TSB moves the chance towards 1 or 0 every period instead.
 */
export const crostonProcess: Process<CrostonParams, CrostonState> = {
  kind: "croston",
  start: ({ size, rate }) => ({ size, rate, since: 0 }),
  conditional: (params, state) => demand(chanceOf(params, state.rate), state.size, params.sizes),
  advance(params, state, y) {
    // A missing period is left out: it neither lengthens the interval nor says that there was no demand.
    if (Number.isNaN(y)) return state;
    const { alpha, beta, variant } = params;
    const since = state.since + 1;
    const size = y === 0 ? state.size : state.size + alpha * (y - state.size);
    if (variant === "tsb")
      return { size, rate: state.rate + beta * ((y === 0 ? 0 : 1) - state.rate), since: 0 };
    if (y === 0) return { ...state, since };
    return { size, rate: state.rate + beta * (since - state.rate), since: 0 };
  },
  ahead: bySampling,
  means(params, state, inputs) {
    return new Float64Array(inputs.length).fill(chanceOf(params, state.rate) * state.size);
  },
  rollMany(params, state, inputs, streams): Paths {
    const horizon = inputs.length;
    const values = new Float64Array(streams.length * horizon);
    const { alpha, beta, variant, sizes } = params;
    streams.forEach((rng, i) => {
      let { size, rate, since } = state;
      for (let h = 0; h < horizon; h++) {
        const y = drawDemand(sizes, chanceOf(params, rate), size, rng);
        values[i * horizon + h] = y;
        since++;
        if (variant === "tsb") rate += beta * ((y === 0 ? 0 : 1) - rate);
        if (y === 0) continue;
        size += alpha * (y - size);
        if (variant !== "tsb") rate += beta * (since - rate);
        since = 0;
      }
    });
    return { count: streams.length, horizon, values };
  },
};

/** The chance of a demand; corrections of Croston's bias lower it. */
function chanceOf({ variant, beta }: CrostonParams, rate: number): number {
  if (variant === "tsb") return rate;
  if (!Number.isFinite(rate)) return 0;
  const correction = variant === "sba" ? 1 - beta / 2 : variant === "sbj" ? 1 - beta / (2 - beta) : 1;
  return Math.min(1, correction / Math.max(1, rate));
}
