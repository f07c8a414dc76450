import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../src/io/csv/parse-csv.js";

const LENGTH = 100_000;
const rows = ["2020-01,a,1", "2020-02,a,2", "2020-03,a,3", "2020-04,a,5"].join("\n");

const cells = {
  "of letters": "x".repeat(LENGTH),
  "of digits": "1".repeat(LENGTH),
  "of digits and commas": "1,".repeat(LENGTH / 2),
  "of blanks between letters and digits": `a${" ".repeat(LENGTH)}1`,
  "of signs of money": `${"$".repeat(LENGTH)}1`,
  "of dashes": "-".repeat(LENGTH),
  "of months": "Jan ".repeat(LENGTH / 4),
  "of totals": "Total ".repeat(LENGTH / 6),
};

/** A cell at each place of a file where another question is asked of it. */
const places = {
  "an id": (cell: string) => `ds,id,y\n2020-01,${cell},1\n${rows}\n`,
  "a time": (cell: string) => `ds,id,y\n${rows}\n${cell},a,1\n2020-06,a,4\n`,
  "a value": (cell: string) => `ds,id,y\n${rows}\n2020-05,a,${cell}\n`,
  "a name": (cell: string) => `ds,${cell},y\n${rows}\n`,
  "a title": (cell: string) => `${cell}\n\nds,id,y\n${rows}\n`,
  "a remark": (cell: string) => `ds,id,y\n${rows}\n${cell}\n`,
};

/** CPU milliseconds of reading, whether or not it ends in a refusal. */
async function cost(text: string): Promise<number> {
  const before = process.cpuUsage();
  await parseCsv(text).catch(() => null);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe.each(Object.entries(cells))("a cell of 100,000 characters, %s", (_, cell) => {
  test.each(Object.entries(places))("as %s, costs no more than its length", async (_, file) => {
    // Milliseconds where the cost grows with the length, a minute and more where it grows with its cube.
    expect(await cost(file(`"${cell}"`))).toBeLessThan(4000);
  });
});
