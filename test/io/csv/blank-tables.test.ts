import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

describe("columns with blanks between them", () => {
  test("a data frame as R prints it", async () => {
    const text = lines(
      "         date value",
      ...rows(30, (i) => `${String(i + 1).padEnd(3)}${day(i)} ${String(i + 0.5).padStart(5)}`),
    );
    const result = await parseCsv(text);
    expect([...result.panel[0]!.y]).toEqual(rows(30, (i) => String(i + 0.5)).map(Number));
    expect([result.decisions.time, result.decisions.values]).toEqual(["date", ["value"]]);
  });

  test("a monthly series as R prints it, the first and the last year not full", async () => {
    const cells = (from: number, to: number, year: number) =>
      MONTHS.map((_, m) => (m < from || m > to ? "" : String(year * 100 + m)).padStart(6))
        .join("")
        .trimEnd();
    const text = lines(
      `    ${MONTHS.map((name) => name.padStart(6)).join("")}`,
      `2019${cells(3, 11, 19)}`,
      ...[2020, 2021, 2022].map((year) => `${year}${cells(0, 11, year - 2000)}`),
      `2023${cells(0, 4, 23)}`,
    );
    const series = await onlySeries(text);
    const known = [...series.y].filter((value) => !Number.isNaN(value));
    expect(labelsOf(series)[[...series.y].indexOf(known[0]!)]).toBe("2019-04");
    expect([known[0], known.at(-1), known.length]).toEqual([1903, 2304, 9 + 36 + 5]);
  });

  test("names and units in comments, as weather buoys have them", async () => {
    const text = lines(
      "#YY  MM DD hh mm WSPD  PRES",
      "#yr  mo dy hr mn m/s   hPa",
      ...rows(
        48,
        (i) =>
          `2024 01 ${String(1 + Math.floor(i / 24)).padStart(2, "0")} ${String(i % 24).padStart(2, "0")} 00  ${(i / 4).toFixed(1)} 1015.3`,
      ),
    );
    const result = await parseCsv(text);
    expect([result.panel[0]!.y.length, result.decisions.period]).toEqual([48, 24]);
    expect(result.decisions.values[0]).toContain("WSPD");
  });

  test("a table as SQL prints it, with dashes below the names", async () => {
    const text = lines(
      "day         total  note",
      "----------  -----  ----",
      ...rows(20, (i) => `${day(i)}  ${String(i).padStart(5)}  a`),
    );
    expect([...(await onlySeries(text)).y]).toEqual(rows(20, String).map(Number));
  });

  test("names of two words, set apart by two blanks", async () => {
    const text = lines("Day         Units sold", ...rows(20, (i) => `${day(i)}  ${i}`));
    expect((await parseCsv(text)).decisions.values).toEqual(["Units sold"]);
  });

  test("decimal commas, a panel, quoted names", async () => {
    const text = lines(
      '"id" "day" "kWh"',
      ...["a", "b"].flatMap((id) => rows(20, (i) => `"${id}"  ${day(i)}  ${i},5`)),
    );
    const { panel } = await parseCsv(text);
    expect(panel.map(({ id, y }) => [id, y[3]])).toEqual([
      ["a", 3.5],
      ["b", 3.5],
    ]);
  });

  test("a row with a cell missing stands where its other cells stand, and errors name its line", async () => {
    const text = lines(
      "date          a     b",
      ...rows(
        20,
        (i) => `${day(i)} ${i === 4 ? "     " : String(i + 10).padStart(5)} ${String(i).padStart(5)}`,
      ),
    );
    const { panel } = await parseCsv(text, { value: ["a", "b"] });
    expect(panel.map(({ y }) => y[4])).toEqual([Number.NaN, 4]);
  });

  test.each([
    ["numbers with a blank between thousands", rows(10, (i) => `1 ${200 + i}`), 10],
    ["times with a blank", rows(10, (i) => `${day(i)} 05:00,${i}`), 10],
    ["names of months with blanks, and commas", rows(10, (i) => `Jan ${i + 1} 2024,${i}`), 10],
    ["names with blanks", rows(10, (i) => `New York;${day(i)};${i}`), 10],
  ])("%s are no columns", async (_, body, count) => {
    const { panel } = await parseCsv(lines(...body));
    expect(panel.map(({ y }) => y.length)).toEqual([count]);
  });
});

