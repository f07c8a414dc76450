// Writes the list of models into docs/reference/models.md and the tables of options into docs/models/, from their definitions.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { modelsPage, withOptions } from "./test/docs/models-page.ts";
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
const { families, loadFamilies, modelsPage, withOptions } = await import(
  `data:text/javascript;base64,${source}`
);
await loadFamilies();
const docs = new URL("docs/reference/models.md", root);
const text = await readFile(docs, "utf8");
const list = /(<!-- begin: models -->\n)[\s\S]*(<!-- end: models -->)/;
await writeFile(
  docs,
  text.replace(list, (_, begin, end) => begin + modelsPage(families()) + end),
);

const folder = new URL("docs/models/", root);
for (const name of await readdir(folder, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const page = new URL(name, folder);
  await writeFile(page, withOptions(await readFile(page, "utf8"), families()));
}
