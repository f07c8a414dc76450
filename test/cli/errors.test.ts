import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const good = at.write("good.csv", "ds,y\n2020-01,3\n2020-02,5\n2020-03,4\n2020-04,8\n");
const fitted = await run(["fit", good, "--model", "naive", "--save", "model.json"], { cwd: at.path });
const model = at.read("model.json");

/** One sentence on stderr, nothing on stdout, nothing written. */
async function refused(argv: readonly string[], world: { stdin?: string } = {}) {
  const before = readdirSync(at.path);
  const result = await run(argv, { cwd: at.path, ...world });
  expect(result.stdout).toBe("");
  expect(readdirSync(at.path)).toEqual(before);
  const lines = result.stderr.split("\n").filter((line) => line.startsWith("error: "));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/[.?)]$/);
  expect(result.stderr).not.toMatch(/\n\s+at /);
  return { code: result.code, sentence: lines[0]!.slice("error: ".length) };
}

describe("files that cannot be read", () => {
  test.each([
    ["a missing file", "absent.csv", 2, /no file .*absent\.csv/],
    ["a directory", ".", 2, /is a directory/],
  ])("%s", async (_, file, expected, words) => {
    const { code, sentence } = await refused(["forecast", file]);
    expect(code).toBe(expected);
    expect(sentence).toMatch(words);
  });

  test("no file at all on a terminal", async () => {
    const { code, sentence } = await refused(["forecast"]);
    expect(code).toBe(2);
    expect(sentence).toMatch(/nothing to read: name a CSV file, or - /);
  });
});

describe("data that cannot be used", () => {
  test.each([
    ["an empty file", "", /empty/],
    ["a header only", "ds,y\n", /no rows/],
    ["zero bytes", "ds,y\n1,\u0000\u0001\n", /zero bytes/],
    ["a word among the values", "ds,y\n2020-01,3\n2020-02,abc\n", /row 3, column y: "abc"/],
    ["only missing values", "ds,y\n2020-01,\n2020-02,NA\n", /missing/],
    ["an infinite value", "ds,y\n2020-01,3\n2020-02,inf\n", /row 3, column y: "inf"/],
    ["a duplicate date", "ds,y\n2020-01,3\n2020-01,4\n", /rows 2 and 3 have the time 2020-01 both/],
    ["ambiguous dates", "ds,y\n01/02/2020,3\n02/03/2020,4\n03/04/2020,4\n", /--date-order/],
    ["a ragged row", "ds,y\n2020-01,3\n2020-02\n", /row 3/],
    [
      "a quote that is not closed",
      'ds,y\n2020-01,"3\n2020-02,4\n',
      /row 2: a quote opens here and is never closed/,
    ],
  ])("%s", async (_, stdin, words) => {
    const { code, sentence } = await refused(["forecast", "-", "--model", "naive"], { stdin });
    expect(code).toBe(3);
    expect(sentence).toMatch(words);
  });

  test("columns called __proto__ and constructor are columns like others", async () => {
    const stdin = "__proto__,constructor\n2020-01,3\n2020-02,5\n2020-03,4\n";
    const { code, stdout } = await run(["forecast", "-", "--model", "naive", "-n", "1", "-q"], { stdin });
    expect(code).toBe(0);
    expect(stdout).toContain("2020-04,naive,4,");
  });

  test("a value near the end of the range of numbers ends in finite numbers or a coded error", async () => {
    const stdin = "y\n1e308\n-1e308\n1e308\n5\n";
    const { code, stdout, stderr } = await run(["forecast", "-", "--model", "naive", "-f", "json"], {
      stdin,
    });
    if (code === 0) expect(stdout).not.toContain("null");
    else expect(JSON.parse(stderr.trim().split("\n").at(-1)!).error.code).toMatch(/^[a-z-]+$/);
  });
});

describe("options that make no sense", () => {
  test.each([
    ["-n", "0"],
    ["-n", "-1"],
    ["-n", "2.5"],
    ["-n", "1000000"],
    ["--level", "0"],
    ["--level", "100"],
    ["--level", "101"],
    ["--seed", "1.5"],
    ["--jobs", "0"],
    ["--format", "xml"],
    ["--min", "low"],
    ["--missing", "drop"],
    ["--transform", "sqrt"],
    ["--plot", "plot.pdf"],
    ["--period", "0"],
    ["--frequency", "fortnight"],
  ])("%s %s", async (option, value) => {
    const { code, sentence } = await refused(["forecast", good, option, value]);
    expect(code).toBe(2);
    expect(sentence).toContain(value);
  });

  test.each([
    [["--value", "z"], /no column "z".*nearest is "y"/],
    [["--model", "naiv"], /no model called "naiv"; did you mean naive\?/],
    [["--model", "ar(2"], /is not closed/],
    [["--model", "ar(2, methd=burg)"], /no option "methd"; did you mean method\?/],
    [["--model", "ar(2, method=brug)"], /must be one of .*not "brug"; did you mean burg\?/],
    [["--horizont", "3"], /no option --horizont; did you mean --horizon\?/],
    [["--horizon"], /--horizon .*needs a value/],
    [["extra.csv"], /one argument too many/],
    [["--load", "model.json", "--model", "naive"], /--load and --model cannot go together/],
    [["--transform", "log", "--min", "0"], /--transform and --min cannot go together/],
    [["--min", "5", "--max", "1"], /Give at least one bound, the lower one below the upper one/],
    [["--future", "f.csv"], /--inputs|no file f\.csv/],
  ])("%j", async (argv, words) => {
    const { code, sentence } = await refused(["forecast", good, ...argv]);
    expect(code).toBe(2);
    expect(sentence).toMatch(words);
  });

  test("an unknown command is named with the nearest", async () => {
    const { code, sentence } = await refused(["forcast", good]);
    expect(code).toBe(2);
    expect(sentence).toMatch(/no command "forcast"; did you mean forecast\?/);
  });
});

