import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { errorOf, lines, noteOf } from "./csv-cases.js";

const HISTORY = lines(
  "id,ds,y,price,promo",
  "A,2024-01-31,1,10,0",
  "A,2024-02-29,2,11,1",
  "B,2024-01-31,5,20,0",
  "B,2024-02-29,6,21,1",
  "B,2024-03-31,7,22,0",
);
const FUTURE = lines(
  "promo,ds,price,id",
  "0,2024-05-31,25,B",
  "1,2024-04-30,24,B",
  "0,2024-04-30,13,A",
  "1,2024-03-31,12,A",
  "0,2024-02-29,99,A",
);

describe("known future values of regressors", () => {
  test("are matched by id and time, whatever their order", async () => {
    const result = await parseCsv(HISTORY, { inputs: ["price", "promo"], future: FUTURE });
    expect(result.future!.map(({ names, columns }) => [names, columns.map((column) => [...column])])).toEqual(
      [
        [
          ["price", "promo"],
          [
            [12, 13],
            [1, 0],
          ],
        ],
        [
          ["price", "promo"],
          [
            [24, 25],
            [1, 0],
          ],
        ],
      ],
    );
    expect(noteOf(result, "past-rows-ignored")).toBe(
      "1 row of future not after the end of the series left out.",
    );
  });

  test("without ids serve every series", async () => {
    const future = lines("ds,promo", "2024-03-31,1", "2024-04-30,0", "2024-05-31,1");
    const result = await parseCsv(HISTORY, { inputs: ["promo"], future });
    expect(result.future!.map(({ columns }) => [...columns[0]!])).toEqual([
      [1, 0, 1],
      [0, 1],
    ]);
  });

  test("without times are taken in order", async () => {
    const result = await parseCsv(lines("y,x", "1,2", "3,4"), {
      inputs: ["x"],
      value: "y",
      time: null,
      future: lines("x", "5", "6"),
    });
    expect([...result.future![0]!.columns[0]!]).toEqual([5, 6]);
  });

  test("count on where times are an index, years or another way of writing", async () => {
    const index = await parseCsv(lines("t,y,x", "1899,1,2", "1900,1,2", "1,0,0"), {
      inputs: ["x"],
      frequency: "index",
      future: lines("t,x", "1901,7", "1902,8"),
    });
    expect([...index.future![0]!.columns[0]!]).toEqual([7, 8]);
    const years = await parseCsv(lines("year,y,x", "1999,1,2", "2000,1,2"), {
      inputs: ["x"],
      future: lines("year,x", "2001,7"),
    });
    expect([...years.future![0]!.columns[0]!]).toEqual([7]);
    const dates = await parseCsv(lines("ds,y,x", "31/01/2024,1,2", "29/02/2024,1,2"), {
      inputs: ["x"],
      future: lines("ds,x", "2024-03-31,7"),
    });
    expect([...dates.future![0]!.columns[0]!]).toEqual([7]);
    const parts = await parseCsv(lines("year,month,y,x", "2023,11,1,2", "2023,12,1,2"), {
      inputs: ["x"],
      value: "y",
      future: lines("month,x,year", "1,7,2024"),
    });
    expect([...parts.future![0]!.columns[0]!]).toEqual([7]);
  });

  test("are none without a future file", async () => {
    expect((await parseCsv(HISTORY, { inputs: ["price"] })).future).toBeNull();
  });
});

describe("a future file that does not fit is refused", () => {
  const read = (future: string, inputs: readonly string[] = ["price", "promo"]) =>
    errorOf(parseCsv(HISTORY, { inputs, future, name: "sales.csv" }));

  test("a step that is missing", async () => {
    const error = await read(
      lines("id,ds,price,promo", "A,2024-03-31,1,1", "A,2024-05-31,1,1", "B,2024-04-30,1,1"),
    );
    expect(error).toMatchObject({
      code: "future-gap",
      category: "data",
      details: { file: "future", row: 3, column: "ds" },
    });
    expect(error.message).toContain("the row for 2024-04-30 of series A is missing");
  });

  test("a series without rows", async () => {
    expect((await read(lines("id,ds,price,promo", "A,2024-03-31,1,1"))).message).toContain("series B");
    expect((await read(lines("id,ds,price,promo", "A,2024-01-31,1,1", "B,2024-01-31,1,1"))).code).toBe(
      "no-future-rows",
    );
  });

  test("a value that is missing", async () => {
    const error = await read(lines("id,ds,price,promo", "A,2024-03-31,1,1", "B,2024-04-30,,1"));
    expect(error).toMatchObject({ code: "missing-input", details: { row: 3, column: "price" } });
  });

  test("a column that is missing", async () => {
    const error = await read(lines("id,ds,prise,promo", "A,2024-03-31,1,1"));
    expect(error).toMatchObject({ code: "unknown-column", category: "usage" });
    expect(error.message).toContain('future has no column "price" for --inputs; the nearest is "prise"');
  });

  test("two rows of one time", async () => {
    const error = await read(lines("id,ds,price,promo", "A,2024-03-31,1,1", "A,2024-03-31,1,1"));
    expect(error).toMatchObject({ code: "duplicate-times", details: { rows: [2, 3] } });
  });

  test("a count where the data have dates", async () => {
    expect((await read(lines("id,ds,price,promo", "A,1,1,1"))).code).toBe("bad-time");
  });

  test("no inputs to take from it", async () => {
    const error = await read(FUTURE, []);
    expect(error).toMatchObject({ code: "missing-inputs", category: "usage" });
  });

  test("series that the data do not have are told", async () => {
    const result = await parseCsv(HISTORY, {
      inputs: ["price", "promo"],
      future: `${FUTURE}1,2024-04-30,24,C\n`,
    });
    expect(noteOf(result, "unknown-ids")).toContain("C");
  });
});
