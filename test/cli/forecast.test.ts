import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { folder, run } from "./run.js";

const Z80 = 1.2815515655446004;
const Z95 = 1.959963984540054;
const at = folder();
const MONTHS = Array.from(
  { length: 24 },
  (_, t) => `${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, "0")}`,
);
const SALES = MONTHS.map((_, t) => 100 + 3 * t + ((t * 7) % 5));
const sales = at.write(
  "sales.csv",
  `month,sales\n${MONTHS.map((month, t) => `${month},${SALES[t]}`).join("\n")}\n`,
);
const panel = at.write(
  "panel.csv",
  `unique_id,ds,y\n${["a", "b", "c"].flatMap((id, k) => MONTHS.map((month, t) => `${id},${month},${(k + 1) * SALES[t]!}`)).join("\n")}\nlate,2021-12,5\n`,
);

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true }) as Record<string, string>[];
}

/** σ of the naive model: the root mean squared step. */
function naiveSd(y: readonly number[]): number {
  const steps = y.slice(1).map((value, t) => (value - y[t]!) ** 2);
  return Math.sqrt(steps.reduce((sum, square) => sum + square, 0) / steps.length);
}

describe("forecast --format csv", () => {
  test("has the columns of the contract, without ids where the input has none, and exact naive intervals", async () => {
    const { code, stdout } = await run(["forecast", sales, "--model", "naive", "-n", "3"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("ds,model,mean,lo-80,hi-80,lo-95,hi-95");
    const sd = naiveSd(SALES);
    rows(stdout).forEach((row, h) => {
      const spread = sd * Math.sqrt(h + 1);
      expect(row.ds).toBe(`2022-0${h + 1}`);
      expect(Number(row.mean)).toBe(SALES.at(-1));
      expect(Number(row["lo-80"])).toBeCloseTo(SALES.at(-1)! - Z80 * spread, 9);
      expect(Number(row["hi-95"])).toBeCloseTo(SALES.at(-1)! + Z95 * spread, 9);
    });
  });

  test("names the series of a panel first, and takes levels in any order", async () => {
    const { stdout } = await run(["forecast", "-", "--model", "mean", "-n", "1", "--level", "99.5,50"], {
      stdin: "unique_id,ds,y\na,1,5\na,2,7\nb,1,1\nb,2,4\n",
    });
    expect(stdout.split("\n")[0]).toBe("unique_id,ds,model,mean,lo-50,hi-50,lo-99.5,hi-99.5");
    expect(rows(stdout).map(({ unique_id, ds }) => [unique_id, ds])).toEqual([
      ["a", "3"],
      ["b", "3"],
    ]);
  });

  test("goes two periods ahead by default, ten steps where there is no season", async () => {
    expect(rows((await run(["forecast", sales, "--model", "naive"])).stdout)).toHaveLength(24);
    const plain = await run(["forecast", sales, "--model", "naive", "--period", "1"]);
    expect(rows(plain.stdout)).toHaveLength(10);
  });

  test("writes results for each model that is named", async () => {
    const argv = ["forecast", sales, "-n", "2", "--model", "naive,drift", "--model", "snaive"];
    const { stdout } = await run(argv);
    expect(rows(stdout).map(({ model }) => model)).toEqual([
      "naive",
      "naive",
      "drift",
      "drift",
      "snaive[12]",
      "snaive[12]",
    ]);
  });
});

describe("other formats", () => {
  test("json has the shape of the contract", async () => {
    const { stdout } = await run(["forecast", sales, "--model", "naive", "-n", "2", "--format", "json"]);
    const sd = naiveSd(SALES);
    const last = SALES.at(-1)!;
    const { forecasts } = JSON.parse(stdout);
    expect(forecasts).toHaveLength(1);
    expect(forecasts[0]).toMatchObject({ id: "sales", model: "naive", status: "ok", notes: [] });
    expect(forecasts[0].steps[1]).toMatchObject({ ds: "2022-02", mean: last, median: last });
    expect(Object.keys(forecasts[0].steps[1].intervals)).toEqual(["80", "95"]);
    expect(forecasts[0].steps[1].intervals["95"][1]).toBeCloseTo(last + Z95 * sd * Math.SQRT2, 9);
  });

  test("ndjson is one forecast a line, markdown a table, and files are told by their ending", async () => {
    const lines = (await run(["forecast", panel, "--model", "drift", "-f", "ndjson"])).stdout
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line).status)).toEqual(["ok", "ok", "ok", "failed"]);
    const { stdout } = await run(["forecast", sales, "--model", "naive", "-n", "1", "-f", "markdown"]);
    expect(stdout).toMatch(/^\| ds +\| model +\| +mean \|/);
    const { stdout: silent } = await run(["forecast", sales, "--model", "naive", "-o", "out.json"], {
      cwd: at.path,
    });
    expect(silent).toBe("");
    expect(JSON.parse(at.read("out.json")).forecasts).toHaveLength(1);
  });

  test("a terminal gets a plot and a table, no wider than it is, and colours only if it wants them", async () => {
    const argv = ["forecast", sales, "--model", "naive", "-n", "6"];
    const coloured = await run(argv, { terminal: 80 });
    expect(coloured.stdout).toContain("\u001b[36m");
    for (const world of [{ env: { NO_COLOR: "1" } }, { env: { TERM: "dumb" } }]) {
      const { stdout, stderr } = await run(argv, { terminal: 80, ...world });
      expect(stdout + stderr).not.toContain("\u001b");
      expect(stdout).toMatch(/[⠁-⣿]/);
      expect(stdout).toContain("2022-06");
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    }
    expect((await run([...argv, "--no-color"], { terminal: 80 })).stdout).not.toContain("\u001b");
  });

  test("plots are drawn as svg and html", async () => {
    const argv = ["forecast", sales, "--model", "naive", "-n", "6", "--plot"];
    expect((await run([...argv, "p.svg"], { cwd: at.path })).code).toBe(0);
    expect((await run([...argv, "p.html"], { cwd: at.path })).code).toBe(0);
    expect(at.read("p.svg")).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    expect(at.read("p.html")).toMatch(/>2022-06</);
  });
});

