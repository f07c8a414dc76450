import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { deepar, forecast, save, series } from "../../src/index.js";
import { STRICT_KERNEL } from "../../src/neural/kernel/wasm.js";

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

test("networks are in a bundle that uses them, and in no other", async () => {
  const without = await bundle(`export { ets, forecast, series } from "./src/index.ts";`);
  const using = await bundle(`export { deepar } from "./src/index.ts";`);
  const wasm = STRICT_KERNEL.slice(0, 40);
  expect(without.outputFiles[0]!.text).not.toContain(wasm);
  expect(using.outputFiles[0]!.text).toContain(wasm);
});

test("a network trained here is loaded and forecasts in a browser's bundle, once its family is loaded", async () => {
  const [fitted] = await deepar({ hidden: 8, epochs: 1, batches: 2 }).fitPanel([
    series([3, 4, 3, 5, 4, 6, 5, 7, 6, 8]),
  ]);
  const source = `
    import { forecast, load, loadFamilies } from "./src/index.ts";
    const json = ${JSON.stringify(save(fitted!))};
    let refused = null;
    try { load(json); } catch (error) { refused = error.code; }
    await loadFamilies();
    export const before = refused;
    export const mean = forecast(load(json), { horizon: 3 }).mean;
  `;
  const text = (await bundle(source)).outputFiles[0]!.text;
  const module = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  expect(module.before).toBe("not-loaded");
  expect([...module.mean]).toEqual([...forecast(fitted!, { horizon: 3 }).mean]);
});

test("the same check fails where a node: module is reached", async () => {
  await expect(bundle(`export * from "./src/node.ts";`)).rejects.toThrow(/node:/);
});
