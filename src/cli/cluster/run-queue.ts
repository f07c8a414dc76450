import { randomBytes } from "node:crypto";
import type { Job, Queue, QueueEvents } from "bullmq";
import { YuleError, type YuleErrorFields } from "../../core/errors.js";
import type { Batch } from "../../io/stream/batches.js";
import { type BatchResult, failedBatch } from "../stream/batch.js";
import { partsOf } from "../stream/input/read-batch.js";
import type { StreamPlan } from "../stream/plan.js";
import { BATCHES, EVENTS, jobName, prefixOf, STALLS } from "./bullmq.js";
import type { Link } from "./link.js";
import { type BatchDone, type BatchJob, doneOf, workOf, workText } from "./messages.js";

/** How often a batch is tried where its worker could not do it for reasons of its own, and how long until the next try. */
const ATTEMPTS = { attempts: 4, backoff: { type: "exponential", delay: 500 } } as const;
/** Bytes of rows in a batch, at most. */
const LARGEST = 256 << 20;
/** Looks after which a batch that waits for its next try is tried at once: the clock of its worker may be wrong. */
const OVERDUE = 5;

/** A batch that is in Redis. */
interface Sent {
  readonly work: string;
  readonly resolve: (results: BatchResult[]) => void;
  readonly reject: (error: unknown) => void;
  /** Whether workers ended that had it, or a batch it is a part of. */
  readonly suspect: boolean;
  /** Whether what came of it is being fetched. */
  fetching: boolean;
  /** Looks at which it waited for its next try. */
  delayed: number;
}

/** The queue of one run: batches go in, and what came of them comes out. */
export class RunQueue {
  readonly name = randomBytes(6).toString("hex");
  private readonly queue: Queue<BatchJob>;
  private readonly events: QueueEvents;
  private readonly sent = new Map<string, Sent>();
  /** The batches over which workers ended: one after the other, so that none fails for what another did to their worker. */
  private suspects: Promise<unknown> = Promise.resolve();
  private count = 0;
  private failure: { readonly error: unknown } | null = null;

  constructor(
    link: Link,
    private readonly plan: StreamPlan,
    /** Told how long each batch took. */
    private readonly onDone: (done: BatchDone) => void,
    /** Told of a worker that does not do the work. */
    private readonly onRefusal: (worker: string, version: string) => void,
  ) {
    const own = { prefix: prefixOf(this.name), connection: link.options() };
    this.queue = link.watched(new link.bull.Queue<BatchJob>(BATCHES, { ...own, streams: EVENTS }));
    this.events = link.watched(new link.bull.QueueEvents(BATCHES, { ...own, lastEventId: "0" }));
    this.events.on("completed", ({ jobId }) => void this.fetch(jobId));
    this.events.on("failed", ({ jobId }) => void this.fetch(jobId));
    this.events.on("progress", ({ data }) => {
      const { refusedBy, version: other } = data as { refusedBy?: string; version?: string };
      if (refusedBy !== undefined) this.onRefusal(refusedBy, other ?? "?");
    });
  }

  /** @returns what came of a batch; whole, or in parts where workers ended over it. */
  async perform(batch: Batch, suspect = false): Promise<BatchResult[]> {
    requireSendable(batch);
    const work = await workText(this.plan, batch);
    return new Promise((resolve, reject) => {
      this.send({ work, suspect, resolve, reject, fetching: false, delayed: 0 });
    });
  }

  /** Ends all that is waited for. */
  fail(error: unknown): void {
    this.failure ??= { error };
    for (const { reject } of this.sent.values()) reject(error);
    this.sent.clear();
  }

  /** Workers at hand. */
  async workers(): Promise<number> {
    return (await this.queue.getWorkers()).length;
  }

  /** Looks after every batch: events may be missed, and a Redis without a disk forgets. */
  async look(): Promise<void> {
    for (const [id, sent] of this.sent) {
      const state = await this.queue.getJobState(id);
      if (!this.sent.has(id)) continue;
      sent.delayed = state === "delayed" ? sent.delayed + 1 : 0;
      if (state === "completed" || state === "failed") await this.fetch(id);
      else if (state === "unknown") this.sendAgain(id, sent);
      else if (sent.delayed > OVERDUE) await (await this.queue.getJob(id))?.promote();
    }
  }

