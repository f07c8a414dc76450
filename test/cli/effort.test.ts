import { expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { folder, run } from "./run.js";

const at = folder();
const world = { cwd: at.path, env: { YULE_JOBS: "" } };

/** Yearly series, so short that models of the panel learn in a second. */
function panelOf(count: number, rows: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const rng = random(i);
    let y = 50;
    return Array.from({ length: rows }, (_, t) => {
      y = 20 + 0.6 * y + 4 * rng.uniform();
      return `s${i},${1980 + t},${y.toFixed(2)}`;
    });
  });
  return `id,year,y\n${lines.flat().join("\n")}\n`;
}

at.write("one.csv", panelOf(1, 20));
at.write("few.csv", panelOf(3, 20));
const few = (...argv: string[]) => run(["forecast", "few.csv", "-n", "2", ...argv], world);

test("of few series --effort high gives the numbers of auto, and a warning that says so", async () => {
  const [plain, high] = [await few(), await few("--effort", "high")];
  expect(high.code).toBe(0);
  expect(high.stdout).toBe(plain.stdout.replaceAll(",auto,", ",auto(effort=high),"));
  expect(high.stderr).toContain(
    "High effort made no difference to s0: 3 series are alike, and 20 are needed",
  );
  expect((await few("--effort", "normal")).stdout).toBe(plain.stdout);
});

test("the notation and the flag are one thing, beside other options of auto", async () => {
  const flag = await few("--effort", "high", "--intervals", "model");
  const notation = await few("-m", "auto(intervals=model, effort=high)");
  expect(flag.stdout).toBe(notation.stdout);
  expect(flag.stdout).toContain("auto(intervals=model, effort=high)");
});

test.each([
  [["--min", "0"], /--min cannot be used with high effort/],
  [["--transform", "log"], /--transform cannot be used with high effort/],
  [["--intervals", "conformal"], /--intervals cannot be used with high effort/],
  [["-m", "theta"], /--effort applies to the model auto, and there is none/],
  [
    ["--redis", "redis://127.0.0.1:1", "-o", "out.csv"],
    /auto\(effort=high\) is fitted to all series together/,
  ],
])("%j is refused with high effort, and the message says why", async (argv, message) => {
  const { code, stderr } = await few("--effort", "high", ...argv);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});

test("a single series is refused, and --resume has nothing to go on with", async () => {
  const { code, stderr } = await run(["forecast", "one.csv", "--effort", "high"], world);
  expect(code).toBe(2);
  expect(stderr).toContain("s0 is a single one; leave effort=high out");
  const resumed = await few("--effort", "high", "--resume", "-o", "resumed.csv");
  expect(resumed.stderr).toContain("cannot be resumed");
});
