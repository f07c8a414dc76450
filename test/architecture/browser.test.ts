import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

async function bundle(source: string) {
  return build({
    stdin: { contents: source, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
    logLevel: "silent",
  });
}

test("the library bundles for the browser and forecasts there, without any node: module", async () => {
  const source = `
    import { series, naive, forecast } from "./src/index.ts";
    export const mean = forecast(naive().fit(series([1, 2, 4])), { horizon: 2 }).mean;
  `;
  const result = await bundle(source);
  const text = result.outputFiles[0]!.text;
  expect(text).not.toMatch(/from\s*"node:/);
  expect(text).not.toMatch(/require\("(fs|path|worker_threads)"\)/);
  const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  expect([...module.mean]).toEqual([4, 4]);
});

test("the same check fails where a node: module is reached", async () => {
  await expect(bundle(`export * from "./src/node.ts";`)).rejects.toThrow(/node:/);
});
