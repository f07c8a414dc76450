import { describe, expect, test } from "vitest";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { refusalOf } from "./csv-cases.js";

const records = Array.from({ length: 8 }, (_, i) => ({ ds: `2024-01-0${i + 1}`, y: i + 0.5, shop: "A, B" }));
const csv = `ds,y,shop\n${records.map(({ ds, y }) => `${ds},${y},"A, B"`).join("\n")}\n`;

describe("records of JSON are read as the rows of a CSV", () => {
  test.each([
    ["an array", JSON.stringify(records)],
    ["an array over many lines", `\ufeff${JSON.stringify(records, null, 2)}`],
    ["one record a line", `${records.map((record) => JSON.stringify(record)).join("\n")}\n`],
    ["an object with one array", JSON.stringify({ status: "ok", data: records })],
    [
      "an object of columns",
      JSON.stringify({
        ds: records.map(({ ds }) => ds),
        y: records.map(({ y }) => y),
        shop: records.map(({ shop }) => shop),
      }),
    ],
  ])("%s", async (_, text) => {
    const read = await parseCsv(text);
    const { panel, decisions, notes } = await parseCsv(csv);
    expect(read.panel).toEqual(panel);
    expect(read.notes).toEqual(notes);
    expect(read.decisions.flags).toBe(decisions.flags);
  });

  test("missing keys and null are missing values, nested ones have joined names", async () => {
    const text = JSON.stringify([
      { ds: "2024-01-01", a: { mean: 1 } },
      { ds: "2024-01-02", a: { mean: null } },
      { ds: "2024-01-03" },
      { ds: "2024-01-04", a: { mean: 4 } },
    ]);
    const { panel, decisions } = await parseCsv(text);
    expect(decisions.values).toEqual(["a.mean"]);
    expect(Array.from(panel[0]!.y)).toEqual([1, Number.NaN, Number.NaN, 4]);
  });

  test("numbers alone are a series", async () => {
    expect(Array.from((await parseCsv("[3, 1, 4, null, 5]")).panel[0]!.y)).toEqual([3, 1, 4, Number.NaN, 5]);
  });

  test("the future of inputs may be JSON too", async () => {
    const past = records.map((record, i) => ({ ...record, x: i % 3 }));
    const future = JSON.stringify([
      { ds: "2024-01-09", x: 1 },
      { ds: "2024-01-10", x: 2 },
    ]);
    const { future: ahead } = await parseCsv(JSON.stringify(past), { inputs: ["x"], value: "y", future });
    expect(Array.from(ahead![0]!.columns[0]!)).toEqual([1, 2]);
  });

  test("errors name the line of the record", async () => {
    const wrong = records.map((record, i) => (i === 4 ? { ...record, y: "abc" } : record));
    const lined = await refusalOf(wrong.map((record) => JSON.stringify(record)).join("\n"));
    expect(lined.details).toMatchObject({ row: 5, column: "y" });
    const pretty = await refusalOf(JSON.stringify(wrong, null, 2));
    expect(pretty.details).toMatchObject({ row: 2 + 4 * 5, column: "y" });
    const single = await refusalOf(JSON.stringify(wrong));
    expect(single.details).toMatchObject({ row: 5, column: "y" });
  });

  test.each(['[{"ds": 1,}]', '{"ds": "2024", "y": 1}\n{"ds": ', '{"model": {"a": 1}}', "[[1, 2], [3]]"])(
    "%s is refused",
    async (text) => {
      expect((await refusalOf(text)).code).toBe("bad-json");
    },
  );
});
