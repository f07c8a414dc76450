import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/index.js";
import { refusalOf } from "../csv-cases.js";

/** Three logins on odd days of January, one on even ones, without a number anywhere. */
const lines = Array.from({ length: 31 }, (_, day) =>
  Array.from({ length: day % 2 === 0 ? 3 : 1 }, (__, hour) => {
    const at = `2024-01-${String(day + 1).padStart(2, "0")}T${String(8 + hour).padStart(2, "0")}:${String((day * 7 + hour * 13) % 60).padStart(2, "0")}:${String((day * 11) % 60).padStart(2, "0")}`;
    return `${at},${hour === 0 ? "ann" : "bob"},logged in ${day}-${hour}`;
  }),
).flat();
const log = `at,user,message\n${lines.join("\n")}\n`;
const count = { by: "count", frequency: "D", partial: "keep" } as const;

describe("rows of a log without numbers are counted", () => {
  test("as one series", async () => {
    const { panel, decisions } = await parseCsv(log, { aggregate: count, id: null });
    expect(Array.from(panel[0]!.y)).toEqual(Array.from({ length: 31 }, (_, day) => (day % 2 === 0 ? 3 : 1)));
    expect(decisions).toMatchObject({ time: "at", aggregated: true, flags: "--time at" });
  });

  test("by an id, and with a column of texts as the value", async () => {
    const { panel } = await parseCsv(log, { aggregate: count, id: "user", value: "message" });
    expect(panel.map(({ id }) => id)).toEqual(["ann", "bob"]);
    expect(panel.map(({ y }) => y[0])).toEqual([1, 2]);
    expect(panel[1]!.y[1]).toBe(0);
  });

  test("rows without numbers cannot be summed", async () => {
    const options = { aggregate: { ...count, by: "sum" } } as const;
    expect((await refusalOf(log, options)).code).toBe("no-value-column");
    expect((await refusalOf(log, { ...options, value: "message" })).code).toBe("text-in-value");
  });
});
