import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { families, loadFamilies } from "../../src/select/catalogue.js";
import { modelsPage, withOptions, withPages } from "./models-page.js";

const DOCS = resolve(import.meta.dirname, "../../docs");
const PAGES = readdirSync(resolve(DOCS, "models"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".md"),
);
const textOf = (name: string) => readFileSync(resolve(DOCS, name), "utf8");

beforeAll(async () => {
  await loadFamilies();
});

test("docs/reference/models.md is what the definitions of the models say; npm run docs:models writes it", () => {
  const [, list] =
    /<!-- begin: models -->\n([\s\S]*)<!-- end: models -->/.exec(textOf("reference/models.md")) ?? [];
  expect(list).toBe(modelsPage(families()));
});

describe("the pages of models have the options of the definitions; npm run docs:models writes them", () => {
  test.each(PAGES)("%s", (name) => {
    expect(textOf(`models/${name}`)).toBe(withOptions(textOf(`models/${name}`), families()));
  });
});

test("docs/models/README.md lists every page of a model; npm run docs:models writes it", () => {
  const pages = PAGES.filter((name) => name !== "README.md").map((path) => ({
    path,
    text: textOf(`models/${path}`),
  }));
  const readme = textOf("models/README.md");
  expect(readme).toBe(withPages(readme, pages));
  for (const { path } of pages) expect(readme).toContain(`](${path})`);
  expect(() => withPages(readme, [{ path: "classical/x.md", text: "# x\n\nA model.\n" }])).toThrow(
    /x\.md must begin with/,
  );
});

test("every model is described on a page of docs/models", () => {
  const pages = PAGES.map((name) => textOf(`models/${name}`)).join("\n");
  const absent = families().filter(
    ({ name }) => !new RegExp(`\`${name}[\`(\\[]|^${name}\\b`, "m").test(pages),
  );
  expect(absent.map(({ name }) => name)).toEqual([]);
});

/** Headings that every page of a model has, in this order. */
const SHAPE = ["What", "Formula", "Options", "Example", "How to read", "When", "Reference"];

describe("the pages of models have one shape", () => {
  test.each(PAGES.filter((name) => name !== "README.md"))("%s", (name) => {
    const headings = [...textOf(`models/${name}`).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!);
    const places = SHAPE.map((word) => headings.findIndex((heading) => heading.startsWith(word)));
    expect(places.every((place, at) => place > (places[at - 1] ?? -1))).toBe(true);
  });
});
