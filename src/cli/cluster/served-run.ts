import type { Job, Worker } from "bullmq";
import { YuleError } from "../../core/errors.js";
import { fieldsOf } from "../../run/outcome.js";
import type { Context } from "../context.js";
import { version } from "../options/version.js";
import type { BatchResult } from "../stream/batch.js";
import type { BatchThreads } from "../stream/threads.js";
import { BATCHES, jobName, LOCK, prefixOf, processName, STALLED, STALLS } from "./bullmq.js";
import type { Link } from "./link.js";
import { type BatchDone, type BatchJob, doneText, workOf } from "./messages.js";
import type { RunData } from "./runs.js";

/**
 * A run that this worker works for. Batches are worked on by other threads, so this one is free to renew their locks
 * however long a fit takes.
 */
export class ServedRun {
  private readonly worker: Worker<BatchJob>;
  private readonly ended = new AbortController();
  private count = 1;
  private ofThisVersion = false;
  private batches = 0;
  private series = 0;

  constructor(
    private readonly context: Context,
    link: Link,
    private readonly threads: BatchThreads,
    private readonly name: string,
    data: RunData,
  ) {
    const { Worker, WaitingError } = link.bull;
    this.worker = link.watched(
      new Worker<BatchJob>(
        BATCHES,
        async (job, token) => {
          if (job.name === jobName(data.kind)) {
            this.ofThisVersion = true;
            this.share(this.count);
            return this.perform(job);
          }
          await this.refuse(job, token);
          throw new WaitingError();
        },
        {
          prefix: prefixOf(name),
          connection: link.options(),
          name: processName(),
          lockDuration: LOCK,
          stalledInterval: STALLED,
          maxStalledCount: STALLS,
          runRetryDelay: 1000,
        },
      ),
    );
    context.decided(`Run ${name}: ${data.kind}, by ${data.producer}.`);
  }

  /** Batches at once, from the first on that is of this version: until then, a batch that is given back is not taken twice. */
  share(count: number): void {
    this.count = count;
    if (this.ofThisVersion) this.worker.concurrency = count;
  }

  /** Waits for the batches under way, and takes no more. */
  async finish(): Promise<void> {
    await this.worker.close();
  }

  /** Drops the batches under way: nobody waits for them. */
  async over(): Promise<void> {
    this.context.decided(`Run ${this.name} is over: ${this.batches} batches, ${this.series} series here.`);
    await this.drop();
  }

  /** Ends the batches under way. */
  async drop(): Promise<void> {
    this.ended.abort();
    await this.worker.close(true);
  }

  /** The result takes the place of the work in the job: a batch whose worker ended right after is not done twice. */
  private async perform(job: Job<BatchJob>): Promise<null> {
    const { work } = job.data;
    if (work === undefined) return null;
    const { plan, batch } = await workOf(work);
    const began = performance.now();
    const { results, error } = await this.resultsOf(() =>
      this.threads.perform(plan, batch, this.ended.signal),
    );
    const milliseconds = performance.now() - began;
    await job.updateData({ done: await doneText({ milliseconds, error, results }) });
    this.batches++;
    this.series += batch.series;
    this.context.detail(
      `Run ${this.name}: ${job.id}, ${batch.series} series in ${(milliseconds / 1000).toFixed(1)} s.`,
    );
    return null;
  }

  /** An error of the data is a result too: it ends the run, and would on every worker. */
  private async resultsOf(perform: () => Promise<BatchResult[]>): Promise<Omit<BatchDone, "milliseconds">> {
    try {
      return { results: await perform(), error: null };
    } catch (error) {
      if (!(error instanceof YuleError)) throw error;
      const { cause: _, ...fields } = fieldsOf(error);
      return { results: [], error: fields };
    }
  }

  /** Gives a batch of another version back, and takes no more of this run. */
  private async refuse(job: Job<BatchJob>, token: string | undefined): Promise<void> {
    await this.worker.pause(true);
    this.context.warn(
      `Run ${this.name} is refused: its batches are for ${job.name}, and this is yule ${version()}.`,
    );
    await job.updateProgress({ refusedBy: processName(), version: version() });
    await job.moveToWait(token);
    setTimeout(() => void this.worker.close().catch(() => {}), 0);
  }
}
