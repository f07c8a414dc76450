import type { AdamBlocks } from "../adam.js";
import { arena } from "../arena.js";
import type { Likelihood } from "../heads/head.js";
import {
  type HeadStart,
  type Network,
  type NetworkShape,
  network,
  type Transposes,
  transposes,
} from "../network.js";
import { type Tape, tape } from "../pass.js";

/** Every batch is cut into this many shards, whatever the number of threads, so that threads change no sum. */
export const SHARDS = 2;

/** How a network is trained; plain data, the same in every thread. */
export interface TrainingPlan {
  readonly shape: NetworkShape;
  readonly likelihood: Likelihood;
  /** Steps a window is unrolled for. */
  readonly steps: number;
  /** Windows a batch, a multiple of 8. */
  readonly batch: number;
  readonly batches: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly dropout: number;
  /** Weight of the newest step in the running mean of the weights, which is what is validated and kept. */
  readonly averaging: number;
  /** Epochs without a better validation loss before the learning rate is halved, and before training stops. */
  readonly plateau: number;
  readonly patience: number;
  /** Seconds after which training stops with the best weights so far; null for no limit. */
  readonly seconds: number | null;
  readonly seed: number;
  /** Where the head starts from; null for zeros. */
  readonly start: HeadStart | null;
}

/** Where everything lies in the kernel's memory. */
export interface TrainingLayout extends AdamBlocks {
  readonly net: Network;
  readonly gradients: readonly number[];
  /** The running mean of the weights, and its best state. */
  readonly average: number;
  readonly best: number;
  readonly transposes: Transposes;
  readonly tapes: readonly Tape[];
  /** Int32 cells that threads meet over. */
  readonly control: number;
  /** Float64 numbers (two cells each) that shards report. */
  readonly numbers: number;
  /** Cells altogether. */
  readonly cells: number;
}

const CONTROL_CELLS = 16;
export const NUMBERS = 16;

export function trainingLayout(plan: Pick<TrainingPlan, "shape" | "steps" | "batch">): TrainingLayout {
  const memory = arena();
  const net = network(plan.shape);
  const block = (): number => memory.take(net.size);
  const [control, numbers] = [memory.take(CONTROL_CELLS), memory.take(2 * NUMBERS)];
  const [weights, first, second] = [block(), block(), block()];
  const [average, best] = [block(), block()];
  const gradients = Array.from({ length: SHARDS }, block);
  const transposed = transposes(net, memory);
  const tapes = Array.from({ length: SHARDS }, () => tape(net, memory, plan.steps, plan.batch / SHARDS));
  return {
    net,
    size: net.size,
    slowFrom: net.direct,
    weights,
    first,
    second,
    average,
    best,
    gradients,
    transposes: transposed,
    tapes,
    control,
    numbers,
    cells: memory.size,
  };
}
