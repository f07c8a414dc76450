import type { Distribution } from "../../../core/distribution.js";
import type { LookAhead } from "../../../core/model.js";
import type { NetworkParams } from "../data/config.js";
import { type FeatureWriter, featureWriter } from "../data/features.js";
import { logScaleFeature, type ScaleState, scaleAfter, scaleOf } from "../data/scale.js";
import { conditionalOf } from "./conditional.js";
import { LEAP_ROWS, LeapingNetwork } from "./leaping-network.js";
import { memoryOf, type NetworkState } from "./state.js";
import { rowCodes } from "./walker.js";

/** A network along one path of the future, from a state that has seen a value. */
export class NetworkLookAhead implements LookAhead {
  private readonly network: LeapingNetwork;
  private readonly write: FeatureWriter;
  /** The last values before the future, then those of the path. */
  private readonly values: Float64Array;
  private readonly known: number;
  /** Scales before each row of the path. */
  private readonly scales: ScaleState[];
  /** Rows that were taken, and rows that the core has seen beyond them. */
  private row = 0;
  private seen = 0;

  constructor(
    private readonly params: NetworkParams,
    private readonly state: NetworkState,
    private readonly inputs: readonly Float64Array[],
  ) {
    this.network = new LeapingNetwork(params);
    this.write = featureWriter(params.config);
    this.known = state.recent.length;
    this.values = new Float64Array(this.known + inputs.length);
    this.values.set(state.recent);
    this.scales = [state.scale];
    this.restart();
  }

  restart(): void {
    this.network.core.load(memoryOf(this.state, this.network.net.core));
    this.row = 0;
    this.seen = 0;
  }

  conditionals(values: ArrayLike<number>): Distribution[] {
    const rows = Math.min(values.length + 1, this.inputs.length - this.row, LEAP_ROWS);
    this.network.core.takeBack(this.seen);
    for (let r = 0; r < rows; r++) {
      this.prepare(r);
      if (r < values.length) this.put(this.row + r, values[r]!);
    }
    this.network.leap(rows);
    this.seen = rows;
    const { kernel, at, net } = this.network;
    const { outputs } = net.shape;
    return Array.from({ length: rows }, (_, r) => {
      const raw = kernel.cells.slice(at.raw + r * outputs, at.raw + (r + 1) * outputs);
      return conditionalOf(this.params.config, raw, scaleOf(this.scales[this.row + r]!));
    });
  }

  take(values: ArrayLike<number>): void {
    for (let r = 0; r < values.length; r++) this.put(this.row + r, values[r]!);
    this.network.core.takeBack(this.seen - values.length);
    this.row += values.length;
    this.seen = 0;
  }

  /** Features, lags and scale of the r-th row from here. */
  private prepare(r: number): void {
    const { network, state, params, values } = this;
    const { kernel, at, columns } = network;
    const { lags, logScale } = params.config;
    const h = this.row + r;
    const observed = h > 0 || state.lastObserved;
    const features = at.features + r * columns.sharedCount;
    this.write(state.time, state.t + h, observed, this.inputs[h]!, kernel.cells, features);
    const [count, now] = [lags.length, this.known + h];
    for (let j = 0; j < count; j++)
      kernel.cells[at.lags + r * count + j] = values[now - lags[count - 1 - j]!]!;
    const s = scaleOf(this.scales[h]!);
    kernel.cells[at.perScale + r] = 1 / s;
    kernel.cells[at.logScale + r] = logScaleFeature(s, logScale);
    network.begin(r, rowCodes(params, state.code, this.inputs[h]!));
  }

  private put(h: number, y: number): void {
    this.values[this.known + h] = y;
    this.scales[h + 1] = scaleAfter(this.scales[h]!, y, this.params.config.fade);
  }
}
