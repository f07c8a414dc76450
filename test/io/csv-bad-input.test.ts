import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { errorOf, lines, refusalOf } from "./csv-cases.js";

/** Bytes that begin as given, with something behind. */
function bytes(...head: readonly number[]): Uint8Array {
  return Uint8Array.from([...head, ...new Array(100).fill(65)]);
}

describe("files that are no table of numbers", () => {
  test.each([
    ["empty", "", "empty-file"],
    ["blank", " \n\n\t\n", "empty-file"],
    ["only a byte order mark", "\ufeff", "empty-file"],
    ["header only", "ds,y\n", "no-rows"],
    ["header only without a line end", "ds,y", "no-rows"],
    ["rows of delimiters only", "ds,y\n,\n,\n", "no-rows"],
    ["words only", lines("a,b", "x,y", "z,w"), "no-value-column"],
    ["all values missing", lines("ds,y", "2024-01-01,", "2024-01-02,NA"), "all-missing"],
  ])("%s", async (_, text, code) => {
    const error = await refusalOf(text);
    expect(error).toMatchObject({ code, category: "data" });
    expect(error.message).toMatch(/^data\.csv/);
  });

  test.each([
    ["zero bytes", Uint8Array.from([...new TextEncoder().encode("ds,y\n1,2\n"), 0, 0, 7]), "not text"],
    ["a PNG picture", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), "PNG"],
    ["an Excel workbook", bytes(0x50, 0x4b, 3, 4), "Excel"],
    ["gzip", bytes(0x1f, 0x8b, 8), "gzip"],
    ["PDF", bytes(0x25, 0x50, 0x44, 0x46), "PDF"],
    ["Parquet", bytes(0x50, 0x41, 0x52, 0x31), "Parquet"],
  ])("%s", async (_, content, word) => {
    const error = await refusalOf(content);
    expect(error.code).toBe("binary-file");
    expect(error.message).toContain(word);
  });

  test("zero bytes far into a file", async () => {
    const text = new TextEncoder().encode(
      lines("ds,y", ...Array.from({ length: 5000 }, (_, i) => `${i + 1},1`)),
    );
    text[text.length - 4] = 0;
    expect((await refusalOf(text)).code).toBe("binary-file");
  });
});

