import { processors } from "../../io/node-threads.js";
import type { Run } from "../command.js";
import type { Context } from "../context.js";
import { EXIT } from "../failure.js";
import { version } from "../options/version.js";
import { StopSignals } from "../stream/stop-signals.js";
import { type BatchThreads, batchThreads } from "../stream/threads.js";
import { processName } from "./bullmq.js";
import { Link } from "./link.js";
import { Runs } from "./runs.js";
import { ServedRun } from "./served-run.js";

/** Time between two looks at the list of runs, in milliseconds: while there are none, and while there is work. */
const LOOK = { idle: 200, busy: 1000 } as const;
/** Batches at hand beyond those that the threads work on: none waits for Redis between two. */
const AHEAD = 1;

/** Works for every run on a Redis until a signal comes. */
export const runWorker: Run = async (context) => {
  const link = await Link.open(context);
  const threads = await batchThreads(context.settings.jobs ?? processors());
  // A thread that cannot start says so with its first batch, which is then tried again.
  threads.warmUp().catch(() => {});
  const server = new Server(context, link, threads);
  const stop = new StopSignals(() => {
    context.decided("Stopping after the current batches; press Ctrl-C again to stop at once.");
    server.stop();
  });
  try {
    context.decided(
      `Worker ${processName()}, yule ${version()}, serves ${link.place.shown} with ${threads.count} threads.`,
    );
    await server.served();
    return EXIT.success;
  } finally {
    stop.end();
    await link.close();
    await threads.end();
  }
};

/** Looks for runs, and works on all of them at once. */
class Server {
  private readonly working = new Map<string, ServedRun>();
  private readonly runs: Runs;
  private stopped = false;
  private failure: unknown = null;
  private wake: () => void = () => {};

  constructor(
    private readonly context: Context,
    private readonly link: Link,
    private readonly threads: BatchThreads,
  ) {
    this.runs = new Runs(link);
    link.onLost((error) => {
      this.failure = error;
      this.stop();
    });
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** Ends when the worker is stopped and its batches are done. @throws YuleError `redis-lost`. */
  async served(): Promise<void> {
    const stopped = new Promise<void>((done) => {
      this.wake = done;
    });
    while (!this.stopped) {
      await Promise.race([this.look().catch(() => {}), stopped]);
      let timer: NodeJS.Timeout | undefined;
      const time = new Promise<void>((next) => {
        timer = setTimeout(next, this.working.size === 0 ? LOOK.idle : LOOK.busy);
      });
      await Promise.race([time, stopped]);
      clearTimeout(timer);
    }
    if (this.failure !== null) {
      for (const run of this.working.values()) run.drop().catch(() => {});
      throw this.failure;
    }
    await Promise.all([...this.working.values()].map((run) => run.finish()));
  }

  private async look(): Promise<void> {
    const listed = await this.link.answer(this.runs.list());
    for (const [name, run] of this.working) {
      if (listed.some((other) => other.name === name)) continue;
      this.working.delete(name);
      run
        .over()
        .then(() => this.runs.remove(name))
        .catch(() => {});
    }
    for (const { name, data } of listed) {
      if (this.stopped || this.working.has(name)) continue;
      this.working.set(name, new ServedRun(this.context, this.link, this.threads, name, data));
    }
    const share = Math.max(1, Math.floor(this.threads.count / Math.max(1, this.working.size)));
    for (const run of this.working.values()) run.share(share + AHEAD);
  }
}
