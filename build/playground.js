// Bundles the playground: docs/playground/app.js for the page, forecaster.js for its worker, style.css from the style of all pages.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const place = (name) => fileURLToPath(new URL(`../docs/playground/${name}`, import.meta.url));

await build({
  entryPoints: [place("source/app.ts"), place("source/forecaster.ts")],
  outdir: place("."),
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2023",
  loader: { ".csv": "text" },
  // Threads of Node have scripts beside their modules; a page never asks for them.
  define: { "import.meta.url": '""' },
  legalComments: "none",
  logLevel: "warning",
});
const { STYLE } = await import("../dist/report/page/style.js");
const chart = await readFile(fileURLToPath(import.meta.resolve("uplot/dist/uPlot.min.css")), "utf8");
const own = `
textarea { width: 100%; font: 14px/1.4 ui-monospace, Menlo, Consolas, monospace; color: inherit; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: 8px; }
select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; padding: 6px; max-width: 100%; }
#drop { border: 2px dashed var(--rule); border-radius: 10px; padding: 4px 16px; }
#drop.over { border-color: var(--link); background: var(--panel); }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 10px 16px; margin-top: 16px; }
.fields label { display: flex; flex-direction: column; font-size: 14px; color: var(--soft); }
.fields label[hidden] { display: none; }
.fields input { width: 100%; }
input[type="file"] { width: auto; max-width: 100%; }
button { margin: 2px 0; }
`;
const scripted = STYLE.split("\n").filter((line) => !line.includes("html:not(.scripted)"));
await writeFile(place("style.css"), `${chart}\n${scripted.join("\n")}${own}`);
