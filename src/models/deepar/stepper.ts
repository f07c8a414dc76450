import { arena } from "../../neural/arena.js";
import { RAW_WIDTH } from "../../neural/heads/head.js";
import type { Kernel } from "../../neural/kernel/kernel.js";
import { loadKernel } from "../../neural/kernel/load.js";
import { linearForward } from "../../neural/layers/linear.js";
import { lstmStep } from "../../neural/layers/lstm.js";
import { type Network, network } from "../../neural/network.js";
import { addDirect, embedCategories } from "../../neural/pass.js";
import { type Columns, columnsOf, type DeepArConfig, type DeepArParams, shapeOf } from "./config.js";

/** Rows a stepper moves at once: enough to fill the tiles of a product, few enough to stay in cache. */
export const STEPPER_ROWS = 128;

/** Planes beyond the longest lag, so that sampled values move to the front only now and then. */
export const SPARE_PLANES = 64;

/** Addresses in the stepper's memory; a row belongs to a path. */
interface Places {
  readonly parameters: number;
  /** rows × shared features. */
  readonly features: number;
  readonly embedded: number;
  /** rows × lags, values as they are, longest lag first. */
  readonly lags: number;
  /** One a row: 1/scale and the log scale. */
  readonly perScale: number;
  readonly logScale: number;
  readonly start: number;
  readonly lagSum: number;
  /** rows × 4: the lags' part of the raw outputs. */
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
export class Stepper {
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

  /** Where the gates of `rows` rows start from: bias, categories and shared features. */
  prepare(rows: number, codes: readonly ArrayLike<number>[]): void {
    const { kernel, net, at, width, columns } = this;
    const first = net.lstm[0]!;
    if (net.entry === null) kernel.tileRows(rows, width, at.parameters + first.bias, 1, at.start);
    else {
      embedCategories(kernel, net, at.parameters, codes, at.embedded);
      linearForward(kernel, net.entry, at.parameters, rows, at.embedded, at.start);
    }
    const { shared, sharedCount } = columns;
    this.product(rows, sharedCount, at.features, sharedCount, 1, shared, at.start, 1);
  }

  /** The lags' sums (+)= A·W for `count` of the columns of lags, from column `from` on. */
  addLags(
    rows: number,
    count: number,
    a: number,
    row: number,
    step: number,
    from: number,
    accumulate: 0 | 1,
  ): void {
    const { kernel, net, at } = this;
    this.product(rows, count, a, row, step, this.columns.lags + from, at.lagSum, accumulate);
    addDirect(kernel, net, at.parameters, rows, count, a, row, step, from, at.lagDirect, accumulate);
  }

  /** The lags' sums of row 0, for all rows. */
  tileLags(rows: number): void {
    const { kernel, at, width } = this;
    kernel.tileRows(rows, width, at.lagSum, 1, at.lagSum);
    kernel.tileRows(rows, RAW_WIDTH, at.lagDirect, 1, at.lagDirect);
  }

  /** Some columns of the input times their weights. */
  private product(
    rows: number,
    depth: number,
    a: number,
    row: number,
    step: number,
    column: number,
    out: number,
    accumulate: 0 | 1,
  ): void {
    const { kernel, net, at, width } = this;
    const weight = at.parameters + net.lstm[0]!.inputWeight + column * width;
    kernel.product(rows, width, depth, a, row, step, weight, width, out, width, accumulate);
  }

  /** From the prepared starts (one, or one a row) and the sums over lags to the raw outputs and the next memory. */
  step(rows: number, starts: number): void {
    const { kernel, net, at, width, columns } = this;
    kernel.tileRows(rows, width, at.start, starts, at.gates);
    kernel.addScaledRows(rows, width, at.perScale, at.lagSum, at.gates);
    this.product(rows, 1, at.logScale, 1, 1, columns.logScale, at.gates, 1);
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
  const rows = STEPPER_ROWS;
  const { hidden, layers } = config;
  const perLayer = () => Array.from({ length: layers }, () => memory.take(rows * hidden));
  const places: Places = {
    parameters: memory.take(net.size),
    features: memory.take(rows * columns.sharedCount),
    embedded: memory.take(rows * (net.entry?.inputs ?? 0)),
    lags: memory.take(rows * config.lags.length),
    perScale: memory.take(rows),
    logScale: memory.take(rows),
    start: memory.take(rows * 4 * hidden),
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

const steppers = new WeakMap<Float32Array, Stepper>();

/** The stepper of a model, made once for as long as its weights live. */
export function stepperOf({ config, weights }: DeepArParams): Stepper {
  let stepper = steppers.get(weights);
  if (stepper === undefined || stepper.config !== config) {
    stepper = new Stepper(config, weights);
    steppers.set(weights, stepper);
  }
  return stepper;
}
