import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as diagnostics from "../../src/diagnostics.js";
import * as distributions from "../../src/distributions.js";
import * as index from "../../src/index.js";
import * as metrics from "../../src/metrics.js";
import * as node from "../../src/node.js";
import * as prelude from "./blocks/docstring-prelude.js";
import { type Example, examplesOf, namesUsedBy } from "./blocks/docstrings.js";
import { moduleOf, recorded, typeErrors } from "./blocks/typescript.js";
import { missingFrom, statedBy } from "./blocks/values.js";

const ENTRIES: Record<string, object> = {
  yule: index,
  "yule/diagnostics": diagnostics,
  "yule/distributions": distributions,
  "yule/metrics": metrics,
  "yule/node": node,
};

const folder = mkdtempSync(resolve(tmpdir(), "yule-docstrings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Files are those of the folder, and networks train for one epoch: what they learn is for other tests. */
const prepared = (text: string) =>
  text.replaceAll(/epochs: \d+/g, "epochs: 1").replaceAll(/"([\w-]+\.(?:csv|json|svg))"/g, `"${folder}/$1"`);
for (const [name, text] of Object.entries(prelude.FILES)) writeFileSync(resolve(folder, name), text);

/** Where the names of an example are looked up: the entry that exports its function, else the file itself, then the entries. */
async function homesOf({ file, name }: Example): Promise<Map<string, object>> {
  const own = (await import(file)) as Record<string, unknown>;
  const home = Object.entries(ENTRIES).find(([, entry]) => Object.values(entry).includes(own[name]));
  return new Map([home ?? [file, own], ...Object.entries(ENTRIES)]);
}

/** The example with imports of the names that it uses. */
function withImports(example: Example, homes: ReadonlyMap<string, object>): Example {
  const imports = [...namesUsedBy(example.text)]
    .filter((name) => !(name in prelude))
    .flatMap((name) => {
      const [home] = [...homes].find(([, names]) => name in names) ?? [];
      return home === undefined ? [] : [`import { ${name} } from "${home}";`];
    });
  return { ...example, text: `${imports.join(" ")}\n${example.text}` };
}

const MODULES = new Map<string, string>();
for (const example of examplesOf()) {
  MODULES.set(
    `${example.page.replace(/\W/g, "-")}-${example.line}-${example.name}.ts`,
    moduleOf(withImports(example, await homesOf(example)), Object.keys(prelude), "docstring-prelude.ts"),
  );
}

test("most docstrings of the package have an example", () => {
  expect(MODULES.size).toBeGreaterThan(180);
});

const WRONG = {
  language: "ts",
  page: "x.ts",
  line: 1,
  text: 'import { mean } from "yule";\nmean().fit(true);',
};

test("every example has the types of the package, and a wrong one is found", () => {
  const [wrong, ...others] = typeErrors(folder, new Map([["wrong.ts", moduleOf(WRONG, [])], ...MODULES]));
  expect(wrong).toMatch(/^wrong.ts.*boolean/);
  expect(others).toEqual([]);
});

describe("every example runs, and its comments state what it gives", () => {
  beforeAll(() => {
    for (const print of ["log", "table", "warn"] as const)
      vi.spyOn(console, print).mockImplementation(() => undefined);
  });
  afterAll(() => vi.restoreAllMocks());
  // Worker threads start from the built package; its own tests run them.
  const running = [...MODULES.keys()].filter((name) => !MODULES.get(name)!.includes("workerThreads"));
  test.each(running)("%s", async (name) => {
    const file = resolve(folder, `run-${name}`);
    writeFileSync(file, prepared(recorded(MODULES.get(name)!)));
    const { shown } = (await import(file)) as { shown: { value: unknown; comment: string }[] };
    for (const { value, comment } of shown) {
      expect(missingFrom(value, statedBy(comment)), comment).toEqual([]);
      const truth = /^(?:true|false)\b/.exec(comment);
      if (truth) expect(String(value), comment).toBe(truth[0]);
    }
  });
});
