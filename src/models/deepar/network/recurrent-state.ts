import type { Distribution } from "../../../core/distribution.js";
import { dataError } from "../../../core/errors.js";
import type { SeriesHead } from "../../../core/model.js";
import { formatFrequency, sameStep } from "../../../core/time/frequency.js";
import type { Frequency, TimeAxis } from "../../../core/time/time.js";
import { diffuse } from "../../../distributions/families/diffuse.js";
import { RAW_WIDTH } from "../../../neural/heads/head.js";
import { codeOf, type DeepArConfig, type DeepArParams } from "../data/config.js";
import { type FeatureWriter, featureWriter } from "../data/features.js";
import { logScaleFeature, NO_SCALE, type ScaleState, scaleAfter, scaleOf } from "../data/scale.js";
import { type BatchedNetwork, batchedNetworkOf } from "./batched-network.js";
import { conditionalOf } from "./conditional.js";

/** Memory of one series: plain data. */
export interface DeepArState {
  /** Rows seen so far. */
  readonly t: number;
  readonly time: TimeAxis | null;
  /** Code of the series' id among the categories; 0 where it is none of them. */
  readonly code: number;
  /** Whether any value was observed, and whether the last one was. */
  readonly started: boolean;
  readonly lastObserved: boolean;
  readonly scale: ScaleState;
  /** As many values as the longest lag, the newest last; missing ones stand as the model's mean. */
  readonly recent: Float64Array;
  /** layers × hidden each. */
  readonly out: Float32Array;
  readonly cell: Float32Array;
}

/** @throws YuleError `mismatched-frequency` for a series that steps otherwise than those of the training. */
export function startState({ config }: DeepArParams, series: SeriesHead | undefined): DeepArState {
  if (series !== undefined) requireKinship(config, series);
  const { lags, layers, hidden, categories } = config;
  const byId = categories.find(({ source }) => source === "id");
  return {
    t: 0,
    time: series?.time ?? null,
    code: byId === undefined || series === undefined ? 0 : codeOf(byId, series.id),
    started: false,
    lastObserved: false,
    scale: NO_SCALE,
    recent: new Float64Array(lags.at(-1)!).fill(Number.NaN),
    out: new Float32Array(layers * hidden),
    cell: new Float32Array(layers * hidden),
  };
}

/** Lags are counted in steps, so a network means something for series of its own step only. */
function requireKinship({ frequency, period }: DeepArConfig, series: SeriesHead): void {
  const own = series.time?.frequency ?? null;
  const alike = frequency === null || own === null ? series.period === period : sameStep(frequency, own);
  if (alike) return;
  const text = (step: Frequency | null) => (step === null ? "no dates" : formatFrequency(step));
  throw dataError(
    "mismatched-frequency",
    series.id,
    text(own),
    `${series.id} has ${text(own)} and period ${series.period}, the network learned from ${text(frequency)} and period ${period}; give series of the same frequency, or train anew.`,
  );
}

/** Values a walker takes before it moves its window of recent ones back to the front. */
const ROOM = 512;

/** Walks along one series: the state's arithmetic without copying the state at every step. */
export class RecurrentState {
  private readonly stepper: BatchedNetwork;
  private readonly write: FeatureWriter;
  private readonly recent: Float64Array;
  private readonly longest: number;
  private end: number;
  private t: number;
  private started: boolean;
  private lastObserved: boolean;
  private scale: ScaleState;

  constructor(
    private readonly params: DeepArParams,
    private readonly state: DeepArState,
  ) {
    this.stepper = batchedNetworkOf(params);
    this.write = featureWriter(params.config);
    this.longest = state.recent.length;
    this.recent = new Float64Array(this.longest + ROOM);
    this.recent.set(state.recent);
    this.end = this.longest;
    ({ t: this.t, started: this.started, lastObserved: this.lastObserved, scale: this.scale } = state);
    this.stepper.load(state.out, state.cell);
  }

  /** Moves the network over the next row. */
  move(input: Float64Array): void {
    if (!this.started) return;
    const { stepper, params, recent, end } = this;
    const { kernel, at } = stepper;
    const { config } = params;
    const s = scaleOf(this.scale);
    this.write(this.state.time, this.t, this.lastObserved, input, kernel.cells, at.features);
    const count = config.lags.length;
    for (let j = 0; j < count; j++) kernel.cells[at.lags + j] = recent[end - config.lags[count - 1 - j]!]!;
    kernel.cells[at.perScale] = 1 / s;
    kernel.cells[at.logScale] = logScaleFeature(s, config.logScale);
    stepper.prepare(rowCodes(params, this.state.code, input));
    stepper.knowLags(count);
    stepper.tileLags(1);
    stepper.step(1);
  }

  /** What the network expects at the row it was moved over last. */
  expected(): Distribution {
    if (!this.started) return diffuse();
    const { kernel, at, config } = this.stepper;
    const [a, b, c] = kernel.cells.subarray(at.raw, at.raw + RAW_WIDTH);
    return conditionalOf(config, [a!, b!, c!], scaleOf(this.scale));
  }

  /** Takes the value of that row; where it is missing, what was expected stands in among the lags. */
  take(y: number): void {
    const missing = Number.isNaN(y);
    if (this.started) this.push(missing ? this.expected().mean : y);
    else if (!missing) {
      this.recent.fill(y, this.end - this.longest, this.end);
      this.started = true;
    }
    this.scale = scaleAfter(this.scale, y, this.params.config.fade);
    this.lastObserved = !missing;
    this.t++;
  }

  private push(y: number): void {
    if (this.end === this.recent.length) {
      this.recent.copyWithin(0, this.end - this.longest, this.end);
      this.end = this.longest;
    }
    this.recent[this.end++] = y;
  }

  save(): DeepArState {
    const { at } = this.stepper;
    return {
      ...this.state,
      t: this.t,
      started: this.started,
      lastObserved: this.lastObserved,
      scale: this.scale,
      recent: this.recent.slice(this.end - this.longest, this.end),
      out: this.gather(at.out),
      cell: this.gather(at.cell),
    };
  }

  /** Row 0 of each layer. */
  private gather(places: readonly number[]): Float32Array {
    const { kernel, config } = this.stepper;
    const { hidden } = config;
    const all = new Float32Array(places.length * hidden);
    for (let l = 0; l < places.length; l++) {
      const from = places[l]!;
      for (let j = 0; j < hidden; j++) all[l * hidden + j] = kernel.cells[from + j]!;
    }
    return all;
  }
}

/** The categories' codes at a step: the id's from the state, the others from the regressors. */
export function rowCodes({ config }: DeepArParams, idCode: number, input: Float64Array): number[][] {
  return config.categories.map((category) => {
    if (category.source === "id") return [idCode];
    const at = config.inputs.findIndex(({ name }) => name === category.source);
    return [codeOf(category, input[at]!)];
  });
}
