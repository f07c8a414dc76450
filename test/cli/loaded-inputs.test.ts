import { expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const month = (i: number) => `${2018 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`;
const rows = (from: number, count: number) =>
  Array.from(
    { length: count },
    (_, i) => `${month(from + i)},${20 + ((i * 7) % 5) + 3 * (i % 3)},${i % 3}`,
  ).join("\n");

test("a loaded model reads its own inputs from new data, and their future", async () => {
  const first = at.write("a.csv", `ds,y,x\n${rows(0, 48)}\n`);
  const next = at.write("b.csv", `ds,y,x\n${rows(48, 24)}\n`);
  const future = at.write("f.csv", "ds,x\n2024-01-01,0\n2024-02-01,2\n");
  const model = `${at.path}/m.json`;
  expect((await run(["fit", first, "--inputs", "x", "-m", "arima(1,0,0)", "--save", model])).code).toBe(0);
  const { code, stdout } = await run(["forecast", next, "--load", model, "--future", future, "-n", "2"]);
  expect(code).toBe(0);
  expect(stdout).toContain("2024-02-01");
});

test("a given date order reaches the future file", async () => {
  const data = at.write("c.csv", `ds,y,x\n${rows(0, 24)}\n`);
  const future = at.write("g.csv", "ds,x\n01/01/2020,0\n01/02/2020,2\n");
  const { stdout, stderr } = await run([
    "forecast",
    data,
    "--inputs",
    "x",
    "--future",
    future,
    "--date-order",
    "dmy",
    "-m",
    "naive",
    "-n",
    "2",
  ]);
  expect(stderr).not.toContain("error");
  expect(stdout).toContain("2020-02-01");
});
