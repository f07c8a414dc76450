import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const at = folder();
const world = { cwd: at.path };
const values = Array.from({ length: 60 }, (_, t) =>
  (100 + 20 * Math.sin(t) + ((t * 7919) % 101) / 5).toFixed(1),
);
at.write("sales.csv", `ds,y\n${values.map((y, t) => `${1950 + t},${y}`).join("\n")}\n`);

interface Row {
  readonly mean: string;
  readonly model: string;
  readonly "lo-80": string;
  readonly "hi-80": string;
}
const forecastWith = async (...argv: string[]) => {
  const { code, stdout, stderr } = await run(["forecast", "sales.csv", "-n", "4", ...argv], world);
  expect(code).toBe(0);
  return { rows: parse(stdout, { columns: true }) as Row[], stderr };
};
const width = ({ "lo-80": low, "hi-80": high }: Row) => Number(high) - Number(low);

describe("--intervals", () => {
  test("auto is the default: past errors correct those of auto, other models have their own", async () => {
    const plain = await forecastWith();
    const asked = await forecastWith("--intervals", "auto");
    expect(asked.rows).toEqual(plain.rows);
    expect((await forecastWith("--verbose")).stderr).toMatch(
      /Intervals (widened|narrowed|changed) by .* % ?[:,].*past forecasts|Intervals kept their width/,
    );
    const naive = await forecastWith("--model", "naive");
    expect(naive.stderr).not.toMatch(/Intervals (widened|narrowed|changed|kept)/);
  });
  test("model leaves those of auto as its pool has them; points stay", async () => {
    const [plain, own] = [await forecastWith(), await forecastWith("--intervals", "model")];
    expect(own.rows[0]!.model).toBe("auto(intervals=model)");
    expect(own.stderr).not.toMatch(/Intervals (widened|narrowed|changed|kept)/);
    expect(width(own.rows[0]!)).not.toBe(width(plain.rows[0]!));
  });
  test("conformal takes the widths of any model from its past errors, within the bounds asked for", async () => {
    const { rows, stderr } = await forecastWith(
      "--model",
      "naive",
      "--intervals",
      "conformal",
      "--min",
      "60",
    );
    expect(rows[0]!.model).toBe("calibrated(bounded(naive, min=60), method=conformal)");
    expect(stderr).toMatch(/Intervals are conformal: their widths are quantiles of about \d+ past errors/);
    for (const row of rows) expect(Number(row["lo-80"])).toBeGreaterThan(60);
    const pooled = await forecastWith("--intervals", "conformal");
    expect(pooled.rows[0]!.model).toBe("calibrated(auto(intervals=model), method=conformal)");
  });
  test("what does not go together is refused in a sentence", async () => {
    const unknown = await run(["forecast", "sales.csv", "--intervals", "wide"], world);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/--intervals must be model, conformal or auto/);
    const network = await run(
      ["forecast", "sales.csv", "--model", "deepar", "--intervals", "conformal"],
      world,
    );
    expect(network.code).toBe(2);
    expect(network.stderr).toMatch(/--intervals conformal cannot be used with deepar/);
  });
});
