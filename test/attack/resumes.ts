import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { random } from "../../src/core/random.js";

const BIN = resolve(import.meta.dirname, "../../bin/yule.js");
const LENGTH = 60;
/** More resumes than this say that nothing moves. */
const MOST = 50;

/** What became of runs that were killed and gone on with. */
export interface Resumed {
  /** Runs whose files are byte for byte those of a run that nobody stopped. */
  readonly equal: number;
  /** Runs with a journal when they were first killed: those that could go on. */
  readonly stopped: number;
  readonly faults: readonly string[];
}

/**
 * Runs a forecast of a panel that writes results, models and failures; ends it by a signal at a moment drawn from the time of
 * a whole run; goes on with --resume, which is killed too now and then; and compares every byte.
 */
export async function resumes(options: {
  count: number;
  seed: number;
  series: number;
  signals: readonly NodeJS.Signals[];
  jobs: number;
}): Promise<Resumed> {
  const at = mkdtempSync(join(tmpdir(), "yule-resumes-"));
  const rng = random(options.seed);
  try {
    writeFileSync(join(at, "panel.csv"), panel(options.series));
    const run = (name: string, ...more: string[]) => {
      const files = ["-o", `${name}.csv`, "--save", `${name}.ndjson`, "--failures", `${name}-failed.csv`];
      const words = [
        "forecast",
        "panel.csv",
        "-m",
        "log(auto-ets)",
        "-n",
        "3",
        "-q",
        "--jobs",
        String(options.jobs),
      ];
      const child = spawn(process.execPath, [BIN, ...words, ...files, ...more], { cwd: at, stdio: "ignore" });
      const ended = new Promise<number | null>((done) => child.on("close", done));
      return { child, ended };
    };
    const began = performance.now();
    const code = await run("whole").ended;
    const time = performance.now() - began;
    if (code !== 4) throw new Error(`The run that nobody stopped ended with ${code}, not 4.`);
    const whole = filesOf(at, "whole");
    const faults: string[] = [];
    let [equal, stopped] = [0, 0];
    for (let k = 0; k < options.count; k++) {
      for (const name of readdirSync(at)) if (name.startsWith("out")) rmSync(join(at, name));
      const signal = options.signals[k % options.signals.length]!;
      const first = run("out");
      await pause(rng.uniform() * time);
      first.child.kill(signal);
      await first.ended;
      if (existsSync(join(at, "out.csv.journal"))) stopped++;
      for (let tries = 0; !existsSync(join(at, "out.csv")) && tries < MOST; tries++) {
        const next = run("out", "--resume");
        if (rng.uniform() < 0.3) {
          await pause(rng.uniform() * time);
          next.child.kill(signal);
        }
        await next.ended;
      }
      const found = filesOf(at, "out");
      if (found === whole) equal++;
      else faults.push(`${k}: ${readdirSync(at).join(", ")} after ${signal}, other bytes`);
    }
    return { equal, stopped, faults };
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

/** Every file of a run with its name and bytes. */
function filesOf(at: string, name: string): string {
  const own = readdirSync(at).filter((file) => file.startsWith(name));
  return own
    .map((file) => `${file.slice(name.length)}\n${readFileSync(join(at, file), "latin1")}`)
    .join("\n");
}

/** Series with a season, a few of them with values that a logarithm cannot take. */
function panel(count: number): string {
  const rows = ["unique_id,ds,y"];
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < LENGTH; t++) {
      const month = `${2000 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}-01`;
      const y = 100 + i + 20 * Math.sin((2 * Math.PI * t) / 12) + ((t * 7919 * (i + 1)) % 17);
      rows.push(`"s ${i}, ""x""",${month},${i % 10 === 3 && t === 5 ? -1 : y.toFixed(3)}`);
    }
  }
  return `${rows.join("\n")}\n`;
}
