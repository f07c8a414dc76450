// Bundles and runs attack.ts: npm run attack -- --minutes 10 --seed 1
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string", default: "1" } },
});
const root = join(import.meta.dirname, "../..");
const folder = await mkdtemp(join(root, ".bench-"));
// As deep as src/cli, whose program looks for package.json two folders above.
const outfile = join(folder, "a/attack.mjs");

try {
  await build({ entryPoints: [join(import.meta.dirname, "attack.ts")], bundle: true, platform: "node", format: "esm", packages: "external", outfile, logLevel: "warning" });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = (await main(Number(values.minutes), Number(values.seed))) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
