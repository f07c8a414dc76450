import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { momentOf, readTime } from "../../src/core/time/forms/index.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { CLOCKS, REFUSED, timeFormsTable } from "./time-forms-table.js";

const DATA = resolve(import.meta.dirname, "../../docs/data/reading-data.md");

test("the list of forms of time in docs/data/reading-data.md is the one of the tables; npm run docs:times writes it", () => {
  const text = readFileSync(DATA, "utf8");
  const [, list] = /<!-- begin: forms of time -->\n([\s\S]*)<!-- end: forms of time -->/.exec(text) ?? [];
  expect(list).toBe(timeFormsTable());
});

describe("what the list says of times of day", () => {
  test.each(CLOCKS)("%s is read as five o'clock, or as the hour it states", (cell) => {
    const [reading] = readTime(cell).filter(({ form }) => form !== "mdy" || cell.startsWith("1/"));
    const hour = (momentOf({ ...reading!, month: reading!.month || 1 }) / 3_600_000) % 24;
    expect(Math.floor(hour)).toBe(cell.includes("24:00") ? 0 : 5);
  });
});

describe("what the list says is refused", () => {
  test.each(REFUSED)("%s, %s", async (cell) => {
    const rows = ["2024-01-28,1", "2024-01-29,2", `"${cell}",3`, "2024-01-31,4"];
    const outcome = await parseCsv(`date,y\n${rows.join("\n")}\n`).catch((error: Error) => error);
    expect(outcome).toMatchObject({ code: "bad-time", details: { row: 4 } });
  });
});
