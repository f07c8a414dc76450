import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { folder, run } from "../../cli/run.js";
import { refusalOf } from "../csv-cases.js";

const days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06"];
const rows = (id: string, change: (day: string, row: number) => string = (day, row) => `${day},${row}`) =>
  days.map((day, row) => `${id},${change(day, row)}`).join("\n");
const panel = (...series: readonly string[]) => `unique_id,ds,y\n${series.join("\n")}\n`;

/** What can be wrong in one series, and how the others' file is told of it. */
const WRONG = [
  ["a text cell", (day: string, row: number) => `${day},${row === 3 ? "x" : row}`, "text-in-value"],
  ["a time twice", (day: string, row: number) => `${row === 3 ? days[2] : day},${row}`, "duplicate-times"],
  ["a time that is none", (day: string, row: number) => `${row === 3 ? "soon" : day},${row}`, "bad-time"],
  [
    "a time between two steps",
    (day: string, row: number) => `${row === 3 ? "2024-01-04T05:00" : day},${row}`,
    "irregular-times",
  ],
  ["a wrong year", (day: string, row: number) => `${row === 3 ? "1824-01-04" : day},${row}`, "too-many-gaps"],
] as const;

describe.each(WRONG)("a series with %s", (_, change, code) => {
  const text = panel(rows("a"), rows("b", change), rows("c"));

  test("refuses the file, or is left out alone and named", async () => {
    expect((await refusalOf(text)).code).toBe(code);
    const { panel: read, skipped, notes } = await parseCsv(text, { skipBadSeries: true });
    expect(read.map(({ id }) => id)).toEqual(["a", "c"]);
    for (const { y } of read) expect(Array.from(y)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(skipped.map(({ id, error }) => [id, error.code])).toEqual([["b", code]]);
    expect(notes.find((note) => note.code === "series-skipped")?.message).toContain("Series b was left out");
  });

  test("wherever it stands", async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const parts = [rows("b", change), rows("a"), rows("c")];
      const { panel: read } = await parseCsv(panel(...order.map((at) => parts[at]!)), {
        skipBadSeries: true,
      });
      expect(read.map(({ id }) => id).sort()).toEqual(["a", "c"]);
      for (const { y } of read) expect(Array.from(y)).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });
});

describe.each([
  ["weekly", (row: number) => new Date(Date.UTC(2024, 0, 1 + 7 * row)), "b by W"],
  ["monthly", (row: number) => new Date(Date.UTC(2024, row, 1)), "b by M"],
])("a %s series among daily ones", (_, date, words) => {
  const other = rows("b", (__, row) => `${date(row).toISOString().slice(0, 10)},${row}`);
  const text = panel(rows("a"), other, rows("c"));

  test("refuses the file, or is left out alone and named", async () => {
    const error = await refusalOf(text);
    expect(error.code).toBe("mixed-frequencies");
    expect(error.message).toContain(words);
    const { panel: read, skipped, notes } = await parseCsv(text, { skipBadSeries: true });
    expect(read.map(({ id, y }) => [id, ...y])).toEqual(["a", "c"].map((id) => [id, 0, 1, 2, 3, 4, 5]));
    expect(skipped.map(({ id, error: { code } }) => [id, code])).toEqual([["b", "mixed-frequencies"]]);
    expect(notes.find((note) => note.code === "series-skipped")?.message).toContain("Series b was left out");
  });
});

test("series in turn are left out one by one", async () => {
  const text = days.flatMap((day, row) => [
    `a,${day},${row}`,
    `b,${day},${row === 2 ? "?!" : row}`,
    `c,${day},${row === 4 ? "!" : row}`,
  ]);
  const { panel: read, skipped } = await parseCsv(panel(text.join("\n")), { skipBadSeries: true });
  expect(read.map(({ id, y }) => [id, ...y])).toEqual([["a", 0, 1, 2, 3, 4, 5]]);
  expect(skipped.map(({ id }) => id)).toEqual(["b", "c"]);
});

test("where all are wrong, or there is no column of ids, the first error stands", async () => {
  const wrong = (day: string, row: number) => `${day},${row === 3 ? "x" : row}`;
  expect((await refusalOf(panel(rows("a", wrong), rows("b", wrong)), { skipBadSeries: true })).code).toBe(
    "text-in-value",
  );
  const single = `ds,y\n${days.map(wrong).join("\n")}\n`;
  expect((await refusalOf(single, { skipBadSeries: true })).code).toBe("text-in-value");
});

test("the command line writes the others, names the series also under --quiet, and exits with 4", async () => {
  const at = folder();
  at.write(
    "p.csv",
    panel(
      rows("a"),
      rows("b", (day, row) => `${day},${row === 3 ? "x" : row}`),
    ),
  );
  const argv = ["forecast", "p.csv", "-m", "naive", "-n", "1", "--quiet"];
  expect((await run(argv, { cwd: at.path })).code).toBe(3);
  const { code, stdout, stderr } = await run([...argv, "--skip-bad-series"], { cwd: at.path });
  expect(code).toBe(4);
  expect(stdout).toContain("\na,2024-01-07,naive,5");
  expect(stderr).toContain("Series b was left out: p.csv, row 11, column y");
});
