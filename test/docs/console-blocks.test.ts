import { symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { folder } from "../cli/run.js";
import { alike, examplesOf, linesOf } from "./blocks/console.js";
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
files.write("gap.csv", "ds,y\n2024-01-01,5\n2024-01-03,6\n2024-01-02,7\n2024-01-05,8\n");

test("there are commands in the pages", () => {
  expect(EXAMPLES.length).toBeGreaterThan(6);
});

describe("every command of the pages prints what they show", () => {
  test.each(EXAMPLES)("$name", async (example) => {
    const { command, shown } = example;
    const lines = await linesOf(example, files.path);
    const differing = shown.findIndex((line, at) => !(at < lines.length && alike(line, lines[at]!)));
    expect(differing < 0 ? "" : lines[differing], command).toBe(differing < 0 ? "" : shown[differing]);
  });
});

test("another word and another digit are seen", () => {
  expect(alike("ar(9), 49.766", "ar(9), 49.766")).toBe(true);
  expect(alike("ar(9), 49.766", "ar(9), 49.767")).toBe(false);
  expect(alike("ar(9), 49.766", "ma(9), 49.766")).toBe(false);
  expect(alike("ar(9), …", "ar(9), anything")).toBe(true);
});
