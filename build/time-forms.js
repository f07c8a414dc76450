// Writes the list of forms of time into docs/data/reading-data.md, from the tables that reading uses.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const { outputFiles } = await build({
  entryPoints: [new URL("test/docs/time-forms-table.ts", root).pathname],
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { timeFormsTable } = await import(`data:text/javascript;base64,${source}`);
const docs = new URL("docs/data/reading-data.md", root);
const text = await readFile(docs, "utf8");
const list = /(<!-- begin: forms of time -->\n)[\s\S]*(<!-- end: forms of time -->)/;
await writeFile(
  docs,
  text.replace(list, (_, begin, end) => begin + timeFormsTable() + end),
);
