import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const CACHE = join(ROOT, "node_modules/.cache/nodes");

/** Programs of other versions: those of `npm run nodes`, and YULE_NODES, paths with commas between. */
function otherNodes(): string[] {
  const named = (process.env.YULE_NODES ?? "").split(",").filter((path) => path !== "");
  const fetched = existsSync(CACHE)
    ? readdirSync(CACHE).map((version) => join(CACHE, version, "node_modules/node/bin/node"))
    : [];
  return [...named, ...fetched.filter((path) => existsSync(path))];
}

interface Printed {
  readonly version: string;
  readonly found: Readonly<Record<string, string>>;
}

let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yule-fingerprints-"));
  const bundle = join(folder, "fingerprints.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "fingerprints.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: bundle,
    logLevel: "warning",
  });
  program = join(folder, "print.mjs");
  writeFileSync(
    program,
    `import { fingerprints } from "./fingerprints.mjs";
    const found = await fingerprints(process.argv[2] === "few");
    console.log(JSON.stringify({ version: process.versions.node, found }));`,
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(node: string, flags: string[] = [], words: string[] = []): Printed {
  return JSON.parse(execFileSync(node, [...flags, program, ...words], { encoding: "utf8" }));
}

test("numbers do not depend on what the engine compiled", () => {
  const { found } = run(process.execPath, [], ["few"]);
  expect(Object.keys(found).length).toBeGreaterThan(10);
  expect(run(process.execPath, ["--no-opt"], ["few"]).found).toEqual(found);
});

test("every version of Node finds the same bits", ({ skip }) => {
  const nodes = otherNodes();
  if (nodes.length === 0) skip("fetch other versions first: npm run nodes");
  const { found } = run(process.execPath);
  for (const node of nodes) {
    const other = run(node);
    expect(other.found, `Node ${other.version} and ${process.versions.node} differ`).toEqual(found);
  }
});
