import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** What a page loads before it runs: a bundle of some names of the library, without what is imported when it is asked for. */
export interface BundleSize {
  /** Bytes of all chunks that are loaded at once, each packed by gzip. */
  readonly gzip: number;
  readonly minified: number;
  /** Minified bytes of each source file in them. */
  readonly files: ReadonlyMap<string, number>;
}

const ENTRY = "entry.ts";
const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "browser",
  target: "es2023",
  outdir: "out",
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * The size of an ES module that is bundled, split and minified by esbuild.
 *
 * @param parts which parts become files of their own: `"reachable"`, those that the module may ask for, as Rollup and Vite do; or
 *   `"all"`, also parts that only unused code would ask for: esbuild alone does that, and with them keeps code that they share.
 */
export async function bundleSize(
  source: string,
  parts: "reachable" | "all" = "reachable",
): Promise<BundleSize> {
  const entry = { stdin: { contents: source, resolveDir: ROOT, sourcefile: ENTRY, loader: "ts" } } as const;
  const plugins = parts === "all" ? [] : [onlyThese(await reachable(entry))];
  const { outputFiles, metafile } = await build({ ...COMMON, ...entry, plugins, splitting: true });
  const bytes = new Map(outputFiles.map(({ path, contents }) => [path.slice(ROOT.length + 1), contents]));
  const chunks = loadedAtOnce(metafile);
  const files = new Map<string, number>();
  for (const chunk of chunks)
    for (const [file, { bytesInOutput }] of Object.entries(metafile.outputs[chunk]!.inputs))
      files.set(file, (files.get(file) ?? 0) + bytesInOutput);
  const sum = (sizeOf: (chunk: string) => number) =>
    [...chunks].reduce((all, chunk) => all + sizeOf(chunk), 0);
  return {
    gzip: sum((chunk) => gzipSync(bytes.get(chunk)!).length),
    minified: sum((chunk) => bytes.get(chunk)!.length),
    files,
  };
}

/** The chunk of the entry, those it imports, and so on. */
function loadedAtOnce({ outputs }: Metafile): ReadonlySet<string> {
  const chunks = new Set(Object.keys(outputs).filter((name) => outputs[name]!.entryPoint === ENTRY));
  for (const chunk of chunks)
    for (const { path, kind } of outputs[chunk]!.imports) if (kind === "import-statement") chunks.add(path);
  return chunks;
}

/** The files that code which is used imports when it is asked to, and those that they import then. */
async function reachable(entry: BuildOptions): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const search = async (from: BuildOptions) => {
    const { metafile } = await build({ ...COMMON, ...from, metafile: true, plugins: [onlyThese(new Set())] });
    for (const { imports } of Object.values(metafile.outputs))
      for (const { path, kind } of imports) if (kind === "dynamic-import") found.add(path);
  };
  await search(entry);
  for (const file of found) await search({ entryPoints: [file] });
  return found;
}

/** Leaves out what is imported on demand, but for some files. */
function onlyThese(files: ReadonlySet<string>): Plugin {
  return {
    name: "only-these",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const file = resolve(resolveDir, path).replace(/\.js$/, ".ts");
        return files.has(file) ? undefined : { path: file, external: true };
      });
    },
  };
}
