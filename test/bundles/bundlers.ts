import { resolve } from "node:path";
import commonjsModule from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build, transform } from "esbuild";
import { type Plugin, rollup } from "rollup";

const ROOT = resolve(import.meta.dirname, "../..");
const ENTRY = "entry.ts";
/** Its types take the default export for a namespace. */
const commonjs = commonjsModule as unknown as () => Plugin;

/** A page of one file. */
export async function byEsbuild(source: string): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    logLevel: "silent",
  });
  return result.outputFiles[0]!.text;
}

/** The entry from memory, and TypeScript with its imports of `.js`. */
function typescript(source: string): Plugin {
  return {
    name: "typescript",
    async resolveId(id, importer) {
      if (id === ENTRY) return ENTRY;
      if (!id.startsWith(".") || importer === undefined) return null;
      const from = importer === ENTRY ? ROOT : resolve(importer, "..");
      return this.resolve(resolve(from, importer.includes("node_modules") ? id : id.replace(/\.js$/, ".ts")));
    },
    load: (id) => (id === ENTRY ? source : null),
    transform: async (code, id) =>
      id.endsWith(".ts") ? (await transform(code, { loader: "ts", target: "es2023" })).code : null,
  };
}

/** The same by Rollup. */
export async function byRollup(source: string): Promise<string> {
  const bundle = await rollup({
    input: ENTRY,
    plugins: [typescript(source), nodeResolve({ browser: true, extensions: [".ts", ".js"] }), commonjs()],
    // What `sideEffects: false` in package.json says.
    treeshake: { moduleSideEffects: false },
    onwarn: () => {},
  });
  const { output } = await bundle.generate({ format: "es", inlineDynamicImports: true });
  await bundle.close();
  return output[0].code;
}

/** What a bundled module exports. */
export async function run(text: string): Promise<Record<string, unknown>> {
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
