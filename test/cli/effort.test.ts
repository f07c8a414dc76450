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

test("a single series is forecast as by auto, with a warning, and --resume has nothing to go on with", async () => {
  const { code, stderr } = await run(["forecast", "one.csv", "--effort", "high"], world);
  expect(code).toBe(0);
  expect(stderr).toContain("High effort made no difference to s0: no other series has its frequency");
  const resumed = await few("--effort", "high", "--resume", "-o", "resumed.csv");
  expect(resumed.stderr).toContain("cannot be resumed");
});

test("a backtest whose first folds have one series, and a panel where the others are empty, go on", async () => {
  const rows = panelOf(2, 60).split("\n");
  const unequal = rows.filter((row) => !(row.startsWith("s1,") && Number(row.split(",")[1]) < 2000));
  at.write("unequal.csv", unequal.join("\n"));
  const scored = await run(["backtest", "unequal.csv", "--effort", "high", "-n", "4"], world);
  expect(scored.code).toBe(0);
  expect(scored.stdout).toContain("auto(effort=high)");
  at.write("empty.csv", rows.map((row) => row.replace(/^(s1,\d+),.*/, "$1,")).join("\n"));
  const forecast = await run(["forecast", "empty.csv", "--effort", "high", "-n", "2"], world);
  expect(forecast.code).toBe(4);
  expect(forecast.stdout).toContain("s0,2040,auto(effort=high)");
  expect(forecast.stderr).toContain("All values of s1 are missing");
});

test.each(["models.json", "models.jsonl"])(
  "update --new fit of %s gives new series plain auto, and says why",
  async (file) => {
    await run(["fit", "few.csv", "--effort", "high", "--save", file], world);
    at.write(
      "new.csv",
      `${panelOf(3, 22)}${panelOf(1, 20).split("\n").slice(1).join("\n").replaceAll("s0", "fresh")}`,
    );
    const { code, stderr } = await run(
      ["update", file, "new.csv", "--new", "fit", "-o", "updated.csv"],
      world,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/high effort needs all series of a panel; fit the whole panel again/);
    const ahead = await run(["forecast", "--load", file, "-n", "1"], world);
    expect(ahead.stdout).toMatch(/^fresh,2000,auto,/m);
    expect(ahead.stdout).toMatch(/^s0,2002,auto\(effort=high\),/m);
  },
);
