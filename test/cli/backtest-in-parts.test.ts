import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { backtest } from "../../src/run/backtest/backtest.js";
import { folder, run } from "./run.js";

const at = folder();
const SERIES = 90;
const LENGTH = 600;

/** Rows of daily series, one of them shorter than its folds: more than what is read to decide how. */
function rows(): string[][] {
  const rng = random(5);
  return Array.from({ length: SERIES }, (_, i) => {
    const id = `store ${String(i).padStart(3, "0")}`;
    return Array.from({ length: i === 40 ? 9 : LENGTH }, (_, t) => {
      const day = new Date(Date.UTC(2023, 0, 1 + t)).toISOString().slice(0, 10);
      return `${id},${day},${(50 + i + 5 * (t % 7) + 4 * rng.uniform()).toFixed(3)}`;
    });
  });
}

const written = rows();
const HEAD = "unique_id,ds,y\n";
const text = `${HEAD}${written.flat().join("\n")}\n`;
const panel = at.write("panel.csv", text);
const models = ["drift", "naive", "snaive", "mean"];
const SCORES = ["mase", "rmse", "crps", "perSeries", "byHorizon", "count"] as const;

type Row = { readonly model: string } & Record<string, unknown>;

function scoresOf(found: readonly unknown[]): Map<string, unknown[]> {
  const scores = (found as readonly Row[]).map(
    (row) => [row.model, SCORES.map((name) => row[name])] as const,
  );
  return new Map(scores);
}

async function json(argv: readonly string[]) {
  const { code, stdout, stderr } = await run(["backtest", ...argv, "--model", "drift", "-f", "json"]);
  return { code, stderr, ...JSON.parse(stdout) };
}

describe("backtest of a large panel, series by series", () => {
  test("gives the scores of the library, which has all series in memory, and names what has no room", async () => {
    expect(text.length).toBeGreaterThan(1 << 20);
    const whole = await backtest((await parseCsv(text)).panel, models);
    const { code, stderr, scores, horizon, leftOut, series } = await json([panel]);
    expect(stderr).toContain("Reading");
    expect(stderr).toContain("series by series");
    expect(horizon).toBe(whole.horizon);
    expect(series).toBe(SERIES - 1);
    expect(leftOut.map(({ id }: { id: string }) => id)).toEqual(["store 040"]);
    expect(leftOut[0].message).toBe(whole.leftOut[0]!.error.message);
    expect(code).toBe(4);
    const expected = JSON.parse(JSON.stringify(whole.scores)) as Row[];
    expect(scoresOf(scores)).toEqual(scoresOf(expected));
  });

  test("does not depend on the order of the rows in the file", async () => {
    const mixed = Array.from({ length: LENGTH }, (_, t) => written.flatMap((own) => own[t] ?? []));
    const file = at.write("mixed.csv", `${HEAD}${mixed.flat().join("\n")}\n`);
    const { stderr, scores } = await json([file, "-n", "7", "--folds", "2"]);
    expect(stderr).toContain("its rows are brought together in the folder for temporary files first");
    const grouped = await json([panel, "-n", "7", "--folds", "2"]);
    expect(scoresOf(scores)).toEqual(scoresOf(grouped.scores));
  });

  test("leaves a series out that cannot be read, where that is asked for", async () => {
    const broken = written.map((own, i) =>
      i === 3 ? own.map((row, t) => (t === 100 ? `${row}x` : row)) : own,
    );
    const file = at.write("broken.csv", `${HEAD}${broken.flat().join("\n")}\n`);
    const failed = await run(["backtest", file, "--model", "drift", "-n", "7"]);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("row 1902");
    const { code, series } = await json([file, "-n", "7", "--skip-bad-series"]);
    expect([code, series]).toEqual([4, SERIES - 2]);
  });
});
