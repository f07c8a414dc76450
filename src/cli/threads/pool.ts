import { availableParallelism } from "node:os";
import type { YuleErrorFields } from "../../core/errors.js";
import type { Context } from "../context.js";
import { type ProgressBar, progressBar } from "../output/progress.js";
import { askedOf, idOf, perform, type TaskOf, type TaskResults } from "../tasks/perform.js";
import type { Outcome, Task } from "../tasks/task.js";
import { runOnWorkers } from "./crew.js";
import { Pace, threadsWorth, transferCost } from "./worth.js";

/** Work that would take longer than this on one thread is worth a look at others, in milliseconds. */
const WORTH_THREADS = 1500;
/** Tasks in the first message to a thread. */
const FIRST = 4;

/**
 * Does tasks in their order, on as many threads as were asked for or pay by what the first tasks cost. The results do not
 * depend on how many: each task carries its own seed.
 */
export async function performAll<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  context: Context,
): Promise<Outcome<TaskResults[K]>[]> {
  const bar = await progressBar(context, tasks.length);
  try {
    const asked = context.settings.jobs;
    if (asked !== undefined && asked > 1) {
      return await threaded(tasks, Math.min(asked, tasks.length), bar.step);
    }
    return await here(tasks, asked === undefined ? availableParallelism() : 1, bar);
  } finally {
    bar.stop();
  }
}

/** Does tasks on this thread, and the rest on several where that pays by what those that were done have cost. */
async function here<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  most: number,
  bar: ProgressBar,
): Promise<Outcome<TaskResults[K]>[]> {
  const done: Outcome<TaskResults[K]>[] = [];
  const pace = new Pace();
  let look = WORTH_THREADS;
  for (const task of tasks) {
    done.push(perform(task, bar.show));
    bar.step();
    if (!pace.step()) continue;
    await new Promise((next) => setImmediate(next));
    const left = tasks.length - done.length;
    const { work } = pace;
    if (most === 1 || !pace.isSteady || work * left < look) continue;
    const threads = threadsWorth(left, { work, transfer: transferCost(tasks, done) }, Math.min(most, left));
    if (threads > 1) return done.concat(await threaded(tasks.slice(done.length), threads, bar.step));
    // Later tasks may be of another kind: there is another look once as much again was done.
    look = Math.max(look, (work * left) / 2);
  }
  return done;
}

function threaded<K extends keyof TaskResults>(
  tasks: readonly TaskOf<K>[],
  threads: number,
  step: () => void,
): Promise<Outcome<TaskResults[K]>[]> {
  return runOnWorkers<TaskOf<K>, Outcome<TaskResults[K]>>(tasks, {
    script: new URL("./worker.js", import.meta.url),
    threads,
    size: FIRST,
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
