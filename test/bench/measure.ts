import { spawnSync } from "node:child_process";
import type { Bench, Peer } from "./bench.js";

const ROUNDS = 15;
/** Long works are not repeated for longer than this. */
const LONGEST_MS = 12_000;
const TARGET_MS = 150;
/** Short works are run for so long before they are timed: until then they wait for the compiler. */
const WARM_MS = 2000;

/**
 * Times every bench beside its peer, cold, then best and median of several rounds, and prints a table: milliseconds of CPU, or
 * of the clock where single calls are timed.
 */
export async function measure(group: string, benches: readonly Bench[]): Promise<void> {
  console.log(`\n## ${group}\n`);
  console.log("| work | cold | best | median | peer | peer ms | ratio | goal | |");
  console.log("|---|---:|---:|---:|---|---:|---:|---|---|");
  for (const bench of benches) {
    await bench.setUp?.();
    const watch = bench.single === true ? timeSingly : time;
    const ours = await watch(bench.run);
    const peer = await peerTime(bench.peer, watch);
    const ratio = peer.milliseconds / ours.best;
    const verdict = ratio >= bench.ratio ? "reached" : "short";
    console.log(
      `| ${bench.name} | ${show(ours.cold)} | ${show(ours.best)} | ${show(ours.median)} | ${peer.label} | ${show(peer.milliseconds)} | ${ratio.toPrecision(3)} | ${bench.goal} | ${verdict} |`,
    );
  }
}

interface Timing {
  readonly cold: number;
  readonly best: number;
  readonly median: number;
}

async function time(run: () => void | Promise<void>): Promise<Timing> {
  const once = async () => {
    const began = cpuMilliseconds();
    await run();
    return cpuMilliseconds() - began;
  };
  const cold = await once();
  let repeat = 1;
  for (let spent = cold; spent < TARGET_MS && repeat < 20_000; ) {
    const began = cpuMilliseconds();
    for (let i = 0; i < repeat; i++) await run();
    spent = cpuMilliseconds() - began;
    if (spent < TARGET_MS)
      repeat = Math.ceil(repeat * Math.min(10, (1.2 * TARGET_MS) / Math.max(spent, 0.01)));
  }
  const warm = cpuMilliseconds() + Math.max(0, WARM_MS - 10 * cold);
  while (cpuMilliseconds() < warm) for (let i = 0; i < repeat; i++) await run();
  const rounds: number[] = [];
  const until = cpuMilliseconds() + LONGEST_MS;
  while (rounds.length < ROUNDS && (rounds.length < 3 || cpuMilliseconds() < until)) {
    const began = cpuMilliseconds();
    for (let i = 0; i < repeat; i++) await run();
    rounds.push((cpuMilliseconds() - began) / repeat);
  }
  rounds.sort((a, b) => a - b);
  return { cold, best: rounds[0]!, median: rounds[rounds.length >> 1]! };
}

/** The fastest and the middle one of single calls, for a few seconds at most. */
async function timeSingly(run: () => void | Promise<void>): Promise<Timing> {
  const calls: number[] = [];
  const began = performance.now();
  while (calls.length < 20 || (calls.length < 600 && performance.now() - began < 20 * TARGET_MS)) {
    const start = performance.now();
    await run();
    calls.push(performance.now() - start);
  }
  const cold = calls[0]!;
  calls.sort((a, b) => a - b);
  return { cold, best: calls[0]!, median: calls[calls.length >> 1]! };
}

async function peerTime(
  peer: Peer,
  time: (run: () => void | Promise<void>) => Promise<Timing>,
): Promise<{ milliseconds: number; label: string }> {
  if (peer.inProcess !== undefined) {
    return { milliseconds: (await time(peer.inProcess)).best, label: `${peer.name}, this run` };
  }
  const measured = peer.r === undefined ? null : timeInR(peer.r.prepare, peer.r.expr);
  if (measured === null) {
    const when = peer.measured === true ? "this run" : "stored";
    return { milliseconds: peer.milliseconds, label: `${peer.name}, ${when}` };
  }
  return { milliseconds: measured, label: `${peer.name}, this run` };
}

/** CPU time of this process so far, which other programs on the machine disturb less than they do the clock. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of CPU of one evaluation in R, best of several; null where R or a package is missing. */
function timeInR(prepare: string, expr: string): number | null {
  const script = `
    suppressMessages({ ${prepare} })
    one <- function(k) sum(system.time(for (i in seq_len(k)) { ${expr} })[1:2]) / k
    first <- one(1)
    k <- max(1, min(200, ceiling(0.2 / max(first, 1e-4))))
    cat(1000 * min(replicate(if (first > 2) 1 else 5, one(k))))`;
  const { status, stdout } = spawnSync("Rscript", ["-e", script], { encoding: "utf8" });
  const value = Number(stdout);
  return status === 0 && Number.isFinite(value) && value > 0 ? value : null;
}

function show(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}
