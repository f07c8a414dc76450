import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import * as diagnostics from "../../src/diagnostics.js";
import * as distributions from "../../src/distributions.js";
import * as library from "../../src/index.js";
import * as metrics from "../../src/metrics.js";

const ROOT = resolve(import.meta.dirname, "../..");

test("every entry of the package has its source file", () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    exports: Record<string, { default?: string } | string>;
  };
  const entries = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [entry.default!],
  );
  expect(entries).toHaveLength(5);
  for (const entry of entries) {
    const source = entry.replace("./dist/", "src/").replace(/\.js$/, ".ts");
    expect(readFileSync(join(ROOT, source), "utf8"), source).toMatch(/^\/\*\*|^import/);
  }
});

test("a name means the same in every entry", () => {
  for (const entry of [diagnostics, distributions, metrics]) {
    for (const [name, value] of Object.entries(entry)) expect(library, name).toHaveProperty(name, value);
  }
});
