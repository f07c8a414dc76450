import type { Arena } from "./arena.js";
import type { CorePass, Dropout } from "./core.js";
import { headLoss, type Likelihood } from "./heads/head.js";
import type { Kernel } from "./kernel/kernel.js";
import { embeddingBackward, embeddingForward } from "./layers/embedding.js";
import { linearBackward, linearForward } from "./layers/linear.js";
import type { Network, Transposes } from "./network.js";

/** Where a pass over a whole batch of windows keeps what it reads, computes and needs on its way back. */
export interface Tape {
  readonly steps: number;
  readonly rows: number;
  /** steps × rows × inputs. */
  readonly x: number;
  /** steps × rows each: targets, their weights, and what they were divided by. */
  readonly y: number;
  readonly weight: number;
  readonly scale: number;
  /** A code a row for each static category. */
  readonly codes: readonly Int32Array[];
  /** rows × width of all embeddings. */
  readonly embedded: number;
  readonly embeddedGradient: number;
  /** A row each for where the core's input begins, and the gradient of it. */
  readonly start: number;
  readonly startGradient: number;
  readonly core: CorePass;
  /** steps × rows × outputs. */
  readonly raw: number;
  readonly outputs: number;
  readonly rawGradient: number;
  /** steps × rows each: uniform numbers, and what is drawn from the raw outputs with them. */
  readonly uniforms: readonly [number, number];
  readonly draws: number;
}

/** @param rows a multiple of 4. */
export function tape(net: Network, memory: Arena, steps: number, rows: number): Tape {
  const { inputs, outputs, categories } = net.shape;
  const width = net.entry?.inputs ?? 0;
  const start = rows * net.core.input.outputs;
  const cells = steps * rows;
  return {
    steps,
    rows,
    x: memory.take(cells * inputs),
    y: memory.take(cells),
    weight: memory.take(cells),
    scale: memory.take(cells),
    codes: categories.map(() => new Int32Array(rows)),
    embedded: memory.take(rows * width),
    embeddedGradient: memory.take(rows * width),
    start: memory.take(start),
    startGradient: memory.take(start),
    core: net.core.pass(memory, steps, rows),
    raw: memory.take(cells * outputs),
    outputs,
    rawGradient: memory.take(cells * outputs),
    uniforms: [memory.take(cells), memory.take(cells)],
    draws: memory.take(cells),
  };
}

/** From x and the categories to the raw outputs; without dropout every unit is left in. */
export function forward(
  kernel: Kernel,
  net: Network,
  parameters: number,
  at: Tape,
  dropout: Dropout | null,
): void {
  const all = at.steps * at.rows;
  const { input } = net.core;
  let [start, startRows] = [parameters + input.bias, 1];
  if (net.entry !== null) {
    embedCategories(kernel, net, parameters, at.codes, at.embedded);
    linearForward(kernel, net.entry, parameters, at.rows, at.embedded, at.start);
    [start, startRows] = [at.start, at.rows];
  }
  const { entry, out } = at.core;
  const { inputs, outputs } = input;
  kernel.tileRows(all, outputs, start, startRows, entry);
  kernel.product(
    all,
    outputs,
    inputs,
    at.x,
    inputs,
    1,
    parameters + input.weight,
    outputs,
    entry,
    outputs,
    1,
  );
  at.core.forward(kernel, parameters, dropout);
  linearForward(kernel, net.head, parameters, all, out, at.raw);
  const { direct } = net.shape;
  if (direct > 0)
    addDirect(kernel, net, parameters, all, { at: at.x, row: inputs, count: direct }, at.raw, 1);
}

/** Rows of inputs from an address on, `row` cells each, of which the first `count` go directly to the outputs. */
interface DirectInputs {
  readonly at: number;
  readonly row: number;
  readonly count: number;
}

/** out (+)= A·W for the direct inputs A; a row of out has a cell for each raw output. */
export function addDirect(
  kernel: Kernel,
  net: Network,
  parameters: number,
  rows: number,
  { at, row, count }: DirectInputs,
  out: number,
  accumulate: 0 | 1,
): void {
  const weight = parameters + net.direct;
  const { outputs } = net.shape;
  kernel.product(rows, outputs, count, at, row, 1, weight, outputs, out, outputs, accumulate);
}

/** The vectors of all categories side by side, a row for each sequence. */
export function embedCategories(
  kernel: Kernel,
  net: Network,
  parameters: number,
  codes: readonly ArrayLike<number>[],
  out: number,
): void {
  let offset = 0;
  net.embeddings.forEach((layer, i) => {
    embeddingForward(kernel, layer, parameters, codes[i], out + offset, net.entry!.inputs);
    offset += layer.width;
  });
}

/** Σ weight·(−log p) of the batch; leaves the gradient of the raw outputs. */
export function loss(kernel: Kernel, likelihood: Likelihood, at: Tape): number {
  const { raw, outputs, y, weight, scale, rawGradient } = at;
  return headLoss(kernel, likelihood, {
    rows: at.steps * at.rows,
    columns: outputs,
    raw,
    y,
    weight,
    scale,
    gradient: rawGradient,
  });
}

/** From the gradient of the raw outputs to those of all parameters. */
export function backward(
  kernel: Kernel,
  net: Network,
  gradients: number,
  at: Tape,
  transposes: Transposes,
  dropped: boolean,
): void {
  const all = at.steps * at.rows;
  const { entryGradient, out, outGradient } = at.core;
  linearBackward(kernel, net.head, gradients, all, out, at.rawGradient, {
    gradient: outGradient,
    transposed: transposes.head,
  });
  backwardDirect(kernel, net, gradients, at);
  at.core.backward(kernel, gradients, transposes.core, dropped);
  const { inputs, outputs, weight, bias } = net.core.input;
  kernel.product(
    inputs,
    outputs,
    all,
    at.x,
    1,
    inputs,
    entryGradient,
    outputs,
    gradients + weight,
    outputs,
    0,
  );
  if (net.entry === null) kernel.columnSums(all, outputs, entryGradient, gradients + bias);
  else backwardCategories(kernel, net, gradients, at, transposes);
}

function backwardDirect(kernel: Kernel, net: Network, gradients: number, at: Tape): void {
  const { direct, inputs, outputs } = net.shape;
  if (direct === 0) return;
  const [rows, weight] = [at.steps * at.rows, gradients + net.direct];
  kernel.product(direct, outputs, rows, at.x, 1, inputs, at.rawGradient, outputs, weight, outputs, 0);
}

function backwardCategories(
  kernel: Kernel,
  net: Network,
  gradients: number,
  at: Tape,
  transposes: Transposes,
): void {
  const entry = net.entry!;
  kernel.columnSums(at.steps, at.rows * entry.outputs, at.core.entryGradient, at.startGradient);
  linearBackward(kernel, entry, gradients, at.rows, at.embedded, at.startGradient, {
    gradient: at.embeddedGradient,
    transposed: transposes.entry,
  });
  let offset = 0;
  net.embeddings.forEach((layer, i) => {
    embeddingBackward(kernel, layer, gradients, at.codes[i], at.embeddedGradient + offset, entry.inputs);
    offset += layer.width;
  });
}
