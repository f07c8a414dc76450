// Bundles and runs accuracy.ts, so that it needs no build. Usage: see there.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = await mkdtemp(join(here, "../../.bench-"));
try {
  const outfile = join(folder, "accuracy.mjs");
  await build({ entryPoints: [join(here, "accuracy.ts")], bundle: true, platform: "node", format: "esm", packages: "external", outfile });
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(folder, { recursive: true, force: true });
}
