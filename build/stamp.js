// `write` notes in dist which sources it was built from; `check` ends with 0 where that are the sources there are, so that npm, which
// prepares a checkout each time npx runs in it, does not build again what is built.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "dist", ".built");
/** Made by the build itself. */
const MADE = /kernel[\\/]wasm\.ts$/;

function sources() {
  const within = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((path) => !MADE.test(path));
  const alone = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.core.json",
    "tsconfig.numeric.json",
  ].map((name) => join(root, name));
  return [...within("src"), ...within("build"), ...within("docs/playground/source"), ...alone]
    .filter(existsSync)
    .sort();
}

function digest() {
  const hash = createHash("sha256");
  for (const path of sources())
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

if (process.argv[2] === "write") writeFileSync(stamp, digest());
else process.exitCode = existsSync(stamp) && readFileSync(stamp, "utf8") === digest() ? 0 : 1;
