import { type Arena, arena } from "../../../neural/arena.js";
import type { CoreSteps } from "../../../neural/core.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import { loadKernel } from "../../../neural/kernel/load.js";
import { linearForward } from "../../../neural/layers/linear.js";
import { type Network, network } from "../../../neural/network.js";
import { addDirect, embedCategories } from "../../../neural/pass.js";
import { type Columns, columnsOf, type NetworkConfig, type NetworkParams, shapeOf } from "../data/config.js";

/** Rows a stepper moves at once: enough to fill the tiles of a product, few enough to stay in cache. */
export const NETWORK_ROWS = 128;

/** Planes beyond the longest lag, so that sampled values move to the front only now and then. */
export const SPARE_PLANES = 64;

/** Addresses in the stepper's memory; a row belongs to a path. */
interface Places {
  readonly parameters: number;
  /** What all rows share: features, embedded categories, and lags as they are, the longest first. */
  readonly features: number;
  readonly embedded: number;
  readonly lags: number;
  /** Where the core's input of all rows begins, and what the shared lags add to them and to the raw outputs. */
  readonly start: number;
  readonly knownSum: number;
  readonly knownDirect: number;
  /** One a row: 1/scale and the log scale. */
  readonly perScale: number;
  readonly logScale: number;
  /** rows × the core's input and rows × raw outputs: what all lags add. */
  readonly lagSum: number;
  readonly lagDirect: number;
  /** rows × raw outputs. */
  readonly raw: number;
  /** Uniform numbers and draws, one a row. */
  readonly first: number;
  readonly second: number;
  readonly draws: number;
  /** Planes of sampled values as they are, one value a row, the newest last. */
  readonly planes: number;
}

/**
 * Moves up to 128 paths one step: the same arithmetic in the same order for one path as for many, so that a fast
 * roll draws the paths of the plain one, bit for bit. Lags enter undivided and their sum is divided by the scale:
 * what is known beforehand is the same for all paths, while each has a scale of its own.
 */
export class BatchedNetwork {
  readonly kernel: Kernel;
  readonly net: Network;
  readonly columns: Columns;
  readonly at: Places;
  readonly core: CoreSteps;
  /** Cells of a row of the core's input, and of the raw outputs. */
  readonly width: number;
  readonly outputs: number;

  constructor(
    readonly config: NetworkConfig,
    weights: Float32Array,
  ) {
    this.net = network(shapeOf(config));
    this.columns = columnsOf(config);
    this.width = this.net.core.input.outputs;
    this.outputs = this.net.shape.outputs;
    const memory = arena();
    this.at = layOut(memory, this.net, this.columns, config);
    const stepper = this.net.core.stepwise(memory, NETWORK_ROWS);
    this.kernel = loadKernel("strict", memory.size);
    this.kernel.cells.set(weights, this.at.parameters);
    this.core = stepper(this.kernel, this.at.parameters);
  }

  /** Where the core's input of all rows begins: bias, categories and shared features. */
  prepare(codes: readonly ArrayLike<number>[]): void {
    const { kernel, net, at, width, columns } = this;
    let start = at.parameters + net.core.input.bias;
    if (net.entry !== null) {
      embedCategories(kernel, net, at.parameters, codes, at.embedded);
      linearForward(kernel, net.entry, at.parameters, 1, at.embedded, at.start);
      start = at.start;
    }
    const { shared, sharedCount } = columns;
    const weight = this.inputWeight(shared);
    kernel.affine(
      1,
      width,
      sharedCount,
      at.features,
      sharedCount,
      1,
      weight,
      width,
      start,
      0,
      at.start,
      width,
    );
  }

  /** The sums over the first `count` columns of lags, those in `at.lags`, which all rows share. */
  knowLags(count: number): void {
    const { kernel, net, at, width } = this;
    kernel.product(1, width, count, at.lags, count, 1, this.inputWeight(0), width, at.knownSum, width, 0);
    addDirect(kernel, net, at.parameters, 1, { at: at.lags, row: count, count }, at.knownDirect, 0);
  }

  /** All lags are known: every row's sums are those. */
  tileLags(rows: number): void {
    const { kernel, at, width, outputs } = this;
    kernel.tileRows(rows, width, at.knownSum, 1, at.lagSum);
    kernel.tileRows(rows, outputs, at.knownDirect, 1, at.lagDirect);
  }

  /** Adds `count` columns of lags from column `from` on, whose values lie from `plane` on, to the known sums or to those so far. */
  addLags(rows: number, count: number, plane: number, from: number, to: "known" | "sum"): void {
    const { kernel, net, at, width, outputs } = this;
    const add = (columns: number, weight: number, known: number, sum: number): void => {
      const [start, startRow] = to === "known" ? [known, 0] : [sum, columns];
      kernel.affine(
        rows,
        columns,
        count,
        plane,
        1,
        NETWORK_ROWS,
        weight,
        columns,
        start,
        startRow,
        sum,
        columns,
      );
    };
    add(width, this.inputWeight(from), at.knownSum, at.lagSum);
    add(outputs, at.parameters + net.direct + from * outputs, at.knownDirect, at.lagDirect);
  }

  /** Where a lag's or feature's weights are. */
  private inputWeight(column: number): number {
    return this.at.parameters + this.net.core.input.weight + column * this.width;
  }

  /** From the prepared start and the sums over lags to the raw outputs and the next memory. */
  step(rows: number): void {
    const { kernel, net, at, core, width, outputs, columns } = this;
    const logScaleWeight = this.inputWeight(columns.logScale);
    kernel.mixRows(rows, width, at.start, at.perScale, at.lagSum, at.logScale, logScaleWeight, core.entry);
    core.step(rows);
    linearForward(kernel, net.head, at.parameters, rows, core.out, at.raw);
    kernel.addScaledRows(rows, outputs, at.perScale, at.lagDirect, at.raw);
  }

  /** Gives the first `rows` rows the memory and the raw outputs of row 0. */
  broadcast(rows: number): void {
    const { kernel, at, core, outputs } = this;
    core.broadcast(rows);
    kernel.tileRows(rows, outputs, at.raw, 1, at.raw);
  }
}

function layOut(memory: Arena, net: Network, columns: Columns, config: NetworkConfig): Places {
  const rows = NETWORK_ROWS;
  const width = net.core.input.outputs;
  const { outputs } = net.shape;
  return {
    parameters: memory.take(net.size),
    features: memory.take(columns.sharedCount),
    embedded: memory.take(net.entry?.inputs ?? 0),
    lags: memory.take(config.lags.length),
    perScale: memory.take(rows),
    logScale: memory.take(rows),
    start: memory.take(width),
    knownSum: memory.take(width),
    knownDirect: memory.take(outputs),
    lagSum: memory.take(rows * width),
    lagDirect: memory.take(rows * outputs),
    raw: memory.take(rows * outputs),
    first: memory.take(rows),
    second: memory.take(rows),
    draws: memory.take(rows),
    planes: memory.take((config.lags.at(-1)! + SPARE_PLANES) * rows),
  };
}

const steppers = new WeakMap<Float32Array, BatchedNetwork>();

/** The stepper of a model, made once for as long as its weights live. */
export function batchedNetworkOf({ config, weights }: NetworkParams): BatchedNetwork {
  let stepper = steppers.get(weights);
  if (stepper === undefined || stepper.config !== config) {
    stepper = new BatchedNetwork(config, weights);
    steppers.set(weights, stepper);
  }
  return stepper;
}
