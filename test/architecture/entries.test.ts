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

/** Models at `yule`, functions of values in `yule/diagnostics`; the former still take values. */
const BOTH = ["boxCox", "mstl"];
/** Names that were never at `yule`. */
const NEVER = ["mode"];

test("a name means the same in every entry, but for models of the name of a diagnostic", () => {
  for (const entry of [diagnostics, distributions, metrics]) {
    for (const [name, value] of Object.entries(entry))
      if (![...BOTH, ...NEVER].includes(name)) expect(library, name).toHaveProperty(name, value);
  }
});

test("boxCox and mstl are models of a model, and of values what yule/diagnostics makes of them", () => {
  const values = Float64Array.from({ length: 48 }, (_, t) => 20 + t + 5 * Math.sin((t * Math.PI) / 6));
  expect(library.boxCox(library.naive(), { lambda: 0.5 }).notation).toBe("box-cox(naive, lambda=0.5)");
  expect(library.mstl(library.naive(), { periods: [12] }).notation).toBe("mstl(naive)[12]");
  expect(library.boxCox(values, 0.5)).toEqual(diagnostics.boxCox(values, 0.5));
  expect(library.mstl(values, [12])).toEqual(diagnostics.mstl(values, [12]));
  expect(() => library.mstl(library.naive(), [12] as never)).toThrow(/options of mstl must be an object/);
  expect(() => library.boxCox(library.naive(), 0.5 as never)).toThrow(/options of box-cox must be an object/);
});

test("names that moved to another entry are marked deprecated at yule, one by one", () => {
  const moved = ["moved-names", "moved"]
    .map((name) => readFileSync(join(ROOT, `src/${name}.ts`), "utf8"))
    .join("\n");
  const mark = /@deprecated Import it from `(yule\/\w+)`\. \*\/\s*(?:type |export const )?(\w+)(?:,| =)/g;
  const marked = [...moved.matchAll(mark)];
  const values = new Set(marked.map(([, , name]) => name));
  for (const entry of [diagnostics, distributions, metrics]) {
    for (const name of Object.keys(entry))
      if (![...BOTH, ...NEVER].includes(name)) expect(values, name).toContain(name);
  }
});
