import { describe, expect, test } from "vitest";
import { formatFrequency, timeLabel } from "../../src/core/time/calendar.js";
import { parseCsv } from "../../src/io/csv/parse-csv.js";
import { lines } from "./csv-cases.js";

/** Rows of cells made by the functions of their columns. */
function file(columns: Readonly<Record<string, (row: number) => string | number>>, rows = 12): string {
  const names = Object.keys(columns);
  const body = Array.from({ length: rows }, (_, row) => names.map((name) => columns[name]!(row)).join(","));
  return lines(names.join(","), ...body);
}

const month = (row: number) => `2024-${String((row % 12) + 1).padStart(2, "0")}-01`;
const number = (row: number) => (row * 7919) % 101;

async function decide(text: string, options = {}) {
  const { decisions } = await parseCsv(text, options);
  const { time, values, id, flags } = decisions;
  return { time, values, id, flags };
}

describe("columns are found by their names and content", () => {
  test.each([
    [
      "the names of other forecasting tools",
      { unique_id: () => "A", ds: month, y: number },
      "ds",
      "y",
      "unique_id",
    ],
    ["a value with a name of its own", { Month: month, "#Passengers": number }, "Month", "#Passengers", null],
    ["a value with an unknown name", { when: month, foo: number }, "when", "foo", null],
    ["known names among others", { date: month, sales: number, temperature: number }, "date", "sales", null],
    ["a word within a name", { date: month, load_mw: number, temp: number }, "date", "load_mw", null],
    ["stock prices", { Date: month, Open: number, Close: number, Volume: number }, "Date", "Close", null],
    ["years", { year: (row: number) => 1900 + row, lynx: number }, "year", "lynx", null],
    [
      "a running number without a name",
      { "": (row: number) => row + 1, lynx: number },
      "column1",
      "lynx",
      null,
    ],
    ["row numbers called id", { id: (row: number) => row + 1, date: month, y: number }, "date", "y", null],
    [
      "the date before a running number",
      { n: (row: number) => row + 1, date: month, y: number },
      "date",
      "y",
      null,
    ],
    ["no times", { y: number }, null, "y", null],
    [
      "a text that says nothing",
      { ds: month, comment: (row: number) => `note ${row}`, y: number },
      "ds",
      "y",
      null,
    ],
    ["a weekday", { ds: month, weekday: () => "Mon", y: number }, "ds", "y", null],
    ["seconds since 1970", { stamp: (row: number) => 1.7e9 + 3600 * row, v: number }, "stamp", "v", null],
    ["compact dates", { d: (row: number) => 20240101 + 100 * row, v: number }, "d", "v", null],
  ])("%s", async (_, columns, time, value, id) => {
    const decided = await decide(file(columns as Record<string, (row: number) => string | number>));
    expect(decided).toMatchObject({ time, values: [value], id: id === null ? [] : [id] });
  });

  test("a text column that tells rows of one time apart is an id", async () => {
    const text = file({ ds: month, area: (row) => (row < 12 ? "north" : "south"), y: number }, 24);
    const { panel, decisions } = await parseCsv(text);
    expect(decisions.id).toEqual(["area"]);
    expect(panel.map(({ id }) => id)).toEqual(["north", "south"]);
  });

  test("two text columns that tell rows of one time apart only together are ids", async () => {
    const text = file(
      {
        ds: month,
        kind: (row) => (row % 24 < 12 ? "a" : "b"),
        sort: (row) => (row < 24 ? "x" : "y"),
        y: number,
      },
      48,
    );
    const { panel } = await parseCsv(text);
    expect(panel.map(({ id }) => id)).toEqual(["a/x", "b/x", "a/y", "b/y"]);
  });

  test("store and item name a series together", async () => {
    const text = file(
      {
        date: month,
        store: (row) => Math.floor(row / 24) + 1,
        item: (row) => (Math.floor(row / 12) % 2) + 1,
        sales: number,
      },
      48,
    );
    const { panel } = await parseCsv(text);
    expect(panel.map(({ id }) => id)).toEqual(["1/1", "1/2", "2/1", "2/2"]);
  });

  test("numbers can be ids", async () => {
    const { panel } = await parseCsv(
      lines("unique_id,ds,y", "716,2024,1", "716,2025,2", "007,2024,3", "007,2025,4"),
    );
    expect(panel.map(({ id }) => id)).toEqual(["716", "007"]);
  });

  test("what was found is told as the flags that repeat it", async () => {
    const text = file({ unique_id: () => "A", ds: month, y: number, extra: number });
    const { decisions } = await parseCsv(text);
    expect(decisions.flags).toBe("--time ds --value y --id unique_id");
    expect(decisions.unused).toEqual(["extra"]);
    const again = await parseCsv(text, { time: "ds", value: "y", id: "unique_id" });
    expect(again.decisions.flags).toBe("");
    expect(again.panel).toEqual((await parseCsv(text)).panel);
  });

  test("names that a shell would cut are quoted", async () => {
    const { decisions } = await parseCsv(file({ "time of day": month, "it's": number }));
    expect(decisions.flags).toBe("--time 'time of day' --value 'it'\\''s'");
  });
});

