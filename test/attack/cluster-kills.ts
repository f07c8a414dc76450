import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { random } from "../../src/core/random.js";
import { panel, Redis, yule } from "../cli/cluster/machines.js";

/** What became of runs over Redis of whose two workers one was killed. */
export interface ClusterKills {
  /** Runs whose files are byte for byte those of one machine. */
  readonly equal: number;
  /** Workers that had a batch when they were killed. */
  readonly busy: number;
  readonly faults: readonly string[];
}

/** Runs a forecast over Redis with two workers, kills one of them at a random moment, and compares every byte. */
export async function clusterKills(options: { count: number; seed: number }): Promise<ClusterKills> {
  const at = mkdtempSync(join(tmpdir(), "yule-cluster-kills-"));
  const rng = random(options.seed);
  const redis = await Redis.start("--appendonly", "yes");
  const env = { YULE_REDIS: redis.url };
  const words = (name: string) =>
    `forecast panel.csv -m log(auto-ets) -n 3 -o ${name}.csv --failures ${name}-failed.csv -q`;
  const written = (name: string) =>
    [`${name}.csv`, `${name}-failed.csv`].map((file) => readFileSync(join(at, file), "utf8")).join("\n");
  try {
    writeFileSync(join(at, "panel.csv"), panel(40, 60));
    await yule(at, words("local")).ended;
    const local = written("local");
    const faults: string[] = [];
    let [equal, busy] = [0, 0];
    for (let k = 0; k < options.count; k++) {
      const workers = [yule(at, "worker --jobs 1", { env }), yule(at, "worker --jobs 1", { env })];
      const run = yule(at, `${words("out")} --batch-size 4`, { env });
      const name = await redis.activeRun();
      await pause(1500 * rng.uniform());
      const before = await redis.with((queue) => queue(name).getActiveCount());
      workers[k % 2]!.child.kill("SIGKILL");
      if (before === 2) busy++;
      const code = await run.ended;
      if (code === 4 && written("out") === local) equal++;
      else faults.push(`${k}: ${code === 4 ? "other bytes" : `exit ${code}: ${run.stderr()}`}`);
      workers[1 - (k % 2)]!.child.kill("SIGTERM");
      await workers[1 - (k % 2)]!.ended;
    }
    return { equal, busy, faults };
  } finally {
    await redis.end();
    rmSync(at, { recursive: true, force: true });
  }
}
