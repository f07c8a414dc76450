import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder, run } from "../run.js";

const at = folder();
const DATA = "ds,y\n2020-01,3\n2020-02,5\n2020-03,4\n2020-04,8\n";
const here = { cwd: at.path };
let model = "";

beforeAll(async () => {
  at.write("d.csv", DATA);
  at.write("n.csv", "ds,y\n2020-05,3\n");
  await run(["fit", "d.csv", "--model", "naive", "--save", "m.json"], here);
  model = at.read("m.json");
  symlinkSync("d.csv", join(at.path, "link.csv"));
  symlinkSync("later.json", join(at.path, "dangling.json"));
  linkSync(join(at.path, "d.csv"), join(at.path, "hard.csv"));
  mkdirSync(join(at.path, "sub"));
});

describe("two roles on one file are refused before work begins, and both are named", () => {
  test.each([
    [["forecast", "d.csv", "-o", "d.csv"], "FILE and --output"],
    [["forecast", "d.csv", "-o", "link.csv"], "FILE and --output"],
    [["forecast", "hard.csv", "-o", "d.csv"], "FILE and --output"],
    [["forecast", "link.csv", "-o", "./sub/../d.csv"], "FILE and --output"],
    [["forecast", "d.csv", "--save", "x", "-o", "x"], "--output and --save"],
    [["forecast", "d.csv", "--save", "later.json", "-o", "dangling.json"], "--output and --save"],
    [["forecast", "d.csv", "--plot", "p.svg", "-o", "sub/../p.svg"], "--output and --plot"],
    [["forecast", "--load", "m.json", "--save", "m.json"], "--load and --save"],
    [["update", "m.json", "n.csv", "-o", "m.json"], "MODEL and --output"],
    [["update", "m.json", "n.csv", "--save", "n.csv"], "FILE and --save"],
    [["backtest", "d.csv", "--test", "n.csv", "-o", "n.csv"], "--test and --output"],
  ])("%j", async (argv, roles) => {
    const before = readdirSync(at.path);
    const { code, stderr, stdout } = await run(argv, here);
    expect(stderr).toContain(`error: ${roles} name the same file`);
    expect([code, stdout]).toEqual([2, ""]);
    expect(readdirSync(at.path)).toEqual(before);
    expect([at.read("d.csv"), at.read("m.json")]).toEqual([DATA, model]);
  });

  test("a model may be saved where it came from, and devices are no files", async () => {
    expect((await run(["update", "m.json", "n.csv", "--save", "m.json"], here)).code).toBe(0);
    at.write("m.json", model);
    expect(
      (await run(["forecast", "d.csv", "-m", "naive", "-o", "/dev/null", "--save", "/dev/null"], here)).code,
    ).toBe(0);
  });
});

describe("the settings file of a folder", () => {
  const own = folder();
  const forecastThere = async (config: object, env: Record<string, string> = {}) => {
    own.write("d.csv", DATA);
    own.write("yule.config.json", JSON.stringify(config));
    return run(["forecast", "d.csv", "-m", "naive"], { cwd: own.path, env });
  };

  test.each([
    ["output", "../evil.csv"],
    ["save", "/tmp/yule-evil.json"],
    ["plot", "sub/../../evil.svg"],
  ])("may not send %s to %s", async (option, place) => {
    const { code, stderr } = await forecastThere({ [option]: place });
    expect(code).toBe(2);
    expect(stderr).toContain(`"${option}" in yule.config.json is ${place}, outside the working directory`);
  });

  test("nor through a link; inside it may, and flags and variables may name any place", async () => {
    symlinkSync(join(at.path, "elsewhere.json"), join(own.path, "out.json"));
    expect((await forecastThere({ save: "out.json" })).code).toBe(2);
    expect((await forecastThere({ output: "inside.csv" })).code).toBe(0);
    const place = join(at.path, "by-variable.csv");
    expect((await forecastThere({ output: "../evil.csv" }, { YULE_OUTPUT: place })).code).toBe(0);
    expect(readFileSync(place, "utf8")).toMatch(/^ds,model,mean/);
  });

  test("is not written over", async () => {
    own.write("yule.config.json", "{}");
    const { code, stderr } = await run(["forecast", "d.csv", "-o", "yule.config.json"], { cwd: own.path });
    expect([code, own.read("yule.config.json")]).toEqual([2, "{}"]);
    expect(stderr).toContain("the settings file and --output name the same file");
  });
});

describe("places that take no file are refused before the data are read", () => {
  test.each(["d.csv/out.csv", "nowhere/out.csv", "/proc/out.csv", "."])("%s", async (place) => {
    const { code, stderr } = await run(["forecast", "absent.csv", "-o", place], here);
    expect(code).toBe(2);
    expect(stderr).toContain(`${place} cannot be written`);
  });

  test("a read-only file", async () => {
    const path = at.write("kept.csv", "kept");
    chmodSync(path, 0o444);
    const { code, stderr } = await run(["forecast", "absent.csv", "-o", "kept.csv"], here);
    expect([code, at.read("kept.csv")]).toEqual([2, "kept"]);
    expect(stderr).toContain("kept.csv cannot be written (it is read-only");
  });
});
