import { describe, expect, test } from "vitest";
import { acf } from "../../src/diagnostics/correlation/acf.js";
import { referenceSeries } from "../reference.js";
import { folder, run } from "./run.js";

const at = folder();
const { values } = referenceSeries("AirPassengers");
const months = Array.from(values, (_, t) => new Date(Date.UTC(1949, t, 1)).toISOString().slice(0, 10));
const air = at.write(
  "air.csv",
  `ds,y,z\n${months.map((month, t) => `${month},${values[t]},0`).join("\n")}\n`,
);

/** The command at the end, its lines joined as a shell joins them. */
function commandIn(stdout: string): string {
  return /^ next yule (.+)$/s
    .exec(stdout.slice(stdout.lastIndexOf(" next yule")).trimEnd())![1]!
    .replaceAll(/\\\n +/g, "");
}

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

  test("the advice is about dates and ends in a command that runs", async () => {
    const german = at.write(
      "verkauf.csv",
      `Datum;Menge\n${Array.from({ length: 60 }, (_, t) => {
        const value =
          1000 + 5 * t + 200 * Math.sin((Math.PI * t) / 6) + 20 * Math.sin(t * t) + (t === 33 ? 900 : 0);
        return `01.${String((t % 12) + 1).padStart(2, "0")}.${2015 + Math.floor(t / 12)};${value.toFixed(2).replace(".", ",")}`;
      }).join("\n")}\n`,
    );
    const { stdout } = await run(["inspect", german, "--no-color"], { terminal: 80 });
    expect(stdout).toMatch(/1 outlier: 01\.10\.2017 \(/);
    expect(stdout).not.toMatch(/number \d+|value \d+ /);
    const command = commandIn(stdout);
    expect(command).toContain("--time Datum --value Menge --date-order dmy --decimal ,");
    const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c!);
    const { code, stdout: ahead } = await run([...words, "-n", "3", "-f", "csv"]);
    expect(code).toBe(0);
    expect(ahead.split("\n")[1]).toMatch(/^01\.01\.2020,/);
    const json = JSON.parse((await run(["inspect", german, "-f", "json"])).stdout);
    expect(json.next).toBe(`yule ${command}`);
    expect(json.outliers).toMatchObject([{ ds: "01.10.2017" }]);
  });

  test("flags that were given are in the command, a period that was found too", async () => {
    const stdin = `n;v\n${Array.from({ length: 72 }, (_, t) => `${t};${(50 + 9 * Math.sin((Math.PI * t) / 4) + Math.sin(t * t)).toFixed(2)}`).join("\n")}\n`;
    const { stdout } = await run(
      ["inspect", "-", "--value", "v", "--time", "none", "--delimiter", ";", "--no-color", "-f", "table"],
      {
        stdin,
      },
    );
    expect(commandIn(stdout)).toMatch(
      /^forecast - --time none --value v --delimiter ';' --period 8 --model "/,
    );
  });

  test("orders are said of the series whose correlogram stands above", async () => {
    const { stdout } = await run(["inspect", air, "--value", "y", "--no-color"], { terminal: 80 });
    expect(stdout).toMatch(/^ +series +logs differenced at lags 12 and 1$/m);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "The autocorrelation of the logs differenced at lags 12 and 1 cuts off after lag 1",
    );
    // R: acf(diff(diff(log(AirPassengers), 12)))$acf[2] is -0.341.
    expect(stdout).toMatch(/^ +1 +0\.948 .*-0\.341/m);
    expect(stdout.match(/kpss/gi)!.length).toBe(3);
  });
});
