import { describe, expect, test } from "vitest";
import { forecast, fromRecords, naive } from "../../src/index.js";

const days = (make: (t: number) => unknown, count = 5) =>
  Array.from({ length: count }, (_, t) => ({ when: make(t), sales: 10 + t }));

describe("records", () => {
  test.each([
    ["Dates at midnight UTC", (t: number) => new Date(Date.UTC(2024, 0, 30 + t)), "2024-02-04", "day"],
    ["Dates at local midnight", (t: number) => new Date(2024, 0, 30 + t), "2024-02-04", "day"],
    [
      "Dates of hours",
      (t: number) => new Date(Date.UTC(2024, 0, 30, 22 + t)),
      "2024-01-31T03:00:00.000Z",
      "hour",
    ],
    ["texts of months", (t: number) => `2024-0${t + 1}`, "2024-06", "month"],
    ["years as numbers", (t: number) => 2001 + t, "2006", "year"],
  ])("%s", async (_, make, next, unit) => {
    const { panel, decisions } = await fromRecords(days(make), { time: "when", value: "sales" });
    expect(panel).toHaveLength(1);
    expect([...panel[0]!.y]).toEqual([10, 11, 12, 13, 14]);
    expect(decisions.frequency?.unit).toBe(unit);
    expect(forecast(naive().fit(panel[0]!), { horizon: 1 }).times).toEqual([next]);
  });

  test("the order of the rows does not matter, and nothing of the values is rounded", async () => {
    const rows = [
      { d: new Date("2024-01-02"), v: 0.1 + 0.2 },
      { d: new Date("2024-01-01"), v: 1e-300 },
      { d: new Date("2024-01-03"), v: 98765.4321 },
    ];
    const { panel } = await fromRecords(rows, { time: "d", value: "v" });
    expect([...panel[0]!.y]).toEqual([1e-300, 0.1 + 0.2, 98765.4321]);
  });

  test("ids make a panel; null, undefined and NaN are missing", async () => {
    const rows = ["a", "b"].flatMap((shop) =>
      [1, null, undefined, Number.NaN, 5, 6].map((v, t) => ({ shop, t: `2024-01-0${t + 1}`, v })),
    );
    const { panel } = await fromRecords(rows, { time: "t", value: "v", id: "shop" });
    expect(panel.map(({ id }) => id)).toEqual(["a", "b"]);
    expect([...panel[1]!.y]).toEqual([1, Number.NaN, Number.NaN, Number.NaN, 5, 6]);
  });

  test.each<[string, unknown, string]>([
    ["no array", 5, "bad-record"],
    ["a text", "abc", "bad-record"],
    ["nothing", null, "bad-record"],
    ["no rows", [], "no-records"],
    ["rows that are numbers", [1, 2], "bad-record"],
    ["an infinite value", [{ t: 1, v: Number.POSITIVE_INFINITY }], "infinite-value"],
    ["an invalid Date", [{ t: new Date(Number.NaN), v: 1 }], "bad-date"],
    ["a function as a cell", [{ t: 1, v: () => 1 }], "bad-record"],
  ])("%s is refused by a coded error", async (_, records, code) => {
    await expect(fromRecords(records as never)).rejects.toMatchObject({ code });
  });
});