describe("cells that are no numbers are named with row and column", () => {
  const text = (cell: string) =>
    lines("ds,y", "2024-01-01,1", "2024-01-02,2.5", `2024-01-03,${cell}`, "2024-01-04,4");

  test.each([
    ["abc", "text-in-value"],
    ["1.2.3", "text-in-value"],
    ["12 kg", "text-in-value"],
    ["$5", "sign-in-number"],
    ["5€", "sign-in-number"],
    ["7%", "sign-in-number"],
    ["inf", "infinite-value"],
    ["-Infinity", "infinite-value"],
    ["1e999", "infinite-value"],
  ])("%s", async (cell, code) => {
    const error = await refusalOf(text(cell));
    expect(error).toMatchObject({
      code,
      category: "data",
      value: cell,
      details: { file: "data.csv", row: 4, column: "y" },
    });
    expect(error.message).toMatch(/^data\.csv, row 4, column y: ".*" /);
  });

  test("a column of money among numbers is named, not passed over", async () => {
    const error = await refusalOf(lines("ds,price", "2024-01-01,$1", "2024-01-02,€2"));
    expect(error).toMatchObject({ code: "sign-in-number", details: { row: 2, column: "price" } });
  });

  test("text in a column called y is named even where most of it is text", async () => {
    const error = await refusalOf(lines("ds,y", "2024-01-01,a", "2024-01-02,b", "2024-01-03,3"));
    expect(error).toMatchObject({ code: "text-in-value", details: { row: 2 } });
  });

  test("a decimal comma among decimal points", async () => {
    const error = await refusalOf(lines("ds;y", "2024-01-01;1.5", "2024-01-02;2,5"), {
      delimiter: ";",
      value: "y",
    });
    expect(error).toMatchObject({ code: "text-in-value", details: { row: 3 } });
    expect(error.message).toContain("decimal point");
  });

  test("a comma that could be either is refused with the flag that decides", async () => {
    const both = lines("ds;y", "2024-01-01;1,234", "2024-01-02;2,345");
    const error = await refusalOf(both);
    expect(error).toMatchObject({ code: "ambiguous-number", details: { row: 2 } });
    expect(error.message).toContain("--decimal");
    expect([...(await parseCsv(both, { decimal: "," })).panel[0]!.y]).toEqual([1.234, 2.345]);
    expect([...(await parseCsv(both, { decimal: "." })).panel[0]!.y]).toEqual([1234, 2345]);
  });

  test("a decimal mark that is given rules the other out", async () => {
    expect((await refusalOf(lines("ds;y", "2024-01-01;1,5", "2024-01-02;2"), { decimal: "." })).code).toBe(
      "text-in-value",
    );
    expect((await refusalOf(lines("ds,y", "2024-01-01,1.5", "2024-01-02,2"), { decimal: "," })).code).toBe(
      "text-in-value",
    );
  });

  test("in a file of millions of bytes", async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i + 1},${i === 140_000 ? "oops" : i}`);
    expect((await refusalOf(lines("t,y", ...rows))).details).toMatchObject({ row: 140_002, column: "y" });
  });
});

describe("rows that are no records", () => {
  test("too short and too long rows are named", async () => {
    const short = await refusalOf(lines("a,ds,y", "x,2024,1", "x,2025"));
    expect(short).toMatchObject({ code: "ragged-row", details: { row: 3, expected: 3 }, value: 2 });
    const long = await refusalOf(lines("ds,y", "2024-01,1", "2024-02,2,3", "2024-03,1"));
    expect(long).toMatchObject({ code: "ragged-row", details: { row: 3 }, value: 3 });
    expect(long.message).toContain("3 cells where the file has 2 columns (ds, y)");
  });

  test("far down the file, after blank lines and quoted line ends", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i + 1},"two\n""lines""",${i}`);
    const error = await refusalOf(lines("t,note,y", "", ...rows, "3001,9"));
    expect(error).toMatchObject({ code: "ragged-row", details: { row: 2 + 6000 + 1 } });
  });

  test("a quote that is never closed names where it opens", async () => {
    const error = await refusalOf(
      lines("ds,note,y", '2024-01-01,"a",1', '2024-01-02,"b,2', "2024-01-03,c,3"),
    );
    expect(error).toMatchObject({ code: "unclosed-quote", details: { row: 3 } });
    expect((await refusalOf('"ds,y\n2024,1\n')).code).toBe("unclosed-quote");
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i + 1},a,${i}`);
    expect((await refusalOf(lines("t,note,y", ...rows, '30001,"x,1', ...rows))).details.row).toBe(30_002);
  });

  test("text after a closing quote", async () => {
    const error = await refusalOf(lines("ds,note,y", '2024-01-01,"a",1', '2024-01-02,"b" c,2'));
    expect(error).toMatchObject({ code: "bad-quote", value: 3 });
  });

  test("a line without an end is refused in bounded memory", async () => {
    let taken = 0;
    function* endless(): Generator<Uint8Array> {
      yield new TextEncoder().encode("ds,y\n2024-01-01,1\n");
      for (const chunk = new Uint8Array(1 << 20).fill(55); taken < 2048; taken++) yield chunk;
    }
    const { readCsvChunks } = await import("../../src/io/read-csv.js");
    const error = await errorOf(readCsvChunks(endless(), { name: "data.csv" }));
    expect(error).toMatchObject({ code: "line-too-long", details: { row: 3 } });
    expect(taken).toBeLessThan(64);
  });

  test("an endless first line and an endless quote are refused too", async () => {
    const { readCsvChunks } = await import("../../src/io/read-csv.js");
    function* of(head: string): Generator<Uint8Array> {
      yield new TextEncoder().encode(head);
      for (let i = 0; i < 200; i++) yield new Uint8Array(1 << 20).fill(55);
    }
    expect((await errorOf(readCsvChunks(of("")))).code).toBe("line-too-long");
    expect((await errorOf(readCsvChunks(of('t,y\n1,"')))).code).toBe("unclosed-quote");
  });
});

describe("columns", () => {
  const text = lines("month,sales,Temperature", "2024-01,1,2", "2024-02,3,4");

  test.each([
    [{ time: "mont" }, "--time", "month"],
    [{ value: "sale" }, "--value", "sales"],
    [{ id: "months" }, "--id", "month"],
    [{ inputs: ["temperature"] }, "--inputs", "Temperature"],
    [{ value: ["sales", "Temprature"] }, "--value", "Temperature"],
  ])("an unknown one names the nearest: %j", async (options, argument, guess) => {
    const error = await refusalOf(text, options);
    expect(error).toMatchObject({ code: "unknown-column", category: "usage", argument });
    expect(error.message).toContain(`nearest is "${guess}"`);
  });

  test("one column cannot play two parts", async () => {
    expect((await refusalOf(text, { value: "sales", inputs: ["sales"] })).code).toBe("column-used-twice");
    expect((await refusalOf(text, { value: ["sales", "sales"] })).code).toBe("column-used-twice");
  });

  test("two columns of one name cannot be told apart", async () => {
    expect((await refusalOf(lines("ds,y,y", "2024,1,2", "2025,1,2"), { value: "y" })).code).toBe(
      "duplicate-column",
    );
  });

  test("several that could be the values are listed with the flags that decide", async () => {
    const error = await refusalOf(lines("month,foo,bar", "2024-01,1,2", "2024-02,3,4"));
    expect(error.code).toBe("ambiguous-value");
    expect(error.message).toContain("--value foo,bar");
  });

  test("a missing id is named", async () => {
    const error = await refusalOf(lines("id,ds,y", "A,2024,1", ",2025,2", "A,2026,2"));
    expect(error).toMatchObject({ code: "missing-id", details: { row: 3, column: "id" } });
  });
});

describe("times", () => {
  const text = (...times: readonly string[]) => lines("ds,y", ...times.map((time, i) => `${time},${i}`));

  test.each([
    ["missing", ["2024-01-01", "", "2024-01-03"], "missing-time", 3],
    ["no time", ["2024-01-01", "soon", "2024-01-03"], "bad-time", 3],
    ["no such day", ["2024-02-28", "2024-02-30", "2024-03-01"], "bad-time", 3],
    ["another form", ["2024-01-01", "2024-01-02", "Q1 2024"], "bad-time", 4],
    ["a number among dates", ["2024-01-01", "2024-01-02", "3"], "bad-time", 4],
    ["a date among numbers", ["1", "2", "2024-01-02"], "bad-time", 4],
    ["no such day, day first", ["31/01/2024", "30/02/2024", "31/03/2024"], "bad-time", 3],
    ["day first, then month first", ["31/01/2024", "02/28/2024", "31/03/2024"], "bad-time", 3],
    ["either order", ["01/02/2024", "01/03/2024", "01/04/2024"], "ambiguous-dates", 2],
    ["either order, short years", ["01/02/24", "01/03/24", "01/04/24"], "ambiguous-dates", 2],
    [
      "offsets that change",
      ["2024-03-31T00:00+01:00", "2024-03-31T01:00+01:00", "2024-03-31T03:00+02:00"],
      "changing-offsets",
      4,
    ],
    [
      "offsets in some rows",
      ["2024-03-31T00:00Z", "2024-03-31T01:00", "2024-03-31T03:00Z"],
      "mixed-offsets",
      3,
    ],
  ])("%s", async (_, times, code, row) => {
    const error = await refusalOf(text(...times), { time: "ds", value: "y" });
    expect(error).toMatchObject({ code, category: "data", details: { file: "data.csv", row, column: "ds" } });
  });

  test("the flags that decide are named", async () => {
    expect((await refusalOf(text("01/02/2024", "01/03/2024"))).message).toContain(
      "--date-order dmy or --date-order mdy",
    );
    expect((await refusalOf(text("2024-03-31T00:00+01:00", "2024-03-31T03:00+02:00"))).message).toContain(
      "--zone",
    );
    expect((await refusalOf(text("31/01/2024", "28/02/2024"), { dateOrder: "mdy" })).message).toContain(
      "--date-order is mdy",
    );
    expect((await refusalOf(text("2024-01-01", "2024-01-02"), { zone: "Europe/Berln" })).code).toBe(
      "bad-zone",
    );
  });
});
