import { availableParallelism } from "node:os";
import type { YuleErrorFields } from "../../core/errors.js";
import type { Context } from "../context.js";
import { progressBar } from "../progress.js";
import { askedOf, idOf, perform, type TaskOf, type Yields } from "../tasks/perform.js";
import type { Outcome, Task } from "../tasks/task.js";
import { crew } from "./crew.js";
import { threadsWorth, transferCost } from "./worth.js";

/** Work that would take longer than this on one thread is worth a look at others, in milliseconds. */
const WORTH_THREADS = 1500;
/** Time between two looks at the event loop while working on the main thread, in milliseconds. */
const SLICE = 100;
/** Work of one message to a thread, in milliseconds. */
const BATCH = 100;
/** Tasks in a message where it is not known how long they take, at most, and in any message. */
const BLIND = 16;
const MOST = 512;
/** Messages a thread gets at least, so that all are busy to the end. */
const MESSAGES = 4;

/**
 * Does tasks in their order, on as many threads as were asked for or pay by what the first tasks cost. The results do not
 * depend on how many: each task carries its own seed.
 */
export async function performAll<K extends keyof Yields>(
  tasks: readonly TaskOf<K>[],
  context: Context,
): Promise<Outcome<Yields[K]>[]> {
  const bar = await progressBar(context, tasks.length);
  try {
    const asked = context.settings.jobs;
    if (asked !== undefined && asked > 1) {
      const threads = Math.min(asked, tasks.length);
      return await threaded(tasks, threads, Math.min(BLIND, share(tasks, threads)), bar.step);
    }
    const done: Outcome<Yields[K]>[] = [];
    const start = performance.now();
    let seen = start;
    let look = WORTH_THREADS;
    for (const task of tasks) {
      done.push(perform(task, bar.show));
      bar.step();
      const now = performance.now();
      if (now - seen < SLICE) continue;
      seen = now;
      await new Promise((next) => setImmediate(next));
      const work = (now - start) / done.length;
      const left = tasks.slice(done.length);
      if (asked !== undefined || work * left.length < look || availableParallelism() === 1) continue;
      const most = Math.min(availableParallelism(), left.length);
      const threads = threadsWorth(left.length, { work, transfer: transferCost(tasks, done) }, most);
      if (threads > 1) {
        const size = Math.min(MOST, Math.ceil(BATCH / work), share(left, threads));
        return [...done, ...(await threaded(left, threads, size, bar.step))];
      }
      // Later tasks may be of another kind: there is another look once as much again was done.
      look = Math.max(look, (work * left.length) / 2);
    }
    return done;
  } finally {
    bar.stop();
  }
}

/** Tasks in each message where every thread gets several. */
function share(tasks: readonly unknown[], threads: number): number {
  return Math.ceil(tasks.length / (MESSAGES * threads));
}

function threaded<K extends keyof Yields>(
  tasks: readonly TaskOf<K>[],
  threads: number,
  size: number,
  step: () => void,
): Promise<Outcome<Yields[K]>[]> {
  return crew<TaskOf<K>, Outcome<Yields[K]>>(inBatches(tasks, size), {
    script: new URL("./worker.js", import.meta.url),
    threads,
    lost: (task, why) => ({
      status: "failed",
      id: idOf(task),
      model: askedOf(task),
      error: lostTask(task, why),
    }),
    onDone: (count) => {
      for (let i = 0; i < count; i++) step();
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

/** Neighbouring tasks together: estimates that they share cross to a thread once for all of them. */
export function inBatches<T>(tasks: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(tasks.length / size) }, (_, at) =>
    tasks.slice(at * size, (at + 1) * size),
  );
}
