import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { type Block, ROOT } from "./markdown.js";

/** An example of a docstring: the declaration it belongs to, and the code. */
export interface Example extends Block {
  readonly name: string;
  readonly file: string;
}

/** Every `@example` above an exported function, class or constant of src/, in order of the files. */
export function examplesOf(): Example[] {
  return readdirSync(resolve(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .flatMap((name) => examplesIn(`src/${name}`));
}

function examplesIn(page: string): Example[] {
  const text = readFileSync(resolve(ROOT, page), "utf8");
  if (!text.includes("@example")) return [];
  const source = ts.createSourceFile(page, text, ts.ScriptTarget.ESNext, true);
  return source.statements.flatMap((statement) =>
    ts
      .getJSDocTags(statement)
      .filter(({ tagName }) => tagName.text === "example")
      .map((tag) => ({
        language: "ts",
        page,
        file: resolve(ROOT, page),
        name: nameOf(statement),
        line: source.getLineAndCharacterOfPosition(tag.getStart(source)).line + 1,
        text: ts.getTextOfJSDocComment(tag.comment) ?? "",
      })),
  );
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]!.name.getText();
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name?.text ?? "";
  return "";
}

/** Names that code refers to by themselves: not those of properties, and not those it declares. */
export function namesUsedBy(code: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { parent } = node;
    const isPart =
      (ts.isIdentifier(node) && parent && ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (parent && ts.isPropertyAssignment(parent) && parent.name === node) ||
      (parent && ts.isBindingElement(parent) && (parent.name === node || parent.propertyName === node)) ||
      (parent && (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) && parent.name === node) ||
      (parent && ts.isImportSpecifier(parent));
    if (ts.isIdentifier(node) && !isPart) names.add(node.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.ESNext, true));
  return names;
}
