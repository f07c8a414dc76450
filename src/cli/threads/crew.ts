import { Worker } from "node:worker_threads";
import { YuleError } from "../../core/errors.js";

/** Threads that may end one after the other without a single result before it is clear that none will come. */
const HOPELESS = 20;

export interface CrewOptions<T, R> {
  /** Code of the threads: answers a message of tasks by one of as many results. */
  readonly script: URL;
  readonly threads: number;
  /** The result of a task whose thread ended twice. */
  readonly lost: (task: T, why: string) => R;
  /** Called for every batch that is done, with the number of its tasks. */
  readonly onDone: (count: number) => void;
}

interface Batch<T> {
  readonly from: number;
  readonly tasks: readonly T[];
  readonly tries: number;
}

/**
 * Does batches of tasks on threads, results in the order of the tasks. A thread that ends, whatever for, is replaced; its
 * batch is tried again in halves, a single task once more, and then it is lost: the others go on.
 *
 * @throws YuleError `threads-failed` where thread after thread ends without a result.
 */
export async function crew<T, R>(
  batches: readonly (readonly T[])[],
  options: CrewOptions<T, R>,
): Promise<R[]> {
  const { script, lost, onDone } = options;
  const queue: Batch<T>[] = [];
  let from = 0;
  for (const tasks of batches) {
    queue.push({ from, tasks, tries: 0 });
    from += tasks.length;
  }
  const results = new Array<R>(from);
  const workers = new Set<Worker>();
  let left = from;
  let next = 0;
  let deaths = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const settle = (batch: Batch<T>, found: readonly R[]) => {
        found.forEach((result, at) => {
          results[batch.from + at] = result;
        });
        left -= found.length;
        onDone(found.length);
        if (left === 0) resolve();
      };
      const again = (batch: Batch<T>, why: string) => {
        const { tasks, tries } = batch;
        const half = tasks.length >> 1;
        if (half > 0) {
          queue.push({ from: batch.from, tasks: tasks.slice(0, half), tries });
          queue.push({ from: batch.from + half, tasks: tasks.slice(half), tries });
        } else if (tries === 0) queue.push({ ...batch, tries: 1 });
        else settle(batch, [lost(tasks[0]!, why)]);
      };
      const start = () => {
        const worker = new Worker(script);
        workers.add(worker);
        let current: Batch<T> | undefined;
        const feed = () => {
          current = queue[next++];
          if (current !== undefined) worker.postMessage(current.tasks);
          else next--;
          return current !== undefined;
        };
        const end = (why: string) => {
          if (!workers.delete(worker)) return;
          void worker.terminate();
          if (++deaths > HOPELESS) reject(hopeless(why));
          else {
            if (current !== undefined) again(current, why);
            for (
              let more = Math.min(2, queue.length - next);
              more > 0 && workers.size < options.threads;
              more--
            )
              start();
          }
        };
        worker.on("message", (found: readonly R[]) => {
          deaths = 0;
          const done = current!;
          current = undefined;
          settle(done, found);
          if (left > 0 && !feed()) {
            workers.delete(worker);
            void worker.terminate();
          }
        });
        worker.on("error", (error) => end(reasonOf(error)));
        worker.on("messageerror", (error) => end(reasonOf(error)));
        worker.on("exit", (code) => end(`it ended with code ${code}`));
        feed();
      };
      for (let i = 0; i < Math.min(options.threads, queue.length); i++) start();
      if (left === 0) resolve();
    });
    return results;
  } finally {
    await Promise.all([...workers].map((worker) => worker.terminate()));
  }
}

function reasonOf(error: Error): string {
  return (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY"
    ? "it ran out of memory"
    : error.message;
}

function hopeless(why: string): YuleError {
  return new YuleError({
    code: "threads-failed",
    category: "failure",
    message: `${HOPELESS} threads ended one after the other without a result (${why}); try --jobs 1, or give Node more memory (NODE_OPTIONS=--max-old-space-size=8000).`,
  });
}
