import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { seasonalPanel } from "../models/network/panels.js";
import { folder, run } from "./run.js";

const at = folder();
const BIN = resolve(import.meta.dirname, "../../bin/yule.js");
const NETWORK = "deepar(hidden=8, batches=6)";

function csvOf(count: number, length: number, prefix = "s"): string {
  const rows = seasonalPanel(count, length).flatMap(({ y }, i) =>
    Array.from(y, (value, t) => {
      const month = String((t % 12) + 1).padStart(2, "0");
      return `${prefix}${i},${2001 + Math.floor(t / 12)}-${month}-01,${value.toFixed(3)}`;
    }),
  );
  return `unique_id,ds,y\n${rows.join("\n")}\n`;
}

const PANEL = at.write("panel.csv", csvOf(6, 60));
const STRANGERS = at.write("strangers.csv", csvOf(2, 40, "stranger"));

/** On one thread: the worker of threads is a file of the build, which these tests do without. */
const yule = (...argv: string[]) => run([...argv, "--jobs", "1"], { cwd: at.path });

describe("a network on the command line", () => {
  test("fit learns from the whole panel, tells the course, and saves weights once", async () => {
    const { code, stderr, stdout } = await yule(
      ...["fit", PANEL, "--model", NETWORK, "--epochs", "3", "--save", "m.json"],
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/Trained for 3 epochs in \d+ s; loss [▁▂▃▄▅▆▇█]{3}, the least -?\d+\.\d{4}\./);
    expect(stdout).toContain("deepar(hidden=8, epochs=3, batches=6)");
    const file = JSON.parse(at.read("m.json"));
    expect(file).toMatchObject({ yule: "models", format: 2 });
    expect(file.models.map(({ params }: { params: object }) => params)).toEqual(
      Array.from({ length: 6 }, () => ({ $common: expect.any(Number) })),
    );
  });

  test("forecast --load goes on, takes its own series, and serves series it never saw", async () => {
    const alone = await yule("forecast", "--load", "m.json", "-n", "3");
    const own = await yule("forecast", "--load", "m.json", PANEL, "-n", "3");
    expect(own.stdout).toBe(alone.stdout);
    const { code, stdout, stderr } = await yule("forecast", "--load", "m.json", STRANGERS, "-n", "3");
    expect(code).toBe(0);
    expect(stderr).toContain("2 series, the first stranger0: no model in m.json");
    expect(stdout.trim().split("\n")).toHaveLength(1 + 2 * 3);
    expect(stdout).toContain("stranger1,2004-05-01,");
  });

  test("another frequency is refused, and so are a truncated and an edited file", async () => {
    const weekly = at.write("weekly.csv", "unique_id,ds,y\nw,2024-01-01,3\nw,2024-01-08,4\nw,2024-01-15,5\n");
    const other = await yule("forecast", "--load", "m.json", weekly);
    expect(other.code).toBe(3);
    expect(other.stderr).toContain("w has W and period 52, the network was trained on M and period 12");
    const text = at.read("m.json");
    for (const [broken, why] of [
      [text.slice(0, text.length / 2), ", model 2 is not JSON, or was cut off"],
      [text.replace(/("\$f32":"....)[A-Z]/, "$1x"), " was changed or damaged after it was saved"],
    ] as const) {
      expect(broken).not.toBe(text);
      at.write("broken.json", broken);
      const { code, stderr } = await yule("forecast", "--load", "broken.json");
      expect(code).toBe(3);
      expect(stderr).toBe(`error: broken.json${why}; save the model again with --save.\n`);
    }
  });

  test("update moves a saved network on", async () => {
    const rows = csvOf(6, 63)
      .split("\n")
      .filter((line) => / ?,2006-0[1-3]/.test(line) || line.startsWith("unique"));
    const fresh = at.write("fresh.csv", `${rows.join("\n")}\n`);
    const { code, stdout } = await run(["update", "m.json", fresh, "--save", "later.json"], { cwd: at.path });
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(1 + 6 * 3);
    const ahead = await yule("forecast", "--load", "later.json", "-n", "1");
    expect(ahead.stdout).toContain("s0,2006-04-01,");
  });

  test("a time budget ends training and says so; limits without a network are refused", async () => {
    const { code, stderr } = await yule(
      ...[
        "forecast",
        PANEL,
        "-n",
        "2",
        "--model",
        "deepar(hidden=8, batches=90000)",
        "--epochs",
        "90000",
        "--time-budget",
        "0.1s",
      ],
    );
    expect(code).toBe(0);
    expect(stderr).toContain("The time budget ended training");
    const needless = await yule("forecast", PANEL, "--model", "naive", "--epochs", "5");
    expect(needless.code).toBe(2);
    expect(needless.stderr).toContain("--epochs applies to models that are trained, and there is none");
    const transform = await yule("forecast", PANEL, "--model", "deepar", "--transform", "log");
    expect(transform.code).toBe(2);
    expect(transform.stderr).toContain("--transform cannot be used with deepar");
  });

  test("bounds are the network's own", async () => {
    const { code, stdout } = await yule(
      ...["forecast", PANEL, "-n", "2", "--model", NETWORK, "--epochs", "1", "--max", "1000"],
    );
    expect(code).toBe(0);
    expect(stdout).toContain("deepar(hidden=8, horizon=2, epochs=1, batches=6, max=1000)");
  });

  test("training has the steps in mind that were asked for, unless the model says its own", async () => {
    const modelsOf = async (command: string, model: string, ...more: string[]) => {
      const { code, stdout } = await yule(command, PANEL, "--model", model, "--paths", "10", ...more);
      expect(code).toBe(0);
      const [header, ...rows] = stdout.trim().split("\n");
      expect(header).toMatch(/^unique_id,ds,model,/);
      return new Set(rows.map((row) => /"(deepar\([^"]*\))"/.exec(row)?.[1]));
    };
    const six = "deepar(hidden=8, horizon=6, epochs=1, batches=2)";
    const open = "deepar(hidden=8, epochs=1, batches=2)";
    expect(await modelsOf("forecast", open, "-n", "6")).toEqual(new Set([six]));
    expect(await modelsOf("simulate", open, "-n", "6")).toEqual(new Set([six]));
    expect(await modelsOf("forecast", six, "-n", "3")).toEqual(new Set([six]));
    expect(await modelsOf("forecast", open)).toEqual(new Set([open]));
    const fit = await yule("fit", PANEL, "--model", open, "-f", "json");
    // 60 rows each: a quarter of them is less than two periods.
    expect(JSON.parse(fit.stdout).fits[0]).toMatchObject({ model: open, details: { horizon: 15 } });
  });

  test("backtest ranks it beside classical models", async () => {
    const { code, stdout } = await yule(
      ...["backtest", PANEL, "-n", "6", "--folds", "2", "--refit", "2", "--paths", "50"],
      ...["--model", NETWORK, "--epochs", "2", "--model", "theta", "--format", "json"],
    );
    expect(code).toBe(0);
    const { scores } = JSON.parse(stdout);
    const models = scores.map(({ model }: { model: string }) => model);
    expect(models).toEqual(
      expect.arrayContaining(["deepar(hidden=8, epochs=2, batches=6)", "theta", "naive"]),
    );
    const network = scores.find(({ model }: { model: string }) => model.startsWith("deepar"));
    expect(network.mase).toBeGreaterThan(0);
    expect(network.coverage["80"]).toBeGreaterThan(0);
  });

  test("a misspelt name is set right", async () => {
    const { code, stderr } = await yule("forecast", PANEL, "--model", "deeparr");
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean deepar?");
  });
});

describe("the program itself", () => {
  test("a loaded network forecasts the same on one thread and on several", async () => {
    await yule("fit", PANEL, "--model", NETWORK, "--epochs", "2", "--save", "shared.json");
    const forecastOn = (jobs: string): string => {
      const argv = [
        "forecast",
        PANEL,
        "--load",
        "shared.json",
        "-n",
        "5",
        "--paths",
        "40",
        "-q",
        "-f",
        "json",
      ];
      const { stdout } = spawnSync(process.execPath, [BIN, ...argv, "--jobs", jobs], {
        cwd: at.path,
        encoding: "utf8",
      });
      return stdout;
    };
    const alone = forecastOn("1");
    expect(JSON.parse(alone).forecasts).toHaveLength(6);
    expect(forecastOn("3")).toBe(alone);
  });

  test("Ctrl-C ends the training on two threads, keeps the best and leaves no half-written file", async () => {
    const argv = [
      "fit",
      PANEL,
      "--model",
      NETWORK,
      "--epochs",
      "90000",
      "--save",
      "kept.json",
      "--jobs",
      "2",
      "--verbose",
    ];
    const child = spawn(process.execPath, [BIN, ...argv], { cwd: at.path });
    let told = "";
    child.stderr.on("data", (chunk) => {
      const before = told;
      told += chunk;
      if (told.includes("Ctrl-C stops it") && !before.includes("Ctrl-C stops it")) child.kill("SIGINT");
    });
    child.stdout.resume();
    const code = await new Promise((ended) => child.on("close", ended));
    expect(told).toMatch(/Training was stopped in epoch \d+/);
    expect(code).toBe(0);
    expect(readdirSync(at.path).filter((name) => name.includes("kept"))).toEqual(["kept.json"]);
    const { stdout } = await yule("forecast", "--load", "kept.json", "-n", "1");
    expect(stdout).toContain("s5,2006-01-01,");
  });
});
