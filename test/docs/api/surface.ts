import { resolve } from "node:path";
import ts from "typescript";

/** The entries of the package and their sources. */
export const ENTRIES: Readonly<Record<string, string>> = {
  yule: "index.ts",
  "yule/diagnostics": "diagnostics.ts",
  "yule/distributions": "distributions.ts",
  "yule/metrics": "metrics.ts",
  "yule/node": "node.ts",
};

/** An exported name: what it is, as one or more lines, and the declaration with its docstring. */
export interface Exported {
  readonly entry: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly declaration: ts.Declaration;
  readonly isFunction: boolean;
}

const FLAGS =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
  ts.TypeFormatFlags.WriteArrowStyleSignature;

/** Every export of every entry, by entry and name. */
export function exportsOf(root: string): Exported[] {
  const files = Object.values(ENTRIES).map((name) => resolve(root, "src", name));
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(files, { ...options, noEmit: true, incremental: false, composite: false });
  const checker = program.getTypeChecker();
  return Object.keys(ENTRIES).flatMap((entry, at) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(files[at]!)!)!;
    return checker
      .getExportsOfModule(module)
      .map((symbol) => describe(checker, entry, symbol))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

function describe(checker: ts.TypeChecker, entry: string, exported: ts.Symbol): Exported {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declaration = symbol.declarations![0]!;
  const { name } = exported;
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0;
  const type = isValue
    ? checker.getTypeOfSymbolAtLocation(symbol, declaration)
    : checker.getDeclaredTypeOfSymbol(symbol);
  const calls = isValue ? type.getCallSignatures() : [];
  const text = (of: ts.Type) => checker.typeToString(of, declaration, FLAGS);
  if (calls.length > 0) {
    const lines = calls.map(
      (call) => `function ${name}: ${checker.signatureToString(call, declaration, FLAGS)}`,
    );
    return { entry, name, lines, declaration, isFunction: true };
  }
  if (ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
    const kind = ts.isClassDeclaration(declaration) ? "class" : "interface";
    const own = checker.getDeclaredTypeOfSymbol(symbol);
    const members = own.getProperties().map((member) => {
      const optional = member.flags & ts.SymbolFlags.Optional ? "?" : "";
      return `  ${member.name}${optional}: ${text(checker.getTypeOfSymbolAtLocation(member, declaration))}`;
    });
    return { entry, name, lines: [`${kind} ${name}`, ...members.sort()], declaration, isFunction: false };
  }
  const value = ts.isTypeAliasDeclaration(declaration)
    ? declaration.type.getText().replaceAll(/\s+/g, " ")
    : text(type);
  return {
    entry,
    name,
    lines: [`${isValue ? "const" : "type"} ${name}: ${value}`],
    declaration,
    isFunction: false,
  };
}

/** The public surface as text: one line a function or type, one line a member of an interface. */
export function surfaceOf(exported: readonly Exported[]): string {
  const parts = Object.keys(ENTRIES).map((entry) => {
    const own = exported.filter((one) => one.entry === entry);
    return `# ${entry}\n\n${own.flatMap(({ lines }) => lines).join("\n")}\n`;
  });
  return parts.join("\n").replaceAll(/import\("[^"]*"\)\./g, "");
}

/** Tags of the docstring of an export, such as `param`. */
export function tagsOf({ declaration }: Exported): Set<string> {
  return new Set(ts.getJSDocTags(declaration).map(({ tagName }) => tagName.text));
}

/** Whether an export has a docstring with a sentence. */
export function hasSummary({ declaration }: Exported): boolean {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return comments.some(({ comment }) => (ts.getTextOfJSDocComment(comment) ?? "").trim() !== "");
}

/** Whether a function has no parameter to describe. */
export function takesNothing({ lines }: Exported): boolean {
  return lines.every((line) => /: (?:<.*>)?\(\) =>/.test(line));
}
