import { describe, expect, test } from "vitest";
import { dateOf, daysOf } from "../../../src/core/time/civil.js";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, refusalOf } from "../csv-cases.js";

const pad = (number: number) => String(number).padStart(2, "0");
const months = Array.from(
  { length: 60 },
  (_, i) => [1999 + Math.floor((i + 7) / 12), ((i + 7) % 12) + 1] as const,
);
const file = (name: string, times: readonly string[]) =>
  lines(`${name},value`, ...times.map((time, i) => `${time},${i}`));

/** The middle of a month, counted in days. */
function middleInDays(year: number, month: number): number {
  const first = daysOf(year, 1, 1);
  const middle = (daysOf(year, month, 1) + daysOf(month === 12 ? year + 1 : year, (month % 12) + 1, 1)) / 2;
  return year + (middle - first) / (daysOf(year + 1, 1, 1) - first);
}

describe("years with decimals", () => {
  test.each([
    ["beginnings, 3 decimals", (year: number, month: number) => (year + (month - 1) / 12).toFixed(3)],
    [
      "beginnings as R prints them",
      (year: number, month: number) => String(Number((year + (month - 1) / 12).toPrecision(13))),
    ],
    ["middles, 4 decimals", (year: number, month: number) => (year + (month - 0.5) / 12).toFixed(4)],
    ["middles, 2 decimals", (year: number, month: number) => (year + (month - 0.5) / 12).toFixed(2)],
    ["middles counted in days", (year: number, month: number) => middleInDays(year, month).toFixed(3)],
  ])("are months: %s", async (_, write) => {
    const result = await parseCsv(
      file(
        "decimal date",
        months.map(([year, month]) => write(year, month)),
      ),
    );
    const [series] = result.panel;
    const { year, month } = dateOf(
      Math.floor(Date.parse(`${series!.time!.start.slice(0, 10)}T00:00Z`) / 86_400_000),
    );
    expect([year, month, series!.y.length, result.decisions.period]).toEqual([1999, 8, 60, 12]);
    expect(noteOf(result, "decimal-years")).toContain("--time none");
  });

  test("labels go on as the file writes them, middles as months", async () => {
    const { panel } = await parseCsv(
      file(
        "time",
        months.map(([year, month]) => (year + (month - 1) / 12).toFixed(3)),
      ),
    );
    expect(labelsOf(panel[0]!, 1).at(-1)).toBe("2004.583");
    const middles = await parseCsv(
      file(
        "Year",
        months.map(([year, month]) => (year + (month - 0.5) / 12).toFixed(4)),
      ),
    );
    expect(labelsOf(middles.panel[0]!, 1).at(-1)).toBe("2004-08");
  });

  test.each([
    ["beginnings", 0, "2000.00"],
    ["middles", 0.125, "2000 Q1"],
  ])("are quarters: %s", async (_, shift, label) => {
    const times = Array.from({ length: 20 }, (_, i) => (2000 + i / 4 + shift).toFixed(shift === 0 ? 2 : 3));
    const { panel, decisions } = await parseCsv(file("time", times));
    expect([labelsOf(panel[0]!)[0], decisions.period, panel[0]!.y.length]).toEqual([label, 4, 20]);
  });

  test.each([0, 0.5])("are days, %d of each before the number", async (shift) => {
    const times = Array.from({ length: 800 }, (_, i) => {
      const day = daysOf(2019, 12, 1) + i;
      const { year } = dateOf(day);
      const first = daysOf(year, 1, 1);
      return (year + (day - first + shift) / (daysOf(year + 1, 1, 1) - first)).toFixed(4);
    });
    const { panel, notes } = await parseCsv(file("decyear", times));
    expect([panel[0]!.y.length, labelsOf(panel[0]!)[0]]).toEqual([800, "2019-12-01"]);
    expect(notes.map(({ code }) => code)).toEqual(["decimal-years"]);
  });

  test("a panel of them", async () => {
    const rows = ["a", "b"].flatMap((id) =>
      months.map(([year, month], i) => `${id},${(year + (month - 0.5) / 12).toFixed(4)},${i}`),
    );
    const { panel } = await parseCsv(lines("id,time,value", ...rows));
    expect(panel.map(({ id, y }) => [id, y.length])).toEqual([
      ["a", 60],
      ["b", 60],
    ]);
  });

  test("that lie on none of these are refused with the flags that count rows", async () => {
    const times = Array.from({ length: 60 }, (_, i) => (1993.0115 + i * 0.0271515).toFixed(6));
    const error = await refusalOf(file("dec_year", times));
    expect([error.code, error.message]).toEqual([
      "bad-time",
      expect.stringMatching(/--time none.*--period 37/),
    ]);
  });

  test("values of that size are none", async () => {
    const rows = months.map(
      ([year, month], i) => `${year}-${pad(month)},${(1900 + 40 * Math.sin(i)).toFixed(2)}`,
    );
    const { decisions } = await parseCsv(lines("month,price", ...rows));
    expect([decisions.time, decisions.values]).toEqual(["month", ["price"]]);
  });
});
