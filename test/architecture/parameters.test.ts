import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");
/** Positions that a reader of a call can still tell apart. */
const MOST = 7;

/** Where more are needed, each with the reason. */
const EXEMPT = [
  { path: /^neural\/kernel\//, reason: "WebAssembly takes numbers only: addresses, sizes and strides" },
  {
    path: /^models\/arima\/gaps\/band\.ts$/,
    reason: "innermost loops: a number in an object would be boxed",
  },
];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !name.includes("assembly/"));

/** Functions, methods and signatures of a text that take more positional parameters than {@link MOST}. */
function wide(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.parameters.length > MOST) {
      found.push(`${file}: ${node.name?.getText(tree) ?? "a function"} takes ${node.parameters.length}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const all = files.flatMap((file) => wide(file, readFileSync(join(SRC, file), "utf8")));

test("no function takes more than seven positional parameters", () => {
  expect(files.length).toBeGreaterThan(800);
  expect(all.filter((one) => !EXEMPT.some(({ path }) => path.test(one.split(":")[0]!)))).toEqual([]);
});

test("every exemption is needed", () => {
  for (const { path } of EXEMPT)
    expect(
      all.some((one) => path.test(one.split(":")[0]!)),
      `${path}`,
    ).toBe(true);
});

test("a function of eight is seen", () => {
  const text = "export const f = (a, b, c, d, e, f, g, h) => a; class A { m(a, b, c, d, e, f, g) {} }";
  expect(wide("x.ts", text)).toEqual(["x.ts: a function takes 8"]);
});
