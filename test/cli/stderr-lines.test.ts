import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.js";

const dataset = (name: string) => resolve(import.meta.dirname, `../../datasets/${name}.csv`);
const SMALL = "epochs=1, batches=2, hidden=8";

describe("a forecast reports at most four lines on stderr", () => {
  test.each([
    ["ukgas", "auto-ets"],
    ["ukgas", "box-cox(auto-ets)"],
    ["ukgas", "pooled"],
    ["ukgas", `deepar(${SMALL})`],
    ["lynx", "mstl(auto-ets)"],
    ["lynx", `wavenet(${SMALL})`],
  ])("%s, %s", async (name, model) => {
    const { code, stderr } = await run(["forecast", dataset(name), "-m", model, "--jobs", "1"]);
    expect(code).toBe(0);
    expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(4);
  });

  test("--verbose reports how intervals were computed in addition", async () => {
    const argv = ["forecast", dataset("lynx"), "-m", "mstl(auto-ets)"];
    expect((await run(argv)).stderr).not.toContain("sampled paths");
    expect((await run([...argv, "--verbose"])).stderr).toContain("sampled paths");
  });
});
