// Bundles and runs accuracy.ts, or gallery.ts, maxima.ts or exposure.ts where the first word says so, so that they need no build.
// Usage: see there.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = await mkdtemp(join(here, "../../.bench-"));
const [, , first] = process.argv;

async function bundle(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({ entryPoints: [join(here, `${name}.ts`)], bundle: true, platform: "node", format: "esm", packages: "external", outfile, logLevel: "warning", define: { "import.meta.dirname": JSON.stringify(here) } });
  return outfile;
}

try {
  const name = ["gallery", "maxima", "exposure"].includes(first) ? first : "accuracy";
  const module = await import(pathToFileURL(await bundle(name)).href);
  if (name === "gallery") await module.main(await bundle("gallery-worker"));
  if (name === "maxima" || name === "exposure") await module.main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
