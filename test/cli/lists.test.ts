import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { families } from "../../src/select/catalogue.js";
import { run } from "./run.js";

const FORMATS = ["table", "csv", "json", "ndjson", "markdown"];

describe("models", () => {
  test("lists every family with its options and defaults", async () => {
    const { models } = JSON.parse((await run(["models", "-f", "json"])).stdout);
    expect(models.map(({ name }: { name: string }) => name)).toEqual(families().map(({ name }) => name));
    for (const { name, options } of families()) {
      const listed = models.find((model: { name: string }) => model.name === name);
      expect(listed.options).toEqual(options.map((option) => ({ ...option })));
    }
  });

  test.each(FORMATS)("in the format %s", async (format) => {
    const { code, stdout } = await run(["models", "-f", format]);
    expect(code).toBe(0);
    for (const { name } of families()) expect(stdout).toContain(name);
  });
});

describe("one model", () => {
  test("is explained with its options, what they take and their defaults", async () => {
    const { code, stdout } = await run(["models", "theta", "-f", "table"]);
    expect(code).toBe(0);
    for (const text of [
      "theta(method=dynamic)",
      "one of standard, optimised, dynamic",
      "default auto",
      "in code",
    ])
      expect(stdout).toContain(text);
    expect(stdout).not.toContain("croston");
    const { models } = JSON.parse((await run(["models", "auto-arima(d=1)", "-f", "json"])).stdout);
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ name: "auto-arima", inputs: "uses", missing: "keep" });
  });

  test.each(FORMATS)("in the format %s", async (format) => {
    const { stdout } = await run(["models", "deepar", "-f", format]);
    expect(stdout).toContain("time-budget");
  });

  test("an unknown one is refused with the nearest name", async () => {
    const { code, stderr } = await run(["models", "arma"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no model called "arma"; did you mean arima?');
  });
});

describe.each([40, 45, 60, 80])("on a terminal of %i columns", (terminal) => {
  test.each([["models"], ["models", "arima"], ["--help"], ["help", "forecast"], ["help", "models"]])(
    "yule %s %s keeps to its width",
    async (...argv) => {
      const { stdout } = await run(argv, { terminal });
      const long = stripVTControlCharacters(stdout)
        .split("\n")
        .filter((line) => line.length > terminal);
      expect(long).toEqual([]);
    },
  );

  test("says what it says elsewhere", async () => {
    const words = (text: string) =>
      stripVTControlCharacters(text).replace(/ \\\n/g, " ").split(/\s+/).join("");
    for (const argv of [["models"], ["--help"], ["help", "forecast"]])
      expect(words((await run(argv, { terminal })).stdout)).toBe(
        words((await run(argv, { terminal: 120 })).stdout),
      );
  });
});

test("elsewhere than on a terminal a model's option is one line", async () => {
  const { stdout } = await run(["models", "arima", "-f", "table"]);
  expect(stdout).toMatch(/^ {4}order {5}orders p, d, q.*default required\)$/m);
});

describe("datasets", () => {
  test.each(FORMATS)("lists the bundled data in the format %s", async (format) => {
    const { code, stdout } = await run(["datasets", "-f", format]);
    expect(code).toBe(0);
    expect(stdout).toContain("airpassengers");
    expect(stdout).toContain("monthly");
  });

  test("prints one as its CSV, ready for a pipe", async () => {
    const { stdout } = await run(["datasets", "airpassengers"]);
    expect(stdout.split("\n").slice(0, 2)).toEqual(["unique_id,ds,y", "AirPassengers,1949-01-01,112"]);
    const { code, stdout: ahead } = await run(["forecast", "-", "--model", "naive", "-n", "1"], {
      stdin: stdout,
    });
    expect(code).toBe(0);
    expect(ahead).toContain("AirPassengers,1961-01-01,naive,432,");
    const rows = JSON.parse((await run(["datasets", "presidents", "-f", "json"])).stdout).rows;
    expect(rows[0]).toEqual({ unique_id: "presidents", ds: "1945-01-01", y: null });
  });

  test("an unknown one is refused with the nearest name", async () => {
    const { code, stderr } = await run(["datasets", "linx"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no dataset "linx"; did you mean lynx?');
  });
});

describe("help", () => {
  test("is on stdout, for yule and for each command", async () => {
    const { code, stdout, stderr } = await run(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const command of [
      "forecast",
      "fit",
      "inspect",
      "backtest",
      "simulate",
      "update",
      "datasets",
      "models",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
      const own = await run([command, "--help"]);
      expect(own.code).toBe(0);
      expect(own.stdout).toContain(`Usage: yule ${command}`);
      expect(own.stdout).toContain("Examples:");
    }
    expect((await run([])).stdout).toBe(stdout);
  });

  test("--version prints the version", async () => {
    expect((await run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
