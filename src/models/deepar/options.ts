import type { Likelihood } from "../../neural/heads/head.js";

/** Options of `deepar`; `null` stands for `auto`, which looks at the panel. */
export interface DeepArOptions {
  /** Stacked LSTM layers, 1 to 8; default 2. */
  readonly layers?: number;
  /** Hidden units a layer, a multiple of 4 from 4 to 512; default 40. */
  readonly hidden?: number;
  /** Distribution of a value; default `student-t`. `negative-binomial` is for counts. */
  readonly likelihood?: Likelihood;
  /** Steps before the forecast that a training window takes in; default as long as the horizon, at least a period. */
  readonly context?: number | null;
  /** Steps ahead training has in mind; default two periods, at most 48, or 10. Forecasts may go further. */
  readonly horizon?: number | null;
  /** How many steps back the network looks; default by frequency. */
  readonly lags?: readonly number[] | null;
  /** Static categories: `"id"` for the series' own, or names of regressors that hold codes; default none. */
  readonly categories?: readonly string[];
  /** Epochs at most, 1 to 10,000; default 100. */
  readonly epochs?: number;
  /** Batches an epoch; default 50. */
  readonly batches?: number;
  /** Windows a batch, a multiple of 8; default 32. */
  readonly batch?: number;
  /** Share of units left out between layers while training, 0 to 0.9; default 0.1. */
  readonly dropout?: number;
  /** Learning rate at the start; default 0.001. */
  readonly rate?: number;
  /** Decoupled weight decay; default 1e-8. */
  readonly decay?: number;
  /** Seconds after which training stops with the best weights so far; default no limit. */
  readonly seconds?: number | null;
  /** Windows are drawn in proportion to the scale of their series (`scale`, default) or all alike (`uniform`). */
  readonly sampling?: "scale" | "uniform";
  /** Bound that no value goes below; default `null`: 0 where no training value is negative. `-Infinity` for none. */
  readonly min?: number | null;
  /** Bound that no value exceeds; default none. */
  readonly max?: number | null;
}

export type Settings = Required<DeepArOptions>;

export const DEFAULTS: Settings = {
  layers: 2,
  hidden: 40,
  likelihood: "student-t",
  context: null,
  horizon: null,
  lags: null,
  categories: [],
  epochs: 100,
  batches: 50,
  batch: 32,
  dropout: 0.1,
  rate: 0.001,
  decay: 1e-8,
  seconds: null,
  sampling: "scale",
  min: null,
  max: null,
};
