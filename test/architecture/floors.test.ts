import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");

/** The floors, lowest first; folders that share a floor do not import each other. */
const FLOORS: readonly (readonly string[])[] = [
  ["core"],
  ["math"],
  ["distributions", "diagnostics", "neural"],
  ["prepare"],
  ["engine"],
  ["models"],
  ["select", "evaluate", "reconcile"],
  ["io", "report"],
  ["run"],
  ["cli"],
];

/** Packages that one place alone may use. */
const SOLE_USERS: Readonly<Record<string, RegExp>> = {
  bullmq: /^cli\/cluster\//,
  commander: /^cli\//,
  "csv-parse": /^io\//,
  ioredis: /^cli\/cluster\//,
  "pure-rand": /^core\//,
  "simple-statistics": /^diagnostics\//,
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes("assembly"))
  .map((name) => name.replaceAll("\\", "/"));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  return readFileSync(join(SRC, file), "utf8")
    .split("\n")
    .flatMap((text, at) =>
      [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*"([^"]+)"/g)].map((match) => ({
        file,
        line: at + 1,
        specifier: match[1]!,
      })),
    );
}

function floorOf(file: string): number {
  const folder = file.split("/")[0]!;
  return FLOORS.findIndex((floor) => floor.includes(folder));
}

function targetOf({ file, specifier }: Import): string | null {
  if (!specifier.startsWith(".")) return null;
  return relative(SRC, resolve(SRC, dirname(file), specifier))
    .replaceAll("\\", "/")
    .replace(/\.js$/, ".ts");
}

/** Why an import breaks the floors, or null. */
function breach(item: Import): string | null {
  const target = targetOf(item);
  if (target === null || !item.file.includes("/")) return null;
  const from = floorOf(item.file);
  const to = floorOf(target);
  const [here, there] = [item.file.split("/")[0], target.split("/")[0]];
  if (to > from || to < 0) return `${item.file}:${item.line} imports ${target} from a floor above`;
  if (to === from && here !== there) return `${item.file}:${item.line} imports its sibling ${target}`;
  return null;
}

function circle(): string[] | null {
  const next = new Map(files.map((file) => [file, [] as string[]]));
  for (const item of imports) {
    const target = targetOf(item);
    if (target !== null) next.get(item.file)!.push(target);
  }
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const target of next.get(file) ?? []) {
      const found = visit(target, [...path, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of files) {
    const found = visit(file, []);
    if (found !== null) return found;
  }
  return null;
}

describe("the floors of docs/project/architecture.md", () => {
  test("every file lies on a known floor", () => {
    const astray = files.filter((file) => file.includes("/") && floorOf(file) < 0);
    expect(astray).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  test("a file imports only from floors below its own, and from its own folder", () => {
    expect(imports.map(breach).filter((text) => text !== null)).toEqual([]);
  });

  test("a breach is seen, with its line", () => {
    const up = { file: "core/series.ts", line: 3, specifier: "../engine/roll.js" };
    const across = {
      file: "distributions/families/normal.ts",
      line: 4,
      specifier: "../../diagnostics/correlation/acf.js",
    };
    expect(breach(up)).toBe("core/series.ts:3 imports engine/roll.ts from a floor above");
    expect(breach(across)).toBe(
      "distributions/families/normal.ts:4 imports its sibling diagnostics/correlation/acf.ts",
    );
  });

  test("no imports go in a circle", () => {
    expect(circle()).toBeNull();
  });

  test.each(Object.entries(SOLE_USERS))("%s is imported in its own place only", (name, place) => {
    const users = imports.filter(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`));
    expect(users.filter(({ file }) => !place.test(file))).toEqual([]);
  });
});
