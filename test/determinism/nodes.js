// Fetches other versions of Node with npm into node_modules/.cache, some 190 MB each, for versions.test.ts: npm run nodes
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CACHE = join(import.meta.dirname, "../../node_modules/.cache/nodes");

for (const version of ["20", "22", "24"]) {
  const folder = join(CACHE, version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync("npm", ["install", "--no-save", `node@${version}`], { cwd: folder, stdio: "inherit" });
}
