import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, onlySeries, refusalOf } from "../csv-cases.js";

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const rows = (
  count: number,
  step: number,
  row: (day: string, from: string, to: string, i: number) => string,
) =>
  Array.from({ length: count }, (_, i) => {
    const day = `2023-03-${String(6 + Math.floor((i * step) / 1440)).padStart(2, "0")}`;
    return `${row(day, clock(i * step), clock((i + 1) * step), i)},${i}`;
  });

describe("a beginning and an end in one cell", () => {
  test.each([
    ["08:00-09:00", "-", 60],
    ["08:00 - 09:00", " - ", 60],
    ["08:00-08:30", "-", 30],
    ["08:00-08:15", "-", 15],
  ])("%s is an interval, not an offset from UTC", async (_, mark, step) => {
    const text = lines("interval,load", ...rows(100, step, (day, from, to) => `${day} ${from}${mark}${to}`));
    const { panel, decisions } = await parseCsv(text);
    expect([panel[0]!.y.length, decisions.zone, decisions.frequency?.count]).toEqual([
      100,
      null,
      step === 60 ? 1 : step,
    ]);
    expect(labelsOf(panel[0]!)[1]).toBe(`2023-03-06 ${clock(step)}${mark}${clock(2 * step)}`);
  });

  test("written in both ways in one column", async () => {
    const text = lines(
      "interval,load",
      ...rows(48, 30, (day, from, to, i) => `${day} ${from}${i % 3 === 0 ? " - " : "-"}${to}`),
    );
    expect((await onlySeries(text)).y).toHaveLength(48);
  });

  test("offsets stay offsets, changing ones too", async () => {
    const fixed = await parseCsv(lines("time,load", ...rows(48, 60, (day, from) => `${day} ${from}-05:00`)));
    expect(fixed.decisions.zone).toBe("-05:00");
    const changing = rows(48, 60, (day, from, _, i) => `${day} ${from}-0${i < 20 ? 5 : 4}:00`);
    expect((await refusalOf(lines("time,load", ...changing))).code).toBe("changing-offsets");
  });
});
