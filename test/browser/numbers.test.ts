import { resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { CHROMIUM, launch, WHY } from "./chromium.js";
import { numbers, type Said } from "./numbers-script.js";

const ROOT = resolve(import.meta.dirname, "../..");
/** Optimisers may end elsewhere in the last digits where engines differ in a function. */
const OPTIMISED = 1e-9;
/** Models whose means and paths go through exp or log, whose last digit newer engines round otherwise than Node 20 (Chromium 156: 5.5e-16). */
const LOGARITHMS = /^(log\(|auto(\(|$)|pooled)/;
const LAST_DIGIT = 4e-15;

if (CHROMIUM === null) console.warn(WHY);

/** The same script as a bundle that a page runs. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { numbers } from "./test/browser/numbers-script.ts"; globalThis.numbers = numbers;`,
      resolveDir: ROOT,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2023",
    define: { "import.meta.url": '""' },
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** Pairs of values that differ by more than a part `near`. */
const differences = (values: readonly number[], expected: readonly number[], near: number) =>
  values
    .map((value, at) => [value, expected[at]!] as const)
    .filter(([value, other]) => value !== other && !(Math.abs(value / other - 1) < near));

describe.skipIf(CHROMIUM === null)("every model of the laws in Chromium", () => {
  test("says what it says in Node: saved fits to the bit or, after exp and log, the last digit; new fits within 1e-9", async () => {
    const here = await numbers(null);
    const browser = await launch();
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    const there = await page.evaluate(
      async (saved) => {
        const scope = globalThis as unknown as { numbers: (saved: readonly string[]) => Promise<Said[]> };
        return scope.numbers(saved);
      },
      here.map(({ saved }) => saved),
    );
    await browser.close();
    expect(there.length).toBeGreaterThanOrEqual(35);
    for (const [at, { notation, mean, loaded }] of there.entries()) {
      const expected = here[at]!;
      expect(notation).toBe(expected.notation);
      const near = LOGARITHMS.test(notation) ? LAST_DIGIT : 0;
      for (const what of ["mean", "paths"] as const) {
        expect(differences(loaded![what], expected.loaded![what], near), `${what} of ${notation}`).toEqual(
          [],
        );
      }
      for (const [h, value] of mean.entries()) {
        const scale = Math.max(1e-12, Math.abs(expected.mean[h]!));
        expect(Math.abs(value - expected.mean[h]!) / scale, `${notation}, step ${h + 1}`).toBeLessThan(
          OPTIMISED,
        );
      }
    }
  });
});
