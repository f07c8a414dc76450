import { perform, type TaskOf, type TaskResults } from "../tasks/perform.js";
import type { Outcome } from "../tasks/task.js";
import { performAll } from "./perform-all.js";

/** Tasks that are done on this thread first, to see what they cost. */
const TRIED = 16;
/** Work that is sent to the threads at a time, in milliseconds for each: long against their start. */
const STRETCH = 15_000;
/** Less work than this, in milliseconds, is not worth the start of threads. */
const WORTH = 3000;
const LEAST = 64;
const MOST = 4096;

/** A task and what came of it. */
export interface Done<K extends keyof TaskResults> {
  readonly task: TaskOf<K>;
  readonly outcome: Outcome<TaskResults[K]>;
}

/**
 * Does tasks as they come, on threads where they are worth it, with their outcomes in their order. At most two stretches of
 * tasks are held: the one whose outcomes are being taken and the next, under way meanwhile; the source waits for whoever takes them.
 *
 * @throws the reason of the signal when aborted.
 */
export async function* performEach<K extends keyof TaskResults>(
  source: AsyncIterable<TaskOf<K>>,
  jobs: number,
  signal?: AbortSignal,
): AsyncGenerator<Done<K>> {
  const tasks = source[Symbol.asyncIterator]();
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
  try {
    let tried = 0;
    let spent = 0;
    for (let next = await tasks.next(); next.done !== true; next = await tasks.next()) {
      either.throwIfAborted();
      const began = performance.now();
      const outcome = perform<K>(next.value);
      spent += performance.now() - began;
      yield { task: next.value, outcome };
      if (++tried === TRIED) break;
    }
    if (tried < TRIED) return;
    const cost = spent / tried;
    const size = Math.round(Math.max(LEAST, Math.min(MOST, (jobs * STRETCH) / cost)));
    const threads = size * cost < WORTH ? 1 : jobs;
    const stretch = async (): Promise<Done<K>[]> => {
      const own = await taken(tasks, size);
      if (own.length === 0) return [];
      const outcomes = await performAll<K>(own, { jobs: threads, signal: either });
      return own.map((task, at) => ({ task, outcome: outcomes[at]! }));
    };
    let ahead = stretch();
    for (;;) {
      const done = await ahead;
      if (done.length === 0) return;
      ahead = stretch();
      // An error is thrown where the stretch is awaited, in its turn.
      ahead.catch(() => {});
      yield* done;
    }
  } finally {
    stop.abort();
    await tasks.return?.();
  }
}

async function taken<T>(tasks: AsyncIterator<T>, most: number): Promise<T[]> {
  const found: T[] = [];
  while (found.length < most) {
    const next = await tasks.next();
    if (next.done === true) break;
    found.push(next.value);
  }
  return found;
}
