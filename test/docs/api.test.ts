import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { exportsOf, hasSummary, surfaceOf, tagsOf, takesNothing } from "./api/surface.js";
import { ROOT } from "./blocks/markdown.js";

const REPORT = resolve(ROOT, "docs/reference/api.txt");
const EXPORTED = exportsOf(ROOT);
/** Functions, each once; older names of one are not documented again. */
const FUNCTIONS = [...new Map(EXPORTED.map((one) => [one.declaration, one])).values()].filter(
  (one) => one.isFunction && !tagsOf(one).has("deprecated"),
);

test("the public surface is the one of docs/reference/api.txt; npm run docs:api writes it", () => {
  const surface = surfaceOf(EXPORTED);
  if (process.env.YULE_WRITE_API === "1") writeFileSync(REPORT, surface);
  expect(surface).toBe(readFileSync(REPORT, "utf8"));
});

describe("docstrings of the exported functions", () => {
  const lacking = (tag: string) =>
    FUNCTIONS.filter((one) => !tagsOf(one).has(tag) && !(tag === "param" && takesNothing(one))).map(
      ({ name }) => name,
    );

  test("each has a summary", () => {
    expect(FUNCTIONS.length).toBeGreaterThan(150);
    expect(FUNCTIONS.filter((one) => !hasSummary(one)).map(({ name }) => name)).toEqual([]);
  });

  // What lacks a tag may become less, never more.
  test.each([
    ["param", 1],
    ["returns", 0],
    ["throws", 19],
    ["example", 7],
  ])("at most as many as before lack @%s", (tag, most) => {
    const names = lacking(tag);
    expect(names.length, names.join(" ")).toBeLessThanOrEqual(most);
  });
});
