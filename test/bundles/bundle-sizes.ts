import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** What a page loads before it runs: a bundle of some names of the library, without what is imported when it is asked for. */
export interface BundleSize {
  /** Bytes of all chunks that are loaded at once, each packed by gzip. */
  readonly gzip: number;
  readonly minified: number;
  /** Minified bytes of each source file in them. */
  readonly files: ReadonlyMap<string, number>;
}

/** The size of an ES module that is bundled, split and minified by esbuild. */
export async function bundleSize(source: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: ROOT, sourcefile: "entry.ts", loader: "ts" },
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    outdir: "out",
    logLevel: "silent",
  });
  const bytes = new Map(outputFiles.map(({ path, contents }) => [path.slice(ROOT.length + 1), contents]));
  const entry = Object.keys(metafile.outputs).find(
    (name) => metafile.outputs[name]!.entryPoint === "entry.ts",
  )!;
  const chunks = new Set([entry]);
  const files = new Map<string, number>();
  for (const chunk of chunks) {
    const { imports, inputs } = metafile.outputs[chunk]!;
    for (const { path, kind } of imports) if (kind === "import-statement") chunks.add(path);
    for (const [file, { bytesInOutput }] of Object.entries(inputs))
      files.set(file, (files.get(file) ?? 0) + bytesInOutput);
  }
  const sum = (sizeOf: (chunk: string) => number) =>
    [...chunks].reduce((all, chunk) => all + sizeOf(chunk), 0);
  return {
    gzip: sum((chunk) => gzipSync(bytes.get(chunk)!).length),
    minified: sum((chunk) => bytes.get(chunk)!.length),
    files,
  };
}
