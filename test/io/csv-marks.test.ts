import { describe, expect, test } from "vitest";
import { marksAround } from "../../src/io/csv/numbers/cell-marks.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { lines, noteOf, onlySeries, refusalOf } from "./csv-cases.js";

const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
const table = (values: readonly (string | number)[], delimiter = ",") =>
  lines(["ds", "y"].join(delimiter), ...values.map((value, row) => `${day(row)}${delimiter}${value}`));

describe("marks of missing values", () => {
  const values = [5, 6, -9999, 7, 8, "-9999.00", 9, 5];

  test("are read as missing where they are named, whatever their decimals", async () => {
    const { y } = await onlySeries(table(values), { na: ["-9999"] });
    expect([...y]).toEqual([5, 6, Number.NaN, 7, 8, Number.NaN, 9, 5]);
  });

  test("words too, in any case", async () => {
    const { y } = await onlySeries(table([1, "<1", 3, "Secret"]), { na: ["<1", "secret"] });
    expect([...y]).toEqual([1, Number.NaN, 3, Number.NaN]);
  });

  test.each([-9999, -999, 9999, 999, -99.9, 99999, -32768])(
    "%d far outside the rest is warned of",
    async (mark) => {
      const result = await parseCsv(table([5, 6, mark, 7, 8, mark, 9, 5]));
      const note = result.notes.find(({ code }) => code === "likely-sentinel");
      expect(note?.severity).toBe("warning");
      expect(note?.message).toContain(`--na ${mark}`);
      expect(note?.message).toContain("row 4");
      expect(note?.details).toMatchObject({ value: mark, count: 2 });
      expect(
        noteOf(
          await parseCsv(table([5, 6, mark, 7, 8, mark, 9, 5]), { na: [String(mark)] }),
          "likely-sentinel",
        ),
      ).toBe(undefined);
    },
  );

  test("two sentinels in one series are both warned of", async () => {
    const { notes } = await parseCsv(table([5, 6, -9999, 7, -999, 6, 5]));
    expect(
      notes.filter(({ code }) => code === "likely-sentinel").map(({ details }) => details?.value),
    ).toEqual([-9999, -999]);
  });

  test("9999 among numbers of its size is no sentinel", async () => {
    const { notes } = await parseCsv(table([9950, 9999, 10020, 9980, 9000, 11000]));
    expect(notes.filter(({ code }) => code === "likely-sentinel")).toEqual([]);
  });

  test("a sentinel in one series of a panel is warned of", async () => {
    const rows = [0, 1, 2, 3].flatMap((t) => [
      `a,${day(t)},${5000 + 1000 * t}`,
      `b,${day(t)},${t === 2 ? 9999 : t}`,
    ]);
    const result = await parseCsv(lines("unique_id,ds,y", ...rows));
    expect(noteOf(result, "likely-sentinel")).toContain("--na 9999");
  });
});

describe("marks beside numbers", () => {
  test.each([
    ["$5", "$", 5],
    ["5€", "€", 5],
    ["7%", "%", 7],
    ["€ 1.5", "€", 1.5],
    ["-$5", "$", -5],
    ["156 p", "p", 156],
    ["156*", "*", 156],
    ["156 (e)", "(e)", 156],
    ["156 [p]", "[p]", 156],
    ["US$ 156", "US$", 156],
    ["EUR 156", "EUR", 156],
    ["156†", "†", 156],
    ["Rs.500", "Rs.", 500],
    ["<1", "<", 1],
  ])("%s is refused with the flag that works", async (cell, marks, number) => {
    const text = table([1, 2, cell, 4]);
    const error = await refusalOf(text);
    expect(error.code).toBe("sign-in-number");
    expect(error.details).toMatchObject({ row: 4, column: "y" });
    const [, flag] = /--strip ('[^']*'|\S+?)\.?$/.exec(error.message) ?? [];
    const strip = flag!.replace(/^'|'$/g, "");
    expect(new Set(strip)).toEqual(new Set(marks));
    const { y } = await onlySeries(text, { strip });
    expect(y[2]).toBe(number);
  });

  test("a column of several alone is refused with the flag too", async () => {
    const text = table(["$1,234.50", "$1,300.00", "$900.25"].map((cell) => `"${cell}"`));
    expect([...(await onlySeries(text)).y]).toEqual([1234.5, 1300, 900.25]);
    expect([...(await onlySeries(text, { strip: "$" })).y]).toEqual([1234.5, 1300, 900.25]);
    const marked = await refusalOf(table(["156 p", "157 e", "158 p"]));
    expect(marked.message).toContain("--strip pe");
    expect([...(await onlySeries(table(["156 p", "157 e", "158 p"]), { strip: "pe" })).y]).toEqual([
      156, 157, 158,
    ]);
  });

  test("exponents keep their letter, and units of thousands are never left out by advice", async () => {
    expect((await onlySeries(table(["1e3", "2 e", "3"]), { strip: "e" })).y[0]).toBe(1000);
    const error = await refusalOf(table([1, "1.2M", 3]));
    expect(error.message).toMatch(/multiple; write the number in full/);
  });

  test("an abbreviation with a point needs the point left out as well", async () => {
    const error = await refusalOf(table([1, "Rs.500", 3]), { strip: "Rs" });
    expect(error.message).toContain("--strip Rs.");
  });
});

describe("one mistyped cell does not rescale a column", () => {
  const typo = Array.from({ length: 40 }, (_, i) => `"${i === 23 ? "4,14" : `${1 + (i % 9)},${100 + i}`}"`);

  test("the mistyped cell is named, with the flag for the other reading", async () => {
    const error = await refusalOf(table(typo));
    expect(error.details).toMatchObject({ row: 25, column: "y" });
    expect(error.value).toBe("4,14");
    expect(error.message).toContain("--decimal ,");
    expect((await onlySeries(table(typo), { decimal: "," })).y[0]).toBe(1.1);
  });

  test("the way numbers are written is a decision, told with its flag", async () => {
    const { decisions, panel } = await parseCsv(table(typo.filter((cell) => cell !== '"4,14"')));
    expect(decisions).toMatchObject({ decimal: ".", thousands: "," });
    expect(decisions.flags).toBe("--time ds --value y --decimal .");
    expect(panel[0]!.y[0]).toBe(1100);
    const comma = await parseCsv(table(["1,5", "2,25", "3"], ";"));
    expect(comma.decisions.flags).toBe("--time ds --value y --decimal ,");
  });
});

test("whole numbers beyond 2^53 are warned of", async () => {
  const { notes } = await parseCsv(table(["9007199254740991", "9007199254740993", "9007199254740987"]));
  expect(notes).toMatchObject([{ code: "beyond-precision", severity: "warning" }]);
  expect((await parseCsv(table(["0.1234567890123456789", "2e20", "5"]))).notes).toEqual([]);
});

test("a long text is no number with marks, and that takes no time", () => {
  const began = performance.now();
  for (const text of ["x".repeat(1_000_000), "1x".repeat(500_000), `$${"1".repeat(1_000_000)}`])
    expect(marksAround(text)).toBeNull();
  expect(marksAround("$ 12")).toEqual({ marks: "$", kind: "mark" });
  expect(performance.now() - began).toBeLessThan(1000);
});
