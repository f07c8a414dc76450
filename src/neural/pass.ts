import type { Rng } from "../core/random.js";
import type { Arena } from "./arena.js";
import { headLoss, type Likelihood, RAW_WIDTH } from "./heads/head.js";
import type { Kernel } from "./kernel/kernel.js";
import { dropoutBackward, dropoutForward } from "./layers/dropout.js";
import { embeddingBackward, embeddingForward } from "./layers/embedding.js";
import { linearBackward, linearForward } from "./layers/linear.js";
import {
  type GateStart,
  type LstmTape,
  lstmBackward,
  lstmForward,
  lstmOutput,
  lstmTape,
} from "./layers/lstm.js";
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
  /** rows × 4·hidden: where the first gates start from, and the gradient of it. */
  readonly start: number;
  readonly startGradient: number;
  readonly lstm: readonly LstmTape[];
  /** After each layer but the last: what is left of its output, and the mask. */
  readonly dropped: readonly { readonly out: number; readonly mask: number }[];
  /** steps × rows × 4. */
  readonly raw: number;
  readonly rawGradient: number;
  /** steps × rows each: uniform numbers, and what is drawn from the raw outputs with them. */
  readonly uniforms: readonly [number, number];
  readonly draws: number;
}

/** @param rows a multiple of 4. */
export function tape(net: Network, memory: Arena, steps: number, rows: number): Tape {
  const { inputs, hidden, layers, categories } = net.shape;
  const width = net.entry?.inputs ?? 0;
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
    start: memory.take(rows * 4 * hidden),
    startGradient: memory.take(rows * 4 * hidden),
    lstm: Array.from({ length: layers }, () => lstmTape(memory, hidden, steps, rows)),
    dropped: Array.from({ length: layers - 1 }, () => ({
      out: memory.take(cells * hidden),
      mask: memory.take(cells * hidden),
    })),
    raw: memory.take(cells * RAW_WIDTH),
    rawGradient: memory.take(cells * RAW_WIDTH),
    uniforms: [memory.take(cells), memory.take(cells)],
    draws: memory.take(cells),
  };
}

/** Dropout between the layers while training; null leaves every unit in. */
export interface Dropout {
  readonly rate: number;
  readonly rng: Rng;
}

/** From x and the categories to the raw outputs. */
export function forward(
  kernel: Kernel,
  net: Network,
  parameters: number,
  at: Tape,
  dropout: Dropout | null,
): void {
  let x = at.x;
  net.lstm.forEach((layer, l) => {
    const own = at.lstm[l]!;
    const bias: GateStart = { at: parameters + layer.bias, rows: 1 };
    const start = l === 0 && net.entry !== null ? categoryStart(kernel, net, parameters, at) : bias;
    lstmForward(kernel, layer, parameters, own, x, start);
    x = lstmOutput(layer, own);
    if (dropout === null || l === net.lstm.length - 1) return;
    const { mask, out } = at.dropped[l]!;
    const n = at.steps * at.rows * layer.hidden;
    dropoutForward(kernel, dropout.rate, dropout.rng.fork(l), n, x, mask, out);
    x = out;
  });
  linearForward(kernel, net.head, parameters, at.steps * at.rows, x, at.raw);
  const { direct, inputs } = net.shape;
  if (direct > 0) addDirect(kernel, net, parameters, at.steps * at.rows, direct, at.x, inputs, at.raw, 1);
}

/** out (+)= A·W for the first `count` of the direct inputs; a row of out has four cells. */
export function addDirect(
  kernel: Kernel,
  net: Network,
  parameters: number,
  rows: number,
  count: number,
  a: number,
  row: number,
  out: number,
  accumulate: 0 | 1,
): void {
  const weight = parameters + net.direct;
  kernel.product(rows, RAW_WIDTH, count, a, row, 1, weight, RAW_WIDTH, out, RAW_WIDTH, accumulate);
}

/** Gates of the first layer start from its bias plus what the categories add. */
function categoryStart(kernel: Kernel, net: Network, parameters: number, at: Tape): GateStart {
  embedCategories(kernel, net, parameters, at.codes, at.embedded);
  const entry = net.entry!;
  linearForward(kernel, entry, parameters, at.rows, at.embedded, at.start);
  return { at: at.start, rows: at.rows };
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
    embeddingForward(kernel, layer, parameters, codes[i]!, out + offset, net.entry!.inputs);
    offset += layer.width;
  });
}

/** Σ weight·(−log p) of the batch; leaves the gradient of the raw outputs. */
export function loss(kernel: Kernel, likelihood: Likelihood, at: Tape): number {
  const { raw, y, weight, scale, rawGradient } = at;
  return headLoss(kernel, likelihood, {
    rows: at.steps * at.rows,
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
  const last = net.lstm.length - 1;
  const top = at.lstm[last]!;
  linearBackward(
    kernel,
    net.head,
    gradients,
    at.steps * at.rows,
    lstmOutput(net.lstm[last]!, top),
    at.rawGradient,
    {
      gradient: top.outGradient,
      transposed: transposes.head,
    },
  );
  backwardDirect(kernel, net, gradients, at);
  for (let l = last; l >= 0; l--) {
    const layer = net.lstm[l]!;
    const own = at.lstm[l]!;
    const x = inputOf(net, at, l, dropped);
    const below = l === 0 ? null : at.lstm[l - 1]!.outGradient;
    lstmBackward(kernel, layer, gradients, own, x, transposes.lstm[l]!, below);
    if (below === null || !dropped) continue;
    dropoutBackward(kernel, at.steps * at.rows * layer.inputs, at.dropped[l - 1]!.mask, below);
  }
  if (net.entry !== null) backwardCategories(kernel, net, gradients, at, transposes);
}

function backwardDirect(kernel: Kernel, net: Network, gradients: number, at: Tape): void {
  const { direct, inputs } = net.shape;
  if (direct === 0) return;
  const [rows, weight] = [at.steps * at.rows, gradients + net.direct];
  kernel.product(direct, RAW_WIDTH, rows, at.x, 1, inputs, at.rawGradient, RAW_WIDTH, weight, RAW_WIDTH, 0);
}

function inputOf(net: Network, at: Tape, l: number, dropped: boolean): number {
  if (l === 0) return at.x;
  return dropped ? at.dropped[l - 1]!.out : lstmOutput(net.lstm[l - 1]!, at.lstm[l - 1]!);
}

function backwardCategories(
  kernel: Kernel,
  net: Network,
  gradients: number,
  at: Tape,
  transposes: Transposes,
): void {
  const entry = net.entry!;
  kernel.columnSums(at.steps, at.rows * entry.outputs, at.lstm[0]!.gates, at.startGradient);
  linearBackward(kernel, entry, gradients, at.rows, at.embedded, at.startGradient, {
    gradient: at.embeddedGradient,
    transposed: transposes.entry,
  });
  let offset = 0;
  net.embeddings.forEach((layer, i) => {
    embeddingBackward(kernel, layer, gradients, at.codes[i]!, at.embeddedGradient + offset, entry.inputs);
    offset += layer.width;
  });
}
