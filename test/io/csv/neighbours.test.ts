import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);

describe("files beside those that are read", () => {
  test("a decimal comma without quotes is refused, not read as another column", async () => {
    const error = await refusalOf(lines("date,value", ...rows(30, (i) => `${day(i)},${100 + i},${i % 10}`)));
    expect([error.code, error.message]).toEqual(["ragged-row", expect.stringContaining("a decimal comma")]);
  });

  test("row names before a header of one name less are still read", async () => {
    const { decisions } = await parseCsv(lines("date,value", ...rows(30, (i) => `${i + 1},${day(i)},${i}`)));
    expect([decisions.time, decisions.values]).toEqual(["date", ["value"]]);
  });

  test.each([
    ["2019MM01", (i: number) => `${2019 + Math.floor(i / 12)}MM${String(1 + (i % 12)).padStart(2, "0")}`, 12],
    ["2010KW01, quarters", (i: number) => `${2010 + Math.floor(i / 4)}KW0${1 + (i % 4)}`, 4],
    ["2022/01 week", (i: number) => `2022/${String(1 + i).padStart(2, "0")} week`, 52],
    ["2022KW01, weeks", (i: number) => `2022KW${String(1 + i).padStart(2, "0")}`, 52],
  ])("times such as %s", async (_, write, period) => {
    const result = await parseCsv(lines("period,value", ...rows(40, (i) => `${write(i)},${i}`)));
    expect([result.decisions.period, result.panel[0]!.y.length]).toEqual([period, 40]);
    expect(labelsOf(result.panel[0]!)[39]).toBe(write(39));
  });

  test("stars where a number is missing", async () => {
    const result = await parseCsv(lines("day,y", ...rows(9, (i) => `${day(i)},${i === 4 ? "***" : i}`)));
    expect(result.panel[0]!.y[4]).toBe(Number.NaN);
    expect(noteOf(result, "missing-cells")).toContain("***");
  });

  test("a country and an indicator tell series apart together", async () => {
    const text = lines(
      "country,indicator,year,value",
      ...["DE", "FR"].flatMap((country) =>
        ["gdp", "pop"].flatMap((name) => rows(9, (i) => `${country},${name},${2000 + i},${i}`)),
      ),
    );
    expect((await parseCsv(text)).panel.map(({ id }) => id)).toEqual([
      "DE/gdp",
      "DE/pop",
      "FR/gdp",
      "FR/pop",
    ]);
  });

  test("a revised row beside the first makes no series of its own", async () => {
    const text = lines(
      "country,note,day,value",
      ...["DE", "FR"].flatMap((country) => rows(20, (i) => `${country},first,${day(i)},${i}`)),
      `DE,revised,${day(7)},9`,
      `FR,revised,${day(7)},9`,
    );
    expect((await refusalOf(text)).code).toBe("duplicate-times");
  });

  test.each([
    "<html><body><table><tr><td>1</td></tr></table>",
    "<!DOCTYPE html>\n<html>",
    '<?xml version="1.0"?>\n<Workbook>',
  ])("a page saved under the name of a table: %s", async (text) => {
    expect((await refusalOf(`${text}\n`)).code).toBe("markup-file");
  });

  test("whole numbers with blanks between thousands", async () => {
    expect([
      ...(await onlySeries(lines("day;y", ...rows(9, (i) => `${day(i)};1 ${200 + i}`)))).y.slice(0, 2),
    ]).toEqual([1200, 1201]);
  });
});
