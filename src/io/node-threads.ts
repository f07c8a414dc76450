/** What a thread is asked to be: the part of Node's `Worker` that is used here. */
export type NodeWorker = import("node:worker_threads").Worker;

/**
 * Node's threads, or null in a browser. They are asked for at run time, since a library that imports `node:` modules does
 * not load in browsers.
 */
export function nodeThreads(): typeof import("node:worker_threads") | null {
  return builtin("node:worker_threads");
}

/** Threads that can work at a time; 1 in a browser, where all work is done on the thread of the caller. */
export function processors(): number {
  return builtin("node:os")?.availableParallelism() ?? 1;
}

function builtin<N extends "node:worker_threads" | "node:os">(name: N) {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> };
  return process?.getBuiltinModule?.(name) ?? null;
}
