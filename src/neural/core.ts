import type { Rng } from "../core/random.js";
import type { Arena } from "./arena.js";
import type { Cells, Kernel } from "./kernel/kernel.js";
import type { LinearLayer } from "./layers/linear.js";

// The core of a network turns a sequence of rows into a sequence of features, each from its row and those before it. What stands
// before it (inputs and categories, mapped linearly) and after it (the head) is the same for all cores.

/** A core's memory of one sequence: arrays by name, plain data. */
export type CoreMemory = Readonly<Record<string, Float32Array>>;

/** Units left out while training. */
export interface Dropout {
  readonly rate: number;
  readonly rng: Rng;
}

/** A matrix among the parameters, row-major. */
export interface Matrix {
  /** Its offset in the block of parameters. */
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
}

/** Writes `count` uniform numbers within ±bound from an offset in the parameters on. */
export type Uniform = (at: number, count: number, bound: number) => void;

/** The layout of a core's parameters, and what is done with them. */
export interface Core {
  /** From the network's inputs to the rows that the core is fed. */
  readonly input: LinearLayer;
  /** Features a step. */
  readonly width: number;
  /** Whether there is anything that dropout acts on. */
  readonly drops: boolean;
  /** Matrices whose transposes the way back needs. */
  readonly matrices: readonly Matrix[];
  /** Cells of each array of the memory of one sequence. */
  readonly memory: Readonly<Record<string, number>>;
  /** Fresh weights; everything is 0 before. */
  initialise(cells: Cells, parameters: number, uniform: Uniform): void;
  /** Lays out a pass over whole windows; time comes first. */
  pass(memory: Arena, steps: number, rows: number): CorePass;
  /** Lays out the memories of up to `rows` sequences that move on step by step. */
  stepwise(memory: Arena, rows: number): (kernel: Kernel, parameters: number) => CoreSteps;
  /** Lays out the memory of one sequence that moves on up to `most` steps at once. */
  leaping(memory: Arena, most: number): (kernel: Kernel, parameters: number) => CoreLeaps;
}

/** A pass over a batch of windows, from memories that are empty. */
export interface CorePass {
  /** steps × rows × outputs of `input`: filled before `forward`, and its gradient after `backward`. */
  readonly entry: number;
  readonly entryGradient: number;
  /** steps × rows × width. */
  readonly out: number;
  /** The same, filled before `backward`. */
  readonly outGradient: number;
  forward(kernel: Kernel, parameters: number, dropout: Dropout | null): void;
  /** Writes the gradients of all parameters but those of `input`. `transposed` are the addresses of the matrices' transposes. */
  backward(kernel: Kernel, gradients: number, transposed: readonly number[], dropped: boolean): void;
}

/** Sequences that move on one step at a time: the arithmetic of the pass, in the same order. */
export interface CoreSteps {
  /** rows × outputs of `input`: filled before a step. */
  readonly entry: number;
  /** rows × width. */
  readonly out: number;
  step(rows: number): void;
  /** Puts a memory into row 0, an empty one for null; whoever stepped before may have left another there. */
  load(memory: CoreMemory | null): void;
  /** The memory of row 0. */
  save(): CoreMemory;
  /** Gives the first `rows` rows the memory of row 0. */
  broadcast(rows: number): void;
}

/** One sequence that moves on several steps at once, and can take the last of them back: the arithmetic of single steps, bit for bit. */
export interface CoreLeaps {
  /** steps × outputs of `input`: filled before a leap. */
  readonly entry: number;
  /** steps × width. */
  readonly out: number;
  leap(steps: number): void;
  /** Takes back the last `steps` steps of the last leap. */
  takeBack(steps: number): void;
  /** Starts from a memory. */
  load(memory: CoreMemory): void;
}
