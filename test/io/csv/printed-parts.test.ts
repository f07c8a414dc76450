import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";
import { labelsOf, lines, noteOf, onlySeries, refusalOf } from "../csv-cases.js";

describe("numbers that stand in lines are never joined to one", () => {
  test.each([
    [
      "a vector of R with names",
      "  a   b   c   d   e \n 10 118  12 129 121 \n  f   g \n135 148 \n",
      [10, 118, 12, 129, 121, 135, 148],
    ],
    [
      "names of three letters above numbers of three digits",
      "Jan Feb Mar Apr May\n112 118 132 129 121\n",
      [112, 118, 132, 129, 121],
    ],
    ["one line below a name", "sales\n112 118 132 129\n", [112, 118, 132, 129]],
    ["a vector of R with blanks before its places", " [  1] 10 11\n [  3] 12 13\n", [10, 11, 12, 13]],
    ["a list of Python", "y = [112, 118.5, 132, 129]\n", [112, 118.5, 132, 129]],
    ["a tuple of Python", "(112, 118, 132, 129)\n", [112, 118, 132, 129]],
    ["whole numbers of R", "c(1L, NA, 3L, 4L)\n", [1, Number.NaN, 3, 4]],
  ])("%s", async (_, text, numbers) => {
    expect([...(await onlySeries(text)).y]).toEqual(numbers);
  });

  test("names that are no times are left out, and told", async () => {
    const text = "Mon Tue Wed Thu\n 10  11  12  13\n";
    expect(noteOf(await parseCsv(text), "names-left-out")).toMatch(/such as Mon, are no times/);
  });

  test("a cell of more groups than any number has is none", async () => {
    expect([...(await onlySeries("sales\n1 234 567\n2 345 678\n3 456 789\n")).y]).toEqual([
      1_234_567, 2_345_678, 3_456_789,
    ]);
    const error = await refusalOf(
      "sales\n112 118 132 129 121 135\n118 132 129 121 135 148\n118 132 129 121 135 148 148\n",
    );
    expect(error.code).not.toBe("single-value");
  });
});

test.each([
  ["years as names", "2001 2002 2003 2004\n  10   11   12   13\n2005 2006\n  14   15\n", ["2001", "2006"]],
  ["ts of R", "ts(c(1, 2, 3, 4, 5), start = c(2023, 11), frequency = 12)\n", ["2023-11", "2024-03"]],
  [
    "dput of quarters",
    'structure(c(1, 2, 3, 4, 5), tsp = c(2023.75, 2024.75, 4), class = "ts")\n',
    ["2023 Q4", "2024 Q4"],
  ],
  [
    "a tsibble",
    "# A tsibble: 3 x 2 [1M]\n     index value\n     <mth> <dbl>\n1 2023 Dec   112\n2 2024 Jan   118\n3 2024 Feb   132\n",
    ["2023 Dec", "2024 Feb"],
  ],
])("%s have times", async (_, text, [first, last]) => {
  const labels = labelsOf(await onlySeries(text));
  expect([labels[0], labels.at(-1)]).toEqual([first, last]);
});

describe("a printout that leaves rows out is refused", () => {
  test.each([
    [
      "R",
      ' [1] 112 118 132\n [4] 129 121 135\n [ reached getOption("max.print") -- omitted 130 entries ]\n',
      3,
    ],
    [
      "a tibble",
      "# A tsibble: 9 x 2 [1Y]\n   year value\n  <dbl> <dbl>\n1  2001     5\n2  2002     6\n# ℹ 7 more rows\n",
      6,
    ],
    ["NumPy", "[1. 2. 3. ... 8. 9. 10.]\n", 1],
    [
      "pandas",
      "            value\ndate             \n2024-01-01      1\n2024-01-02      2\n...           ...\n2024-04-08     99\n2024-04-09    100\n",
      5,
    ],
    [
      "polars",
      "┌────────────┬───┐\n│ date       ┆ v │\n╞════════════╪═══╡\n│ 2024-01-01 ┆ 1 │\n│ 2024-01-02 ┆ 2 │\n│ …          ┆ … │\n│ 2024-04-09 ┆ 9 │\n└────────────┴───┘\n",
      6,
    ],
  ])("%s", async (_, text, row) => {
    const error = await refusalOf(text);
    expect([error.code, error.value]).toEqual(["printout-shortened", row]);
    expect(error.message).toMatch(/leaves out rows .*write the whole table to a file/);
  });
});

test("a call whose numbers cannot be read is no table", async () => {
  expect((await refusalOf("c(a = 1, b = 2, c = 3, d = 4)\n")).code).toBe("bad-printout");
  expect((await refusalOf("c(1:10)\n")).code).toBe("bad-printout");
});

describe("logs", () => {
  const days = Array.from({ length: 12 }, (_, i) => `2024-01-${String(i + 1).padStart(2, "0")}`);

  test("pairs are columns behind the time that each line begins with", async () => {
    const text = lines(...days.map((day, i) => `[${day} 10:00:00] INFO temp=${20 + i}`));
    const series = await onlySeries(text);
    expect([...series.y]).toEqual(days.map((_, i) => 20 + i));
    expect(labelsOf(series)[1]).toBe("2024-01-02 10:00:00");
  });

  test("logfmt, with units", async () => {
    const text = lines(...days.map((day, i) => `ts=${day} msg="all is well" took=${20 + i}ms`));
    expect([...(await onlySeries(text)).y]).toEqual(days.map((_, i) => 20 + i));
  });

  test("words before the pairs tell series apart", async () => {
    const text = lines(...days.flatMap((day, i) => [`${day} a temp=${i}`, `${day} b temp=${100 + i}`]));
    const { panel } = await parseCsv(text);
    expect(panel.map(({ id, y }) => [id, y[1]])).toEqual([
      ["a", 1],
      ["b", 101],
    ]);
  });

  test("requests have to be counted", async () => {
    const text = lines(
      ...days.map((_, i) => `127.0.0.1 - - [${i + 10}/Jan/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5${i}`),
    );
    expect((await refusalOf(text)).code).toBe("log-of-requests");
  });
});