describe("times in several columns", () => {
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const year = (row: number) => 1949 + Math.floor(row / 12);
  const pad = (n: number) => String(n).padStart(2, "0");

  test.each([
    ["year and month", { year, month: (r: number) => (r % 12) + 1, y: number }, "year,month", "M", "1950-7"],
    [
      "year and month by name",
      { year, month: (r: number) => names[r % 12]!, y: number },
      "year,month",
      "M",
      "1950-Jul",
    ],
    [
      "in another order",
      { month: (r: number) => (r % 12) + 1, y: number, Year: year },
      "Year,month",
      "M",
      "1950-7",
    ],
    [
      "year and quarter",
      { yr: (r: number) => 1949 + Math.floor(r / 4), qtr: (r: number) => (r % 4) + 1, y: number },
      "yr,qtr",
      "Q",
      "1953-Q3",
    ],
    [
      "year, month and day",
      {
        year: () => 2024,
        month: (r: number) => (r < 15 ? 2 : 3),
        day: (r: number) => (r < 15 ? r + 15 : r - 14),
        y: number,
      },
      "year,month,day",
      "D",
      "2024-3-4",
    ],
    [
      "date and clock",
      {
        Date: (r: number) => `2024-02-${pad(28 + Math.floor(r / 12))}`,
        Time: (r: number) => `${pad((2 * r) % 24)}:00`,
        y: number,
      },
      "Date,Time",
      "2H",
      "2024-02-29 12:00",
    ],
    [
      "date and hour",
      {
        dteday: (r: number) => `2024-02-${pad(28 + Math.floor(r / 12))}`,
        hr: (r: number) => (2 * r) % 24,
        y: number,
      },
      "dteday,hr",
      "2H",
      "2024-02-29 12",
    ],
  ])("%s", async (_, columns, time, frequency, next) => {
    const text = file(columns as Record<string, (row: number) => string | number>, 18);
    const { panel, decisions } = await parseCsv(text);
    expect(decisions.time).toBe(time);
    expect(decisions.flags).toBe(`--time ${time} --value y`);
    expect(formatFrequency(decisions.frequency!)).toBe(frequency);
    expect(timeLabel(panel[0]!.time!, 18)).toBe(next);
    const { panel: again } = await parseCsv(text, { time, value: "y" });
    expect(again).toEqual(panel);
  });

  test("a part that is missing is a missing time", async () => {
    await expect(
      parseCsv(lines("year,month,y", "2024,1,5", "2024,,6", "2024,3,7"), { time: "year,month" }),
    ).rejects.toThrow(/row 3, column year,month: the time is missing/);
  });
});

describe("columns that are given", () => {
  const text = file({ unique_id: () => "A", ds: month, y: number, a: number, b: (row) => row });

  test("time can be none", async () => {
    const { panel } = await parseCsv(text, { time: null });
    expect(panel[0]!.time).toBeNull();
  });

  test("id can be none", async () => {
    const { panel } = await parseCsv(text, { id: null, name: "folder/sales.csv.gz" });
    expect(panel[0]!.id).toBe("sales");
  });

  test("several values make a series each", async () => {
    const { panel } = await parseCsv(text, { value: ["a", "b"], id: null });
    expect(panel.map(({ id }) => id)).toEqual(["a", "b"]);
    expect([...panel[1]!.y]).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const named = await parseCsv(text, { value: ["a", "b"] });
    expect(named.panel.map(({ id }) => id)).toEqual(["A/a", "A/b"]);
  });

  test("inputs go along", async () => {
    const { panel } = await parseCsv(text, { inputs: ["b", "a"] });
    expect(panel[0]!.inputs.names).toEqual(["b", "a"]);
    expect([...panel[0]!.inputs.columns[0]!]).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });
});
