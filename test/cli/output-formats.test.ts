import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const SALES = join(import.meta.dirname, "../io/formats/fixtures/sales.csv");
const AIR = join(import.meta.dirname, "../../datasets/airpassengers.csv");
const here = { cwd: at.path };

/** The cells of a plain CSV; numbers where they are. */
function cellsOf(text: string): (string | number | null)[][] {
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) =>
      (line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? []).map((cell) =>
        cell === "" ? null : Number.isNaN(Number(cell)) ? cell.replaceAll('"', "") : Number(cell),
      ),
    );
}

async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(join(at.path, name));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return parquetReadObjects({ file: file as ArrayBuffer });
}

describe("the ending of --output says the format", () => {
  test.each([
    ["forecast", [SALES, "--value", "sales", "-n", "5", "-m", "naive", "-m", "mean"]],
    ["simulate", [AIR, "-n", "3", "--paths", "4", "-m", "ar(2)"]],
    ["backtest", [AIR, "-m", "naive", "-m", "snaive"]],
    ["anomalies", [AIR, "-m", "snaive", "--all"]],
    ["decompose", [AIR]],
    ["datasets", ["presidents"]],
  ])("%s: Parquet holds the cells of the CSV, to the bit", async (command, args) => {
    expect((await run([command, ...args, "-q", "-o", "a.csv"], here)).code).toBe(0);
    expect((await run([command, ...args, "-q", "-o", "a.parquet"], here)).code).toBe(0);
    const text = readFileSync(join(at.path, "a.csv"), "utf8");
    const rows = await rowsOf("a.parquet");
    const seconds = command === "backtest" ? text.split("\n")[0]!.split(",").indexOf("seconds") : -1;
    const cells = (row: readonly unknown[]) => row.filter((_, column) => column !== seconds);
    expect(rows.map((row) => cells(Object.values(row)))).toEqual(cellsOf(text).map(cells));
    expect(Object.keys(rows[0]!)).toEqual(text.split("\n")[0]!.split(","));
  });

  test("what is written can be read again", async () => {
    await run(["datasets", "airpassengers", "-o", "air.parquet"], here);
    const again = await run(["forecast", "air.parquet", "-n", "3", "-m", "ar(2)"], here);
    const first = await run(["forecast", AIR, "-n", "3", "-m", "ar(2)"], here);
    expect(again.stdout).toBe(first.stdout);
  });

  test.each([
    ["f.xlsx", []],
    ["f.csv.gz", []],
    ["f.tsv", []],
    ["f.dat", []],
    ["f.parquet", ["-f", "csv"]],
    ["f.json", ["-f", "csv"]],
    ["f.xlsx", ["-f", "csv"]],
  ])("%s %j is refused before any work", async (name, more) => {
    const { code, stderr } = await run(["forecast", AIR, "-o", name, ...more], here);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: --output [^\n]*f\.[^\n]*\.\n$/);
    expect(existsSync(join(at.path, name))).toBe(false);
  });

  test.each([
    ["f.dat", ["-f", "csv"]],
    ["plain", []],
    ["f.txt", ["-f", "csv"]],
  ])("%s %j is written", async (name, more) => {
    expect((await run(["forecast", AIR, "-m", "naive", "-q", "-o", name, ...more], here)).code).toBe(0);
    expect(readFileSync(join(at.path, name), "utf8")).toMatch(/^unique_id,ds,model,mean/);
  });
});

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

describe("recipes of docs/data/formats.md", () => {
  test.skipIf(!has("sqlite3"))("rows of SQLite come by a pipe", async () => {
    const made = spawnSync("sqlite3", ["-csv", "-header", ":memory:", QUERY], { encoding: "utf8" });
    const { code, stdout } = await run(["forecast", "-", "-n", "1", "-m", "naive"], {
      ...here,
      stdin: made.stdout,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("2024-01-05,naive,4");
  });

  test.skipIf(!has("duckdb"))("rows of DuckDB come by a pipe", async () => {
    const made = spawnSync("duckdb", ["-csv", "-c", QUERY], { encoding: "utf8" });
    const { stdout } = await run(["forecast", "-", "-n", "1", "-m", "naive"], {
      ...here,
      stdin: made.stdout,
    });
    expect(stdout).toContain("2024-01-05,naive,4");
  });
});

const QUERY = `WITH t(day, amount) AS (VALUES ('2024-01-01', 1), ('2024-01-02', 2), ('2024-01-03', 3), ('2024-01-04', 4))
  SELECT day, SUM(amount) AS amount FROM t GROUP BY day ORDER BY day`;
