import type { Frequency } from "../../../core/time/time.js";
import type { CoreShape } from "../../../neural/cores/index.js";
import { type Likelihood, RAW_WIDTH } from "../../../neural/heads/head.js";
import type { NetworkShape } from "../../../neural/network.js";
import { type CycleName, FEATURES_A_CYCLE } from "../../shared/calendar-cycles.js";
import { type Tokens, tokenCount } from "./tokens.js";

/** What families differ in. */
export type CoreName = "recurrent" | "wavenet" | "raster" | "transformer";

/** A regressor and how it is standardised: (value − mean)/deviation. */
export interface InputScaling {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** A static category: the id of the series, or a column of codes among the regressors. */
export interface Category {
  /** `"id"`, or the regressor's name. */
  readonly source: string;
  /** What training saw; value i has code i + 1, anything else the code 0. */
  readonly values: readonly (string | number)[];
}

/** What the network is fed and what its outputs mean: plain data, saved beside the weights. */
export interface NetworkConfig {
  /** Absent in files of `deepar`, which are older than the other families. */
  readonly core?: Exclude<CoreName, "recurrent">;
  readonly likelihood: Likelihood;
  readonly hidden: number;
  readonly layers: number;
  /** Ascending. */
  readonly lags: readonly number[];
  readonly period: number;
  readonly frequency: Frequency | null;
  readonly cycles: readonly CycleName[];
  /** All regressors in the order of the series; those that are categories are left out of the features. */
  readonly inputs: readonly InputScaling[];
  readonly categories: readonly Category[];
  /** The scale is a mean of absolute values whose weights fade by this factor a step. */
  readonly fade: number;
  /** Mean and deviation of ln scale over the panel. */
  readonly logScale: { readonly mean: number; readonly deviation: number };
  /** What values never leave; null where there is no bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many steps a transformer looks back to; absent in other networks. */
  readonly span?: number;
  /** What the tokens of a categorical head stand for; absent for other heads. */
  readonly tokens?: Tokens;
}

/** Estimates: how the network is fed, and its weights. */
export interface NetworkParams {
  readonly config: NetworkConfig;
  readonly weights: Float32Array;
}

/**
 * The columns of the network's input: lags from the longest to the shortest, the log scale, then what all paths of a
 * forecast share. In this order a forecast's known part is a prefix of every sum, which paths need not repeat.
 */
export interface Columns {
  readonly lags: number;
  readonly logScale: number;
  readonly shared: number;
  /** Shared features: observed flag, age, calendar or place in the period, regressors. */
  readonly sharedCount: number;
  /** All columns, padded to a multiple of 4. */
  readonly count: number;
}

export function columnsOf(config: NetworkConfig): Columns {
  const lags = config.lags.length;
  const turns = config.cycles.length === 0 && config.period > 1 ? 1 : config.cycles.length;
  const sharedCount = 2 + FEATURES_A_CYCLE * turns + featureInputs(config).length;
  const shared = lags + 1;
  return { lags: 0, logScale: lags, shared, sharedCount, count: 4 * Math.ceil((shared + sharedCount) / 4) };
}

/** Positions of the regressors that are features rather than categories. */
export function featureInputs({ inputs, categories }: NetworkConfig): number[] {
  const sources = new Set(categories.map(({ source }) => source));
  return inputs.flatMap(({ name }, i) => (sources.has(name) ? [] : [i]));
}

export function shapeOf(config: NetworkConfig): NetworkShape {
  return {
    inputs: columnsOf(config).count,
    core: coreShape(config),
    outputs: config.tokens === undefined ? RAW_WIDTH : tokenCount(config.tokens),
    direct: config.lags.length,
    categories: config.categories.map(({ values }) => values.length + 1),
  };
}

function coreShape({ core, hidden, layers, period, span }: NetworkConfig): CoreShape {
  const name: CoreName = core ?? "recurrent";
  const each = <T>(make: (l: number) => T) => Array.from({ length: layers }, (_, l) => make(l));
  switch (name) {
    case "recurrent":
      return { kind: "recurrent", hidden, layers };
    case "wavenet":
      return { kind: "convolutional", hidden, taps: each((l) => [1 << l, 0]) };
    case "raster":
      return { kind: "convolutional", hidden, taps: each((l) => rasterTaps(period, 1 << l)) };
    case "transformer":
      return { kind: "attention", hidden, layers, span: span! };
  }
}

/** The rows above of the raster whose lines are periods, with their neighbours, and what stands `left` in the same line. */
function rasterTaps(period: number, left: number): number[] {
  const taps = new Set([period + 1, period, period - 1, left, 0]);
  return [...taps].sort((a, b) => b - a);
}

/** The code of a category's value: 0 for one that training never saw. */
export function codeOf({ values }: Category, value: string | number): number {
  return values.indexOf(value) + 1;
}
