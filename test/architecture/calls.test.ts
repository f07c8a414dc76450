import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");

/** Spreads into calls of lists that are short whatever the data: pairs, tuples, notes, one value a parameter. */
const SHORT_SPREADS = new Set([
  "cli/options/options.ts: choice(...FORMATS)",
  "diagnostics/orders/nsdiffs.ts: told.push(...interpolatedNotes(countMissing(current)))",
  "io/csv/head/file-head.ts: String.fromCharCode(...text.subarray(start, start + 8))",
  "models/arima/notes.ts: notes.push(...boundaryNotes(roots), ...cancellingNotes(roots))",
  "models/ets/likelihood/objective.ts: lists(...new Array<number>(this.dimension).fill(n))",
  "select/auto-arima/differences.ts: notes.push(...found.notes)",
  'select/auto-arima/differences.ts: notes.push(...found.notes.filter(({ code }) => code !== "missing-dropped"))',
  "select/auto-arima/walk.ts: tried(trials, ...start, constant)",
  "select/ensemble/members.ts: rollingForecasts(...given)",
  "select/uncertain/draws.ts: result.push(...both)",
]);

/** Own alternatives with the same bits on every engine: `powerOf`, `square` and `powerOfTwo` of math/power.ts. */
const OPERATORS = new Set([ts.SyntaxKind.AsteriskAsteriskToken, ts.SyntaxKind.AsteriskAsteriskEqualsToken]);

/** Powers and long spreads in a file's text, one line each. AssemblyScript has powers of its own, always of the same bits. */
function breaches(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => {
    found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1} ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && OPERATORS.has(node.operatorToken.kind)) {
      report(node, `uses a power: ${node.getText(tree)}`);
    }
    if (isMathPow(node)) report(node, "uses Math.pow");
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some(ts.isSpreadElement)) {
      const call = `${file}: ${node.getText(tree).replace(/\s+/g, " ")}`;
      if (!SHORT_SPREADS.has(call)) report(node, `spreads a list into a call: ${call}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Math.pow in any spelling: called, handed on, by name in brackets or taken out of Math. */
function isMathPow(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isMath(node.expression) && node.name.text === "pow";
  if (ts.isElementAccessExpression(node)) return isMath(node.expression);
  return ts.isVariableDeclaration(node) && isMath(node.initializer);
}

function isMath(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isIdentifier(node) && node.text === "Math";
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts") && !name.includes("assembly/"));

test("no power whose last digits depend on the engine, no list of data spread into a call", () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => breaches(file, readFileSync(join(SRC, file), "utf8")))).toEqual([]);
});

test("the reader of the sources finds what it looks for", () => {
  const found = (text: string) => breaches("a.ts", text).length;
  expect(found("const a = b ** 2;")).toBe(1);
  expect(found("a **= 0.5;")).toBe(1);
  expect(found("const a = Math.pow(b, c);")).toBe(1);
  expect(found('const p = Math["pow"]; const { pow } = Math;')).toBe(2);
  expect(found("xs.map((x) => Math.max(...x));")).toBe(1);
  expect(found("new Set(...x)")).toBe(1);
  expect(found("const a = [...b]; f({ ...c }); // b ** 2, Math.pow, f(...x)")).toBe(0);
});
