import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { lines, refusalOf } from "./csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const days = (rows: number, rest: (row: number) => string) =>
  Array.from({ length: rows }, (_, row) => `${day(row)},${rest(row)}`);

describe("a number column is an id only where its values repeat as ids do", () => {
  test.each([
    ["date,sales,store_traffic", (row: number) => `${100 + row},${10 + (row % 3)}`],
    ["date,sales,store_visitors", (row: number) => `${100 + row},${10 + (row % 5)}`],
    ["date,sales,store", (row: number) => `${100 + row},${20 + ((row * 7) % 4)}`],
    ["date,sales,item", (row: number) => `${100 + row},${(row * 5) % 3}`],
  ])("%s: one series", async (header, row) => {
    const { panel, decisions } = await parseCsv(lines(header, ...days(30, row)));
    expect(decisions.id).toEqual([]);
    expect(decisions.values).toEqual(["sales"]);
    expect(panel.map(({ y }) => y.length)).toEqual([30]);
  });

  test("beside a text id a number named like one is a measurement", async () => {
    const rows = ["DE", "FR"].flatMap((country) => days(9, (row) => `${country},${row % 3},${row}`));
    const { decisions } = await parseCsv(lines("date,country,station,sales", ...rows));
    expect(decisions.id).toEqual(["country"]);
  });

  test("numbers that tell rows of one time apart are ids", async () => {
    const rows = [1, 2].flatMap((store) =>
      [7, 9].flatMap((item) => days(5, (row) => `${store},${item},${row}`)),
    );
    const { panel } = await parseCsv(lines("date,store,item,sales", ...rows));
    expect(panel.map(({ id }) => id)).toEqual(["1/7", "1/9", "2/7", "2/9"]);
  });

  test("numbers that stand in blocks are ids", async () => {
    const { panel } = await parseCsv(
      lines("store,sales", ..."1 1 1 1 2 2 2 2".split(" ").map((id, i) => `${id},${i}`)),
    );
    expect(panel.map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

describe("numbers in a header", () => {
  test.each([
    ["item numbers", "date,101,102", "101"],
    ["item numbers without a step", "date,101,102,205", "205"],
    ["an unknown name before them", "Tag,101,102", "102"],
    ["an empty cell before them", ",101,102", "102"],
    ["years beside whole dates", "date,2021,2022,2023", "2022"],
  ])("%s", async (_, header, value) => {
    const width = header.split(",").length - 1;
    const rows = days(12, (row) => Array.from({ length: width }, (_, i) => 10 * i + row).join(","));
    const error = await refusalOf(lines(header, ...rows));
    expect(error.code).toBe("ambiguous-value");
    expect(error.message).toContain(`--value ${header.split(",")[1]}`);
    const { panel, decisions } = await parseCsv(lines(header, ...rows), { value });
    expect(decisions.rows).toBe(12);
    expect(panel[0]!.y.length).toBe(12);
  });

  test("a file without one keeps its first row", async () => {
    for (const row of ["2024-01-01,5", "1,2,3", "A,2024-01-01,5", "3,7,11"]) {
      const width = row.split(",").length;
      const text = lines(row, row.replace("01-01", "01-02"), row.replace("01-01", "01-03"));
      const { decisions } = await parseCsv(text, { value: `column${width}`, time: null, id: null });
      expect(decisions.header).toBe(false);
      expect(decisions.rows).toBe(3);
    }
  });
});
