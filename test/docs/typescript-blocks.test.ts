import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { blocksOf, pages } from "./blocks/markdown.js";
import * as prelude from "./blocks/prelude.js";
import { moduleOf, recorded, typeErrors } from "./blocks/typescript.js";
import { missingFrom, statedBy } from "./blocks/values.js";

const folder = mkdtempSync(resolve(tmpdir(), "yule-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const BLOCKS = pages()
  .flatMap(blocksOf)
  .filter(({ language }) => language === "ts");
const MODULES = new Map(
  BLOCKS.map((block) => [
    `${block.page.replace(/\W/g, "-")}-${block.line}.ts`,
    moduleOf(block, Object.keys(prelude)),
  ]),
);

const days = Array.from({ length: 90 }, (_, day) =>
  new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
);
const sold = (day: number) => 50 + 10 * (day % 7) + ((day * 31) % 11);
const FILES = {
  "sales.csv": ["date,sales", ...days.map((date, day) => `${date},${sold(day)}`)],
  "panel.csv": [
    "id,date,y",
    ...["a", "b"].flatMap((id) => days.map((date, day) => `${id},${date},${sold(day)}`)),
  ],
};
for (const [name, lines] of Object.entries(FILES))
  writeFileSync(resolve(folder, name), `${lines.join("\n")}\n`);

test("there are blocks of TypeScript in the pages", () => {
  expect(BLOCKS.length).toBeGreaterThan(15);
});

const WRONG = {
  language: "ts",
  page: "x.md",
  line: 1,
  text: 'import { mean } from "yule";\nmean().fit(true);',
};

test("every block of TypeScript has the types of the package, and a wrong one is found", () => {
  const [wrong, ...others] = typeErrors(folder, new Map([["wrong.ts", moduleOf(WRONG, [])], ...MODULES]));
  expect(wrong).toMatch(/^wrong.ts.*boolean/);
  expect(others).toEqual([]);
});

describe("every block of TypeScript runs, and its comments state what it gives", () => {
  // Worker threads start from the built package; its own tests run them.
  const running = [...MODULES.keys()].filter((name) => !MODULES.get(name)!.includes("workerThreads"));
  test.each(running)("%s", async (name) => {
    const file = resolve(folder, `run-${name}`);
    writeFileSync(
      file,
      recorded(MODULES.get(name)!).replaceAll(/\b(readCsv|readSeries|writeFile)\("/g, `$1("${folder}/`),
    );
    const { shown } = (await import(file)) as { shown: { value: unknown; comment: string }[] };
    for (const { value, comment } of shown) {
      expect(missingFrom(value, statedBy(comment)), comment).toEqual([]);
    }
  });
});

test("a number and a word that are wrong are found", () => {
  expect(missingFrom({ mean: Float64Array.of(450.68) }, statedBy("450.7, and more"))).toEqual([]);
  expect(missingFrom({ mean: Float64Array.of(450.76) }, statedBy("450.7"))).toEqual(["450.7"]);
  expect(missingFrom("arima(0,1,1)", statedBy('"arima(0,1,2)"'))).toEqual(["arima(0,1,2)"]);
});
