import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
/** Eight series, the noisier the higher their number, and one that is too short. */
const panel = at.write(
  "panel.csv",
  `unique_id,ds,y\n${Array.from({ length: 8 }, (_, s) =>
    Array.from(
      { length: 40 },
      (_, t) =>
        `s${s},${2020 + Math.floor(t / 12)}-${String(1 + (t % 12)).padStart(2, "0")},${(100 + (s + 1) * Math.sin(7.3 * t * t)).toFixed(2)}\n`,
    ).join(""),
  ).join("")}tiny,2020-01,5\n`,
);

/** The first cells of the rows under the rule. */
function names(stdout: string): string[] {
  const lines = stdout.split("\n");
  const rule = lines.findIndex((line) => line.startsWith("──"));
  return lines.slice(rule + 1).flatMap((line) => /^ {2}(s\d|tiny)\b/.exec(line)?.[1] ?? []);
}

describe("a panel on a terminal", () => {
  test("is one line a series, what failed and then the widest interval first", async () => {
    for (const terminal of [40, 80]) {
      const { stdout } = await run(["forecast", panel, "-m", "theta", "-n", "12"], {
        terminal,
        env: { NO_COLOR: "1" },
      });
      expect(names(stdout)).toEqual(["tiny", "s7", "s6", "s5", "s4", "s3", "s2", "s1", "s0"]);
      expect(stdout.replace(/\s+/g, " ")).toMatch(
        /9 series, the widest 95 % interval first .*--all prints every row/,
      );
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(terminal);
    }
  });

  test("--all prints every row, and a pipe always does", async () => {
    const argv = ["forecast", panel, "-m", "theta", "-n", "12"];
    const all = await run([...argv, "--all"], { terminal: 80 });
    expect(names(all.stdout).filter((name) => name === "s3")).toHaveLength(12);
    const piped = await run(argv);
    expect(piped.stdout.trim().split("\n")).toHaveLength(1 + 8 * 12);
  });

  test.each(["fit", "simulate", "anomalies"])("%s has its overview too", async (command) => {
    const { stdout } = await run([command, panel, "-m", "theta"], { terminal: 80, env: { NO_COLOR: "1" } });
    const listed = names(stdout).filter((name) => /^s\d$/.test(name));
    expect(listed.toSorted()).toEqual(["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"]);
    expect(stdout.split("\n").length).toBeLessThan(25);
  });
});
