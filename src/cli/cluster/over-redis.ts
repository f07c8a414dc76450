import type { Context } from "../context.js";
import type { BatchResult } from "../stream/batch.js";
import type { StreamPlan } from "../stream/plan.js";
import type { PlaceOfWork, Work } from "../stream/work-through.js";
import { Link } from "./link.js";
import type { BatchDone } from "./messages.js";
import { RunQueue } from "./run-queue.js";
import { type RunData, Runs, runDataOf } from "./runs.js";

/** Series in a batch: as few at first, and as many where they are fast. */
const SERIES = { first: 100, most: 1000 } as const;
/** Time that a batch should take its worker, in milliseconds. */
const BATCH = 3000;
/** Bytes of rows after which a batch is full, whatever its series. */
const BYTES = 8 << 20;
/** Batches in Redis at once, at most. */
const AHEAD = 64;
/** Time between two looks at the run, and at whether the user stopped it, in milliseconds. */
const LOOK = 1000;
const STOP = 200;
/** Time after which it is told that there is no worker, and told again, in milliseconds. */
const NO_WORKER = { first: 5000, again: 60_000 } as const;

/** A run that was stopped by its user. */
const STOPPED = Symbol("stopped");

export { refuse, requireRemote } from "./refusals.js";

/** @throws YuleError as `Link.open` does. */
export async function overRedis(context: Context): Promise<PlaceOfWork> {
  const link = await Link.open(context);
  return { through: (work) => new Producer(context, link, work).through(), end: () => link.close() };
}

/** Sends batches in their order, and takes what came of them in the same. */
class Producer {
  private readonly queue: RunQueue;
  private readonly runs: Runs;
  private readonly data: RunData;
  private readonly refused = new Set<string>();
  private looking: NodeJS.Timeout | undefined;
  private readonly stopping = setInterval(() => {
    if (this.work.isStopped()) this.queue.fail(STOPPED);
  }, STOP);
  private workers: number | null = null;
  private aloneSince = performance.now();
  private aloneTold = 0;

  constructor(
    private readonly context: Context,
    private readonly link: Link,
    private readonly work: Work,
  ) {
    this.runs = new Runs(link);
    this.data = runDataOf(context, work.plan.kind);
    this.queue = new RunQueue(
      link,
      remote(work.plan),
      (done) => this.resize(done),
      (worker, version) => this.tellRefusal(worker, version),
    );
    link.onLost((error) => this.queue.fail(error));
  }

  async through(): Promise<void> {
    const { settings } = this.context;
    const { work } = this;
    const ahead = settings["batches-ahead"] ?? AHEAD;
    work.size.bytes = BYTES;
    work.size.series = settings["batch-size"] ?? SERIES.first;
    const waiting: Promise<BatchResult[]>[] = [];
    const takeFirst = async () => work.take(await waiting.shift()!);
    try {
      await this.begin(ahead);
      for await (const batch of work.batches) {
        if (work.isStopped()) return;
        const results = this.queue.perform(batch);
        // An error is thrown where the result is awaited, in its turn.
        results.catch(() => {});
        waiting.push(results);
        while (waiting.length >= ahead) await takeFirst();
      }
      while (waiting.length > 0) await takeFirst();
    } catch (error) {
      if (error !== STOPPED) throw error;
    } finally {
      await this.end();
    }
  }

  private async begin(ahead: number): Promise<void> {
    const { link, runs, queue, data } = this;
    await link.answer(runs.removeBefore(data).then(() => runs.beat(queue.name, data)));
    this.context.decided(
      `Run ${queue.name} on ${link.place.shown}: at most ${ahead} batches in Redis at once.`,
    );
    this.lookSoon();
  }

  /** Takes the run out of Redis, which may be gone. */
  private async end(): Promise<void> {
    clearInterval(this.stopping);
    clearTimeout(this.looking);
    this.looking = undefined;
    if (this.link.isLost) return;
    const ended = this.runs.remove(this.queue.name);
    await Promise.race([ended, new Promise((done) => setTimeout(done, 5000).unref())]).catch(() => {});
  }

  private lookSoon(): void {
    this.looking = setTimeout(() => {
      this.look()
        .catch(() => {})
        .finally(() => {
          if (this.looking !== undefined) this.lookSoon();
        });
    }, LOOK);
  }

  private async look(): Promise<void> {
    await this.link.answer(this.runs.beat(this.queue.name, this.data));
    this.tellWorkers(await this.queue.workers());
    await this.queue.look();
    await this.runs.list();
  }

  private tellWorkers(workers: number): void {
    const now = performance.now();
    if (workers > 0 || this.workers === null) this.aloneSince = now;
    this.workers = workers;
    this.work.report(workers === 1 ? "1 worker" : `${workers} workers`);
    if (workers > 0) this.aloneTold = 0;
    const alone = now - this.aloneSince;
    if (workers > 0 || alone < NO_WORKER.first + NO_WORKER.again * this.aloneTold) return;
    this.aloneTold++;
    this.context.warn(
      `No worker is connected to ${this.link.place.shown}; start one with yule worker, and the run continues.`,
    );
  }

  private tellRefusal(worker: string, version: string): void {
    if (this.refused.has(worker)) return;
    this.refused.add(worker);
    this.context.warn(
      `The worker ${worker} is of yule ${version} and refuses the batches of this run, which is of yule ${this.data.version}; they wait for a worker of ${this.data.version}.`,
    );
  }

  /** Batches that take about as long as they should, by how long the last one took. */
  private resize({ milliseconds, results }: BatchDone): void {
    if (this.context.settings["batch-size"] !== undefined) return;
    const series = results.reduce((sum, result) => sum + result.series, 0);
    const fitting = Math.round((series * BATCH) / Math.max(1, milliseconds));
    this.work.size.series = Math.max(SERIES.first, Math.min(SERIES.most, fitting));
  }
}

/** A plan without the names of files on this machine. */
function remote(plan: StreamPlan): StreamPlan {
  const { output: _, failures: __, redis: ___, save, ...settings } = plan.settings;
  return { ...plan, settings: { ...settings, ...(save === undefined ? {} : { save: "models.ndjson" }) } };
}
