import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { resolve } from "node:path";
import type { Job, JobProgress } from "bullmq";
import * as v from "valibot";
import type { Context } from "../context.js";
import { version } from "../options/version.js";
import { BATCHES, prefixOf, processName } from "./bullmq.js";
import type { Link } from "./link.js";

/** A run whose producer gave no sign for so long is over, in milliseconds. */
const SILENCE = 180_000;

/** What the list of runs tells of one. */
const Run = v.object({
  version: v.string(),
  kind: v.string(),
  producer: v.string(),
  /** A checksum of the machine and the output, by which a run that goes on finds what is left of the one before. */
  place: v.string(),
});
export type RunData = v.InferOutput<typeof Run>;

export function runDataOf(context: Context, kind: string): RunData {
  const { settings, shell } = context;
  const place = `${hostname()} ${resolve(shell.cwd, settings.output ?? `- ${process.pid}`)}`;
  return {
    version: version(),
    kind,
    producer: processName(),
    place: createHash("sha256").update(place).digest("hex").slice(0, 16),
  };
}

/** A run in the list. */
export interface ListedRun {
  readonly name: string;
  readonly data: RunData;
}

/** The list of runs that this program watches, to see which are over. */
export class Runs {
  /** When each run last gave a sign, by the clock of this program, and the sign. */
  private readonly signs = new Map<string, { readonly sign: string; readonly at: number }>();
  private beats = 0;

  constructor(private readonly link: Link) {}

  /** The runs there are; those whose producers are gone are removed with all that is theirs. */
  async list(): Promise<ListedRun[]> {
    const jobs = await this.link.runs.getJobs(["waiting"]);
    const listed: ListedRun[] = [];
    for (const job of jobs) {
      const data = v.safeParse(Run, job?.data);
      if (job?.id === undefined || !data.success) continue;
      if (this.isSilent(job.id, job.progress)) await this.remove(job.id);
      else listed.push({ name: job.id, data: data.output });
    }
    for (const name of this.signs.keys()) if (!jobs.some((job) => job?.id === name)) this.signs.delete(name);
    return listed;
  }

  /** Adds a run, or gives a sign that it goes on. */
  async beat(name: string, data: RunData): Promise<void> {
    const job: Job | undefined = await this.link.runs.getJob(name);
    if (job === undefined) await this.link.runs.add("run", data, { jobId: name });
    else await job.updateProgress({ beat: ++this.beats });
  }

  /** Removes what a producer that was killed left behind, whose output is the same. */
  async removeBefore({ place }: RunData): Promise<void> {
    for (const { name, data } of await this.list()) if (data.place === place) await this.remove(name);
  }

  /** Removes a run from the list, and all that is its own; what a worker writes after that it removes itself. */
  async remove(name: string): Promise<void> {
    await this.link.runs.remove(name);
    const { Queue } = this.link.bull;
    const own = { prefix: prefixOf(name), connection: this.link.options() };
    const queue = new Queue(BATCHES, { ...own, skipMetasUpdate: true });
    queue.on("error", () => {});
    try {
      await queue.obliterate({ force: true });
    } finally {
      await queue.close();
    }
  }

  private isSilent(name: string, progress: JobProgress): boolean {
    const sign = JSON.stringify(progress);
    const now = performance.now();
    const before = this.signs.get(name);
    if (before?.sign !== sign) this.signs.set(name, { sign, at: now });
    return before?.sign === sign && now - before.at > SILENCE;
  }
}
