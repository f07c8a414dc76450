import { describe, expect, test } from "vitest";
import { acf } from "../../src/diagnostics/acf.js";
import { referenceSeries } from "../reference.js";
import { folder, run } from "./run.js";

const at = folder();
const { values } = referenceSeries("AirPassengers");
const months = Array.from(values, (_, t) => new Date(Date.UTC(1949, t, 1)).toISOString().slice(0, 10));
const air = at.write(
  "air.csv",
  `ds,y,z\n${months.map((month, t) => `${month},${values[t]},0`).join("\n")}\n`,
);

describe("inspect", () => {
  test("json has the keys of the contract, and what R's tests say of the classic", async () => {
    const { code, stdout } = await run(["inspect", air, "-f", "json", "--value", "y"]);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      columns: ["ds", "y", "z"],
      frequency: "M",
      period: 12,
      observations: 144,
      missing: 0,
      differences: { ordinary: 1, seasonal: 1 },
    });
    expect(Object.keys(found.tests)).toEqual(["adf", "kpss", "pp"]);
    expect(found.tests.kpss.statistic).toBeCloseTo(2.7395, 3);
    expect(found.acf.values).toHaveLength(found.acf.lags.length);
    expect(found.acf.values[0]).toBe(acf(values).values[1]);
    expect(found.pacf.values[0]).toBeCloseTo(found.acf.values[0], 12);
  });

  test("a panel keeps its series under what they share", async () => {
    const stdin = "id,ds,y\na,2020-01,1\na,2020-02,4\na,2020-03,2\nb,2020-01,5\nb,2020-02,\nb,2020-03,7\n";
    const found = JSON.parse((await run(["inspect", "-", "-f", "json"], { stdin })).stdout);
    expect(found).toMatchObject({ frequency: "M", period: 12, observations: 5, missing: 1 });
    expect(found.series.map(({ id, missing }: { id: string; missing: number }) => [id, missing])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  test.each([
    "y\n5\n",
    "y\n5\n5\n5\n5\n",
    "y\n1\n2\n",
    "y\n1\nNA\n3\n",
    "y\n1e-12\n3e-12\n2e-12\n",
    "y\n1e12\n2e12\n1e12\n3e12\n",
  ])("odd series are looked at without a fault: %j", async (stdin) => {
    for (const format of ["json", "csv", "markdown", "ndjson", "table"]) {
      const { code, stdout } = await run(["inspect", "-", "-f", format, "-q"], { stdin });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test("a terminal gets a plot, the tests and the correlograms", async () => {
    const { stdout } = await run(["inspect", air, "--value", "y", "--no-color"], { terminal: 80 });
    expect(stdout).toContain("air, 1949-01-01 to 1960-12-01 (M), 144 values, none missing");
    expect(stdout).toMatch(/kpss +2\.739 +0\.01|kpss +2\.739 +< 0\.0001/);
    expect(stdout).toMatch(/ 1 +0\.948 +│█+/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
