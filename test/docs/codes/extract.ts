import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";

/** Who has to act on a code, as exit codes of the command line and severities of notes have it. */
export type Kind = "usage" | "data" | "failure" | "warning" | "info";

/** A code of the sources, the kinds it occurs as, and its longest sentence with … for what is filled in. */
export interface Found {
  readonly code: string;
  readonly kinds: readonly Kind[];
  readonly sentence: string | undefined;
}

const KEBAB =
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$|^(?:clipped|collinear|diverged|indefinite|internal|interpolated|locked|overflow|shortened|unsorted|unwritable|usage)$/;
const KINDS: Readonly<Record<string, Kind>> = {
  usageError: "usage",
  dataError: "data",
  fileError: "data",
  numericalError: "data",
};

/** Every code that the sources give to an error or a note, in order. */
export function codesOf(src: string): Found[] {
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) =>
      ts.createSourceFile(name, readFileSync(resolve(src, name), "utf8"), ts.ScriptTarget.ESNext, true),
    );
  const makers = new Set([...Object.keys(KINDS), ...sources.flatMap(makersIn)]);
  const found = new Map<string, { kinds: Set<Kind>; sentences: string[] }>();
  const add = (code: string, kind: Kind | undefined, sentence: string | undefined) => {
    if (!KEBAB.test(code)) return;
    const entry = found.get(code) ?? { kinds: new Set(), sentences: [] };
    found.set(code, entry);
    if (kind !== undefined) entry.kinds.add(kind);
    if (sentence?.includes(" ")) entry.sentences.push(sentence);
  };
  for (const source of sources) visit(source, makers, add);
  return [...found]
    .map(([code, { kinds, sentences }]) => ({
      code,
      kinds: [...kinds].sort(),
      sentence: sentences.sort((a, b) => b.length - a.length)[0],
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Names of functions whose first parameter is a code. */
function makersIn(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.parameters[0]?.name.getText(source) === "code")
      names.push(node.name?.text ?? "");
    if (ts.isArrowFunction(node) && node.parameters[0]?.name.getText(source) === "code")
      if (ts.isVariableDeclaration(node.parent)) names.push(node.parent.name.getText(source));
    node.forEachChild(look);
  };
  look(source);
  return names;
}

type Add = (code: string, kind: Kind | undefined, sentence: string | undefined) => void;

function visit(node: ts.Node, makers: ReadonlySet<string>, add: Add): void {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && makers.has(node.expression.text)) {
    const [first, ...rest] = node.arguments;
    const sentences = rest.map(textOf).filter((text) => text !== undefined);
    const sentence = sentences.sort((a, b) => b.length - a.length)[0];
    for (const code of wordsOf(first)) add(code, KINDS[node.expression.text], sentence);
  }
  if (ts.isPropertyAssignment(node) && node.name.getText() === "code") {
    const about = (name: string) => initializerOf(node.parent, name);
    const kind = [...wordsOf(about("category")), ...wordsOf(about("severity"))][0] as Kind | undefined;
    for (const code of wordsOf(node.initializer))
      add(code, kind, textOf(about("message") ?? about("sentence")));
  }
  node.forEachChild((child) => visit(child, makers, add));
}

function initializerOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** The words that an expression may be: a literal, or those of both branches of a condition. */
function wordsOf(node: ts.Expression | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isAsExpression(node)) return wordsOf(node.expression);
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isConditionalExpression(node) ? [...wordsOf(node.whenTrue), ...wordsOf(node.whenFalse)] : [];
}

/** A sentence with … for each part that is filled in. */
function textOf(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  if (ts.isConditionalExpression(node)) return textOf(node.whenTrue) ?? textOf(node.whenFalse);
  if (!ts.isBinaryExpression(node)) return undefined;
  return `${textOf(node.left) ?? "…"}${textOf(node.right) ?? "…"}`;
}
