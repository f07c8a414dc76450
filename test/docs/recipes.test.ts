import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { folder } from "../cli/run.js";
import { blocksOf, ROOT } from "./blocks/markdown.js";

const at = folder();
const DAYS = Array.from({ length: 42 }, (_, t) => [
  new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10),
  t,
]);
const rows = (shop: string) =>
  DAYS.map(([day, t]) => `${shop},${day},${100 + (Number(t) % 7) * 5 + Number(t)}`);
const PANEL = `shop,day,sales\n${rows("A").join("\n")}\n${rows("B").join("\n")}\n`;
const ORDERS = DAYS.map(
  ([day, t]) => `INSERT INTO orders VALUES ('${day} 10:00:00', ${100 + (Number(t) % 7) * 5});`,
);
at.write("panel.csv", PANEL);
at.write("sales.csv", PANEL);
at.write("one.csv", `date,revenue\n${DAYS.map(([day, t]) => `${day},${50 + Number(t)}`).join("\n")}\n`);
at.write("new-rows.csv", "shop,day,sales\nA,2024-02-12,150\nB,2024-02-12,151\n");
at.write("orders.sql", `CREATE TABLE orders (sold_at TEXT, amount REAL);\n${ORDERS.join("\n")}\n`);

/** Programs on the path: yule of this checkout, and clients of servers that a test cannot reach, which print the rows. */
const bin = join(at.path, "bin");
mkdirSync(bin);
const YULE = `exec "${process.execPath}" "${resolve(ROOT, "bin/yule.js")}" "$@"`;
program("yule", YULE);
program("npx", `shift\n${YULE}`);
program("duckdb", 'case "$*" in -csv*) cat one.csv ;; *) test -s forecast.parquet ;; esac');
program("psql", 'case "$*" in *--csv*) cat panel.csv ;; *) test -s forecast.csv ;; esac');
program("curl", "cat one.csv");

function program(name: string, command: string): void {
  chmodSync(at.write(`bin/${name}`, `#!/bin/sh\n${command}\n`), 0o755);
}

const runs = (command: string) => spawnSync("sh", ["-c", `${command} >/dev/null 2>&1`]).status === 0;

/** Runs a program on a script as the pages have it; a fast model stands in for the default one. */
function run(command: readonly [string, ...string[]], input = "") {
  const [name, ...words] = command;
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    YULE_MODEL: "snaive",
    DATABASE_URL: "none",
    SHEET_ID: "1",
    TAB_ID: "0",
  };
  const { status, stdout, stderr } = spawnSync(name, words, { cwd: at.path, env, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

const shell = (script: string) => run(["bash", "-euo", "pipefail", "-c", script]);

/** The script of a page in a language that contains some words. */
function script(page: string, words: string, language = "sh"): string {
  const found = blocksOf(page).filter((block) => block.language === language && block.text.includes(words));
  expect(found.length, `${page} has one script with ${words}`).toBe(1);
  return found[0]!.text.replace("cd /srv/forecasts", `cd "${at.path}"`);
}

const DATABASES = "docs/recipes/databases.md";
const SHEETS = "docs/recipes/spreadsheets.md";
const LANGUAGES = "docs/recipes/r-and-python.md";

describe("scripts of the pages run", () => {
  test.each([
    [DATABASES, "duckdb -csv"],
    [DATABASES, "SELECT shop"],
    [SHEETS, "curl"],
    ["docs/guide/every-night.md", "SELECT shop"],
  ])("%s: from %s", (page, words) => {
    expect(shell(script(page, words))).toMatchObject({ status: 0 });
    expect(at.read("forecast.csv").split("\n").length).toBeGreaterThan(12);
  });

  test.each(["duckdb shop.duckdb", "TRUNCATE"])("back into a database: %s", (words) => {
    expect(shell(script(DATABASES, words))).toMatchObject({ status: 0 });
  });

  test("every night: fit once, update with new rows, forecast from the updated models", () => {
    expect(shell(script("docs/guide/every-night.md", "yule update"))).toMatchObject({ status: 0 });
    expect(at.read("updates.csv")).toMatch(/^A,2024-02-12,/m);
    expect(at.read("forecast.csv")).toMatch(/^B,2024-02-13,/m);
  });

  test("SQLite: from a query, and back into a table of numbers, twice", ({ skip }) => {
    skip(!runs("command -v sqlite3"), "sqlite3 is not installed");
    expect(shell("sqlite3 shop.db < orders.sql")).toMatchObject({ status: 0 });
    expect(shell(script(DATABASES, "sqlite3 -csv"))).toMatchObject({ status: 0 });
    const into = script(DATABASES, ".import");
    expect([shell(into).status, shell(into).status]).toEqual([0, 0]);
    const stored = `SELECT count(*), min(typeof(mean)), sum("hi-95" > mean) FROM forecast`;
    expect(shell(`sqlite3 shop.db '${stored}'`).stdout).toBe("56|real|56\n");
  });
});

describe("scripts of other languages run", () => {
  test("Python with its standard library", ({ skip }) => {
    skip(!runs("python3 --version"), "python3 is not installed");
    const { status, stdout } = run(["python3", "-"], script(LANGUAGES, "import csv, io", "python"));
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/^2024-01 \d+\S* \d+\S* \d+\S*$/);
    expect(stdout.trim().split("\n")).toHaveLength(12);
  });

  test("Python with pandas", ({ skip }) => {
    skip(!runs("python3 -c 'import pandas'"), "pandas is not installed");
    const { status, stdout } = run(["python3", "-"], script(LANGUAGES, "import pandas", "python"));
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/2024-12-01/) });
  });

  test("Python: every script of the pages can be parsed", ({ skip }) => {
    skip(!runs("python3 --version"), "python3 is not installed");
    const scripts = [LANGUAGES, "docs/recipes/coming-from.md"]
      .flatMap(blocksOf)
      .filter(({ language }) => language === "python")
      .map(({ text }) => text);
    expect(scripts).toHaveLength(5);
    const check = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)";
    expect(run(["python3", "-c", check], JSON.stringify(scripts))).toMatchObject({ status: 0, stderr: "" });
  });

  test("R", ({ skip }) => {
    skip(!runs("Rscript --version"), "R is not installed");
    const { status, stdout } = run(["Rscript", "-"], script(LANGUAGES, "system2", "r"));
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/1961-12-01/) });
  });
});

