import type { ResourceLimits } from "node:worker_threads";
import { YuleError } from "../../core/errors.js";
import { type NodeWorker, nodeThreads } from "../../io/node-threads.js";

/** Threads that may end one after the other without a single result before it is clear that none will come. */
const HOPELESS = 20;

/** Work of a message, in milliseconds: long against sending it, short against the whole. */
const BATCH = 100;
/** Tasks in a message, at most. */
const MOST = 512;
/** Messages of what is left that a thread gets at least, so that all are busy to the end. */
const MESSAGES = 4;
/** A message has at most so many times the tasks of the one before. */
const GROWTH = 4;

export interface WorkerPoolOptions<T, R> {
  /** Code of the threads: answers a message of tasks by one of as many results. */
  readonly script: URL;
  readonly threads: number;
  /** Tasks in the first message to a thread; later ones are sized by how long it took. */
  readonly size: number;
  /** The result of a task whose thread ended twice. */
  readonly lost: (task: T, why: string) => R;
  /** Called with the tasks of every batch that is done. */
  readonly onDone: (tasks: readonly T[]) => void;
  /** Takes the results in the order of the tasks, as soon as those before are there; they are not kept then. */
  readonly take?: (result: R, at: number) => unknown;
  readonly signal?: AbortSignal;
  /** Memory of a thread; default: Node's. */
  readonly limits?: ResourceLimits;
}

interface Batch<T> {
  readonly from: number;
  readonly tasks: readonly T[];
  readonly tries: number;
}

/** A thread and the batch it works on. */
interface PooledThread<T> {
  readonly worker: NodeWorker;
  batch: Batch<T> | null;
  /** When the batch was sent. */
  since: number;
  /** Tasks of its next batch. */
  size: number;
}

/**
 * Does tasks on threads, in messages of neighbours: estimates that they share cross once. Results are in the order of the
 * tasks. A thread that ends, whatever for, is replaced; its
 * batch is tried again in halves, a single task once more, and then it is lost: the others go on.
 *
 * @throws YuleError `threads-failed` where thread after thread ends without a result; the signal's reason when aborted.
 */
export async function runOnWorkers<T, R>(
  tasks: readonly T[],
  options: WorkerPoolOptions<T, R>,
): Promise<R[]> {
  const work = new ThreadPool(tasks, options);
  try {
    return await work.results();
  } finally {
    await work.end();
  }
}

class ThreadPool<T, R> {
  private readonly tasks: readonly T[];
  private readonly options: WorkerPoolOptions<T, R>;
  private readonly found: (R | undefined)[];
  /** Results that were handed on. */
  private taken = 0;
  private readonly pool = new Set<PooledThread<T>>();
  /** Batches to be tried again. */
  private readonly again: Batch<T>[] = [];
  /** The next task that was not sent yet. */
  private next = 0;
  /** Tasks without a result. */
  private left: number;
  private endedInARow = 0;
  private resolve: () => void = () => {};
  private reject: (error: Error) => void = () => {};
  private forget: () => void = () => {};

  constructor(tasks: readonly T[], options: WorkerPoolOptions<T, R>) {
    this.tasks = tasks;
    this.options = options;
    this.left = tasks.length;
    this.found = new Array<R | undefined>(tasks.length);
  }

  async results(): Promise<R[]> {
    await new Promise<void>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      const { signal, threads } = this.options;
      const abort = () => reject(signal!.reason as Error);
      signal?.addEventListener("abort", abort, { once: true });
      this.forget = () => signal?.removeEventListener("abort", abort);
      this.startThreads(threads);
      if (this.left === 0) resolve();
    });
    return this.found as R[];
  }

  async end(): Promise<void> {
    this.forget();
    const pool = [...this.pool];
    this.pool.clear();
    await Promise.all(pool.map(({ worker }) => worker.terminate()));
  }

  /** Starts threads, at most `most` and no more than there is work for. */
  private startThreads(most: number): void {
    const waiting = this.again.length + this.tasks.length - this.next;
    const places = this.options.threads - this.pool.size;
    const count = Math.min(most, waiting, places);
    for (let i = 0; i < count; i++) this.start();
  }

  private start(): void {
    const { script, limits, size } = this.options;
    const { Worker } = nodeThreads()!;
    const worker = new Worker(script, limits === undefined ? {} : { resourceLimits: limits });
    const thread: PooledThread<T> = { worker, batch: null, since: 0, size };
    this.pool.add(thread);
    worker.on("message", (found: readonly R[]) => this.took(thread, found));
    worker.on("error", (error) => this.ended(thread, reasonOf(error)));
    worker.on("messageerror", (error) => this.ended(thread, reasonOf(error)));
    worker.on("exit", (code) => this.ended(thread, `it ended with code ${code}`));
    this.sendBatch(thread);
  }

  /** Gives a thread its next batch, or lets it go where there is none. */
  private sendBatch(thread: PooledThread<T>): void {
    thread.batch = this.again.shift() ?? this.fresh(thread.size);
    if (thread.batch === null) {
      this.remove(thread);
      return;
    }
    thread.since = performance.now();
    thread.worker.postMessage(thread.batch.tasks);
  }

  private fresh(size: number): Batch<T> | null {
    const unsent = this.tasks.length - this.next;
    if (unsent === 0) return null;
    const from = this.next;
    const share = Math.ceil(unsent / (MESSAGES * this.options.threads));
    this.next += Math.min(size, share, MOST);
    return { from, tasks: this.tasks.slice(from, this.next), tries: 0 };
  }

  private remove(thread: PooledThread<T>): void {
    this.pool.delete(thread);
    void thread.worker.terminate();
  }

  private took(thread: PooledThread<T>, found: readonly R[]): void {
    const { batch } = thread;
    if (batch === null) return;
    this.endedInARow = 0;
    thread.batch = null;
    thread.size = nextSize(batch.tasks.length, performance.now() - thread.since);
    this.settle(batch, found);
    if (this.left > 0) this.sendBatch(thread);
  }

  private settle(batch: Batch<T>, found: readonly R[]): void {
    found.forEach((result, at) => {
      this.found[batch.from + at] = result;
    });
    this.left -= found.length;
    this.options.onDone(batch.tasks);
    this.handOn();
    if (this.left === 0) this.resolve();
  }

  private handOn(): void {
    const { take } = this.options;
    if (take === undefined) return;
    for (; this.taken < this.tasks.length; this.taken++) {
      const result = this.found[this.taken];
      if (result === undefined) return;
      this.found[this.taken] = undefined;
      take(result, this.taken);
    }
  }

  private ended(thread: PooledThread<T>, why: string): void {
    if (!this.pool.has(thread)) return;
    this.remove(thread);
    if (++this.endedInARow > HOPELESS) {
      this.reject(hopeless(why));
      return;
    }
    if (thread.batch !== null) this.retry(thread.batch, why);
    this.startThreads(2);
  }

  private retry({ from, tasks, tries }: Batch<T>, why: string): void {
    const half = tasks.length >> 1;
    if (half > 0) {
      this.again.push({ from, tasks: tasks.slice(0, half), tries });
      this.again.push({ from: from + half, tasks: tasks.slice(half), tries });
    } else if (tries === 0) this.again.push({ from, tasks, tries: 1 });
    else this.settle({ from, tasks, tries }, [this.options.lost(tasks[0]!, why)]);
  }
}

/** Tasks that take about as long as a message should, by how long the last ones took. */
function nextSize(count: number, milliseconds: number): number {
  return Math.max(1, Math.min(GROWTH * count, Math.round((count * BATCH) / Math.max(1, milliseconds))));
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
