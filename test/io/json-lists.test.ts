import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { noteOf, onlySeries, refusalOf } from "./csv-cases.js";

const DAYS = Array.from({ length: 12 }, (_, i) => `2024-01-${String(i + 1).padStart(2, "0")}`);
const from = (start: number, count = 12) => Array.from({ length: count }, (_, i) => start + i);
const json = (value: unknown) => JSON.stringify(value);

describe("nothing of a chart is left out in silence", () => {
  test("two series of a chart are columns; of different lengths they are refused", async () => {
    const chart = (length: number) =>
      json({
        labels: DAYS,
        datasets: [
          { label: "A", data: from(0) },
          { label: "B", data: from(100, length) },
        ],
      });
    expect([...(await onlySeries(chart(12), { value: "B" })).y]).toEqual(from(100));
    expect((await refusalOf(chart(10))).message).toMatch(/lists of several lengths \(A 12, B 10\)/);
  });

  test("lists of another step are told", async () => {
    const text = json({
      hourly: { time: DAYS, t: from(0) },
      daily: { time: DAYS.slice(0, 5), most: from(50, 5) },
    });
    const result = await parseCsv(text);
    expect([...result.panel[0]!.y]).toEqual(from(0));
    expect(noteOf(result, "lists-left-out")).toBe("Lists of another length were left out: most (5 values).");
  });
});

test("values by their times are joined where one series begins later", async () => {
  const series = (start: number, days: readonly string[]) =>
    Object.fromEntries(days.map((day, i) => [day, start + i]));
  const text = json({ A: series(0, DAYS), B: series(102, DAYS.slice(2)) });
  const { panel } = await parseCsv(text, { value: ["A", "B"] });
  expect(panel.map(({ y }) => [...y].slice(0, 3))).toEqual([
    [0, 1, 2],
    [Number.NaN, Number.NaN, 102],
  ]);
});

test("a table that pandas split has the names and the index beside its rows", async () => {
  const text = json({ columns: ["v", "w"], index: DAYS, data: from(0).map((i) => [i, 100 + i]) });
  const series = await onlySeries(text, { value: "w" });
  expect([series.y[1], series.time?.frequency.unit]).toEqual([101, "day"]);
});

test("fields of a schema are no rows", async () => {
  const text = json({
    schema: {
      fields: [
        { name: "date", type: "datetime" },
        { name: "v", type: "integer" },
      ],
    },
    data: DAYS.map((date, i) => ({ date, v: i })),
  });
  expect([...(await onlySeries(text)).y]).toEqual(from(0));
});

test("times that lie further out than the prices are theirs", async () => {
  const timestamp = from(0).map((i) => 1_709_510_400 + 86_400 * i);
  const quote = [{ open: from(3), close: from(100), volume: from(7000) }];
  const text = json({ chart: { result: [{ meta: { symbol: "A" }, timestamp, indicators: { quote } }] } });
  const { decisions, panel } = await parseCsv(text, { value: "close" });
  expect([decisions.time, [...panel[0]!.y]]).toEqual(["timestamp", from(100)]);
});

test("Graphite writes the value before its time, whatever its size", async () => {
  const datapoints = from(0).map((i) => [1_700_000_000 + 1000 * i, 1_709_070_000 + 60 * i]);
  expect((await onlySeries(json([{ target: "a", datapoints }]))).y[1]).toBe(1_700_001_000);
});
