import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const YEARS = [2019, 2020, 2021];

/** Years, then quarters, then months, as the Office for National Statistics writes them. */
const office = lines(
  '"Title","CPI: all items"',
  '"CDID","D7BT"',
  ...YEARS.map((year) => `"${year}","${year / 10}"`),
  ...YEARS.flatMap((year) => [1, 2, 3, 4].map((quarter) => `"${year} Q${quarter}","${quarter}"`)),
  ...YEARS.flatMap((year) => MONTHS.map((month, i) => `"${year} ${month}","${100 + i}"`)),
);

describe("years, quarters and months one below another", () => {
  test("are read by the month, and the note names the flags that read the others", async () => {
    const result = await parseCsv(office);
    const [series] = result.panel;
    expect([...series!.y]).toEqual(YEARS.flatMap(() => MONTHS.map((_, i) => 100 + i)));
    expect(labelsOf(series!)[0]).toBe("2019 JAN");
    const note = noteOf(result, "other-steps-left-out");
    expect(note).toContain("3 of years and 12 of quarters left out");
    expect(note).toContain("--frequency Y or --frequency Q");
  });

  test.each([
    ["Q", YEARS.flatMap(() => [1, 2, 3, 4]), "2019 Q1"],
    ["Y", YEARS.map((year) => year / 10), "2019"],
  ])("are read by %s where that is asked for", async (frequency, values, label) => {
    const series = await onlySeries(office, { frequency });
    expect([...series.y]).toEqual(values);
    expect(labelsOf(series)[0]).toBe(label);
  });

  test("a single year among months is a mistake", async () => {
    const rows = MONTHS.map((_, i) => `2020-${String(i + 1).padStart(2, "0")},${i}`);
    const error = await refusalOf(lines("month,y", ...rows, "2021,5"));
    expect([error.code, error.message]).toEqual(["bad-time", expect.stringContaining('"2021"')]);
  });

  test("a step that no row has leaves the finest, and is refused by its distance", async () => {
    const rows = YEARS.flatMap((year) => [...MONTHS.map((_, i) => `${year}-${i + 1},1`), `${year},12`]);
    expect((await refusalOf(lines("month,y", ...rows), { frequency: "Q" })).code).toBe("irregular-times");
  });
});

describe("sums between the rows", () => {
  const sums = (
    total: (quarter: number, year: number) => string,
    month: (i: number, year: number) => string,
  ) =>
    lines(
      "Month,Sales",
      ...YEARS.flatMap((year) =>
        [0, 1, 2, 3].flatMap((quarter) => [
          ...[0, 1, 2].map((i) => `${month(3 * quarter + i, year)},${3 * quarter + i}`),
          `${total(quarter + 1, year)},999`,
        ]),
      ),
    );
  const named = (i: number, year: number) => `${MONTHS[i]} ${year}`;
  const values = YEARS.flatMap(() => MONTHS.map((_, i) => i));

  test.each([
    ["Q1 Total", (quarter: number) => `Q${quarter} Total`],
    ["Q1 2019 total", (quarter: number, year: number) => `Q${quarter} ${year} total`],
    ["Subtotal", () => "Subtotal"],
    ["Total Q1 2019", (quarter: number, year: number) => `Total Q${quarter} ${year}`],
    ["1. Quartal gesamt", (quarter: number) => `${quarter}. Quartal gesamt`],
  ])("called %s are left out", async (_, total) => {
    const result = await parseCsv(sums(total, named));
    expect([...result.panel[0]!.y]).toEqual(values);
    expect(noteOf(result, "totals-left-out")).toMatch(/^Rows 5, 9, 13/);
  });

  test("called by the quarter alone are left out as rows of another step", async () => {
    const result = await parseCsv(sums((quarter, year) => `Q${quarter} ${year}`, named));
    expect([...result.panel[0]!.y]).toEqual(values);
    expect(noteOf(result, "other-steps-left-out")).toContain("12 of quarters");
  });

  test("of a region, without a time, are left out of a panel", async () => {
    const rows = ["North", "South"].flatMap((region) => [
      ...MONTHS.map((_, i) => `${region},2020-${i + 1},${i}`),
      `${region} Total,,66`,
    ]);
    const { panel } = await parseCsv(lines("region,month,sales", ...rows));
    expect(panel.map(({ id, y }) => [id, y.length])).toEqual([
      ["North", 12],
      ["South", 12],
    ]);
  });

  test("a series called total stays one", async () => {
    const rows = ["north total", "total"].flatMap((id) => MONTHS.map((_, i) => `${id},2020-${i + 1},${i}`));
    const { panel } = await parseCsv(lines("region,month,sales", ...rows));
    expect(panel.map(({ id }) => id)).toEqual(["north total", "total"]);
  });
});

test("series of several steps are refused with the condition that reads one", async () => {
  const rows = [
    ...[0, 1, 2, 3, 4, 5].map(
      (i) => `gdp,${2010 + Math.floor(i / 4)}-${String(1 + 3 * (i % 4)).padStart(2, "0")}-01,${i}`,
    ),
    ...MONTHS.map((_, i) => `cpi,2010-${String(i + 1).padStart(2, "0")}-01,${i}`),
  ];
  const text = lines("series,date,value", ...rows);
  expect((await refusalOf(text)).message).toContain("--where 'series=cpi'");
  expect((await onlySeries(text, { where: ["series=cpi"] })).y).toHaveLength(12);
});
