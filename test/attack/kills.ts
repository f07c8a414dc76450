import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { random } from "../../src/core/random.js";
import { loadModels } from "../../src/io/model-files.js";

const BIN = resolve(import.meta.dirname, "../../bin/yule.js");
const SERIES = 40;
const LENGTH = 36;
const HORIZON = 40;
const SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"] as const;

/** What programs that were killed at random moments left behind. */
export interface Killed {
  readonly kills: number;
  /** Programs that were done before the signal came. */
  readonly missed: number;
  /** One sentence for each file that is not whole, and each that was left over. */
  readonly faults: readonly string[];
}

/**
 * Runs a forecast that writes a result, models and a plot over older ones, or an update, again and again; ends it by a
 * signal at a moment drawn from the time that a whole run takes; and looks at every file.
 */
export async function kills({ count, seed }: { count: number; seed: number }): Promise<Killed> {
  const at = mkdtempSync(join(tmpdir(), "yule-kills-"));
  const rng = random(seed);
  try {
    writeFileSync(join(at, "panel.csv"), panel(0, LENGTH));
    writeFileSync(join(at, "new.csv"), panel(LENGTH, LENGTH + 2));
    const faults: string[] = [];
    const commands = [
      [
        "forecast",
        "panel.csv",
        "-m",
        "ets(A,N,N)",
        "-n",
        String(HORIZON),
        "--jobs",
        "1",
        "-o",
        "out.csv",
        "--save",
        "m.json",
        "--plot",
        "p.svg",
      ],
      ["update", "m.json", "new.csv", "-o", "new-out.csv"],
    ];
    const lengths: number[] = [];
    for (const argv of commands) lengths.push(await ended(at, argv, null, 0));
    copyFileSync(join(at, "m.json"), join(at, "kept.json"));
    let missed = 0;
    for (let k = 0; k < count; k++) {
      const which = k % 3 === 2 ? 1 : 0;
      copyFileSync(join(at, "kept.json"), join(at, "m.json"));
      const signal = SIGNALS[Math.floor(rng.uniform() * SIGNALS.length)]!;
      // Most of a run is reading and fitting; half of the signals are sent to its end, where files are written.
      const moment = lengths[which]! * (rng.uniform() < 0.5 ? rng.uniform() : 0.7 + 0.35 * rng.uniform());
      const took = await ended(at, commands[which]!, signal, moment);
      if (took < moment) missed++;
      faults.push(
        ...faultsIn(at, signal).map(
          (fault) => `kill ${k + 1} (${signal}, ${moment.toFixed(0)} ms): ${fault}`,
        ),
      );
    }
    return { kills: count, missed, faults };
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}

function panel(from: number, to: number): string {
  const rows = Array.from({ length: SERIES }, (_, k) =>
    Array.from({ length: to - from }, (_, i) => `s${k},${from + i + 1},${10 + ((i * 7 + k) % 5)}`).join("\n"),
  );
  return `unique_id,ds,y\n${rows.join("\n")}\n`;
}

/** Milliseconds until the program ended, by itself or by the signal. */
function ended(
  cwd: string,
  argv: readonly string[],
  signal: NodeJS.Signals | null,
  moment: number,
): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, ...argv, "-q"], { cwd, stdio: "ignore" });
  const timer = signal === null ? undefined : setTimeout(() => child.kill(signal), moment);
  return new Promise((done) => {
    child.on("close", () => {
      clearTimeout(timer);
      done(performance.now() - began);
    });
  });
}

/** What is wrong with the files of a folder: something half-written, or left over by a signal that can be handled. */
function faultsIn(at: string, signal: string): string[] {
  const faults: string[] = [];
  const look = (name: string, whole: (text: string) => boolean) => {
    if (!existsSync(join(at, name))) faults.push(`${name} is gone`);
    else if (!whole(readFileSync(join(at, name), "utf8"))) faults.push(`${name} is not whole`);
  };
  look("out.csv", (text) => text.endsWith("\n") && text.trim().split("\n").length === 1 + SERIES * HORIZON);
  look("p.svg", (text) => text.trimEnd().endsWith("</svg>"));
  look("m.json", (text) => quiet(() => loadModels(text).length === SERIES));
  look("new-out.csv", (text) => text.trim().split("\n").length === 1 + 2 * SERIES);
  for (const name of readdirSync(at).filter((file) => /\.(part|lock)$/.test(file))) {
    if (signal !== "SIGKILL") faults.push(`${name} was left over`);
    // No program can clean up after SIGKILL; the next kill is to find nothing of it.
    rmSync(join(at, name));
  }
  return faults;
}

function quiet(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
