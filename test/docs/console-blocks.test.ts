import { symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { folder } from "../cli/run.js";
import { alike, examplesOf, linesOf, withoutSeconds } from "./blocks/console.js";
import { blocksOf, pages, ROOT } from "./blocks/markdown.js";
import { dailySales, promotions, regionalSales, salesLog } from "./blocks/sales.js";

const EXAMPLES = pages()
  .flatMap(blocksOf)
  .filter(({ language }) => language === "console")
  .flatMap(examplesOf);

const files = folder();
symlinkSync(resolve(ROOT, "datasets"), resolve(files.path, "datasets"));
files.write("sales-log.csv", salesLog());
files.write("sales.csv", dailySales());
files.write("promotions.csv", promotions());
files.write("shops.csv", regionalSales());
files.write("amb.csv", "ds,y\n1/2/2024,3\n2/3/2024,4\n3/4/2024,5\n");
files.write("txt.csv", "ds,y\n2024-01-01,5\n2024-01-02,x\n2024-01-03,7\n");
files.write("dup.csv", "ds,y\n2024-01-01,5\n2024-01-01,6\n2024-01-02,7\n");
files.write("cur.csv", "ds,y\n2024-01-01,4\n2024-01-02,$5\n2024-01-03,$6\n");
files.write("gap.csv", "ds,y\n2024-01-01,5\n2024-01-03,6\n2024-01-02,7\n2024-01-05,8\n");

test("there are commands in the pages", () => {
  expect(EXAMPLES.length).toBeGreaterThan(6);
});

describe("every command of the pages prints what they show", () => {
  test.each(EXAMPLES)("$name", async (example) => {
    const { command } = example;
    const shown = withoutSeconds(example.shown);
    const lines = withoutSeconds(await linesOf(example, files.path));
    const differing = shown.findIndex((line, at) => !(at < lines.length && alike(line, lines[at]!)));
    expect(differing < 0 ? "" : lines[differing], command).toBe(differing < 0 ? "" : shown[differing]);
  });
});

test("every block that begins with a command is run, unless it shows a run that was stopped", () => {
  const others = pages()
    .flatMap(blocksOf)
    .filter(({ language, text }) => language !== "console" && text.startsWith("$ "));
  expect(others.map(({ page, language }) => `${page}: ${language}`)).toEqual([
    "docs/guide/many-series.md: text",
    "docs/guide/many-series.md: text",
  ]);
});

test("seconds of a table are not compared, other last columns are", () => {
  const table = (seconds: string, mase: string) => [
    "model  MASE  seconds",
    "────",
    `theta  ${mase}  ${seconds}`,
  ];
  expect(withoutSeconds(table("0.02", "1.5"))).toEqual(withoutSeconds(table("12.31", "1.5")));
  expect(withoutSeconds(table("0.02", "1.5"))).not.toEqual(withoutSeconds(table("0.02", "1.6")));
  expect(withoutSeconds(["drift  1.03"])).toEqual(["drift  1.03"]);
});

test("another word and another digit are seen", () => {
  expect(alike("ar(9), 49.766", "ar(9), 49.766")).toBe(true);
  expect(alike("ar(9), 49.766", "ar(9), 49.767")).toBe(false);
  expect(alike("ar(9), 49.766", "ma(9), 49.766")).toBe(false);
  expect(alike("ar(9), …", "ar(9), anything")).toBe(true);
});
