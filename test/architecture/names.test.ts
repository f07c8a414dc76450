import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");
const PAGE = readFileSync(resolve(SRC, "../docs/project/architecture.md"), "utf8");

/** Words that docs/project/architecture.md retires, each with the term that stands in its place. */
const RETIRED = new Map(
  [...PAGE.split("## Retired words")[1]!.matchAll(/^\| ([a-z, ]+) \| ([^|]+) \|$/gm)].flatMap(
    ([, words, term]) => words!.split(", ").map((word) => [word, term!.trim()] as const),
  ),
);

/** Exported names, and the fields of exported types, with the file of each. */
const exported = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .flatMap((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const names = text.matchAll(
      /^export (?:declare |abstract |async )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm,
    );
    const types = text.matchAll(/^export (?:interface|type) \w+[^{\n]*\{\n(.*?)^\}/gms);
    const fields = [...types].flatMap(([, body]) => [...body!.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)]);
    return [...names, ...fields].map(([, name]) => ({ file, name: name! }));
  });

/** `expectedLogLikelihood` and `MAX_HORIZON` as words in small letters. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[ _]/)
    .map((word) => word.toLowerCase());
}

test("the architecture page has its list of retired words", () => {
  expect(RETIRED.size).toBeGreaterThan(15);
  expect(exported.length).toBeGreaterThan(3000);
});

test("no exported name uses a retired word", () => {
  const breaches = exported.flatMap(({ file, name }) =>
    wordsOf(name)
      .filter((word) => RETIRED.has(word))
      .map((word) => `${file}: ${name}; say ${RETIRED.get(word)} for ${word}`),
  );
  expect(breaches).toEqual([]);
});

test("no file or folder is named by a retired word", () => {
  const files = [...new Set(exported.map(({ file }) => file))];
  const breaches = files.flatMap((file) =>
    file
      .split(/[\\/.-]/)
      .filter((word) => RETIRED.has(word))
      .map((word) => `${file}; say ${RETIRED.get(word)} for ${word}`),
  );
  expect(files.length).toBeGreaterThan(800);
  expect(breaches).toEqual([]);
});
