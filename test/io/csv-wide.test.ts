import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "./csv-cases.js";

const ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GERMAN = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"].concat([
  "August",
  "September",
  "Oktober",
  "November",
  "Dezember",
]);
const FRENCH = [
  "janv.",
  "févr.",
  "mars",
  "avr.",
  "mai",
  "juin",
  "juil.",
  "août",
  "sept.",
  "oct.",
  "nov.",
  "déc.",
];
const value = (year: number, month: number) => 100 * (year - 2020) + month;

describe("years across and months down", () => {
  const table = (months: readonly (string | number)[], name = "month", years = [2021, 2022, 2023]) =>
    lines(
      [name, ...years].join(),
      ...months.map((month, at) => [month, ...years.map((year) => value(year, at + 1))].join()),
    );

  test.each([
    ["English", ENGLISH, "month"],
    ["German", GERMAN, "Monat"],
    ["French", FRENCH, "Mois"],
    ["numbers", ENGLISH.map((_, i) => i + 1), "month"],
  ])("are one series: %s", async (_, months, name) => {
    const result = await parseCsv(table(months, name));
    const [only] = result.panel;
    expect(labelsOf(only!)[0]).toBe("2021-01");
    expect(labelsOf(only!, 1).at(-1)).toBe("2024-01");
    expect(Array.from(only!.y)).toEqual(
      [2021, 2022, 2023].flatMap((year) => ENGLISH.map((__, at) => value(year, at + 1))),
    );
    expect(noteOf(result, "wide-table")).toContain("2021 to 2023");
  });

  test("one year can be chosen", async () => {
    const series = await onlySeries(table(ENGLISH), { value: "2022" });
    expect(labelsOf(series)).toHaveLength(12);
    expect(series.y[0]).toBe(value(2022, 1));
  });

  test("months that are not there yet end the series", async () => {
    const text = lines(
      "month,2021,2022,2023",
      ...ENGLISH.map((month, at) => `${month},${at},${at + 12},${at < 5 ? at + 24 : ""}`),
    );
    expect(Array.from((await onlySeries(text)).y)).toEqual(Array.from({ length: 29 }, (_, i) => i));
  });

  test("a cell that is no number is named by its row and year", async () => {
    const error = await refusalOf(table(ENGLISH).replace("203", "x"));
    expect(error.details).toMatchObject({ row: 4, column: "2022" });
  });
});

describe("months or quarters across and years down", () => {
  test.each([
    ["months", ENGLISH, "2021-01"],
    ["numbers", ENGLISH.map((_, i) => String(i + 1)), "2021-01"],
    ["quarters", ["Q1", "Q2", "Q3", "Q4"], "2021-Q1"],
  ])("%s are one series", async (_, parts, first) => {
    const years = [2021, 2022, 2023, 2024];
    const rows = years.map((year) => [year, ...parts.map((__, at) => value(year, at + 1)), 9999].join());
    const series = await onlySeries(lines(["Year", ...parts, "Annual"].join(), ...rows));
    expect(labelsOf(series)[0]).toBe(first);
    expect(Array.from(series.y)).toEqual(years.flatMap((year) => parts.map((__, at) => value(year, at + 1))));
  });
});

describe("times across and series down", () => {
  test.each([
    ["years", ["1999", "2000", "2001", "2002"]],
    ["years as the World Bank writes them", ["1999 [YR1999]", "2000 [YR2000]", "2001 [YR2001]"]],
    ["months", ["2021-11", "2021-12", "2022-01"]],
    ["days", ["1/22/20", "1/23/20", "1/24/20", "1/25/20"]],
    ["quarters", ["2021 Q3", "2021 Q4", "2022 Q1"]],
  ])("%s", async (_, times) => {
    const row = (name: string, code: string, from: number) =>
      [name, code, "GDP", ...times.map((__, i) => from + i)].join();
    const { panel } = await parseCsv(
      lines(
        ["Country Name", "Code", "Indicator", ...times].join(),
        row("Freedonia", "FRE", 5),
        row("Sylvania", "SYL", 7),
      ),
    );
    expect(panel.map(({ id }) => id)).toEqual(["Freedonia", "Sylvania"]);
    expect(panel[1]!.y.length).toBe(times.length);
    expect(panel[1]!.y[0]).toBe(7);
  });

  test("ids that need two columns, blanks at the ends, remarks below", async () => {
    const text = lines(
      "Province,Country,Lat,2019,2020,2021",
      "Hubei,China,30.9,1,2,3",
      "Hebei,China,30.9,1,,3",
      ",Aruba,12.5,,2,3",
      "Data from database: indicators",
    );
    const result = await parseCsv(text);
    expect(result.panel.map(({ id, y }) => [id, Array.from(y)])).toEqual([
      ["Hubei/China", [1, 2, 3]],
      ["Hebei/China", [1, Number.NaN, 3]],
      ["Aruba", [2, 3]],
    ]);
    expect(noteOf(result, "footer-left-out")).toContain("Row 5");
  });

  test("columns beside a column of dates are columns", async () => {
    const error = await refusalOf(lines("date,2021,2022,2023", "2024-01-01,1,2,3", "2024-01-02,1,2,3"));
    expect(error.code).toBe("ambiguous-value");
  });
});
