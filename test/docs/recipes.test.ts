import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
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
program("yule", `exec "${process.execPath}" "${resolve(ROOT, "bin/yule.js")}" "$@"`);
program("duckdb", 'case "$*" in -csv*) cat one.csv ;; *) test -s forecast.parquet ;; esac');
program("psql", 'case "$*" in *--csv*) cat panel.csv ;; *) test -s forecast.csv ;; esac');
program("curl", "cat one.csv");

function program(name: string, command: string): void {
  chmodSync(at.write(`bin/${name}`, `#!/bin/sh\n${command}\n`), 0o755);
}

const HAS = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Runs a script as the pages have it; a fast model stands in for the default one. */
function shell(script: string): { status: number | null; stderr: string } {
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    YULE_MODEL: "snaive",
    DATABASE_URL: "none",
    SHEET_ID: "1",
    TAB_ID: "0",
  };
  const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], {
    cwd: at.path,
    env,
    encoding: "utf8",
  });
  return { status, stderr };
}

/** The n-th script of a page. */
function script(page: string, n: number): string {
  const found = blocksOf(page).filter(({ language }) => language === "sh")[n];
  return (
    found?.text.replace("cd /srv/forecasts", `cd "${at.path}"`) ??
    expect.unreachable(`${page} has no script ${n}`)
  );
}

describe("scripts of the pages run", () => {
  test.each([
    ["docs/recipes/databases.md", 0, "duckdb"],
    ["docs/recipes/databases.md", 2, "psql"],
    ["docs/recipes/spreadsheets.md", 2, "curl"],
    ["docs/guide/every-night.md", 0, "cron"],
  ])("%s, script %d (%s)", (page, n) => {
    expect(shell(script(page, n))).toMatchObject({ status: 0 });
    expect(at.read("forecast.csv").split("\n").length).toBeGreaterThan(12);
  });

  test("every night: fit once, update with new rows, forecast from the updated models", () => {
    expect(shell(script("docs/guide/every-night.md", 1))).toMatchObject({ status: 0 });
    expect(at.read("updates.csv")).toMatch(/^A,2024-02-12,/m);
    expect(at.read("forecast.csv")).toMatch(/^B,2024-02-13,/m);
  });

  test.skipIf(!HAS("sqlite3"))("SQLite: from a query, and back into a table", () => {
    const into = script("docs/recipes/databases.md", 3);
    expect(shell("sqlite3 shop.db < orders.sql")).toMatchObject({ status: 0 });
    expect(shell(script("docs/recipes/databases.md", 1))).toMatchObject({ status: 0 });
    expect(shell(into)).toMatchObject({ status: 0 });
    expect(shell(`test "$(sqlite3 shop.db 'SELECT count(*) FROM forecast')" -ge 56`)).toMatchObject({
      status: 0,
    });
  });
});
