import { type Arena, arena } from "../../../neural/arena.js";
import type { CoreLeaps } from "../../../neural/core.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import { loadKernel } from "../../../neural/kernel/load.js";
import { linearForward } from "../../../neural/layers/linear.js";
import { type Network, network } from "../../../neural/network.js";
import { addDirect, embedCategories } from "../../../neural/pass.js";
import { type Columns, columnsOf, type NetworkConfig, type NetworkParams, shapeOf } from "../data/config.js";

/** Rows of a leap at most. */
export const LEAP_ROWS = 32;

/** Moves one path several rows at once: the arithmetic of `BatchedNetwork`, with a row for each step where that has one for each path. */
export class LeapingNetwork {
  readonly kernel: Kernel;
  readonly net: Network;
  readonly columns: Columns;
  readonly core: CoreLeaps;
  readonly at: ReturnType<typeof layOut>;

  private readonly config: NetworkConfig;

  constructor({ config, weights }: NetworkParams) {
    this.config = config;
    this.net = network(shapeOf(config));
    this.columns = columnsOf(config);
    const memory = arena();
    this.at = layOut(memory, this.net, this.columns, config);
    const leaps = this.net.core.leaping(memory, LEAP_ROWS);
    this.kernel = loadKernel("strict", memory.size);
    this.kernel.cells.set(weights, this.at.parameters);
    this.core = leaps(this.kernel, this.at.parameters);
  }

  /** Bias and categories of a row. */
  begin(row: number, codes: readonly ArrayLike<number>[]): void {
    const { kernel, net, at } = this;
    const { outputs, bias } = net.core.input;
    const start = at.start + row * outputs;
    if (net.entry === null) {
      const from = at.parameters + bias;
      kernel.cells.copyWithin(start, from, from + outputs);
      return;
    }
    embedCategories(kernel, net, at.parameters, codes, at.embedded);
    linearForward(kernel, net.entry, at.parameters, 1, at.embedded, start);
  }

  /** From features, lags and scales of the rows to their raw outputs. */
  leap(rows: number): void {
    const { kernel, net, at, core, columns, config } = this;
    const { outputs: width, weight } = net.core.input;
    const { outputs } = net.shape;
    const [count, { shared, sharedCount }] = [config.lags.length, columns];
    const weightOf = (column: number) => at.parameters + weight + column * width;
    kernel.affine(
      rows,
      width,
      sharedCount,
      at.features,
      sharedCount,
      1,
      weightOf(shared),
      width,
      at.start,
      width,
      at.start,
      width,
    );
    kernel.product(rows, width, count, at.lags, count, 1, weightOf(0), width, at.lagSum, width, 0);
    addDirect(kernel, net, at.parameters, rows, { at: at.lags, row: count, count }, at.lagDirect, 0);
    for (let r = 0; r < rows; r++) {
      const [start, sum] = [at.start + r * width, at.lagSum + r * width];
      const [factor, share, entry] = [at.perScale + r, at.logScale + r, core.entry + r * width];
      kernel.mixRows(1, width, start, factor, sum, share, weightOf(columns.logScale), entry);
    }
    core.leap(rows);
    linearForward(kernel, net.head, at.parameters, rows, core.out, at.raw);
    kernel.addScaledRows(rows, outputs, at.perScale, at.lagDirect, at.raw);
  }
}

/** Addresses in the memory; a row belongs to a step. */
function layOut(memory: Arena, net: Network, columns: Columns, config: NetworkConfig) {
  const width = net.core.input.outputs;
  const { outputs } = net.shape;
  const rows = LEAP_ROWS;
  return {
    parameters: memory.take(net.size),
    features: memory.take(rows * columns.sharedCount),
    embedded: memory.take(net.entry?.inputs ?? 0),
    /** As they are, the longest first. */
    lags: memory.take(rows * config.lags.length),
    perScale: memory.take(rows),
    logScale: memory.take(rows),
    start: memory.take(rows * width),
    lagSum: memory.take(rows * width),
    lagDirect: memory.take(rows * outputs),
    raw: memory.take(rows * outputs),
  };
}
