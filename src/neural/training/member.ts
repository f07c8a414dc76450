import type { Kernel } from "../kernel/kernel.js";
import { NUMBERS, type TrainingLayout } from "./plan.js";

// Threads run the same program over one memory and meet at barriers; whatever one of them decides for all is
// decided by member 0 between two barriers.

/** Cells of the control block. */
const ARRIVED = 0;
const GENERATION = 1;
const ABORT = 2;
const STOP = 3;

const SPINS = 4000;

/** One of the threads that train together. */
export interface Member {
  readonly index: number;
  readonly count: number;
  readonly control: Int32Array;
  /** What shards report, for member 0 to add up in order. */
  readonly numbers: Float64Array;
}

export function member(kernel: Kernel, layout: TrainingLayout, index: number, count: number): Member {
  const { buffer } = kernel.cells;
  return {
    index,
    count,
    control: new Int32Array(buffer, layout.control * 4, 4),
    numbers: new Float64Array(buffer, layout.numbers * 4, NUMBERS),
  };
}

/** Waits for all members: a short spin, then sleep. */
export function meet({ control, count }: Member): void {
  if (count === 1) return;
  const generation = Atomics.load(control, GENERATION);
  if (Atomics.add(control, ARRIVED, 1) + 1 === count) {
    Atomics.store(control, ARRIVED, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    return;
  }
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, GENERATION) !== generation) return;
  while (Atomics.load(control, GENERATION) === generation) Atomics.wait(control, GENERATION, generation);
}

/** Asks the training over this memory to stop after the current step. */
export function requestAbort(control: Int32Array): void {
  Atomics.store(control, ABORT, 1);
}

export function abortRequested({ control }: Member): boolean {
  return Atomics.load(control, ABORT) === 1;
}

/** Member 0's decision, which all read after the next barrier. */
export function decideToStop({ control }: Member): void {
  Atomics.store(control, STOP, 1);
}

export function stopDecided({ control }: Member): boolean {
  return Atomics.load(control, STOP) === 1;
}