describe("--plot given several times", () => {
  test("draws each file as alone; a comma belongs to its name", async () => {
    const argv = ["forecast", sales, "--model", "naive", "-n", "6"];
    for (const name of ["one.svg", "one.html"]) await run([...argv, "--plot", name], { cwd: at.path });
    const both = ["--plot", "two,b.svg", "--plot", "two.html"];
    const { code, stderr } = await run([...argv, ...both], { cwd: at.path });
    expect(code).toBe(0);
    expect(stderr).toContain("Drew two,b.svg and two.html.");
    // Observable Plot counts its clip paths over the process.
    const drawn = (name: string) => at.read(name).replaceAll(/plot-clip-\d+/g, "plot-clip");
    expect(drawn("two,b.svg")).toBe(drawn("one.svg"));
    expect(at.read("two.html")).toBe(at.read("one.html"));
  });

  test("each has to have an ending that can be drawn, and a place of its own", async () => {
    const argv = ["forecast", sales, "--model", "naive", "--plot"];
    const { code, stderr } = await run([...argv, "a.pdf", "--plot", "three.svg"], { cwd: at.path });
    expect([code, stderr]).toEqual([2, expect.stringContaining('not "a.pdf"')]);
    const twice = await run([...argv, "three.svg", "--plot", "./three.svg"], { cwd: at.path });
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("name the same file")]);
    expect(() => at.read("three.svg")).toThrow("ENOENT");
  });

  test("a settings file may list several, none outside the folder", async () => {
    const its = folder();
    const own = (plot: readonly string[]) => {
      its.write("yule.config.json", JSON.stringify({ plot }));
      return run(["forecast", sales, "--model", "naive"], { cwd: its.path });
    };
    expect((await own(["a.svg", "b.html"])).code).toBe(0);
    expect(its.read("a.svg")).toMatch(/^<svg/);
    expect(its.read("b.html")).toMatch(/^<!doctype html>/i);
    expect((await own(["c.svg", "../c.svg"])).stderr).toContain("outside the working directory");
  });
});

