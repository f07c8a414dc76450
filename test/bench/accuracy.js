// Bundles and runs accuracy.ts, or gallery.ts where the first word is "gallery", so that they need no build. Usage: see there.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = await mkdtemp(join(here, "../../.bench-"));
const gallery = process.argv[2] === "gallery";

async function bundle(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({ entryPoints: [join(here, `${name}.ts`)], bundle: true, platform: "node", format: "esm", packages: "external", outfile, logLevel: "warning" });
  return outfile;
}

try {
  const module = await import(pathToFileURL(await bundle(gallery ? "gallery" : "accuracy")).href);
  if (gallery) await module.main(await bundle("gallery-worker"));
} finally {
  await rm(folder, { recursive: true, force: true });
}
