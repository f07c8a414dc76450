import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { type Block, ROOT } from "./markdown.js";

const COMPILER = resolve(ROOT, "node_modules/typescript-7/bin/tsc");
const ENTRIES = /from "yule(?:\/([a-z]+))?"/g;

/** A block as a module: the package's names from the sources, the prelude's where the block does not make them itself. */
export function moduleOf(block: Block, names: readonly string[], prelude = "prelude.ts"): string {
  const source = parse(block.text);
  const made = new Set(declaredIn(source));
  const used = names.filter((name) => !made.has(name) && new RegExp(`\\b${name}\\b`).test(block.text));
  const file = resolve(ROOT, "test/docs/blocks", prelude);
  const given = used.length === 0 ? "" : `import { ${used.join(", ")} } from ${JSON.stringify(file)};`;
  const body = block.text.replace(
    ENTRIES,
    (_, entry?: string) => `from ${JSON.stringify(resolve(ROOT, `src/${entry ?? "index"}.ts`))}`,
  );
  return `${given} export {};\n${body}\n`;
}

/** The module with each statement that is an expression recorded, with the comment beside it. */
export function recorded(module: string): string {
  const source = parse(module);
  let text = module;
  for (const statement of [...source.statements].reverse()) {
    if (!ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    const call = `shown.push({ value: ${expression.getText(source)}, comment: ${JSON.stringify(commentAfter(module, statement.end))} });`;
    text = text.slice(0, statement.getStart(source)) + call + text.slice(statement.end);
  }
  return `export const shown: { value: unknown; comment: string }[] = [];\n${text}`;
}

/** What the type checker finds wrong in modules, written to a folder: `block-3.ts(2,7): error TS2322: …`. */
export function typeErrors(folder: string, modules: ReadonlyMap<string, string>): string[] {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of modules) writeFileSync(resolve(folder, name), text);
  const configuration = {
    extends: resolve(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: true,
      composite: false,
      tsBuildInfoFile: resolve(folder, "blocks.tsbuildinfo"),
      rootDir: "/",
      allowImportingTsExtensions: true,
      noUnusedLocals: false,
      module: "esnext",
      moduleResolution: "bundler",
      typeRoots: [resolve(ROOT, "node_modules/@types")],
    },
    include: [],
    files: [...modules.keys()],
    references: ["core", "numeric", ""].map((name) => ({
      path: resolve(ROOT, `tsconfig${name && `.${name}`}.json`),
    })),
  };
  writeFileSync(resolve(folder, "tsconfig.json"), JSON.stringify(configuration));
  const { stdout, status } = spawnSync(process.execPath, [COMPILER, "-b", folder, "--pretty", "false"], {
    encoding: "utf8",
    cwd: folder,
  });
  const errors = stdout.split("\n").filter((line) => /^\S+\(\d+,\d+\): error/.test(line));
  if (status !== 0 && errors.length === 0) throw new Error(`The compiler failed: ${stdout}`);
  return errors;
}

const parse = (text: string) => ts.createSourceFile("block.ts", text, ts.ScriptTarget.ESNext, true);

/** The comment on the line of a statement and in the lines below it. */
function commentAfter(text: string, end: number): string {
  const lines = /^(?:[ \t]*\/\/.*|\n\/\/.*)+/.exec(text.slice(end))?.[0] ?? "";
  return lines.replaceAll(/\n?[ \t]*\/\/ ?/g, " ").trim();
}

/** Names that the top level of a block imports or declares. */
function declaredIn(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) bind(name);
    if (ts.isFunctionDeclaration(statement) && statement.name) names.push(statement.name.text);
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings && ts.isNamedImports(bindings))
      for (const { name } of bindings.elements) names.push(name.text);
  }
  return names;
}
