import { parentPort, workerData } from "node:worker_threads";
import { TRAINING_TASK, trainMember } from "../models/network/training/train.js";
import type { WorkerTask } from "./threads.js";

/** Runs on every thread of `workerThreads`: the tasks they know by name. */
const TASKS: Readonly<
  Record<string, (data: unknown, index: number, count: number, tell: (message: unknown) => void) => void>
> = { [TRAINING_TASK]: trainMember };

const { task, data, index, count } = workerData as WorkerTask;
TASKS[task]!(data, index, count, (message) => parentPort!.postMessage(message));
