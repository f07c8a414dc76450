import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { lines, noteOf, refusalOf } from "./csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, row) => `${day(from + row)},${10 + ((row * 7) % 5)}`);

describe("lines above the table", () => {
  test.each([
    ["a title", ["Monthly report"], 1],
    ["a title and a blank line", ["Category: All categories", ""], 2],
    ["properties", ["Station,Berlin", "Unit,mm"], 2],
    ["properties with a date", ['"Data Source","Indicators"', "", '"Last Updated","2023-07-25"', ""], 4],
    ["a title padded with delimiters", ["Report,", ",", "Created 2024-05-01,"], 3],
    ["many lines", Array.from({ length: 12 }, (_, i) => `Remark ${i}; see the notes`), 12],
  ])("%s are left out and told", async (_, above, skip) => {
    const text = lines(...above, "date,value", ...rows(20));
    const result = await parseCsv(text);
    expect(result.decisions).toMatchObject({ rows: 20, columns: ["date", "value"], skip });
    expect(noteOf(result, "preamble-skipped")).toContain(`begins at row ${skip + 1}`);
    expect(result.decisions.flags).toContain(`--skip ${skip}`);
    const again = await parseCsv(text, { skip });
    expect(again.panel).toEqual(result.panel);
    expect(again.notes).toEqual([]);
  });

  test("rows of errors are lines of the file behind them", async () => {
    const error = await refusalOf(
      lines("Title", "", "date,value", ...rows(6), "2024-01-07,abc", ...rows(3, 7)),
    );
    expect(error.details).toMatchObject({ row: 10, column: "value" });
    const skipped = await refusalOf(lines("1,2", "3,4", "date,value", ...rows(3), "2024-01-04,abc"), {
      skip: 2,
    });
    expect(skipped.details).toMatchObject({ row: 7 });
  });

  test("to skip all there is, is refused", async () => {
    expect((await refusalOf(lines("date,value", ...rows(3)), { skip: 9 })).code).toBe("bad-skip");
  });

  test("a missing or wrong first row is no line above the table", async () => {
    expect((await parseCsv(lines("date,value", "2024-01-01,", ...rows(4, 1)))).decisions.rows).toBe(5);
    expect((await refusalOf(lines("date,value", "abc,1", ...rows(20, 1)))).details).toMatchObject({ row: 2 });
  });
});

describe("rows below the header without data", () => {
  test.each([
    ["units", "-,mm"],
    ["patterns and units", "YYYY-MM-DD,°C"],
    ["units in brackets", ",(kWh)"],
    ["labels", "Day of the measurement,Value at noon"],
  ])("%s are left out and told", async (_, units) => {
    const result = await parseCsv(lines("date,value", units, ...rows(9)));
    expect(result.decisions).toMatchObject({ rows: 9, columns: ["date", "value"], skip: 0 });
    expect(noteOf(result, "units-row")).toMatch(/^Row 2 /);
  });
});

test("labels and a lone name between the header and the data", async () => {
  const text = lines("Price,Close,High", "Ticker,AAPL,AAPL", "Date,,", ...rows(9).map((row) => `${row},7`));
  const { decisions } = await parseCsv(text);
  expect(decisions).toMatchObject({ rows: 9, columns: ["Price", "Close", "High"], values: ["Close"] });
});

describe("rows that are none of the table", () => {
  test("a repeated header, anywhere and often", async () => {
    const result = await parseCsv(
      lines("date,value", ...rows(600), "date,value", ...rows(5, 600), "date,value"),
    );
    expect(result.decisions.rows).toBe(605);
    expect(noteOf(result, "repeated-header")).toBe("Rows 602, 608 repeat the header and were left out.");
  });

  test.each(["Total", "TOTAL", "Grand total", "Summe", "Gesamt", "Somme", "Suma", "Average", "Sum"])(
    "a row called %s",
    async (name) => {
      for (const count of [8, 700]) {
        const result = await parseCsv(lines("date,value", ...rows(count), `${name},828`));
        expect(result.decisions).toMatchObject({ rows: count, time: "date" });
        expect(noteOf(result, "totals-left-out")).toContain(`Row ${count + 2} ("${name}")`);
      }
    },
  );

  test("totals between the rows, and where there are no times", async () => {
    const result = await parseCsv(
      lines("date,value", ...rows(5), "Subtotal,60", ...rows(5, 5), "Subtotal,61"),
    );
    expect(result.decisions.rows).toBe(10);
    const counted = await parseCsv(lines("week,value", "first,1", "second,2", "third,3", "Total,6"), {
      time: null,
    });
    expect([...counted.panel[0]!.y]).toEqual([1, 2, 3]);
  });

  test("a sum in a language that is not known", async () => {
    const result = await parseCsv(lines("date,value", ...rows(15), "Kokku,180"));
    expect(result.decisions.rows).toBe(15);
    expect(noteOf(result, "footer-left-out")).toContain("Kokku");
  });

  test.each([
    ["Source: statistics office"],
    ["Source: statistics office, 2024"],
    ["* provisional values"],
    ["(p) provisional"],
    ["Note: revised in 2024", "", "© Statistics office"],
    ["---------", "Data as of May"],
  ])("remarks below the table: %s", async (...remarks) => {
    for (const count of [9, 700]) {
      const result = await parseCsv(lines("date,value", ...rows(count), "", ...remarks));
      expect(result.decisions).toMatchObject({ rows: count, time: "date" });
      expect(noteOf(result, "footer-left-out")).toContain(`${count + 3}`);
    }
  });

  test("a series called total stays in its panel, and the ids of remarks make none", async () => {
    const panel = ["a", "Total"].flatMap((id) => rows(4).map((row) => `${id},${row}`));
    const result = await parseCsv(lines("unique_id,ds,y", ...panel, "Source: shop,,"));
    expect(result.panel.map(({ id }) => id)).toEqual(["a", "Total"]);
  });

  test("a strange row between others is an error that names it", async () => {
    const error = await refusalOf(lines("date,value", ...rows(5), "Source: x,", ...rows(5, 5)));
    expect(error.details).toMatchObject({ row: 7 });
    expect((await refusalOf(lines("date,value", ...rows(5), "2024-01-06,abc"))).details).toMatchObject({
      row: 7,
    });
    expect((await refusalOf(lines("date,value", ...rows(20), "Smarch,12"))).details).toMatchObject({
      row: 22,
    });
  });
});