describe("names in a comment above the rows", () => {
  test("of the Dutch weather service", async () => {
    const text = lines(
      "# SOURCE: KNMI",
      "# STN,YYYYMMDD,   TG",
      "",
      ...rows(30, (i) => `  260,${day(i).replaceAll("-", "")},  ${i === 3 ? "" : i}`),
    );
    const result = await parseCsv(text);
    expect([result.decisions.time, result.decisions.values]).toEqual(["YYYYMMDD", ["TG"]]);
    expect([...result.panel[0]!.y.slice(2, 5)]).toEqual([2, Number.NaN, 4]);
  });

  test("other comments stay comments", async () => {
    const { decisions } = await parseCsv(
      lines("# made by hand, twice", "day,total", ...rows(10, (i) => `${day(i)},${i}`)),
    );
    expect(decisions.values).toEqual(["total"]);
    const bare = await parseCsv(lines("# 2 columns", ...rows(10, (i) => `${day(i)},${i}`)));
    expect(bare.decisions.columns).toEqual(["column1", "column2"]);
  });

  test("rows keep their lines", async () => {
    const text = lines("# day, total", ...rows(10, (i) => `${day(i)},${i}`), "2024-13-40,5");
    await expect(parseCsv(text)).rejects.toThrow(/row 12/);
  });
});

describe("lines of one number with a decimal comma", () => {
  test.each([
    ["two decimals", rows(20, (i) => `${4936 + 7 * (i % 5)},${10 + i}`)],
    ["beside whole numbers", rows(20, (i) => (i % 2 === 0 ? `${40 + i}` : `${40 + i},5`))],
    ["a zero behind the comma", rows(20, (i) => `${4 + (i % 3)},${i === 5 ? "05" : String(i)}`)],
  ])("%s", async (_, body) => {
    const result = await parseCsv(lines(...body));
    expect([...result.panel[0]!.y]).toEqual(body.map((line) => Number(line.replace(",", "."))));
    expect(noteOf(result, "decimal-commas")).toContain("--delimiter ,");
  });

  test("below a name, and where --decimal says so", async () => {
    expect([...(await onlySeries(lines("Wert", "5,25", "7,50", "6,75", "8,00"))).y]).toEqual([
      5.25, 7.5, 6.75, 8,
    ]);
    expect([...(await onlySeries(lines("1,5", "2,25", "3,125", "4,5"), { decimal: "," })).y]).toEqual([
      1.5, 2.25, 3.125, 4.5,
    ]);
  });

  test.each([
    ["days", (i: number) => day(i).replaceAll("-", "")],
    ["months", (i: number) => `${2018 + Math.floor(i / 12)}${String(1 + (i % 12)).padStart(2, "0")}`],
    ["seconds since 1970", (i: number) => `${Date.UTC(2018, i) / 1000}`],
    ["days of a spreadsheet", (i: number) => `${44928 + i + 2 * Math.floor(i / 5)}`],
  ])("times before the comma make two columns: %s", async (_, time) => {
    for (const name of [[], ["data"]]) {
      const series = await onlySeries(
        lines(...name, ...rows(50, (i) => `${time(i)},${10 + ((7 * i) % 90)}`)),
      );
      expect([...series.y.slice(0, 2), labelsOf(series)[1]]).toEqual([10, 17, time(1)]);
    }
  });

  test("flags behind the comma are a column, and quoted thousands are thousands", async () => {
    const flagged = lines(...rows(30, (i) => `${10 + ((7 * i) % 90)},${i % 7 === 0 ? 1 : 0}`));
    expect((await refusalOf(flagged)).code).toBe("ambiguous-value");
    const quoted = lines("sales", ...rows(20, (i) => `"${1 + (i % 3)},${100 + 7 * i}"`));
    expect([...(await onlySeries(quoted)).y.slice(0, 3)]).toEqual([1100, 2107, 3114]);
    const decimals = lines("sales", ...rows(20, (i) => `"${1 + (i % 3)},${10 + i}"`));
    expect([...(await onlySeries(decimals)).y.slice(0, 3)]).toEqual([1.1, 2.11, 3.12]);
  });

  test("numbers that come round or leave some out are no decimals", async () => {
    for (const number of [(i: number) => i % 24, (i: number) => i + (i > 9 ? 4 : 1)]) {
      const error = await refusalOf(lines(...rows(48, (i) => `${number(i)},${10 + ((7 * i) % 90)}`)));
      expect(error.code).toBe("ambiguous-value");
    }
  });

  test("counts and years before the comma make two columns", async () => {
    expect((await onlySeries(lines(...rows(10, (i) => `${i + 1},${10 + i}`)))).y[0]).toBe(10);
    expect((await onlySeries(lines(...rows(10, (i) => `${2001 + i},${10 + i}`)))).y[0]).toBe(10);
  });
});
