import { describe, expect, test } from "vitest";
import { YuleError } from "../../src/core/errors.js";
import { parseCsv } from "../../src/index.js";
import { datasetText, readCsv, readDataset, readSeries } from "../../src/node.js";
import { folder } from "../cli/run.js";

const TEXT = "ds,y\n2024-01-01,1\n2024-01-02,2\n2024-01-03,2\n";
const JUNK: readonly unknown[] = [
  null,
  Number.NaN,
  -1,
  1.5,
  "",
  "abc",
  true,
  12n,
  {},
  { oder: 2 },
  new Date(0),
  new Map([[1, 2]]),
  () => 3,
  Symbol("s"),
  [],
  [1],
  [[1]],
  [null],
];

const OPTIONS =
  "time value id inputs period frequency zone dateOrder na strip decimal delimiter header encoding skip aggregate skipBadSeries where name future".split(
    " ",
  );

/** What goes wrong other than by an error with a code. */
async function attempt(what: string, action: () => Promise<unknown>): Promise<string[]> {
  try {
    await action();
    return [];
  } catch (error) {
    return error instanceof YuleError && error.code !== "internal" ? [] : [`${what}: ${String(error)}`];
  }
}

async function readEach(...given: Parameters<typeof readSeries>): Promise<void> {
  for await (const { y } of readSeries(...given)) expect(y.length).toBeGreaterThan(0);
}

const told = (junk: unknown) =>
  typeof junk === "object" ? Object.prototype.toString.call(junk) : String(junk);

describe("reading refuses junk with a code, or works", () => {
  test.each(OPTIONS)("the option %s", async (option) => {
    const at = folder();
    at.write("f.csv", TEXT);
    const path = `${at.path}/f.csv`;
    const wrong: string[] = [];
    for (const junk of JUNK) {
      const options = { [option]: junk } as never;
      wrong.push(...(await attempt(`parseCsv ${told(junk)}`, () => parseCsv(TEXT, options))));
      wrong.push(...(await attempt(`readCsv ${told(junk)}`, () => readCsv(path, options))));
      wrong.push(...(await attempt(`readSeries ${told(junk)}`, () => readEach(path, options))));
    }
    expect(wrong).toEqual([]);
  });

  test("files, options and names of datasets", async () => {
    const wrong: string[] = [];
    for (const junk of [undefined, ...JUNK] as never[]) {
      wrong.push(...(await attempt(`parseCsv ${told(junk)}`, () => parseCsv(junk))));
      wrong.push(...(await attempt(`options ${told(junk)}`, () => parseCsv(TEXT, junk))));
      wrong.push(...(await attempt(`readCsv ${told(junk)}`, () => readCsv(junk))));
      wrong.push(...(await attempt(`readSeries ${told(junk)}`, () => readEach(junk))));
      wrong.push(...(await attempt(`readDataset ${told(junk)}`, () => readDataset(junk))));
      wrong.push(...(await attempt(`datasetText ${told(junk)}`, () => datasetText(junk))));
    }
    expect(wrong).toEqual([]);
  });

  test("a misspelt option is named with the nearest", async () => {
    await expect(parseCsv(TEXT, { frequncy: "D" } as never)).rejects.toMatchObject({
      code: "unknown-option",
    });
    await expect(parseCsv(TEXT, { frequncy: "D" } as never)).rejects.toThrow("did you mean frequency?");
  });
});
