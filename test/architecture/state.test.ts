import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");

/** Where numbers are worked out: a fit that begins inside another one must not find what the other one works on. */
const NUMERIC = /^(math|distributions|diagnostics|neural|prepare|engine|models|select|evaluate|reconcile)\//;

/** What a module keeps for all its callers and changes: variables, blank buffers, lists and maps to be filled. */
const STATE =
  /^(?:export )?(?:let \w+|const \w+(?:: (?!readonly )[^=]+)? = (?:new (?:Float|Int|Uint)\d+Array\((?!0\))|new (?:Weak)?(?:Map|Set)(?:<[^(]*>)?\(\)|\[\];))/;

/** Files that may keep some: it is never changed once it is there, or is written and read again within one call. */
const KEPT: Readonly<Record<string, string>> = {
  "batched-network.ts": "networks by their weights",
  "conditional.ts": "one row of outputs, read before the call ends",
  "double.ts": "the bits of one number, read before the call ends",
  "draws.ts": "tables of draws by seed",
  "guard.ts": "models whose fits are checked",
  "load.ts": "compiled modules",
  "normal.ts": "the last probability and its score",
  "params.ts": "the state space of estimates",
  "periods.ts": "periods of time axes",
  "quadrature.ts": "rules of quadrature by their number of points",
  "added.ts": "families that programs added",
  "registry.ts": "families by their definitions",
  "saved.ts": "checks of files that were made",
  "scratch.ts": "scratches that no search uses",
  "single.ts": "the bits of one number, read before the call ends",
  "sizes.ts": "summaries of samples",
  "student-t-levels.ts": "quantiles by degrees of freedom",
};

const nameOf = (file: string) => file.slice(file.lastIndexOf("/") + 1);

function stateIn(file: string): string[] {
  return readFileSync(join(SRC, file), "utf8")
    .split("\n")
    .flatMap((text, at) => (STATE.test(text) ? [`${file}:${at + 1} ${text}`] : []));
}

const found = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !name.includes("assembly") && NUMERIC.test(name))
  .map((file) => ({ file, lines: stateIn(file) }))
  .filter(({ lines }) => lines.length > 0);

test("no module keeps numbers that it works on: buffers are made, or handed down", () => {
  expect(found.filter(({ file }) => KEPT[nameOf(file)] === undefined).flatMap(({ lines }) => lines)).toEqual(
    [],
  );
});

test("every exception is one", () => {
  const files = found.map(({ file }) => nameOf(file));
  expect(Object.keys(KEPT).filter((file) => !files.includes(file))).toEqual([]);
});

test("state is seen", () => {
  for (const line of [
    "let workspace: Workspace | null = null;",
    "let re = new Float64Array(8);",
    "const value = new Float64Array(1);",
    "const known = new Map<string, number>();",
    "export const IDLE: Scratch[] = [];",
  ])
    expect(line).toMatch(STATE);
  for (const line of ["const NONE = new Float64Array(0);", "const LARGEST = 1e150;", "  let sum = 0;"])
    expect(line).not.toMatch(STATE);
});