  private send(sent: Sent): void {
    if (this.failure !== null) {
      sent.reject(this.failure.error);
      return;
    }
    const id = `batch-${++this.count}`;
    this.sent.set(id, sent);
    const { work } = sent;
    const keep = { removeOnComplete: false, removeOnFail: false };
    this.queue
      .add(jobName(this.plan.kind), { work }, { jobId: id, ...keep, ...ATTEMPTS })
      .catch((error: unknown) => this.fail(asFailure("Redis did not accept a batch", error)));
  }

  private sendAgain(id: string, sent: Sent): void {
    if (sent.fetching || !this.sent.delete(id)) return;
    this.send({ ...sent, delayed: 0 });
  }

  private async fetch(id: string): Promise<void> {
    const sent = this.sent.get(id);
    if (sent === undefined || sent.fetching) return;
    sent.fetching = true;
    try {
      const job = await this.queue.getJob(id);
      const done = job?.data.done;
      if (job !== undefined && done === undefined && (await job.isFailed())) {
        this.sent.delete(id);
        this.withoutWorker(job, sent).then(sent.resolve, sent.reject);
      } else if (done === undefined) {
        sent.fetching = false;
        this.sendAgain(id, sent);
      } else {
        this.took(await doneOf(done), sent);
        this.sent.delete(id);
      }
      await job?.remove();
    } catch (error) {
      this.fail(asFailure("A result in Redis cannot be read", error));
    }
  }

  private took(done: BatchDone, { resolve, reject }: Sent): void {
    if (done.error !== null) {
      reject(new YuleError(done.error as unknown as YuleErrorFields));
      return;
    }
    this.onDone(done);
    resolve([...done.results]);
  }

  /**
   * What to do about a batch that failed. Where workers ended over it, it is a suspect as are those that were at hand beside
   * it: suspects are tried again one at a time, in halves, down to the series that ends its worker even so. Other
   * reasons are no fault of a series.
   */
  private async withoutWorker({ failedReason }: Job, { work, suspect }: Sent): Promise<BatchResult[]> {
    if (!/stalled/.test(failedReason)) throw asFailure("No worker could do a batch", new Error(failedReason));
    const { batch } = await workOf(work);
    if (suspect) return this.inHalves(batch);
    const tried = this.suspects.then(() =>
      batch.series === 1 ? this.perform(batch, true) : this.inHalves(batch),
    );
    this.suspects = tried.catch(() => {});
    return tried;
  }

  private async inHalves(batch: Batch): Promise<BatchResult[]> {
    if (batch.series === 1) return [await failedBatch(this.plan, batch, workerEnded(batch))];
    const halves: BatchResult[][] = [];
    for (const half of partsOf(batch, Math.ceil(batch.series / 2)))
      halves.push(await this.perform(half, true));
    return halves.flat();
  }
}

function requireSendable({ bytes, starts }: Batch): void {
  if (bytes.length <= LARGEST) return;
  const { id } = starts[0]!;
  throw new YuleError({
    code: "batch-too-large",
    category: "usage",
    argument: "redis",
    value: bytes.length,
    message: `The rows from ${id} on are ${Math.round(bytes.length / 1e6)} MB, and at most ${LARGEST >> 20} MB can be sent over Redis; run without --redis.`,
  });
}

function workerEnded({ starts }: Batch): YuleErrorFields {
  const { id } = starts[0]!;
  return {
    code: "worker-ended",
    category: "failure",
    argument: id,
    message: `The workers that had ${id} ended without an error message, ${STALLS + 1} times; try it alone without --redis.`,
  };
}

function asFailure(what: string, error: unknown): unknown {
  if (error instanceof YuleError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new YuleError({
    code: "cluster-failed",
    category: "failure",
    message: `${what}: ${why}.`,
    cause: error,
  });
}
