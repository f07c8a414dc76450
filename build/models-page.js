// Writes the list of models into docs/reference/models.md and the tables of options into docs/models/, from their definitions, and
// the list of pages into docs/models/README.md, from their first lines.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { modelsPage, withOptions, withPages } from "./test/docs/models-page.ts";
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
const { families, loadFamilies, modelsPage, withOptions, withPages } = await import(
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
const pages = [];
for (const path of await readdir(folder, { recursive: true })) {
  if (!path.endsWith(".md")) continue;
  const page = new URL(path, folder);
  const text = withOptions(await readFile(page, "utf8"), families());
  await writeFile(page, text);
  pages.push({ path: path.replaceAll("\\", "/"), text });
}
const readme = pages.find(({ path }) => path === "README.md");
const others = pages.filter((page) => page !== readme);
await writeFile(new URL("README.md", folder), withPages(readme.text, others));
