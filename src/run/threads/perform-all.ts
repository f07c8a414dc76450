import type { YuleErrorFields } from "../../core/errors.js";
import type { Progress } from "../../core/model.js";
import { nodeThreads, processors } from "../../io/node-threads.js";
import { askedOf, idOf, perform, type TaskOf, type TaskResults } from "../tasks/perform.js";
import type { Outcome, Task } from "../tasks/task.js";
import { runOnWorkers } from "./thread-pool.js";
import { Pace, threadsWorth, transferCost } from "./worth.js";

/** Work that would take longer than this on one thread is worth a look at others, in milliseconds. */
const WORTH_THREADS = 1500;
/** Tasks in the first message to a thread. */
const FIRST = 4;
/** Latest results that are kept, to time what copying them costs. */
const RECENT = 16;

/** How tasks are done, which changes nothing about their results. */
export interface Running {
  /** Threads; absent: as many as pay by what the first tasks cost. In a browser there is the caller's alone. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  /** Called for every task that is done. */
  readonly step?: (id: string) => void;
  /** Told of the stages of a long fit on this thread. */
  readonly show?: (progress: Progress) => void;
}

/**
 * Does tasks in their order. The results do not depend on the number of threads: each task carries its own seed.
 *
 * @throws the reason of the signal when aborted.
 */
export async function performAll<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  running: Running = {},
): Promise<Outcome<TaskResults[K]>[]> {
  const results: Outcome<TaskResults[K]>[] = [];
  await performEvery(tasks, running, (result) => results.push(result));
  return results;
}

/** Takes the result of the task at this place of the list; called in the order of the tasks. */
export type Take<R> = (result: R, at: number) => unknown;

/** The same, with each result handed on and not kept. */
export async function performEvery<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  running: Running,
  take: Take<Outcome<TaskResults[K]>>,
): Promise<void> {
  running.signal?.throwIfAborted();
  const most = nodeThreads() === null ? 1 : running.jobs;
  if (most !== undefined && most > 1) await threaded(tasks, Math.min(most, tasks.length), running, take);
  else await here(tasks, most ?? processors(), running, take);
}

/** Does tasks on this thread, and the rest on several where that pays by what those that were done have cost. */
async function here<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  most: number,
  running: Running,
  take: Take<Outcome<TaskResults[K]>>,
): Promise<void> {
  const recent: Outcome<TaskResults[K]>[] = [];
  const pace = new Pace();
  let look = WORTH_THREADS;
  let done = 0;
  for (const task of tasks) {
    const result = perform(task, running.show);
    take(result, done++);
    if (recent.push(result) > RECENT) recent.shift();
    running.step?.(idOf(task));
    running.signal?.throwIfAborted();
    if (!pace.step()) continue;
    await new Promise((next) => setTimeout(next, 0));
    running.signal?.throwIfAborted();
    const left = tasks.length - done;
    const { work } = pace;
    if (most === 1 || !pace.isSteady || work * left < look) continue;
    const transfer = transferCost(tasks.slice(done - recent.length, done), recent);
    const threads = threadsWorth(left, { work, transfer }, Math.min(most, left));
    if (threads > 1) {
      const before = done;
      return threaded(tasks.slice(before), threads, running, (one, at) => take(one, before + at));
    }
    // Later tasks may be of another kind: there is another look once as much again was done.
    look = Math.max(look, (work * left) / 2);
  }
}

async function threaded<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  threads: number,
  { step, signal }: Running,
  take: Take<Outcome<TaskResults[K]>>,
): Promise<void> {
  await runOnWorkers<TaskOf<K>, Outcome<TaskResults[K]>>(tasks, {
    script: new URL("./worker.js", import.meta.url),
    threads,
    size: FIRST,
    take,
    lost: (task, why) => ({
      status: "failed",
      id: idOf(task),
      model: askedOf(task),
      error: lostTask(task, why),
    }),
    ...(signal === undefined ? {} : { signal }),
    onDone: (done) => {
      for (const task of done) step?.(idOf(task));
    },
  });
}

function lostTask(task: Task, why: string): YuleErrorFields {
  return {
    code: "thread-ended",
    category: "failure",
    argument: idOf(task),
    message: `The thread that worked on ${idOf(task)} ended twice (${why}); try it alone with --jobs 1, or give Node more memory (NODE_OPTIONS=--max-old-space-size=8000).`,
  };
}
