import { requireInteger } from "../core/checks.js";
import type { ThreadJob, Threads } from "../core/threads.js";
import { type NodeWorker, nodeThreads } from "./node-threads.js";

/** What a worker is started with. */
export interface WorkerTask {
  readonly task: string;
  readonly data: unknown;
  readonly index: number;
  readonly count: number;
}

const MOST = 64;

/**
 * Node's worker threads, for `fit` and `fitPanel` of models that can use them. The results are those of one thread.
 *
 * @param count 1 to 64.
 * @param script the worker's code; default: the one beside this module.
 * @returns threads for the option `threads`.
 * @throws YuleError `bad-threads`.
 * @example await deepar().fitPanel(panel, { threads: workerThreads(2) });
 */
export function workerThreads(
  count: number,
  script: URL = new URL("./thread-worker.js", import.meta.url),
): Threads {
  requireInteger("threads", count, 1, MOST);
  return {
    count,
    async run(job) {
      const members = Math.min(count, job.members);
      const workers = Array.from({ length: members }, (_, index) => startWorker(script, job, index, members));
      try {
        await Promise.all(workers.map((worker) => finished(worker, job)));
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
      }
    },
  };
}

function startWorker(script: URL, { task, data }: ThreadJob, index: number, count: number): NodeWorker {
  const workerData: WorkerTask = { task, data, index, count };
  const { Worker } = nodeThreads()!;
  return new Worker(script, { workerData });
}

/** Settles when the worker has ended; one that fails takes the job down. */
function finished(worker: NodeWorker, { onMessage }: ThreadJob): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", onMessage);
    worker.on("error", reject);
    worker.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`A worker ended with code ${code}.`)),
    );
  });
}
