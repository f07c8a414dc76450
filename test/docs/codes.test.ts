import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./blocks/markdown.js";
import { EXPLAINED } from "./codes/explained.js";
import { codesOf } from "./codes/extract.js";
import { codesPage, explain } from "./codes/page.js";

const FOUND = codesOf(resolve(ROOT, "src"));
const PAGE = readFileSync(resolve(ROOT, "docs/reference/codes.md"), "utf8");

test("every code of the sources has a meaning and a remedy", () => {
  expect(FOUND.length).toBeGreaterThan(300);
  const lacking = FOUND.map(explain).filter(({ meaning, remedy }) => !meaning || !remedy);
  expect(lacking.map(({ code }) => `${code}: explain it in test/docs/codes/explained.ts`)).toEqual([]);
});

test("every remedy says what to do; none is the end of a sentence about what was found", () => {
  const end = /^(?:…|Not|These|Those|They|It|This|The|He|All)\b|^…/;
  expect(FOUND.map(explain).filter(({ remedy }) => end.test(remedy ?? ""))).toEqual([]);
  expect(FOUND.map(explain).filter(({ meaning }) => !/[A-Za-z]{3}.*[A-Za-z]{3}/.test(meaning ?? ""))).toEqual(
    [],
  );
});

test("no explanation is of a code that is gone", () => {
  const codes = new Set(FOUND.map(({ code }) => code));
  expect(Object.keys(EXPLAINED).filter((code) => !codes.has(code))).toEqual([]);
});

test("docs/reference/codes.md is what the sources say; npm run docs:codes writes it", () => {
  const [, list] = /<!-- begin: codes -->\n([\s\S]*)<!-- end: codes -->/.exec(PAGE) ?? [];
  expect(list).toBe(codesPage(FOUND));
});
