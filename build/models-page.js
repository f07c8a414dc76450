// Writes the list of models into docs/reference/models.md, from their definitions.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { modelsPage } from "./test/docs/models-page.ts";
      export { families, loadFamilies } from "./src/select/catalogue.ts";
    `,
    resolveDir: root.pathname,
    loader: "ts",
  },
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { families, loadFamilies, modelsPage } = await import(`data:text/javascript;base64,${source}`);
await loadFamilies();
const docs = new URL("docs/reference/models.md", root);
const text = await readFile(docs, "utf8");
const list = /(<!-- begin: models -->\n)[\s\S]*(<!-- end: models -->)/;
await writeFile(
  docs,
  text.replace(list, (_, begin, end) => begin + modelsPage(families()) + end),
);
