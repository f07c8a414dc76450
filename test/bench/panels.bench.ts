import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random } from "../../src/core/random.js";

/** Sizes of panels: series and values of each. The last takes a file of 320 MB and some minutes. */
const SIZES = [
  [1000, 100],
  [10_000, 100],
  [100_000, 100],
  [1_000_000, 10],
] as const;

/** Tells on stderr, when the program ends, its CPU in microseconds and its peak memory in KiB. */
const TELL = `data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("@"+JSON.stringify([u.userCPUTime+u.systemCPUTime,u.maxRSS]))})`;

/**
 * The whole command on panels of growing size, one job: bytes of CSV for each second of CPU, start included, and peak memory,
 * which must not grow with the file.
 */
export function print(): void {
  const folder = mkdtempSync(join(tmpdir(), "yule-bench-"));
  try {
    console.log("\n## panels: yule forecast --model snaive -n 10 --jobs 1 -o out.csv\n");
    console.log("| series | values | MB | s of CPU | MB/s | peak MB |");
    console.log("|---:|---:|---:|---:|---:|---:|");
    for (const [series, values] of SIZES) {
      const path = join(folder, "panel.csv");
      write(path, series, values);
      const megabytes = statSync(path).size / 1e6;
      const { seconds, peak } = forecast(path, join(folder, "out.csv"));
      const cells = [
        series,
        values,
        megabytes.toFixed(0),
        seconds.toFixed(1),
        (megabytes / seconds).toFixed(1),
        peak,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path: string, series: number, values: number): void {
  const rng = random(15);
  const days = Array.from({ length: values }, (_, t) =>
    new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10),
  );
  const file = openSync(path, "w");
  let rows = "unique_id,ds,y\n";
  for (let i = 0; i < series; i++) {
    const id = `item-${String(i).padStart(7, "0")}`;
    let level = 100 + 50 * rng.uniform();
    for (const [t, day] of days.entries()) {
      level += rng.uniform() - 0.5;
      rows += `${id},${day},${(level + 10 * Math.sin((2 * Math.PI * t) / 7)).toFixed(2)}\n`;
    }
    if (rows.length < 1 << 20) continue;
    writeSync(file, rows);
    rows = "";
  }
  writeSync(file, rows);
  closeSync(file);
}

function forecast(panel: string, out: string): { readonly seconds: number; readonly peak: number } {
  const bin = join(import.meta.dirname, "../../bin/yule.js");
  const words = ["forecast", panel, "--model", "snaive", "-n", "10", "--jobs", "1", "-q", "-o", out];
  const { stderr, status } = spawnSync(process.execPath, ["--import", TELL, bin, ...words], {
    encoding: "utf8",
  });
  const told = /@(\[.*\])$/.exec(stderr)?.[1];
  if (status !== 0 || told === undefined) throw new Error(`yule ended with ${status}: ${stderr}`);
  const [microseconds, kibibytes] = JSON.parse(told) as [number, number];
  return { seconds: microseconds / 1e6, peak: Math.round((kibibytes * 1024) / 1e6) };
}
