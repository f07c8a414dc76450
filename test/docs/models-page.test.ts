import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { families, loadFamilies } from "../../src/select/catalogue.js";
import { modelsPage } from "./models-page.js";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/models.md");

test("docs/reference/models.md is what the definitions of the models say; npm run docs:models writes it", async () => {
  await loadFamilies();
  const text = readFileSync(PAGE, "utf8");
  const [, list] = /<!-- begin: models -->\n([\s\S]*)<!-- end: models -->/.exec(text) ?? [];
  expect(list).toBe(modelsPage(families()));
});
