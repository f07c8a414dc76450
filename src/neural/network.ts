import type { Rng } from "../core/random.js";
import { type Arena, arena } from "./arena.js";
import { RAW_WIDTH } from "./heads/head.js";
import type { Cells, Kernel } from "./kernel/kernel.js";
import { type EmbeddingLayer, embeddingLayer } from "./layers/embedding.js";
import { type LinearLayer, linearLayer } from "./layers/linear.js";
import { type LstmLayer, type LstmTransposes, lstmLayer } from "./layers/lstm.js";

// Stacked LSTMs over a sequence of inputs, with a linear head: static categories enter through embeddings and a
// linear layer that sets where the first LSTM's gates start.

/** Everything the memory layout follows from. */
export interface NetworkShape {
  /** Inputs a step, a multiple of 4. */
  readonly inputs: number;
  /** Hidden units a layer, a multiple of 4. */
  readonly hidden: number;
  readonly layers: number;
  /** How many of the inputs, from the first on, also feed the head directly: a linear autoregression beside the network. */
  readonly direct: number;
  /** The number of codes of each static category, the unseen 0 included. */
  readonly categories: readonly number[];
}

/** Offsets of every layer in the block of parameters. */
export interface Network {
  readonly shape: NetworkShape;
  readonly embeddings: readonly EmbeddingLayer[];
  /** From the embeddings to the first gates, whose bias it shares; null without categories. */
  readonly entry: LinearLayer | null;
  readonly lstm: readonly LstmLayer[];
  readonly head: LinearLayer;
  /** Offset of the direct inputs' weights, direct × 4. */
  readonly direct: number;
  /** Cells in the block. */
  readonly size: number;
}

export function network(shape: NetworkShape): Network {
  const parameters = arena();
  const { inputs, hidden, layers, categories } = shape;
  const embeddings = categories.map((count) => embeddingLayer(parameters, count));
  const width = embeddings.reduce((sum, layer) => sum + layer.width, 0);
  const lstm = Array.from({ length: layers }, (_, l) =>
    lstmLayer(parameters, l === 0 ? inputs : hidden, hidden),
  );
  return {
    shape,
    embeddings,
    entry: width === 0 ? null : entryLayer(parameters, width, lstm[0]!),
    lstm,
    head: linearLayer(parameters, hidden, RAW_WIDTH),
    direct: parameters.take(shape.direct * RAW_WIDTH),
    size: parameters.size,
  };
}

function entryLayer(parameters: Arena, width: number, first: LstmLayer): LinearLayer {
  const outputs = 4 * first.hidden;
  return { inputs: width, outputs, weight: parameters.take(width * outputs), bias: first.bias };
}

/** A head to start from, found by other means: direct weights (direct × 4) and biases (4). */
export interface HeadStart {
  readonly direct: readonly number[];
  readonly bias: readonly number[];
}

/**
 * Fresh weights: uniform within ±1/√hidden, forget gates open (bias 1), embeddings within ±1; biases and direct weights of
 * the head at `start`, or 0.
 */
export function initialise(
  net: Network,
  cells: Cells,
  parameters: number,
  rng: Rng,
  start: HeadStart | null = null,
): void {
  const { hidden } = net.shape;
  const uniform = (at: number, count: number, bound: number): void => {
    for (let i = 0; i < count; i++) cells[parameters + at + i] = (2 * rng.uniform() - 1) * bound;
  };
  const bound = 1 / Math.sqrt(hidden);
  cells.fill(0, parameters, parameters + net.size);
  for (const { table, count, width } of net.embeddings) uniform(table, count * width, 1);
  if (net.entry !== null) uniform(net.entry.weight, net.entry.inputs * net.entry.outputs, bound);
  for (const layer of net.lstm) {
    uniform(layer.inputWeight, layer.inputs * 4 * hidden, bound);
    uniform(layer.hiddenWeight, hidden * 4 * hidden, bound);
    uniform(layer.bias, 4 * hidden, bound);
    cells.fill(1, parameters + layer.bias + hidden, parameters + layer.bias + 2 * hidden);
  }
  uniform(net.head.weight, hidden * RAW_WIDTH, bound);
  if (start === null) return;
  cells.set(start.bias, parameters + net.head.bias);
  cells.set(start.direct, parameters + net.direct);
}

/** Where transposed weights live; made anew after each update. */
export interface Transposes {
  readonly lstm: readonly LstmTransposes[];
  readonly head: number;
  readonly entry: number;
}

export function transposes(net: Network, memory: Arena): Transposes {
  return {
    lstm: net.lstm.map(({ inputs, hidden }) => ({
      hiddenWeight: memory.take(4 * hidden * hidden),
      inputWeight: memory.take(4 * hidden * inputs),
    })),
    head: memory.take(net.head.inputs * RAW_WIDTH),
    entry: net.entry === null ? 0 : memory.take(net.entry.inputs * net.entry.outputs),
  };
}

export function transposeWeights(kernel: Kernel, net: Network, parameters: number, to: Transposes): void {
  net.lstm.forEach(({ inputs, hidden, inputWeight, hiddenWeight }, l) => {
    const target = to.lstm[l]!;
    kernel.transpose(hidden, 4 * hidden, parameters + hiddenWeight, target.hiddenWeight);
    kernel.transpose(inputs, 4 * hidden, parameters + inputWeight, target.inputWeight);
  });
  kernel.transpose(net.head.inputs, RAW_WIDTH, parameters + net.head.weight, to.head);
  if (net.entry === null) return;
  kernel.transpose(net.entry.inputs, net.entry.outputs, parameters + net.entry.weight, to.entry);
}
