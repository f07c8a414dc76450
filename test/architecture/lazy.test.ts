import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");
const LARGE = /^(neural|models\/network)\/|^models\/(deepar|wavenet|raster|transformer)\.ts/;

/** Everything that a file may ever load, by `from "…"` and `import("…")`, itself included; `cut` names imports not followed. */
function reachable(start: string, cut: (from: string, to: string) => boolean): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(SRC, file), "utf8").replaceAll(/^(import|export) type .*$/gm, "");
    for (const [, specifier] of text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*"(\.[^"]+)"/gm)) {
      const target = relative(SRC, resolve(SRC, dirname(file), specifier!)).replace(/\.js$/, ".ts");
      if (!cut(file, target)) visit(target);
    }
  };
  visit(start);
  return seen;
}

const large = (files: Set<string>) => [...files].filter((file) => LARGE.test(file));

/** The files that load networks when they are asked to: the catalogue by their names, and `auto` with high effort. */
const DOORS = ["select/catalogue.ts", "select/auto/effort/network.ts"];

test("the command line loads networks through the doors of the catalogue and of high effort only", () => {
  const all = reachable("cli/start.ts", () => false);
  const without = reachable("cli/start.ts", (from, to) => DOORS.includes(from) && LARGE.test(to));
  expect(all.size).toBeGreaterThan(200);
  expect(large(all).length).toBeGreaterThan(20);
  expect(large(without)).toEqual([]);
});

test("the catalogue opens that door when it is asked to, and not before", () => {
  const text = readFileSync(join(SRC, "select/catalogue.ts"), "utf8");
  expect(text).toMatch(/async \(\) => familyOf\(\(await import\("..\/models\/deepar.js"\)\)/);
  for (const file of ["wavenet", "raster", "transformer"])
    expect(text).toContain(`await import("../models/${file}.js")`);
  expect(text).not.toMatch(/from "..\/models\/(deepar|network|wavenet|raster|transformer)/);
});

test("high effort opens its door when it is asked to, and auto does not load what goes with it before", () => {
  const text = readFileSync(join(SRC, "select/auto/effort/network.ts"), "utf8");
  expect(text).not.toMatch(/from "[^"]*models\/(deepar|network|wavenet|raster|transformer)/);
  expect(readFileSync(join(SRC, "select/auto/index.ts"), "utf8")).toContain(
    'await import("./effort/index.js")',
  );
  const files = [...reachable("select/auto/index.ts", (_, to) => to === "select/auto/effort/index.ts")];
  expect(files.filter((file) => LARGE.test(file))).toEqual([]);
});

test("yule --help loads what reads options, and nothing that forecasts", () => {
  const loadedLater = (from: string, to: string) => {
    const name = to.slice(to.lastIndexOf("/") + 1).replace(/\.ts$/, ".js");
    return new RegExp(`import\\("[^"]*${name.replaceAll(".", "\\.")}"\\)`).test(
      readFileSync(join(SRC, from), "utf8"),
    );
  };
  const files = [...reachable("cli/start.ts", loadedLater)];
  expect(files).toContain("cli/options/readers.ts");
  expect(
    files.filter((file) => /^(distributions|math|models\/.*\/|select|run|evaluate)\//.test(file)),
  ).toEqual([]);
  expect(files.filter((file) => /^engine\//.test(file))).toEqual(["engine/decoding/forms.ts"]);
});
