import { describe, expect, test } from "vitest";
import { formatFrequency } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "./csv-cases.js";

describe("rows become series", () => {
  test("ids may alternate, start at different times and end at different ones", async () => {
    const { panel } = await parseCsv(
      lines("unique_id,ds,y", "A,2024-01,1", "B,2024-03,10", "A,2024-02,2", "B,2024-04,20", "B,2024-05,30"),
    );
    expect(panel.map(({ id, y }) => [id, ...y])).toEqual([
      ["A", 1, 2],
      ["B", 10, 20, 30],
    ]);
    expect(panel.map((series) => labelsOf(series)[0])).toEqual(["2024-01", "2024-03"]);
  });

  test("unsorted rows are sorted, and told", async () => {
    const result = await parseCsv(
      lines("id,ds,y", "A,2024-02,2", "A,2024-01,1", "B,2024-01,3", "B,2024-02,4"),
    );
    expect([...result.panel[0]!.y]).toEqual([1, 2]);
    expect(noteOf(result, "rows-sorted")).toBe(
      "The rows of series A were not in order of time; they were sorted.",
    );
    expect(noteOf(await parseCsv(lines("ds,y", "2024-02,2", "2024-01,1")), "rows-sorted")).toBe(
      "The rows were not in order of time; they were sorted.",
    );
  });

  test("newest first is sorted too", async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${2000 - i},${i}`);
    const { y } = await onlySeries(lines("year,y", ...rows));
    expect([...y]).toEqual(Array.from({ length: 100 }, (_, i) => 99 - i));
  });

  test("gaps become missing values, and are told", async () => {
    const result = await parseCsv(
      lines("ds,y", "2024-01-01,1", "2024-01-02,2", "2024-01-05,5", "2024-01-06,6"),
    );
    expect([...result.panel[0]!.y]).toEqual([1, 2, NaN, NaN, 5, 6]);
    expect(noteOf(result, "gaps-filled")).toBe(
      "2 rows missing between the times became missing values, the first before row 4.",
    );
    const { notes } = await parseCsv(lines("ds,y", "2024-01,1", "2024-02,2", "2024-03,3"));
    expect(notes).toEqual([]);
  });

  test("gaps in inputs are a warning", async () => {
    const result = await parseCsv(lines("t,y,x", "1,1,1", "2,2,", "3,3,3"), { inputs: ["x"] });
    expect(result.notes.find(({ code }) => code === "inputs-missing")?.severity).toBe("warning");
  });

  test("a series with nothing but missing values is told, the others are read", async () => {
    const result = await parseCsv(lines("id,t,y", "A,1,", "A,2,NA", "B,1,3", "B,2,4"));
    expect(noteOf(result, "series-all-missing")).toBe("All values of series A are missing.");
    expect(result.panel).toHaveLength(2);
  });

  test("a series of one row follows the step of the others", async () => {
    const result = await parseCsv(
      lines("id,ds,y", "A,2024-01-05,1", "B,2024-01-05,3", "B,2024-01-12,4", "B,2024-01-19,4"),
    );
    expect(result.panel.map(({ period }) => period)).toEqual([52, 52]);
    expect(labelsOf(result.panel[0]!, 1)).toEqual(["2024-01-05", "2024-01-12"]);
    expect(noteOf(result, "single-value")).toBe("Series A has only one value.");
    expect(noteOf(result, "step-assumed")).toBeUndefined();
  });

  test("month ends of each series are kept apart from days 28", async () => {
    const { panel } = await parseCsv(
      lines(
        "id,ds,y",
        "A,2023-01-31,1",
        "A,2023-02-28,2",
        "B,2023-01-28,1",
        "B,2023-02-28,2",
        "C,2023-02-28,2",
        "C,2023-03-30,2",
      ),
    );
    expect(panel.map((series) => labelsOf(series, 1).at(-1))).toEqual([
      "2023-03-31",
      "2023-03-28",
      "2023-04-30",
    ]);
  });

  test("a wide table with gaps in some columns", async () => {
    const { panel } = await parseCsv(lines("ds,a,b", "2024-01,1,", "2024-02,2,20", "2024-03,,30"), {
      value: ["a", "b"],
    });
    expect(panel.map(({ id, y }) => [id, ...y])).toEqual([
      ["a", 1, 2, NaN],
      ["b", NaN, 20, 30],
    ]);
  });

  test("without times rows count in the order of the file", async () => {
    const { panel } = await parseCsv(lines("id,y", "A,1", "B,10", "A,2", "B,20"));
    expect(panel.map(({ id, y, time }) => [id, time, ...y])).toEqual([
      ["A", null, 1, 2],
      ["B", null, 10, 20],
    ]);
  });

  test("the id of a series without one is the stem of its file", async () => {
    for (const [name, id] of [
      ["folder/air.csv", "air"],
      ["C:\\data\\air.passengers.CSV", "air.passengers"],
      ["air.csv.gz", "air"],
      ["standard input", "series"],
      [".csv", "series"],
    ] as const) {
      expect((await onlySeries("y\n1\n2\n", { name })).id).toBe(id);
    }
  });
});

describe("spacing is refused where it is none", () => {
  test("duplicates name both rows", async () => {
    const error = await refusalOf(lines("ds,y", "2024-01-01,1", "2024-01-02,2", "2024-01-01,3"));
    expect(error).toMatchObject({
      code: "duplicate-times",
      category: "data",
      details: { rows: [2, 4], column: "ds" },
    });
    expect(error.message).toContain("rows 2 and 4 have the time 2024-01-01 both");
    expect(error.message).toContain("--id");
  });

  test("duplicates within a series name it", async () => {
    const error = await refusalOf(lines("id,ds,y", "A,2024,1", "B,2024,2", "B,2025,2", "B,2024,3"));
    expect(error.message).toContain("rows 3 and 5 of series B");
  });

  test("two rows of one month, where months are asked for", async () => {
    const error = await refusalOf(lines("ds,y", "2024-01-01,1", "2024-01-20,2", "2024-02-03,3"), {
      frequency: "M",
    });
    expect(error).toMatchObject({ code: "duplicate-times", details: { rows: [2, 3] } });
  });

  test("irregular rows are named", async () => {
    const error = await refusalOf(
      lines("ds,y", "2024-01-01,1", "2024-01-03,2", "2024-01-05,3", "2024-01-06,4", "2024-01-08,4"),
    );
    expect(error).toMatchObject({ code: "irregular-times", details: { rows: [4, 5] } });
    expect(error.message).toContain(
      "2024-01-06 comes 1 day after 2024-01-05 in row 4, where the usual step is 2 days",
    );
  });

  test.each([
    [["2024-01-01T00:00", "2024-01-01T01:00", "2024-01-01T02:00", "2024-01-01T02:20"], "20 minutes after"],
    [
      [
        "2024-01-31",
        "2024-02-29",
        "2024-03-15",
        "2024-04-30",
        "2024-05-31",
        "2024-06-30",
        "2024-07-31",
        "2024-08-31",
        "2024-09-30",
      ],
      "nearly all of which lie on the last day",
    ],
    [
      [
        "2024-01-05",
        "2024-02-05",
        "2024-03-05",
        "2024-04-15",
        "2024-05-05",
        "2024-06-05",
        "2024-07-05",
        "2024-08-05",
      ],
      "2024-04-15 does not fit monthly rows",
    ],
    [["2024-01", "2024-03", "2024-05", "2024-06"], "1 month after"],
    [["1", "3", "5", "6"], "comes 1 after 5"],
  ])("in hours, days, months and counts: %j", async (times, words) => {
    const error = await refusalOf(lines("time,y", ...times.map((time, i) => `${time},${i}`)));
    expect(error.code).toBe("irregular-times");
    expect(error.message).toContain(words);
    expect(error.message).toContain("--frequency");
  });

  test("a date far away is no gap", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `2024-${i < 31 ? "01" : "02"}-${String((i % 31) + 1).padStart(2, "0")},1`,
    );
    const error = await refusalOf(lines("ds,y", ...rows.slice(0, 58), "0202-03-01,1"));
    expect(error.code).toBe("too-many-gaps");
    expect(error.message).toContain("0202-03-01");
  });

  test("a step that does not fit is refused", async () => {
    const text = lines("ds,y", "2024-01-01,1", "2024-01-02,2", "2024-01-04,3");
    expect((await refusalOf(text, { frequency: "2D" })).message).toContain(
      "no multiple of the requested step of 2 days",
    );
    expect(
      (await refusalOf(lines("ds,y", "2024-03-01,1", "2024-03-02,2"), { frequency: "B" })).message,
    ).toContain("weekend");
    expect((await refusalOf(lines("t,y", "1,1", "2,2"), { frequency: "M" })).code).toBe("bad-frequency");
    expect((await refusalOf(text, { frequency: "Mm" })).code).toBe("bad-frequency");
    expect((await refusalOf(text, { period: 0 })).code).toBe("bad-period");
  });

  test("mixed frequencies name the ids", async () => {
    const monthly = ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"];
    const yearly = ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01"];
    const quarterly = ["2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01"];
    const rows = (id: string, times: readonly string[]) => times.map((time, i) => `${id},${time},${i}`);
    const text = lines(
      "id,ds,y",
      ...rows("M1", monthly),
      ...rows("Y1", yearly),
      ...rows("M2", monthly),
      ...rows("Q1", quarterly),
    );
    const error = await refusalOf(text);
    expect(error).toMatchObject({ code: "mixed-frequencies", category: "data" });
    expect(error.message).toContain("M1, M2 by M; Y1 by Y; Q1 by Q");
    expect(error.details.ids).toEqual(["Y1", "Q1"]);
  });

  test("a sparse series among dense ones is no mixture", async () => {
    const days = Array.from({ length: 28 }, (_, i) => `2024-02-${String(i + 1).padStart(2, "0")}`);
    const sparse = ["2024-02-01", "2024-02-03", "2024-02-07", "2024-02-13", "2024-02-19"];
    const text = lines("id,ds,y", ...days.map((day) => `A,${day},1`), ...sparse.map((day) => `B,${day},1`));
    const { panel, decisions } = await parseCsv(text);
    expect(formatFrequency(decisions.frequency!)).toBe("D");
    expect(panel[1]!.y).toHaveLength(19);
  });
});
