import type { Paths } from "../../../core/forecast.js";
import type { Rng } from "../../../core/random.js";
import { negativeBinomial } from "../../../distributions/families/negative-binomial.js";
import type { NetworkParams } from "../data/config.js";
import { type FeatureWriter, featureWriter } from "../data/features.js";
import { logScaleFeature, scaleFrom } from "../data/scale.js";
import { type BatchedNetwork, batchedNetworkOf, NETWORK_ROWS, SPARE_PLANES } from "./batched-network.js";
import { drawToken } from "./categorical.js";
import { clamp, countParameters } from "./conditional.js";
import { memoryOf, type NetworkState } from "./state.js";
import { rowCodes } from "./walker.js";

/**
 * The paths of the plain roll, 128 at a time: their part of the network's memory stays in cache. A step of path r is
 * x_{t,r} ~ D(θ(h_{t,r}), s_{t,r}), h_{t,r} from the lags x_{t−l,r}/s_{t,r}; then s_{t+1,r} takes x_{t,r} in.
 */
export function rollPaths(
  params: NetworkParams,
  state: NetworkState,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
): Paths {
  const horizon = inputs.length;
  const values = new Float64Array(streams.length * horizon);
  for (let from = 0; from < streams.length; from += NETWORK_ROWS) {
    const block = new Block(params, state, streams.slice(from, from + NETWORK_ROWS));
    inputs.forEach((input, h) => {
      const drawn = block.next(input);
      for (let r = 0; r < drawn.length; r++) values[(from + r) * horizon + h] = drawn[r]!;
    });
  }
  return { count: streams.length, horizon, values };
}

/** Up to 128 paths that start from one state. */
class Block {
  private readonly stepper: BatchedNetwork;
  private readonly write: FeatureWriter;
  private readonly rows: number;
  private readonly drawn: Float64Array;
  private readonly scales: Float64Array;
  /** The parts of the scale's memory that differ between paths; mass and count are the same for all. */
  private readonly sums: Float64Array;
  private readonly totals: Float64Array;
  private mass: number;
  private count: number;
  /** Steps sampled so far, and the plane that the next one goes into. */
  private sampled = 0;
  private plane = 0;

  constructor(
    private readonly params: NetworkParams,
    private readonly state: NetworkState,
    private readonly streams: readonly Rng[],
  ) {
    this.stepper = batchedNetworkOf(params);
    this.write = featureWriter(params.config);
    this.rows = streams.length;
    this.drawn = new Float64Array(this.rows);
    this.scales = new Float64Array(this.rows);
    this.sums = new Float64Array(this.rows).fill(state.scale.sum);
    this.totals = new Float64Array(this.rows).fill(state.scale.total);
    this.mass = state.scale.mass;
    this.count = state.scale.count;
    this.stepper.core.load(memoryOf(state, this.stepper.net.core));
  }

  /** The values of the next step, one a path. */
  next(input: Float64Array): Float64Array {
    const { stepper, state } = this;
    const first = this.sampled === 0;
    // All paths share the state before the first draw: one row is computed and copied.
    const rows = first ? 1 : this.rows;
    const t = state.t + this.sampled;
    const observed = !first || state.lastObserved;
    this.write(state.time, t, observed, input, stepper.kernel.cells, stepper.at.features);
    stepper.prepare(rowCodes(this.params, state.code, input));
    this.sumLags(rows);
    this.writeScales();
    stepper.step(rows);
    if (first) stepper.broadcast(this.rows);
    this.draw();
    this.feedBack();
    return this.drawn;
  }

  /** Lags that reach behind the forecast's origin are summed once for all paths, the sampled ones path by path. */
  private sumLags(rows: number): void {
    const { stepper, sampled } = this;
    const { kernel, at, config } = stepper;
    const { lags } = config;
    const { recent } = this.state;
    let known = lags.length;
    while (known > 0 && lags[lags.length - known]! <= sampled) known--;
    for (let j = 0; j < known; j++) {
      kernel.cells[at.lags + j] = recent[recent.length + sampled - lags[lags.length - 1 - j]!]!;
    }
    stepper.knowLags(known);
    if (known === lags.length) stepper.tileLags(rows);
    for (let j = known; j < lags.length; ) {
      const lag = lags[lags.length - 1 - j]!;
      let run = 1;
      while (j + run < lags.length && lags[lags.length - 1 - j - run] === lag - run) run++;
      const oldest = at.planes + (this.plane - lag) * NETWORK_ROWS;
      stepper.addLags(rows, run, oldest, j, j === known ? "known" : "sum");
      j += run;
    }
  }

  private writeScales(): void {
    const { stepper, rows, scales, sums, totals, mass, count } = this;
    const { at, config } = stepper;
    const { cells } = stepper.kernel;
    for (let r = 0; r < rows; r++) {
      const s = scaleFrom(sums[r]!, mass, totals[r]!, count);
      scales[r] = s;
      cells[at.perScale + r] = 1 / s;
      cells[at.logScale + r] = logScaleFeature(s, config.logScale);
    }
  }

  private draw(): void {
    const { stepper, rows, drawn, scales, streams } = this;
    const { at, config, kernel, outputs } = stepper;
    const { cells } = kernel;
    if (config.likelihood === "negative-binomial") {
      for (let r = 0; r < rows; r++) {
        const from = at.raw + r * outputs;
        const { mean, dispersion } = countParameters([cells[from]!, cells[from + 1]!, 0], scales[r]!);
        drawn[r] = clamp(config, negativeBinomial(mean, dispersion).sample(streams[r]!));
      }
      return;
    }
    if (config.tokens !== undefined) {
      for (let r = 0; r < rows; r++) {
        const value = drawToken(config.tokens, cells, at.raw + r * outputs, scales[r]!, streams[r]!);
        drawn[r] = clamp(config, value);
      }
      return;
    }
    for (let r = 0; r < rows; r++) {
      cells[at.first + r] = streams[r]!.uniform();
      cells[at.second + r] = streams[r]!.uniform();
    }
    const padded = 4 * Math.ceil(rows / 4);
    if (config.likelihood === "normal") kernel.normalSample(padded, at.raw, at.first, at.second, at.draws);
    else kernel.studentTSample(padded, at.raw, at.first, at.second, at.draws);
    for (let r = 0; r < rows; r++) drawn[r] = clamp(config, scales[r]! * cells[at.draws + r]!);
  }

  /** The drawn values become the newest plane, and enter each path's scale. */
  private feedBack(): void {
    const { stepper, rows, drawn, sums, totals } = this;
    const { at, config, kernel } = stepper;
    const longest = config.lags.at(-1)!;
    if (this.plane === longest + SPARE_PLANES) {
      const from = at.planes + SPARE_PLANES * NETWORK_ROWS;
      kernel.cells.copyWithin(at.planes, from, from + longest * NETWORK_ROWS);
      this.plane = longest;
    }
    const place = at.planes + this.plane * NETWORK_ROWS;
    for (let r = 0; r < rows; r++) {
      const y = drawn[r]!;
      const size = Math.abs(y);
      kernel.cells[place + r] = y;
      sums[r] = config.fade * sums[r]! + size;
      totals[r] = totals[r]! + size;
    }
    this.mass = config.fade * this.mass + 1;
    this.count++;
    this.plane++;
    this.sampled++;
  }
}
