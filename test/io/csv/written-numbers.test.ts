import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const table = (values: readonly (string | number)[], delimiter = ",") =>
  lines(["ds", "y"].join(delimiter), ...values.map((value, row) => `${day(row)}${delimiter}${value}`));

describe("digits of other scripts", () => {
  test.each([
    ["Arabic", ["١٢٣٫٥", "١٢٤٫٥", "-٩٫٢٥"], [123.5, 124.5, -9.25]],
    ["Persian", ["۱۲۳", "۴۵۶", "۷۸۹"], [123, 456, 789]],
    ["Devanagari", ["१२", "३४", "५६"], [12, 34, 56]],
    ["full-width", ["１２３．５", "－４", "６"], [123.5, -4, 6]],
  ])("%s", async (_, cells, values) => {
    expect([...(await onlySeries(table(cells))).y]).toEqual(values);
  });

  test.each(["2024/01 2024/02 2024/03", "2024-01-01 2024-01-02 2024-01-03", "2021 2022 2023"])(
    "in times such as %s",
    async (times) => {
      const full = (text: string) =>
        [...text]
          .map((letter) => (/\d/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter))
          .join("");
      const text = lines("日付,値", ...times.split(" ").map((time, i) => `${full(time)},${i}`));
      expect(labelsOf(await onlySeries(text))).toEqual(times.split(" "));
    },
  );
});

describe("credit and debit behind an amount", () => {
  test("are refused with what they are", async () => {
    const error = await refusalOf(
      table(["5.00 DR", "7.50 CR", "6.00 DR", "8.00 CR"]).replace("ds,y", "ds,amount"),
    );
    expect(error.code).toBe("sign-in-number");
    expect(error.message).toContain("has CR or DR behind the number, for credit or debit");
    expect(error.message).toContain("with a minus sign");
  });

  test("S and H together, and neither alone", async () => {
    expect(
      (await refusalOf(table(["5,00 S", "7,50 H", "6,00 S", "8,00 H"], ";").replace("ds;y", "ds;amount")))
        .message,
    ).toContain("has H or S");
    expect([...(await onlySeries(table(["5 S", "7 S", "6 S", "8 S"]))).y]).toEqual([5, 7, 6, 8]);
  });
});

test("a multiple with a point behind is one", async () => {
  expect([...(await onlySeries(table(["1,2 Mrd.", "1,3 Mrd.", "1,5 Mrd."], ";"))).y]).toEqual([
    1.2e9, 1.3e9, 1.5e9,
  ]);
  expect((await refusalOf(table(["1,2 Mrd.", "1300", "1,5 Mrd."], ";"))).message).toContain("multiple");
});

describe("points that can be decimal or stand between thousands", () => {
  test("decimal points of another column leave no doubt", async () => {
    const text = lines(
      "ds;y;price",
      ...Array.from({ length: 20 }, (_, i) => `${day(i)};1.${123 + 40 * (i % 9)};2.${10 + i}`),
    );
    const result = await parseCsv(text, { value: "y" });
    expect([result.panel[0]!.y[0], noteOf(result, "point-or-thousands")]).toEqual([1.123, undefined]);
  });

  test.each([",", ";"])("987 and 1.004 are thousands, told (delimiter %s)", async (delimiter) => {
    const result = await parseCsv(table([950, 963, 987, "1.004", "1.021", "1.040"], delimiter));
    expect([...result.panel[0]!.y]).toEqual([950, 963, 987, 1004, 1021, 1040]);
    expect(noteOf(result, "point-or-thousands")).toContain("if it is a decimal point, --decimal . says so");
  });

  test.each([",", ";"])("98 and 98.137 are decimals, told (delimiter %s)", async (delimiter) => {
    const cells = ["98", "98.137", "98.274", "101", "101.548", "102.137", "103"];
    const result = await parseCsv(table(cells, delimiter));
    expect([...result.panel[0]!.y]).toEqual(cells.map(Number));
    expect(noteOf(result, "point-or-thousands")).toContain("--decimal ,");
  });

  test("no note where the decimal mark was given, or other cells show it", async () => {
    expect(noteOf(await parseCsv(table([98, "98.137", 99]), { decimal: "." }), "point-or-thousands")).toBe(
      undefined,
    );
    expect(noteOf(await parseCsv(table([98, "98.137", "99.5"])), "point-or-thousands")).toBe(undefined);
  });
});

describe("marks of missing values inside a series", () => {
  test.each([".", "n/a", "-", "..", ":", "NaN", "#N/A"])("%s is counted in one note", async (mark) => {
    const result = await parseCsv(table([5, mark, 6, 7, mark, mark, 8]));
    expect([...result.panel[0]!.y]).toEqual([5, Number.NaN, 6, 7, Number.NaN, Number.NaN, 8]);
    expect(noteOf(result, "missing-cells")).toBe(`3 cells of y with "${mark}" were read as missing values.`);
  });

  test("different ones are named together, those of rows left out not counted, empty ones not told", async () => {
    const text = table([5, ".", 6, "n/a", "", 7, 8]) + lines("Total,n/a");
    const result = await parseCsv(text);
    expect(noteOf(result, "missing-cells")).toBe('2 cells of y with ".", "n/a" were read as missing values.');
    expect(noteOf(await parseCsv(table([5, "", 6])), "missing-cells")).toBe(undefined);
  });

  test("those named with --na too", async () => {
    expect(noteOf(await parseCsv(table([5, "closed", 6]), { na: ["closed"] }), "missing-cells")).toContain(
      '"closed"',
    );
  });
});