describe("what is told", () => {
  test("decisions go to stderr with the flags that repeat them, and --quiet silences them", async () => {
    const told = await run(["forecast", sales, "--model", "naive"]);
    expect(told.stderr).toContain("--time month --value sales");
    expect(told.stderr).toContain("period 12");
    expect((await run(["forecast", sales, "--model", "naive", "--quiet"])).stderr).toBe("");
  });

  test("--verbose tells what a search tried", async () => {
    const { stderr } = await run(["forecast", sales, "--model", "ar(auto)", "--verbose"]);
    expect(stderr).toMatch(/sales, search for ar\(\d+\):\n.*criterion aic, values/);
  });

  test("--verbose tells every candidate of auto-arima and every test, a line each", async () => {
    const { stderr } = await run(["forecast", sales, "--model", "auto-arima", "--verbose"]);
    expect(stderr).toMatch(/search: method stepwise, criterion aicc, evaluations \d+/);
    expect(stderr).toMatch(/chosen: order \(\d,\d,\d\), seasonal \(\d,\d,\d\), constant (true|false)\n/);
    const candidates = stderr.split("\n").filter((line) => line.startsWith("  candidates: order ("));
    expect(candidates.length).toBeGreaterThan(4);
    expect(stderr).toMatch(/ordinary: differences 0, test kpss, statistic /);
  });

  test("--period auto finds the season in the values", async () => {
    const stdin = `y\n${Array.from({ length: 60 }, (_, t) => [3, 9, 4, 1, 7][t % 5]! + ((t * 13) % 7) / 10).join("\n")}\n`;
    const { stdout, stderr } = await run(["forecast", "-", "--model", "snaive", "--period", "auto"], {
      stdin,
    });
    expect(stderr).toContain("period 5");
    expect(rows(stdout)[0]!.model).toBe("snaive[5]");
    expect(rows(stdout)).toHaveLength(10);
  });

  test("warnings are not silenced", async () => {
    const { code, stderr } = await run(["forecast", "-", "--model", "naive", "-q"], {
      stdin: "y\n5\n5\n5\n",
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: .*is constant/);
  });
});

describe("panels", () => {
  test("a failing series is reported, the others are written, and the exit code is 4", async () => {
    const { code, stdout, stderr } = await run(["forecast", panel, "--model", "drift", "-n", "1", "-q"]);
    expect(code).toBe(4);
    expect(rows(stdout).map(({ unique_id }) => unique_id)).toEqual(["a", "b", "c"]);
    expect(stderr).toMatch(/late, drift: failed: .*needs at least 2 observed values/);
  });

  test("json carries the error of the series that failed", async () => {
    const { stdout } = await run(["forecast", panel, "--model", "drift", "-f", "json", "-q"]);
    const failed = JSON.parse(stdout).forecasts[3];
    expect(failed).toMatchObject({ id: "late", status: "failed", error: { code: "series-too-short" } });
  });

  test("where all fail the run fails", async () => {
    const stdin = "unique_id,ds,y\na,1,5\nb,1,1\n";
    const { code, stdout, stderr } = await run(["forecast", "-", "--model", "drift", "-q"], { stdin });
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toContain("All 2 series and models failed");
  });

  test("wide tables are panels too", async () => {
    const { stdout } = await run(["forecast", "-", "--value", "a,b", "--model", "naive", "-n", "1"], {
      stdin: "t,a,b\n1,1,10\n2,2,20\n3,4,40\n",
    });
    expect(rows(stdout).map(({ unique_id, mean }) => [unique_id, mean])).toEqual([
      ["a", "4"],
      ["b", "40"],
    ]);
  });
});

describe("saved models", () => {
  test("forecast bit for bit as before", async () => {
    const argv = ["forecast", sales, "--model", "ar(2)", "--model", "drift", "-n", "4"];
    const fresh = await run([...argv, "--save", "m.json"], { cwd: at.path });
    const loaded = await run(["forecast", "--load", "m.json", "-n", "4"], { cwd: at.path });
    expect(loaded.code).toBe(0);
    expect(loaded.stdout).toBe(fresh.stdout);
  });

  test("move to another series without being fitted again", async () => {
    await run(["fit", sales, "--model", "naive", "--save", "naive.json"], { cwd: at.path });
    const stdin = "month,sales\n2022-01,1\n2022-02,5\n";
    const { stdout } = await run(["forecast", "-", "--load", "naive.json", "-n", "1"], {
      cwd: at.path,
      stdin,
    });
    const [row] = rows(stdout);
    expect(row).toMatchObject({ ds: "2022-03", mean: "5" });
    expect(Number(row!["hi-95"])).toBeCloseTo(5 + Z95 * naiveSd(SALES), 9);
  });

  test("of a panel find their series by id", async () => {
    await run(["fit", panel, "--model", "naive", "--save", "panel.json"], { cwd: at.path });
    const stdin = "unique_id,ds,y\nb,2022-01,7\nb,2022-02,8\n";
    const { stdout } = await run(["forecast", "-", "--load", "panel.json", "-n", "1"], {
      cwd: at.path,
      stdin,
    });
    expect(Number(rows(stdout)[0]!["hi-95"])).toBeCloseTo(8 + Z95 * 2 * naiveSd(SALES), 9);
    const other = await run(["forecast", "-", "--load", "panel.json"], {
      cwd: at.path,
      stdin: stdin.replaceAll("b,", "z,"),
    });
    expect(other.code).toBe(3);
    expect(other.stderr).toContain("has no model for the series z");
  });
});

describe("transformations and bounds", () => {
  test("--transform and --min, --max wrap the model", async () => {
    const wrapped = async (...argv: string[]) =>
      rows((await run(["forecast", sales, "--model", "naive", "-n", "1", ...argv])).stdout)[0]!.model;
    expect(await wrapped("--transform", "log")).toBe("log(naive)");
    expect(await wrapped("--transform", "box-cox:0.5")).toBe("box-cox(naive, lambda=0.5)");
    expect(await wrapped("--transform", "none")).toBe("naive");
    expect(await wrapped("--min", "0", "--max", "1000")).toBe("bounded(naive, min=0, max=1000)");
  });

  test("bounds are kept by points and intervals", async () => {
    const { stdout } = await run([
      "forecast",
      sales,
      "--model",
      "naive",
      "--min",
      "90",
      "--max",
      "180",
      "--level",
      "99.9",
    ]);
    for (const row of rows(stdout)) {
      expect(Number(row["lo-99.9"])).toBeGreaterThan(90);
      expect(Number(row["hi-99.9"])).toBeLessThan(180);
    }
  });
});

describe("missing values", () => {
  const stdin = "ds,y\n2020-01,4\n2020-02,\n2020-03,8\n2020-04,10\n";
  test("are kept exactly, interpolated or refused, as asked", async () => {
    const sd = async (...argv: string[]) => {
      const { stdout } = await run(["forecast", "-", "--model", "naive", "-n", "1", ...argv], { stdin });
      return (Number(rows(stdout)[0]!["hi-95"]) - 10) / Z95;
    };
    expect(await sd()).toBeCloseTo(Math.sqrt((16 / 2 + 4) / 2), 9);
    expect(await sd("--missing", "interpolate")).toBeCloseTo(2, 9);
    const refused = await run(["forecast", "-", "--model", "naive", "--missing", "error"], { stdin });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/1 missing value/);
  });
});

