import type { Rng } from "../core/random.js";
import { type Arena, arena } from "./arena.js";
import type { Core } from "./core.js";
import { type CoreShape, coreOf } from "./cores/index.js";
import type { Cells, Kernel } from "./kernel/kernel.js";
import { type EmbeddingLayer, embeddingLayer } from "./layers/embedding.js";
import { type LinearLayer, linearLayer } from "./layers/linear.js";

// A core over a sequence of inputs, with a linear head: static categories enter through embeddings and a linear layer that
// sets where the core's own input begins.

/** Everything the memory layout follows from. */
export interface NetworkShape {
  /** Inputs a step, a multiple of 4. */
  readonly inputs: number;
  readonly core: CoreShape;
  /** Raw outputs a step, a multiple of 4. */
  readonly outputs: number;
  /** How many of the inputs, from the first on, also feed the head directly: a linear autoregression beside the network. */
  readonly direct: number;
  /** The number of codes of each static category, the unseen 0 included. */
  readonly categories: readonly number[];
}

/** Offsets of every layer in the block of parameters. */
export interface Network {
  readonly shape: NetworkShape;
  readonly embeddings: readonly EmbeddingLayer[];
  /** From the embeddings to the core's input, whose bias it shares; null without categories. */
  readonly entry: LinearLayer | null;
  readonly core: Core;
  readonly head: LinearLayer;
  /** Offset of the direct inputs' weights, direct × outputs. */
  readonly direct: number;
  /** Cells in the block. */
  readonly size: number;
}

export function network(shape: NetworkShape): Network {
  const parameters = arena();
  const embeddings = shape.categories.map((count) => embeddingLayer(parameters, count));
  const width = embeddings.reduce((sum, layer) => sum + layer.width, 0);
  const core = coreOf(parameters, shape.inputs, shape.core);
  return {
    shape,
    embeddings,
    entry: width === 0 ? null : entryLayer(parameters, width, core.input),
    core,
    head: linearLayer(parameters, core.width, shape.outputs),
    direct: parameters.take(shape.direct * shape.outputs),
    size: parameters.size,
  };
}

function entryLayer(parameters: Arena, inputs: number, { outputs, bias }: LinearLayer): LinearLayer {
  return { inputs, outputs, weight: parameters.take(inputs * outputs), bias };
}

/** A head to start from, found by other means: direct weights (direct × outputs) and biases (outputs). */
export interface HeadStart {
  readonly direct: readonly number[];
  readonly bias: readonly number[];
}

/**
 * Fresh weights: the core's own, the linear layers' uniform within ±1/√width, embeddings within ±1; biases and direct
 * weights of the head at `start`, or 0.
 */
export function initialise(
  net: Network,
  cells: Cells,
  parameters: number,
  rng: Rng,
  start: HeadStart | null = null,
): void {
  const uniform = (at: number, count: number, bound: number): void => {
    for (let i = 0; i < count; i++) cells[parameters + at + i] = (2 * rng.uniform() - 1) * bound;
  };
  const bound = 1 / Math.sqrt(net.core.width);
  cells.fill(0, parameters, parameters + net.size);
  for (const { table, count, width } of net.embeddings) uniform(table, count * width, 1);
  if (net.entry !== null) uniform(net.entry.weight, net.entry.inputs * net.entry.outputs, bound);
  net.core.initialise(cells, parameters, uniform);
  uniform(net.head.weight, net.head.inputs * net.head.outputs, bound);
  if (start === null) return;
  cells.set(start.bias, parameters + net.head.bias);
  cells.set(start.direct, parameters + net.direct);
}

/** Where transposed weights live; made anew after each update. */
export interface Transposes {
  readonly core: readonly number[];
  readonly head: number;
  readonly entry: number;
}

export function transposes(net: Network, memory: Arena): Transposes {
  return {
    core: net.core.matrices.map(({ rows, columns }) => memory.take(rows * columns)),
    head: memory.take(net.head.inputs * net.head.outputs),
    entry: net.entry === null ? 0 : memory.take(net.entry.inputs * net.entry.outputs),
  };
}

export function transposeWeights(kernel: Kernel, net: Network, parameters: number, to: Transposes): void {
  net.core.matrices.forEach(({ at, rows, columns }, i) => {
    kernel.transpose(rows, columns, parameters + at, to.core[i]);
  });
  for (const [layer, target] of [
    [net.head, to.head],
    [net.entry, to.entry],
  ] as const) {
    if (layer !== null) kernel.transpose(layer.inputs, layer.outputs, parameters + layer.weight, target);
  }
}
