// Checks the package as it would be published and says which version is next; without --dry-run it publishes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import planner from "@changesets/get-release-plan";

const getReleasePlan = planner.default ?? planner;
const root = fileURLToPath(new URL("../", import.meta.url));
const dry = process.argv.includes("--dry-run");
const folder = mkdtempSync(join(tmpdir(), "yule-release-"));
const run = (command, args, stdio = "inherit") => execFileSync(command, args, { cwd: root, stdio });
const tool = (name, ...args) => run(join(root, "node_modules/.bin", name), args);

try {
  const { changesets, releases } = await getReleasePlan(root);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const next = releases[0]?.newVersion ?? version;
  for (const { summary } of changesets) console.log(`- ${summary}`);

  if (!dry) tool("changeset", "version");
  try {
    run("node", ["build/stamp.js", "check"], "ignore");
  } catch {
    run("npm", ["run", "--silent", "build"]);
  }
  const packed = run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], "pipe");
  const tarball = join(folder, packed.toString().trim().split("\n").at(-1));
  tool("publint", "run", tarball, "--strict");
  tool("attw", tarball, "--no-definitely-typed", "--profile", "esm-only", "--quiet");
  if (dry) console.log(`dry run: yule ${next} would be published, from ${changesets.length} changesets`);
  else run("npm", ["publish", tarball, "--access", "public"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