describe("spreadsheets", () => {
  test("from a workbook, and into a CSV with semicolons and decimal commas", () => {
    copyFileSync(resolve(ROOT, "test/io/formats/fixtures/one-sheet.xlsx"), join(at.path, "sales.xlsx"));
    at.write("to-excel.mjs", script(SHEETS, "node to-excel.mjs", "js"));
    const to = script(SHEETS, "node to-excel.mjs", "sh");
    expect(shell(`export YULE_VALUE=sales\n${to}`)).toMatchObject({ status: 0 });
    const [head, first] = at.read("forecast-excel.csv").split("\r\n");
    expect(head).toBe("\uFEFFid;ds;model;mean;lo-95;hi-95");
    expect(first).toMatch(/^"[^"]*";2024-02-1\d;"snaive\[7\]";\d+(,\d+)?;\d+,\d+;\d+,\d+$/);
    const again = shell("yule inspect forecast-excel.csv --value mean --id id");
    expect(again).toMatchObject({ status: 0, stderr: expect.stringMatching(/times in ds/) });
  });

  test("into a workbook", ({ skip }) => {
    const library = resolve(ROOT, "node_modules/write-excel-file");
    skip(!runs(`test -d "${library}"`), "write-excel-file is not installed");
    mkdirSync(join(at.path, "node_modules"), { recursive: true });
    symlinkSync(library, join(at.path, "node_modules/write-excel-file"));
    symlinkSync(ROOT, join(at.path, "node_modules/yule"));
    at.write("workbook.mjs", script(SHEETS, "write-excel-file/node", "js"));
    expect(run(["node", "workbook.mjs", "sales.csv", "book.xlsx"])).toMatchObject({ status: 0 });
    const inside = run(["node", resolve(ROOT, "bin/yule.js"), "inspect", "book.xlsx", "--sheet", "2 B"]);
    expect(inside.stderr).toMatch(/12 rows/);
  });
});

test("coming from another package: the commands of yule run on the file that the page names", () => {
  const page = "docs/recipes/coming-from.md";
  copyFileSync(resolve(ROOT, "datasets/airpassengers.csv"), join(at.path, "daily.csv"));
  const scripts = blocksOf(page).filter(({ language }) => language === "sh");
  const quick = ({ text }: { text: string }) => text.replaceAll(/-m auto-\S+/g, "-m drift -m snaive");
  for (const block of scripts) expect(shell(quick(block))).toMatchObject({ status: 0 });
  expect(readdirSync(at.path)).toContain("sales.csv");
});