describe("places that cannot be written to", () => {
  test.each([
    ["--output", "out.csv"],
    ["--save", "out.json"],
    ["--plot", "out.svg"],
  ])("%s", async (option, file) => {
    for (const place of [`nowhere/${file}`, `good.csv/${file}`]) {
      const { code, sentence } = await refused(["forecast", good, "--model", "naive", option, place]);
      expect(code).toBe(2);
      expect(sentence).toContain(`${place} cannot be written`);
      expect(sentence).toContain(option);
    }
  });

  test("a directory is no file, and pipes and devices are written to as they are", async () => {
    const { code, sentence } = await refused(["forecast", good, "--model", "naive", "-o", at.path]);
    expect(code).toBe(2);
    expect(sentence).toContain("it is a directory");
    expect((await run(["forecast", good, "--model", "naive", "-o", "/dev/null"])).code).toBe(0);
    expect(existsSync("/dev/null")).toBe(true);
  });
});

describe("model files", () => {
  const edited = (change: (body: Record<string, unknown>) => void) => {
    const body = JSON.parse(model) as Record<string, unknown>;
    change(body);
    return JSON.stringify(body);
  };
  test.each([
    ["not JSON", "ds,y\n1,2\n", /not JSON/],
    ["cut off", model.slice(0, model.length / 2), /cut off/],
    ["empty", "", /not JSON, or was cut off/],
    ["someone else's", '{"name": "x"}', /not a model that yule saved/],
    ["changed", edited((body) => (body.notation = "drift")), /changed or damaged/],
    ["of a newer version", edited((body) => (body.format = 99)), /newer yule/],
    ["a list of a newer version", '{"yule":"models","format":99,"models":[]}', /newer yule/],
    ["a list of nothing", '{"yule":"models","format":1,"models":[]}', /no model/],
    [
      "a list with a damaged one",
      `{"yule":"models","format":1,"models":[${edited((body) => (body.kind = "x"))}]}`,
      /model 1 was changed/,
    ],
  ])("%s", async (_, content, words) => {
    expect(fitted.code).toBe(0);
    at.write("bad.json", content);
    for (const argv of [
      ["forecast", "--load", "bad.json"],
      ["update", "bad.json", "good.csv"],
    ]) {
      const { code, sentence } = await refused(argv);
      expect(code).toBe(3);
      expect(sentence).toContain("bad.json");
      expect(sentence).toMatch(words);
    }
  });
});

describe("how errors are told", () => {
  test("as JSON where results are JSON, also where the command line was not understood", async () => {
    for (const argv of [
      ["forecast", "absent.csv", "--format", "json"],
      ["forecast", good, "--horizn", "3", "--format=json"],
      ["forecast", good, "-n", "0", "-f", "ndjson"],
    ]) {
      const { code, stdout, stderr } = await run(argv, { cwd: at.path });
      expect([code, stdout]).toEqual([2, ""]);
      const { error } = JSON.parse(stderr);
      expect(error).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.any(String) });
      expect(error).toHaveProperty("hint");
    }
  });

  test("with row and column where they are known", async () => {
    const stdin = "ds,y\n2020-01,3\n2020-02,abc\n";
    const { stderr } = await run(["forecast", "-", "-f", "json"], { stdin });
    const { error } = JSON.parse(stderr.trim().split("\n").at(-1)!);
    expect(error).toMatchObject({ row: 3, column: "y", value: "abc" });
  });

  test("with a stack trace only under --verbose", async () => {
    const { stderr } = await run(["forecast", good, "--model", "naiv", "--verbose"]);
    expect(stderr).toMatch(/\n\s+at /);
  });

  test("a reader that went away ends the program quietly", async () => {
    const { code, stderr } = await run(["forecast", good, "--model", "naive", "-q"], { closed: true });
    expect([code, stderr]).toEqual([0, ""]);
  });
});