describe("a mean far from most of the probability", () => {
  const heavy = at.write(
    "heavy.csv",
    `y\n${Array.from({ length: 60 }, (_, t) => Math.exp(4 * Math.sin(t * t)).toFixed(4)).join("\n")}\n`,
  );
  const args = ["forecast", heavy, "--model", "log(naive)", "-n", "3"];

  test("is told on stderr even with --quiet, and in JSON with the steps", async () => {
    const { stderr, stdout } = await run([...args, "--quiet", "--format", "json"]);
    expect(stderr).toMatch(/^note: The mean of steps 1 to 3 lies outside the 80 % interval/);
    const { notes } = JSON.parse(stdout).forecasts[0];
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: "mean-unreliable",
        severity: "warning",
        details: { replaced: [], outside: [1, 2, 3] },
      }),
    );
  });

  test("has the median beside it in tables for people, and the columns of the contract in CSV", async () => {
    const markdown = (await run([...args, "--format", "markdown"])).stdout;
    expect(markdown.split("\n")[0]).toMatch(/\| +mean \| +median \| +lo-80 \|/);
    expect((await run([...args, "--format", "table"])).stdout).toMatch(/mean +median +lo-80/);
    expect((await run([...args, "--format", "csv"])).stdout.split("\n")[0]).toBe(
      "ds,model,mean,lo-80,hi-80,lo-95,hi-95",
    );
  });
});
