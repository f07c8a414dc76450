import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { datasetText } from "../../src/node.js";
import { folder, run } from "./run.js";

const at = folder();
const world = { cwd: at.path };
at.write("air.csv", await datasetText("airpassengers"));
const MODEL = ["-m", "arima(0,1,1)(0,1,1)[12]"];
const csv = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

describe("yule forecast", () => {
  test("--include-history puts the observed values and their one-step predictions before the forecast", async () => {
    const argv = ["forecast", "air.csv", ...MODEL, "-n", "3"];
    const plain = csv((await run(argv, world)).stdout);
    const rows = csv((await run([...argv, "--include-history"], world)).stdout);
    expect(rows).toHaveLength(144 + 3);
    expect(rows.slice(144).map(({ y, ...row }) => [y, row])).toEqual(plain.map((row) => ["", row]));
    const judged = rows.slice(0, 144).filter(({ mean }) => mean !== "");
    expect(judged).toHaveLength(131);
    const inside = judged.filter(
      (row) => Number(row.y) >= Number(row["lo-95"]) && Number(row.y) <= Number(row["hi-95"]),
    );
    expect(inside.length).toBeGreaterThanOrEqual(Math.floor(0.88 * 131));
    const json = JSON.parse((await run([...argv, "--include-history", "-f", "json"], world)).stdout);
    expect(json.forecasts[0].history[143]).toMatchObject({ ds: "1960-12-01", y: 432 });
    expect(json.forecasts[0].steps).toHaveLength(3);
  });

  test("--probability tells and writes how likely events are", async () => {
    const argv = [
      "forecast",
      "air.csv",
      ...MODEL,
      "-n",
      "3",
      "--probability",
      "sum>1350",
      "--probability",
      "any<400",
    ];
    const { stdout, stderr } = await run(argv, world);
    expect(Object.keys(csv(stdout)[0]!).slice(-2)).toEqual(["P(sum > 1350)", "P(any < 400)"]);
    expect(stderr).toMatch(/P\(sum > 1350\) = 0\.\d+ \(standard error 0\.00\d+, 10000 paths\)/);
    const json = JSON.parse((await run([...argv, "-f", "json", "--paths", "500"], world)).stdout);
    expect(json.forecasts[0].probabilities[0]).toMatchObject({ event: "sum > 1350", paths: 500 });
  });

  test("--digits rounds every number of a result, probabilities apart", async () => {
    const argv = ["forecast", "air.csv", ...MODEL, "-n", "3", "--probability", "sum>1350"];
    const full = csv((await run(argv, world)).stdout);
    const short = csv((await run([...argv, "--digits", "1"], world)).stdout);
    for (const name of ["mean", "lo-80", "hi-95"]) {
      expect(short.map((row) => row[name])).toEqual(
        full.map((row) => String(Number(Number(row[name]).toFixed(1)))),
      );
    }
    expect(short[0]!["P(sum > 1350)"]).toBe(full[0]!["P(sum > 1350)"]);
    const json = JSON.parse((await run([...argv, "--digits", "0", "-f", "json"], world)).stdout);
    expect(json.forecasts[0].steps[0].intervals["80"].every(Number.isInteger)).toBe(true);
    const table = await run([...argv, "--digits", "3"], { ...world, terminal: 100 });
    expect(table.stdout).toMatch(/1961-01-01 +\d{3}\.\d{3} /);
  });
});

describe("yule fit --fitted", () => {
  test("writes fitted values and residuals that add up to the values", async () => {
    const { code, stderr } = await run(["fit", "air.csv", ...MODEL, "--fitted", "fitted.csv"], world);
    expect([code, stderr.includes("Wrote fitted values and residuals to fitted.csv.")]).toEqual([0, true]);
    const rows = csv(at.read("fitted.csv"));
    expect(Object.keys(rows[0]!)).toEqual([
      "unique_id",
      "ds",
      "model",
      "y",
      "fitted",
      "residual",
      "standardized",
    ]);
    const known = rows.filter(({ fitted }) => fitted !== "");
    expect([rows.length, known.length]).toEqual([144, 131]);
    for (const row of known) expect(Number(row.fitted) + Number(row.residual)).toBeCloseTo(Number(row.y), 9);
    const squares = known.reduce(
      (sum, { standardized }) => sum + Number(standardized) * Number(standardized),
      0,
    );
    expect(squares / known.length).toBeCloseTo(1, 1);
  });

  test("writes JSON by the ending, and refuses an ending that it cannot write", async () => {
    await run(["fit", "air.csv", ...MODEL, "--fitted", "fitted.json"], world);
    expect(JSON.parse(at.read("fitted.json"))[143]).toMatchObject({ ds: "1960-12-01", y: 432 });
    const wrong = await run(["fit", "air.csv", ...MODEL, "--fitted", "fitted.xlsx"], world);
    expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toMatch(/--fitted writes files that end in \.csv, \.json, \.ndjson or \.parquet/);
    const same = await run(["fit", "air.csv", ...MODEL, "--fitted", "air.csv"], world);
    expect([same.code, same.stderr.includes("name the same file")]).toEqual([2, true]);
  });
});
