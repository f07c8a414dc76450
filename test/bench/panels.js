// Bundles and runs panels.ts, so that it needs no build. Usage: see there.
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = await mkdtemp(join(here, "../../.bench-"));
try {
  for (const [source, name] of [["panels.ts", "panels"], ["../../src/io/thread-worker.ts", "worker"]]) {
    await build({ entryPoints: [join(here, source)], bundle: true, platform: "node", format: "esm", packages: "external", outfile: join(folder, `${name}.mjs`), logLevel: "warning" });
  }
  const { main } = await import(pathToFileURL(join(folder, "panels.mjs")).href);
  await main(pathToFileURL(join(folder, "worker.mjs")));
} finally {
  await rm(folder, { recursive: true, force: true });
}
