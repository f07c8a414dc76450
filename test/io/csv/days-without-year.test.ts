import { describe, expect, test } from "vitest";
import { labelsOf, lines, onlySeries, refusalOf } from "../csv-cases.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr"];
const two = (number: number) => String(number).padStart(2, "0");
/** Days from the first of January of a common year. */
const DAYS = Array.from({ length: 60 }, (_, i): readonly [number, number] =>
  i < 31 ? [i + 1, 0] : i < 59 ? [i - 30, 1] : [i - 58, 2],
);
const file = (times: readonly string[]) =>
  lines("date,sales", ...times.map((time, i) => `${time},${10 + (i % 7)}`));

describe("a day and a month without a year are no month of a year", () => {
  test.each<[string, (day: number, month: number) => string]>([
    ["01 Jan", (day, month) => `${two(day)} ${MONTHS[month]}`],
    ["01-Jan", (day, month) => `${two(day)}-${MONTHS[month]}`],
    ["1-Jan", (day, month) => `${day}-${MONTHS[month]}`],
    ["Jan 1", (day, month) => `${MONTHS[month]} ${day}`],
    ["Jan 01", (day, month) => `${MONTHS[month]} ${two(day)}`],
    ["01.01.", (day, month) => `${two(day)}.${two(month + 1)}.`],
    ["01/01", (day, month) => `${two(month + 1)}/${two(day)}`],
  ])("%s", async (_, written) => {
    const times = DAYS.map(([day, month]) => written(day, month));
    for (const count of [60, 28]) {
      const error = await refusalOf(file(times.slice(0, count)));
      expect([error.code, error.details.row]).toEqual(["bad-time", 2]);
      expect(error.message).toMatch(
        /a day and a month without a year; write the year|can be days of a month/,
      );
    }
  });

  test("a few days in the middle of a month", async () => {
    expect((await refusalOf(file(["10 Jan", "11 Jan", "12 Jan"]))).code).toBe("bad-time");
  });

  test("a month of several years is one where it cannot be a day", async () => {
    const years = [
      ...Array.from({ length: 10 }, (_, i) => 90 + i),
      ...Array.from({ length: 20 }, (_, i) => i),
    ];
    const series = await onlySeries(file(years.map((year) => `Dec-${two(year)}`)));
    expect(labelsOf(series)[0]).toBe("Dec-90");
    expect(labelsOf(await onlySeries(file(["Dec-08", "Dec-09", "Dec-10", "Dec-11"])), 1)[4]).toBe("Dec-12");
  });
});

test("counts from an unknown beginning and days of the week are named as such", async () => {
  const count = (written: (i: number) => string) =>
    refusalOf(file(Array.from({ length: 14 }, (_, i) => written(i))));
  expect((await count((i) => `${5 * i} min`)).message).toMatch(/counts from a beginning that is not known/);
  expect((await count((i) => `Week ${i + 1}`)).message).toMatch(/counts from a beginning that is not known/);
  const week = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  expect((await count((i) => week[i % 7]!)).message).toMatch(/is a day of the week without a date/);
});

test("milliseconds that a spreadsheet shortened are named as such", async () => {
  const error = await refusalOf(
    lines("timestamp,v", ...Array.from({ length: 9 }, (_, i) => `1.70907E+12,${i}`)),
  );
  expect(error.code).toBe("duplicate-times");
  expect(error.message).toMatch(/a spreadsheet shortened long numbers to such as 1\.70907E\+12/);
});

test("two-digit years and months are months where December and January stand beside each other", async () => {
  const months = Array.from({ length: 24 }, (_, i) => `${22 + Math.floor(i / 12)}${two((i % 12) + 1)}`);
  const series = await onlySeries(file(months));
  expect([series.y.length, labelsOf(series, 1)[24]]).toEqual([24, "2401"]);
  expect((await onlySeries(file(months.slice(0, 12)))).time?.frequency.unit).toBe("index");
});

test("numbers 1 and 2 behind years are halves", async () => {
  const halves = Array.from({ length: 24 }, (_, i) => `${2012 + Math.floor(i / 2)}.${(i % 2) + 1}`);
  const series = await onlySeries(file(halves));
  expect([series.y.length, series.y.some(Number.isNaN), labelsOf(series, 1)[24]]).toEqual([
    24,
    false,
    "2024.1",
  ]);
});
