import { YuleError, type YuleErrorFields } from "../../core/errors.js";
import type { Batch } from "../../io/stream/batches.js";
import { fieldsOf } from "../../run/outcome.js";
import { loadFamilies } from "../../select/catalogue.js";
import { type BatchResult, failedBatch, performBatch } from "./batch.js";
import { partsOf } from "./input/read-batch.js";
import type { StreamPlan } from "./plan.js";

/** What a thread answers: an error of the data is an answer too, since only plain data crosses. */
type Answer = { readonly result: BatchResult } | { readonly error: YuleErrorFields };

/** What a thread does with a batch. */
export async function answer({ plan, batch }: { plan: StreamPlan; batch: Batch }): Promise<Answer> {
  try {
    return { result: await performBatch(plan, batch) };
  } catch (error) {
    return { error: fieldsOf(error, batch.starts[0]?.id) };
  }
}

/** Loads in a thread what its first batch would wait for. */
export async function ready(): Promise<null> {
  await loadFamilies([]);
  return null;
}

/** Threads that work on batches. */
export interface BatchThreads {
  readonly count: number;
  /** Loads the code in every thread, for batches that come later. */
  readonly warmUp: () => Promise<void>;
  /** @throws YuleError of the data; the signal's reason when aborted. */
  readonly perform: (plan: StreamPlan, batch: Batch, signal?: AbortSignal) => Promise<BatchResult[]>;
  readonly end: () => Promise<void>;
}

type Perform = (
  plan: StreamPlan,
  batch: Batch,
  signal: AbortSignal | undefined,
  tries?: number,
) => Promise<BatchResult[]>;

/**
 * Threads by tinypool. One that ends, whatever for, is replaced; its batch is tried again in halves, a single series once
 * more, and then the series is a failure: the others go on.
 */
export async function batchThreads(count: number): Promise<BatchThreads> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: new URL("./threads.js", import.meta.url).href,
    minThreads: count,
    maxThreads: count,
    idleTimeout: 60_000,
  });
  let ended = false;
  // An answer of a thread that was given up: its batch is done by another.
  pool.on("error", () => {});
  const perform: Perform = async (plan, batch, signal, tries = 0) => {
    let found: Answer;
    try {
      found = (await pool.run({ plan, batch }, { name: "answer", signal: signal ?? null })) as Answer;
    } catch (error) {
      signal?.throwIfAborted();
      // A pool that was ended would start its threads again.
      if (ended) throw error;
      if (batch.series > 1) {
        const halves: BatchResult[][] = [];
        for (const half of partsOf(batch, Math.ceil(batch.series / 2)))
          halves.push(await perform(plan, half, signal));
        return halves.flat();
      }
      if (tries === 0) return perform(plan, batch, signal, 1);
      return [await failedBatch(plan, batch, lost(batch, error))];
    }
    if ("error" in found) throw new YuleError(found.error);
    return [found.result];
  };
  return {
    count,
    warmUp: async () => {
      await Promise.all(Array.from({ length: count }, () => pool.run(null, { name: "ready" })));
    },
    perform: (plan, batch, signal) => perform(plan, batch, signal),
    end: () => {
      ended = true;
      return pool.destroy();
    },
  };
}

function lost({ starts }: Batch, error: unknown): YuleErrorFields {
  const { id } = starts[0]!;
  const why =
    (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY"
      ? "it ran out of memory"
      : error instanceof Error
        ? error.message
        : String(error);
  return {
    code: "thread-ended",
    category: "failure",
    argument: id,
    message: `The thread that worked on ${id} ended twice (${why}); try it alone with --jobs 1, or give Node more memory (NODE_OPTIONS=--max-old-space-size=8000).`,
  };
}
