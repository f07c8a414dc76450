import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder } from "./run.js";

/** The program as users start it: bin/yule.js on the build that `npm ci` makes. */
const BIN = resolve(import.meta.dirname, "../../bin/yule.js");
const AIR = resolve(import.meta.dirname, "../../datasets/airpassengers.csv");
const at = folder();

function yule(argv: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...argv], {
    cwd: at.path,
    encoding: "utf8",
    env: { PATH: process.env.PATH },
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  if (!existsSync(resolve(BIN, "../../dist/program/start.js")))
    throw new Error("There is no build to test: run npm run build.");
});

describe("the program itself", () => {
  test("forecasts a file as CSV where its output is no terminal", () => {
    const { code, stdout, stderr } = yule(["forecast", AIR, "--model", "snaive", "-n", "12"]);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(13);
    expect(stdout).toMatch(
      /^unique_id,ds,model,mean,lo-80,hi-80,lo-95,hi-95\nAirPassengers,1961-01-01,snaive\[12\],417,/,
    );
    expect(stderr).toContain("period 12");
  });

  test("reads standard input, for - and for no file at all", () => {
    const input = "y\n1\n2\n4\n";
    const named = yule(["forecast", "-", "--model", "naive", "-n", "1", "-q"], input);
    const unnamed = yule(["forecast", "--model", "naive", "-n", "1", "-q"], input);
    expect(named).toEqual(unnamed);
    expect(named.stdout).toMatch(/^ds,model,mean.*\n4,naive,4,/);
  });

  test("sets only flags that this Node knows: of others Node itself would complain", () => {
    const { stdout, stderr } = yule(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    expect(stderr).toBe("");
  });

  test("leaves the exit codes of the contract", () => {
    expect(yule(["--help"]).code).toBe(0);
    expect(yule(["forecast", AIR, "-n", "0"]).code).toBe(2);
    expect(yule(["forecast", "absent.csv"]).code).toBe(2);
    expect(yule(["forecast", "-"], "ds,y\n").code).toBe(3);
    const panel = "unique_id,ds,y\na,1,5\na,2,6\nb,1,3\n";
    expect(yule(["forecast", "-", "--model", "naive"], panel).code).toBe(4);
  });

  test("ends quietly when the reader of its output goes away", async () => {
    const child = spawn(
      process.execPath,
      [BIN, "simulate", AIR, "--model", "snaive", "--paths", "20000", "-q"],
      { cwd: at.path },
    );
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((done) => child.on("close", done));
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("gives the same numbers on one thread and on several", () => {
    const rows = Array.from({ length: 6 }, (_, k) =>
      Array.from({ length: 30 }, (_, t) => `s${k},${t + 1},${10 + k + ((t * (k + 3)) % 7)}`).join("\n"),
    );
    const panel = at.write("panel.csv", `unique_id,ds,y\n${rows.join("\n")}\nshort,1,3\n`);
    const argv = ["forecast", panel, "--model", "ar(2)", "--model", "ensemble(naive,mean)", "-n", "4", "-q"];
    const one = yule([...argv, "--jobs", "1"]);
    const three = yule([...argv, "--jobs", "3"]);
    expect(one.code).toBe(4);
    expect(three).toEqual(one);
  });

  test("leaves nothing half-written when it is interrupted", async () => {
    const target = join(at.path, "many.csv");
    const child = spawn(
      process.execPath,
      [BIN, "simulate", AIR, "--model", "snaive", "--paths", "200000", "-o", target],
      { cwd: at.path },
    );
    child.stderr.once("data", () => setTimeout(() => child.kill("SIGINT"), 300));
    await new Promise((done) => child.on("close", done));
    expect(readdirSync(at.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("says what to do where it was not built", () => {
    const elsewhere = join(at.path, "unbuilt", "bin");
    mkdirSync(elsewhere, { recursive: true });
    copyFileSync(BIN, join(elsewhere, "yule.mjs"));
    const { status, stderr } = spawnSync(process.execPath, [join(elsewhere, "yule.mjs")], {
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: yule is not built yet; run npm ci .*\n$/);
  });
});
