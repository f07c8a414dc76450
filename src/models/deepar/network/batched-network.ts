import { arena } from "../../../neural/arena.js";
import { RAW_WIDTH } from "../../../neural/heads/head.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import { loadKernel } from "../../../neural/kernel/load.js";
import { linearForward } from "../../../neural/layers/linear.js";
import { lstmStep } from "../../../neural/layers/lstm.js";
import { type Network, network } from "../../../neural/network.js";
import { addDirect, embedCategories } from "../../../neural/pass.js";
import { type Columns, columnsOf, type DeepArConfig, type DeepArParams, shapeOf } from "../data/config.js";

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
  /** Where the first gates of all rows start from, and what the shared lags add to them and to the raw outputs. */
  readonly start: number;
  readonly knownSum: number;
  readonly knownDirect: number;
  /** One a row: 1/scale and the log scale. */
  readonly perScale: number;
  readonly logScale: number;
  /** rows × 4·hidden and rows × 4: what all lags add. */
  readonly lagSum: number;
  readonly lagDirect: number;
  readonly gates: number;
  readonly cellTanh: number;
  readonly out: readonly number[];
  readonly cell: readonly number[];
  /** rows × 4. */
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
  readonly width: number;

  constructor(
    readonly config: DeepArConfig,
    weights: Float32Array,
  ) {
    this.net = network(shapeOf(config));
    this.columns = columnsOf(config);
    this.width = 4 * config.hidden;
    const { places, size } = layOut(this.net, this.columns, config);
    this.at = places;
    this.kernel = loadKernel("strict", size);
    this.kernel.cells.set(weights, places.parameters);
  }

  /** Puts a memory (layers × hidden each) into row 0; whoever stepped before may have left another there. */
  load(out: Float32Array, cell: Float32Array): void {
    const { kernel, at, config } = this;
    const { hidden } = config;
    for (let l = 0; l < config.layers; l++) {
      kernel.cells.set(out.subarray(l * hidden, (l + 1) * hidden), at.out[l]!);
      kernel.cells.set(cell.subarray(l * hidden, (l + 1) * hidden), at.cell[l]!);
    }
  }

  /** Where the gates of all rows start from: bias, categories and shared features. */
  prepare(codes: readonly ArrayLike<number>[]): void {
    const { kernel, net, at, width, columns } = this;
    const first = net.lstm[0]!;
    let start = at.parameters + first.bias;
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
    addDirect(kernel, net, at.parameters, 1, count, at.lags, count, at.knownDirect, 0);
  }

  /** All lags are known: every row's sums are those. */
  tileLags(rows: number): void {
    const { kernel, at, width } = this;
    kernel.tileRows(rows, width, at.knownSum, 1, at.lagSum);
    kernel.tileRows(rows, RAW_WIDTH, at.knownDirect, 1, at.lagDirect);
  }

  /** Adds `count` columns of lags from column `from` on, whose values lie from `plane` on, to the known sums or to those so far. */
  addLags(rows: number, count: number, plane: number, from: number, to: "known" | "sum"): void {
    const { kernel, net, at, width } = this;
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
    add(RAW_WIDTH, at.parameters + net.direct + from * RAW_WIDTH, at.knownDirect, at.lagDirect);
  }

  /** Where a lag's or feature's weights are. */
  private inputWeight(column: number): number {
    return this.at.parameters + this.net.lstm[0]!.inputWeight + column * this.width;
  }

  /** From the prepared start and the sums over lags to the raw outputs and the next memory. */
  step(rows: number): void {
    const { kernel, net, at, width, columns } = this;
    const logScaleWeight = this.inputWeight(columns.logScale);
    kernel.mixRows(rows, width, at.start, at.perScale, at.lagSum, at.logScale, logScaleWeight, at.gates);
    net.lstm.forEach((layer, l) => {
      const [out, cell] = [at.out[l]!, at.cell[l]!];
      if (l > 0) linearForward(kernel, gateInput(layer), at.parameters, rows, at.out[l - 1]!, at.gates);
      const places = { gates: at.gates, outBefore: out, cellBefore: cell, cell, cellTanh: at.cellTanh, out };
      lstmStep(kernel, layer, at.parameters, rows, places);
    });
    linearForward(kernel, net.head, at.parameters, rows, at.out.at(-1)!, at.raw);
    kernel.addScaledRows(rows, RAW_WIDTH, at.perScale, at.lagDirect, at.raw);
  }
}

/** The input part of a later layer's gates is a linear layer. */
function gateInput(layer: Network["lstm"][number]): Network["head"] {
  return { inputs: layer.inputs, outputs: 4 * layer.hidden, weight: layer.inputWeight, bias: layer.bias };
}

function layOut(net: Network, columns: Columns, config: DeepArConfig): { places: Places; size: number } {
  const memory = arena();
  const rows = NETWORK_ROWS;
  const { hidden, layers } = config;
  const perLayer = () => Array.from({ length: layers }, () => memory.take(rows * hidden));
  const places: Places = {
    parameters: memory.take(net.size),
    features: memory.take(columns.sharedCount),
    embedded: memory.take(net.entry?.inputs ?? 0),
    lags: memory.take(config.lags.length),
    perScale: memory.take(rows),
    logScale: memory.take(rows),
    start: memory.take(4 * hidden),
    knownSum: memory.take(4 * hidden),
    knownDirect: memory.take(RAW_WIDTH),
    lagSum: memory.take(rows * 4 * hidden),
    lagDirect: memory.take(rows * RAW_WIDTH),
    gates: memory.take(rows * 4 * hidden),
    cellTanh: memory.take(rows * hidden),
    out: perLayer(),
    cell: perLayer(),
    raw: memory.take(rows * RAW_WIDTH),
    first: memory.take(rows),
    second: memory.take(rows),
    draws: memory.take(rows),
    planes: memory.take((config.lags.at(-1)! + SPARE_PLANES) * rows),
  };
  return { places, size: memory.size };
}

const steppers = new WeakMap<Float32Array, BatchedNetwork>();

/** The stepper of a model, made once for as long as its weights live. */
export function batchedNetworkOf({ config, weights }: DeepArParams): BatchedNetwork {
  let stepper = steppers.get(weights);
  if (stepper === undefined || stepper.config !== config) {
    stepper = new BatchedNetwork(config, weights);
    steppers.set(weights, stepper);
  }
  return stepper;
}
