import type { Distribution } from "../../../core/distribution.js";
import { diffuse } from "../../../distributions/families/diffuse.js";
import { codeOf, type NetworkParams } from "../data/config.js";
import { type FeatureWriter, featureWriter } from "../data/features.js";
import { logScaleFeature, type ScaleState, scaleAfter, scaleOf } from "../data/scale.js";
import { type BatchedNetwork, batchedNetworkOf } from "./batched-network.js";
import { conditionalOf } from "./conditional.js";
import { memoryOf, type NetworkState } from "./state.js";

/** Values a walker takes before it moves its window of recent ones back to the front. */
const ROOM = 512;

/** Walks along one series: the state's arithmetic without copying the state at every step. */
export class Walker {
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
    private readonly params: NetworkParams,
    private readonly state: NetworkState,
  ) {
    this.stepper = batchedNetworkOf(params);
    this.write = featureWriter(params.config);
    this.longest = state.recent.length;
    this.recent = new Float64Array(this.longest + ROOM);
    this.recent.set(state.recent);
    this.end = this.longest;
    ({ t: this.t, started: this.started, lastObserved: this.lastObserved, scale: this.scale } = state);
    this.stepper.core.load(memoryOf(state, this.stepper.net.core));
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
    const { kernel, at, config, outputs } = this.stepper;
    return conditionalOf(config, kernel.cells.slice(at.raw, at.raw + outputs), scaleOf(this.scale));
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

  save(): NetworkState {
    return {
      ...this.state,
      t: this.t,
      started: this.started,
      lastObserved: this.lastObserved,
      scale: this.scale,
      recent: this.recent.slice(this.end - this.longest, this.end),
      ...this.stepper.core.save(),
    };
  }
}

/** The categories' codes at a step: the id's from the state, the others from the regressors. */
export function rowCodes({ config }: NetworkParams, idCode: number, input: Float64Array): number[][] {
  return config.categories.map((category) => {
    if (category.source === "id") return [idCode];
    const at = config.inputs.findIndex(({ name }) => name === category.source);
    return [codeOf(category, input[at]!)];
  });
}
