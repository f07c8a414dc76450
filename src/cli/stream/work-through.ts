import { processors } from "../../io/node-threads.js";
import { type Batch, type BatchSize, weightOf } from "../../io/stream/batches.js";
import { type BatchResult, performBatch } from "./batch.js";
import type { StreamPlan } from "./plan.js";
import { type BatchThreads, batchThreads } from "./threads.js";

/** Time that the work of a batch should take, in milliseconds: long against a note in the journal, short against a stop. */
const BATCH = 250;
const LEAST = 1 << 11;
const MOST = 1 << 20;
/** Work left, in milliseconds, that is worth threads, whose start costs nearly a second each. */
const WORTH_THREADS = 4000;
/** Batches at hand for each thread. */
const AHEAD = 2;

/** What to work through, and how. */
export interface Work {
  readonly plan: StreamPlan;
  readonly batches: AsyncIterable<Batch>;
  readonly size: BatchSize;
  /** Threads that were asked for; undefined: as many as pay. */
  readonly jobs: number | undefined;
  /** Bytes of rows in all. */
  readonly bytes: number;
  readonly isStopped: () => boolean;
  /** Told who works, where that changes on the way. */
  readonly report: (who: string) => void;
  /** Takes the results of a batch, in the order of the batches; the next ones wait for it. */
  readonly take: (results: readonly BatchResult[]) => Promise<void>;
}

/** Where work is done. */
export interface PlaceOfWork {
  readonly through: (work: Work) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Works through batches in their order, on this thread or on several, never with more at hand than keeps them busy. */
export async function workThrough(work: Work): Promise<void> {
  const asked = Math.min(work.jobs ?? 1, 256);
  let threads: BatchThreads | null = asked > 1 ? await batchThreads(asked) : null;
  const waiting: Promise<BatchResult[]>[] = [];
  const takeFirst = async () => work.take(await waiting.shift()!);
  let done = 0;
  try {
    for await (const batch of work.batches) {
      if (work.isStopped()) break;
      const timed = async () => {
        const began = performance.now();
        const results =
          threads === null ? [await performBatch(work.plan, batch)] : await threads.perform(work.plan, batch);
        resize(work.size, weightOf(batch), performance.now() - began);
        return { results, milliseconds: performance.now() - began };
      };
      if (threads === null) {
        const { results, milliseconds } = await timed();
        await work.take(results);
        done += weightOf(batch);
        // Lets signals in: work without waiting never gives way to them.
        await new Promise((next) => setImmediate(next));
        const left = ((work.bytes - done) * milliseconds) / weightOf(batch);
        if (work.jobs === undefined && left > WORTH_THREADS && milliseconds > BATCH / 4 && processors() > 1)
          threads = await batchThreads(processors());
        continue;
      }
      const result = timed().then(({ results }) => results);
      // An error is thrown where the result is awaited, in its turn.
      result.catch(() => {});
      waiting.push(result);
      while (waiting.length > AHEAD * threads.count) await takeFirst();
    }
    while (waiting.length > 0) await takeFirst();
  } finally {
    await threads?.end();
  }
}

/** Batches that take about as long as they should, by how long the last one took. */
function resize(size: BatchSize, bytes: number, milliseconds: number): void {
  const fitting = (bytes * BATCH) / Math.max(1, milliseconds);
  size.bytes = Math.round(Math.max(LEAST, Math.min(MOST, 4 * bytes, fitting)));
}
