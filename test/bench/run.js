// Runs the benchmarks: each module in this folder that exports `benches` is bundled and measured against the peer's
// figure; where the peer is installed it is timed in the same run. A module that exports `print` makes a table of its own. Usage: npm run bench [-- name …]
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const root = join(here, "../..");
const wanted = process.argv.slice(2);

const modules = readdirSync(here).filter((name) => name.endsWith(".bench.ts"));
const chosen = modules.filter((name) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
if (chosen.length === 0) {
  console.error(`No benchmark matches ${wanted.join(", ")}; there are: ${modules.map((name) => name.replace(".bench.ts", "")).join(", ")}.`);
  process.exit(2);
}

const folder = await mkdtemp(join(root, ".bench-"));
try {
  const outfile = join(folder, "measure.mjs");
  await build({ entryPoints: [join(here, "measure.ts")], bundle: true, platform: "node", format: "esm", packages: "external", outfile });
  const { measure } = await import(pathToFileURL(outfile).href);
  for (const name of chosen) {
    const bundled = join(folder, name.replace(".ts", ".mjs"));
    await build({
      entryPoints: [join(here, name)],
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: bundled,
      logLevel: "warning",
      define: { "import.meta.dirname": JSON.stringify(here) },
    });
    const { benches, print } = await import(pathToFileURL(bundled).href);
    if (print !== undefined) print();
    else await measure(name.replace(".bench.ts", ""), benches);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
