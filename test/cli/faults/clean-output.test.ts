import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import { contextOf } from "../../../src/cli/context.js";
import { duration, whole } from "../../../src/cli/options/readers.js";
import { requireSpace } from "../../../src/cli/places/space.js";
import { parseNotation } from "../../../src/models/notation.js";
import { escapeMarkup } from "../../../src/report/pictures/markup.js";
import { printable } from "../../../src/report/terminal/printable.js";
import { csvText } from "../../../src/report/text/csv.js";
import { markdownText } from "../../../src/report/text/markdown.js";
import { folder, run } from "../run.js";

const at = folder();
const world = { cwd: at.path };
const BIN = resolve(import.meta.dirname, "../../../bin/yule.js");
const months = ["2020-01", "2020-02", "2020-03", "2020-04"];
const named = (...ids: string[]) =>
  `unique_id,ds,y\n${ids.flatMap((id) => months.map((month, t) => `"${id.replaceAll('"', '""')}",${month},${3 + t}`)).join("\n")}\n`;

describe("names with characters that a medium takes for its own", () => {
  const wild = "a\u001b[2Jb\u0007\u009bc\u202ed";

  test("reach a terminal as their numbers", async () => {
    at.write("wild.csv", named(wild, "b"));
    const { stdout, stderr } = await run(["forecast", "wild.csv", "-m", "naive", "-n", "1"], {
      ...world,
      terminal: 100,
      env: { NO_COLOR: "1" },
    });
    expect(stdout).toContain("\\x1b[2J");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test("leave SVG and HTML well-formed", async () => {
    at.write("wild.csv", named(wild, "b<c>&\"'"));
    await run(["forecast", "wild.csv", "-m", "naive", "--plot", "p.svg", "-o", "o.csv"], world);
    const svg = at.read("p.svg");
    expect(svg).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
    expect(new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("svg")).not.toBeNull();
    expect(escapeMarkup("\ud800\u0000\uffff𝛼")).toBe("\ufffd\ufffd\ufffd𝛼");
  });

  test("show in Markdown as they are written", () => {
    const columns = [{ name: "unique_id" }];
    const cell = (text: string) => markdownText({ columns, rows: [[text]] }).split("\n")[2]!;
    expect(cell("a|b\n`c`*d*<e>&lt;")).toBe("| a\\|b \\`c\\`\\*d\\*&lt;e>&amp;lt; |");
    expect(cell("_a_ [b](c) ![d](e) ~~f~~ \\g")).toBe("| \\_a\\_ \\[b](c) \\![d](e) \\~\\~f\\~\\~ \\\\g |");
    expect(cell("store_1 ets(A,N,N)[12]")).toBe("| store_1 ets(A,N,N)[12] |");
  });

  test("are kept from being formulas with --safe-csv, numbers stay numbers", async () => {
    at.write("formula.csv", named("=1+1", "@x", " -y", "plain"));
    const ids = (stdout: string) =>
      new Set((parse(stdout, { columns: true }) as { unique_id: string }[]).map((row) => row.unique_id));
    const argv = ["forecast", "formula.csv", "-m", "naive", "-n", "1"];
    expect(ids((await run(argv, world)).stdout)).toEqual(new Set(["=1+1", "@x", " -y", "plain"]));
    expect(ids((await run([...argv, "--safe-csv"], world)).stdout)).toEqual(
      new Set(["'=1+1", "'@x", "' -y", "plain"]),
    );
    const table = { columns: [{ name: "=a" }, { name: "b" }], rows: [["-1", -1]] };
    expect(csvText(table, true)).toBe("'=a,b\n'-1,-1\n");
    expect(csvText(table)).toBe("=a,b\n-1,-1\n");
  });
});

describe("bounded", () => {
  test("a name of megabytes is not told in full", async () => {
    const long = "x".repeat(100_000);
    at.write("long.csv", `unique_id,ds,y\n${long},2020-01,3\nb,2020-01,1\nb,2020-02,2\n`);
    for (const format of ["csv", "json"]) {
      const { stderr } = await run(["forecast", "long.csv", "-m", "naive", "-n", "1", "-f", format], world);
      expect(stderr).toContain("characters left out");
      expect(stderr.length).toBeLessThan(10_000);
    }
    expect(printable(long, 100).length).toBeLessThan(150);
  });

  test("gzip that unpacks to hundreds of times its size", async () => {
    // Few long rows, and one packed part over and over, so that neither the test nor the reader is long about it.
    const part = gzipSync(Buffer.from(`${" ".repeat(8190)}1\n`.repeat(2048)), { level: 9 });
    at.write("bomb.csv.gz", Buffer.concat([gzipSync("y\n"), ...Array.from({ length: 6 }, () => part)]));
    const { code, stderr } = await run(["inspect", "bomb.csv.gz", "-f", "json"], world);
    expect(code).toBe(3);
    expect(JSON.parse(stderr.trim().split("\n").at(-1)!).error).toMatchObject({ code: "gzip-too-large" });
  }, 300_000);

  test("brackets in brackets without end", async () => {
    const deep = (levels: number) => `${"log(".repeat(levels)}naive${")".repeat(levels)}`;
    expect(() => parseNotation(deep(10_000))).toThrow(/brackets more than 32 deep/);
    const { code, stderr } = await run(
      ["forecast", at.write("w.csv", named("a")), "-m", deep(10_000)],
      world,
    );
    expect(code).toBe(2);
    expect(stderr.length).toBeLessThan(1000);
    expect(parseNotation(deep(3)).name).toBe("log");
  });

  test("blanks in a number or a time", () => {
    const blanks = " ".repeat(200_000);
    const began = performance.now();
    for (const text of [`1${blanks}x`, `${blanks}x`, `1${blanks}sx`]) {
      expect(() => duration(text, "--time-budget")).toThrow(/must be a time/);
      expect(() => whole(1, 5, "3")(text, "--jobs")).toThrow(/must be a whole number/);
    }
    expect(duration(`${blanks}90 s${blanks}`, "--time-budget")).toBe(90);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe("a full disk", () => {
  test("behind standard output is one sentence", () => {
    at.write("w.csv", named("a"));
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `"${process.execPath}" "${BIN}" forecast w.csv -m naive -q > /dev/full`],
      { cwd: at.path, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toBe(
      "error: The result cannot be written to standard output (the disk is full); make room, or give --output a place.\n",
    );
  });

  test("behind --output is a failure, not a misuse", async () => {
    at.write("w.csv", named("a"));
    const { code, stderr } = await run(["forecast", "w.csv", "-m", "naive", "-o", "/dev/full"], world);
    expect(code).toBe(1);
    expect(stderr).toContain("/dev/full cannot be written (the disk is full)");
  });

  test("is foreseen for a panel, before the fits", () => {
    const silent = { write: () => true };
    const context = contextOf(
      { stdin: process.stdin, stdout: silent, stderr: silent, env: {}, cwd: at.path },
      { output: "o.csv", save: "m.json" },
    );
    const extent = { fits: 100_000, horizon: 24, levels: 2 };
    expect(() => requireSpace(context, extent, () => 1e12)).not.toThrow();
    expect(() => requireSpace(context, extent, () => 1e8)).toThrow(
      /^o\.csv will take about 300 MB and 100 MB are free; give --output a place with more room\.$/,
    );
    expect(() => requireSpace({ ...context, settings: { save: "m.json" } }, extent, () => 1e6)).toThrow(
      /m\.json/,
    );
  });
});
