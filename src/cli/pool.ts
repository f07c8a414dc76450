import { availableParallelism } from "node:os";
import type { Context } from "./context.js";
import { progressBar } from "./progress.js";
import { perform, type TaskOf, type Yields } from "./tasks/perform.js";
import type { Outcome, Task } from "./tasks/task.js";

/** Work that would take longer than this on one thread is worth starting others for, in milliseconds. */
const WORTH_THREADS = 1500;
/** Time between two looks at the event loop while working on the main thread, in milliseconds. */
const SLICE = 100;
/** Groups a thread gets at least. */
const GROUPS = 4;

/**
 * Does tasks in their order, on as many threads as were asked for or pay. The results do not depend on how many: each
 * task carries its own seed.
 */
export async function performAll<K extends keyof Yields>(
  tasks: readonly TaskOf<K>[],
  context: Context,
): Promise<Outcome<Yields[K]>[]> {
  const bar = await progressBar(context, tasks.length);
  try {
    const asked = context.settings.jobs;
    if (asked !== undefined && asked > 1)
      return await threaded(tasks, Math.min(asked, tasks.length), bar.step);
    const done: Outcome<Yields[K]>[] = [];
    const start = performance.now();
    let seen = start;
    for (const task of tasks) {
      done.push(perform(task, bar.show));
      bar.step();
      const now = performance.now();
      if (now - seen < SLICE) continue;
      seen = now;
      await new Promise((next) => setImmediate(next));
      const left = tasks.slice(done.length);
      const expected = ((now - start) / done.length) * left.length;
      if (asked === undefined && expected > WORTH_THREADS && availableParallelism() > 1) {
        return [...done, ...(await threaded(left, Math.min(availableParallelism(), left.length), bar.step))];
      }
    }
    return done;
  } finally {
    bar.stop();
  }
}

async function threaded<K extends keyof Yields>(
  tasks: readonly TaskOf<K>[],
  threads: number,
  step: () => void,
): Promise<Outcome<Yields[K]>[]> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  try {
    const outcomes = await Promise.all(
      inGroups(tasks, threads).map(async (group) => {
        const done = (await pool.run(group, { name: "perform" })) as Outcome<Yields[K]>[];
        for (const _ of group) step();
        return done;
      }),
    );
    return outcomes.flat();
  } finally {
    await pool.destroy();
  }
}

/**
 * Neighbouring tasks whose models share their estimates go to a thread together, so that these cross once for several;
 * in enough groups to keep all threads busy to the end.
 */
export function inGroups<T extends Pick<Task, "model">>(tasks: readonly T[], threads: number): T[][] {
  const most = Math.ceil(tasks.length / (GROUPS * threads));
  const groups: T[][] = [];
  for (const task of tasks) {
    const last = groups.at(-1);
    const estimates = estimatesOf(task);
    if (
      last === undefined ||
      last.length >= most ||
      estimates === null ||
      estimates !== estimatesOf(last[0]!)
    )
      groups.push([task]);
    else last.push(task);
  }
  return groups;
}

function estimatesOf({ model }: Pick<Task, "model">): unknown {
  return "fitted" in model ? model.fitted.rest.params : null;
}
