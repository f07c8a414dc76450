// Bundles the command line into dist/program: a few files, of which a command loads what it needs, where the modules
// one by one are four hundred. So do the threads that work on batches, from the same files. Packages stay outside. The modules
// themselves stay in dist for the library and for other threads.
import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const program = join(dist, "program");
/** It finds itself beside the other files of the program. */
const threads = join(dist, "cli", "stream", "threads.js");

/** Files that code looks for beside its own module are where they were. */
const places = {
  name: "places",
  setup(context) {
    context.onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (path.includes("node_modules") || path === threads) return undefined;
      const text = await readFile(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      const place = relative(program, path).replaceAll("\\", "/");
      return {
        contents: text.replaceAll("import.meta.url", `new URL("${place}", import.meta.url).href`),
        loader: "js",
      };
    });
  },
};

/** One file of 160 kB of which a few functions are used: bundled, a command does not have to read it. */
const bundled = {
  name: "bundled",
  setup(context) {
    context.onResolve({ filter: /^simple-statistics$/ }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
    }));
  },
};

await rm(program, { recursive: true, force: true });
await build({
  entryPoints: { start: join(dist, "cli", "start.js"), threads },
  outdir: program,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  chunkNames: "[name]-[hash]",
  plugins: [places, bundled],
  logLevel: "warning",
});
