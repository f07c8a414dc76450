// Writes the list of codes into docs/reference/codes.md, from the sources and test/docs/codes/explained.ts.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const cache = new URL("node_modules/.cache/", root);
await mkdir(cache, { recursive: true });
const outfile = fileURLToPath(new URL("codes-page.mjs", cache));
await build({
  stdin: {
    contents: `
      export { codesOf } from "./test/docs/codes/extract.ts";
      export { codesPage } from "./test/docs/codes/page.ts";
    `,
    resolveDir: root.pathname,
    loader: "ts",
  },
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  outfile,
});
const { codesOf, codesPage } = await import(outfile);
const page = new URL("docs/reference/codes.md", root);
const list = /(<!-- begin: codes -->\n)[\s\S]*(<!-- end: codes -->)/;
const written = codesPage(codesOf(fileURLToPath(new URL("src", root))));
await writeFile(
  page,
  (await readFile(page, "utf8")).replace(list, (_, begin, end) => begin + written + end),
);
