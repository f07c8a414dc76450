import { hostname } from "node:os";
import { YuleError } from "../../core/errors.js";
import { version } from "../options/version.js";

export type BullMq = typeof import("bullmq");

/** The queue that names the runs; it is a list, whose jobs nobody works on. */
export const RUNS = { prefix: "yule", name: "runs" } as const;
/** The queue of a run, whose prefix has the run's name, so that runs do not mix. */
export const BATCHES = "batches";

export function prefixOf(run: string): string {
  return `yule:${run}`;
}

/** The name of a job says which yule its batch is for. */
export function jobName(kind: string): string {
  return `yule ${version()} ${kind}`;
}

/** A name for this process, by which a worker or a producer is known. */
export function processName(): string {
  return `${hostname()}:${process.pid}`;
}

/** Events that are kept: each is read soon after, and what was missed is looked up. */
export const EVENTS = { events: { maxLen: 200 } } as const;

/** A worker has a batch for as long as it renews its lock, in milliseconds. */
export const LOCK = 10_000;
/** Time between two looks for batches whose worker is gone, in milliseconds. */
export const STALLED = 3000;
/** Workers that may end over a batch before it is taken from them. */
export const STALLS = 1;

/**
 * The packages that work over Redis, loaded only then.
 *
 * @throws YuleError `no-bullmq` naming the command that installs them.
 */
export async function loadBullMq(): Promise<BullMq> {
  try {
    await import("ioredis");
    const bull = await import("bullmq");
    if (bull.WaitingError !== undefined) return bull;
  } catch (cause) {
    if ((cause as { code?: string }).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw missing("Work over Redis needs two packages that are not installed", cause);
  }
  throw missing("The package bullmq is older than 5.55, which work over Redis needs", null);
}

function missing(what: string, cause: unknown): YuleError {
  return new YuleError({
    code: "no-bullmq",
    category: "usage",
    argument: "redis",
    message: `${what}: npm install bullmq ioredis.`,
    cause,
  });
}
