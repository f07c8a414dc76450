import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "./csv-cases.js";

const MONTHS = Array.from(
  { length: 24 },
  (_, i) => `${2020 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`,
);
const german = (month: string) => month.split("-").reverse().join(".");
const pointed = (value: number) => String(value).replace(/(\d)(\d{3})$/, "$1.$2");

describe("thousands with points and no decimals, as in German exports", () => {
  test.each([";", "\t", ","])(
    "are read beside whole numbers below 1,000, cells separated by %j",
    async (mark) => {
      const values = MONTHS.map((_, i) => 940 + 7 * i);
      const text = lines(
        `Monat${mark}Absatz`,
        ...MONTHS.map((month, i) => `${german(month)}${mark}${pointed(values[i]!)}`),
      );
      const { y } = await onlySeries(text);
      expect(Array.from(y)).toEqual(values);
    },
  );

  test("alone they are told, and read with --decimal ,", async () => {
    const text = lines(
      "Monat;Absatz",
      ...MONTHS.map((month, i) => `${german(month)};${pointed(4900 + 7 * i)}`),
    );
    expect(noteOf(await parseCsv(text), "point-or-thousands")).toContain("--decimal ,");
    const given = await parseCsv(text, { decimal: "," });
    expect(given.panel[0]!.y[1]).toBe(4907);
    expect(noteOf(given, "point-or-thousands")).toBeUndefined();
  });

  test.each([
    ["decimals of other lengths", ["1.234", "2", "3.5", "987", "1.125", "3", "4.250", "5"]],
    ["whole numbers of one digit only", ["1.234", "2", "3.125", "7", "1.125", "3", "4.257", "5"]],
    ["numbers below one", ["0.234", "200", "0.125", "300", "0.125", "400", "4.257", "512"]],
  ])("%s are decimals", async (_, cells) => {
    const { y } = await onlySeries(lines("month\ty", ...cells.map((cell, i) => `${MONTHS[i]}\t${cell}`)));
    expect(Array.from(y)).toEqual(cells.map(Number));
  });
});

describe("tables with times across", () => {
  test("columns whose numbers have marks beside them are not dropped", async () => {
    const cells = MONTHS.map((_, i) => `${100 + i}.5 ${i > 21 ? "p" : ""}`);
    const table = (corner: string) =>
      lines([corner, ...MONTHS.map((month) => `${month} `)].join("\t"), ["AT", ...cells].join("\t"));
    const error = await refusalOf(table("geo"));
    expect(error.message).toContain("2021-11");
    expect(error.message).toContain("--strip p");
    expect((await onlySeries(table("geo"), { strip: "p" })).y).toHaveLength(24);
    // Eurostat's own tables have flags by their definition.
    const known = await parseCsv(table("geo\\TIME_PERIOD"));
    expect(known.panel[0]!.y.at(-1)).toBe(123.5);
    expect(noteOf(known, "flags-left-out")).toContain('such as p in "122.5 p"');
  });

  test("codes that are partly numbers name the series, totals do not", async () => {
    const row = (sku: string, from: number) => [sku, "Widget", ...MONTHS.map((_, i) => from + i)];
    const rows = [row("000123", 10), row("000124", 30), row("10E5", 70)];
    const sums = MONTHS.map((_, i) => 110 + 3 * i);
    const total = (cells: readonly (string | number)[]) =>
      cells.slice(2).reduce<number>((sum, cell) => sum + Number(cell), 0);
    const text = lines(
      ["SKU", "Description", ...MONTHS, "Grand Total"].join(),
      ...rows.map((cells) => [...cells, total(cells)].join()),
      ["Grand Total", "", ...sums, total(["", "", ...sums])].join(),
    );
    const result = await parseCsv(text);
    expect(result.panel.map(({ id }) => id)).toEqual(["000123", "000124", "10E5"]);
    expect(noteOf(result, "totals-left-out")).toContain("Grand Total");
  });
});

describe("times in two columns", () => {
  const clock = (half: number) =>
    `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
  const days = [6, 7, 8, 9].map((day) => `0${day}/03/2023`).concat("10/03/2023");

  test.each(["-", " - ", "–"])("intervals of a day with %j are its half hours, no ids", async (dash) => {
    const rows = days.flatMap((day) =>
      [16, 17, 18, 19].map((half) => `${day},${clock(half)}${dash}${clock(half + 1)},${half}`),
    );
    const only = await onlySeries(lines("Date,Interval,Calls", ...rows));
    expect(only.time!.frequency).toEqual({ unit: "minute", count: 30 });
    expect(labelsOf(only)[1]).toContain("08:30");
    expect(only.y[1]).toBe(17);
  });

  test("13 periods a year are no weeks", async () => {
    const rows = [2020, 2021].flatMap((year) =>
      Array.from({ length: 13 }, (_, i) => `${i + 1},${year},${100 + i}`),
    );
    const error = await refusalOf(lines("Posting period,Fiscal Year,Amount", ...rows));
    expect(error.code).toBe("accounting-periods");
    expect(error.message).toContain("--period 13");
  });
});

test("two columns of ids that only together tell rows apart are both taken", async () => {
  const rows = ["001", "002"].flatMap((store) =>
    ["7", "8"].flatMap((item) => MONTHS.map((month, i) => `${store};${item};${month};${i}`)),
  );
  const { panel } = await parseCsv(lines("store_id;item_id;date;sales", ...rows));
  expect(panel.map(({ id }) => id)).toEqual(["001/7", "001/8", "002/7", "002/8"]);
});

test("numbers called customer_id and product_id are ids where they tell rows of one time apart", async () => {
  const rows = [101, 102].flatMap((customer) =>
    [7, 8].flatMap((product) => MONTHS.map((month, i) => `${customer},${product},${month},${i}`)),
  );
  const { panel } = await parseCsv(lines("customer_id,product_id,month,units", ...rows));
  expect(panel.map(({ id }) => id)).toEqual(["101/7", "101/8", "102/7", "102/8"]);
});

test("rows of the future whose values are blank are told", async () => {
  const rows = MONTHS.map((month, i) => `${month},${i < 20 ? i : ""}`);
  expect(noteOf(await parseCsv(lines("month,sales", ...rows), { name: "shop" }), "ends-missing")).toContain(
    "The last 4 values",
  );
  expect(noteOf(await parseCsv(lines("month,sales", ...rows.slice(0, 20))), "ends-missing")).toBeUndefined();
});

test("-1 far below all other values is called a likely mark of missing ones", async () => {
  const rows = MONTHS.map((month, i) => `${month},${i % 7 === 3 ? -1 : 90 + i}`);
  expect(noteOf(await parseCsv(lines("month,y", ...rows)), "likely-sentinel")).toContain("--na -1");
});

test("-1 near the other values is none", async () => {
  const rows = MONTHS.map((month, i) => `${month},${i % 7 === 3 ? -1 : 3 + (i % 3)}`);
  expect(noteOf(await parseCsv(lines("month,y", ...rows)), "likely-sentinel")).toBeUndefined();
});

test("a unit behind every number is left out", async () => {
  const column = (unit: string, name = "y") =>
    lines(`month,${name}`, ...MONTHS.map((month, i) => `${month},${20 + i}.5${unit}`));
  for (const unit of [" °C", " kWh", " Stück"]) {
    expect((await onlySeries(column(unit))).y[1]).toBe(21.5);
    expect((await onlySeries(column(unit, "load at noon"))).y[1]).toBe(21.5);
    expect((await onlySeries(column(unit), { strip: unit })).y[1]).toBe(21.5);
  }
  expect((await onlySeries(column("k"))).y[1]).toBe(21_500);
});
