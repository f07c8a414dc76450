import type { FitOptions } from "../../../core/model.js";
import type { Threads } from "../../../core/threads.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import { type KernelKind, loadKernel, sharedCells } from "../../../neural/kernel/load.js";
import { embedUnseen } from "../../../neural/layers/embedding.js";
import { member, requestAbort } from "../../../neural/training/member.js";
import {
  SHARDS,
  type TrainingLayout,
  type TrainingPlan,
  trainingLayout,
} from "../../../neural/training/plan.js";
import { type EpochReport, train } from "../../../neural/training/train.js";
import type { NetworkConfig } from "../data/config.js";
import type { Dataset } from "../data/dataset.js";
import { type WindowOptions, windowSource } from "./windows.js";

/** The name of a training member's work among threads. */
export const TRAINING_TASK = "network-training";

/** Everything a member needs: plain data, and memory that all share. */
export interface TrainingJob {
  readonly plan: TrainingPlan;
  readonly config: NetworkConfig;
  readonly data: Dataset;
  readonly windows: WindowOptions;
  readonly kernel: KernelKind;
  readonly memory: WebAssembly.Memory;
}

/** Trains as one of `count` members; member 0 tells the reports. */
export function trainMember(
  data: unknown,
  index: number,
  count: number,
  tell: (report: EpochReport) => void,
): void {
  const job = data as TrainingJob;
  for (const report of steps(job, place(job), index, count)) if (report !== null) tell(report);
}

interface Place {
  readonly kernel: Kernel;
  readonly layout: TrainingLayout;
}

function place({ plan, kernel, memory }: TrainingJob): Place {
  const layout = trainingLayout(plan);
  return { layout, kernel: loadKernel(kernel, layout.cells, memory) };
}

function steps(
  { plan, config, data, windows }: TrainingJob,
  { kernel, layout }: Place,
  index: number,
  count: number,
): ReturnType<typeof train> {
  const source = windowSource(config, data, windows);
  return train(kernel, plan, layout, source, member(kernel, layout, index, count));
}

export type OnEpoch = (report: EpochReport) => void;

/** Trains at once on the calling thread; returns the best weights. */
export function trainNow(job: TrainingJob, onEpoch: OnEpoch): Float32Array {
  const at = place(job);
  for (const report of steps(job, at, 0, 1)) if (report !== null) onEpoch(report);
  return bestWeights(at);
}

/** Trains on threads, or in slices on the calling thread that leave the event loop its turns. */
export async function trainLater(
  job: TrainingJob,
  { signal, threads }: Pick<FitOptions, "signal" | "threads">,
  onEpoch: OnEpoch,
): Promise<Float32Array> {
  const at = place(job);
  const { control } = member(at.kernel, at.layout, 0, 1);
  const abort = () => requestAbort(control);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  try {
    if (threads === undefined || threads.count < 2) await inTurns(told(steps(job, at, 0, 1), onEpoch));
    else await onThreads(job, threads, onEpoch);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  return bestWeights(at);
}

async function onThreads(data: TrainingJob, threads: Threads, onEpoch: OnEpoch): Promise<void> {
  const onMessage = (message: unknown) => onEpoch(message as EpochReport);
  await threads.run({ task: TRAINING_TASK, members: SHARDS, data, onMessage });
}

/** Milliseconds of work between two turns of the event loop. */
const SLICE = 15;

function* told(work: ReturnType<typeof train>, onEpoch: OnEpoch): Generator<null, void> {
  for (const report of work) {
    if (report !== null) onEpoch(report);
    yield null;
  }
}

/** Does work that yields now and then; the event loop gets its turns. */
export async function inTurns<T>(work: Generator<null, T>): Promise<T> {
  let until = performance.now() + SLICE;
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value as T;
    if (performance.now() < until) continue;
    await new Promise((resume) => setTimeout(resume, 0));
    until = performance.now() + SLICE;
  }
}

function bestWeights({ kernel, layout }: Place): Float32Array {
  const weights = Float32Array.from(kernel.cells.subarray(layout.best, layout.best + layout.size));
  for (const embedding of layout.net.embeddings) embedUnseen(weights, embedding, 0);
  return weights;
}

/** Memory for a plan, ready to be shared. */
export function trainingMemory(plan: TrainingPlan): WebAssembly.Memory {
  return sharedCells(trainingLayout(plan).cells);
}
