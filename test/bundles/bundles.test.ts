import { describe, expect, test } from "vitest";
import { auto, deepar, families, forecast, parseModel, save, series } from "../../src/index.js";
import { STRICT_KERNEL } from "../../src/neural/kernel/wasm.js";
import { byEsbuild, byRollup, run } from "./bundlers.js";

const values = Array.from({ length: 40 }, (_, t) => 20 + 5 * Math.sin(t / 2) + ((t * 7) % 5));
const passengers = series(values, { period: 4 });
const mean = (fitted: Parameters<typeof forecast>[0]) => [...forecast(fitted, { horizon: 5 }).mean];

const NOTATIONS = ["auto", "ensemble(theta,naive)", "calibrated(log(drift))", "auto-ets"];

describe.each([
  ["esbuild", byEsbuild],
  ["Rollup", byRollup],
] as const)("bundled by %s", (_, bundle) => {
  test("notations of any family are read, saved combinations and networks loaded", async () => {
    const [fitted] = await deepar({ hidden: 8, epochs: 1, batches: 2 }).fitPanel([passengers]);
    const result = await run(
      await bundle(`
        import { auto, families, forecast, load, loadFamilies, parseModel, save, series } from "./src/index.ts";
        const s = series(${JSON.stringify(values)}, { period: 4 });
        const mean = (fitted) => [...forecast(fitted, { horizon: 5 }).mean];
        export const means = ${JSON.stringify(NOTATIONS)}.map((notation) => mean(parseModel(notation).fit(s)));
        export const loaded = mean(load(save(auto().fit(s))));
        await loadFamilies();
        export const names = families().map(({ name }) => name);
        export const notation = parseModel("deepar(hidden=20)").notation;
        export const network = mean(load(${JSON.stringify(save(fitted!))}));
      `),
    );
    expect(result.means).toEqual(NOTATIONS.map((notation) => mean(parseModel(notation).fit(passengers))));
    expect(result.loaded).toEqual(mean(auto().fit(passengers)));
    expect(result.names).toEqual(families().map(({ name }) => name));
    expect(result.notation).toBe("deepar(hidden=20)");
    expect(result.network).toEqual(mean(fitted!));
  });
});

test("whoever uses deepar needs not load it, and whoever uses little gets little", async () => {
  const using = await run(
    await byEsbuild(`
      import { deepar } from "./src/index.ts";
      import { withAdded } from "./src/models/registry.ts";
      export const notation = deepar({ hidden: 20 }).notation;
      export const names = withAdded([]).map(({ name }) => name);
    `),
  );
  expect(using).toMatchObject({
    notation: "deepar(hidden=20)",
    names: ["deepar", "wavenet", "transformer", "raster"],
  });
  const small = await byEsbuild(`export { arima, forecast, series } from "./src/index.ts";`);
  expect(small).toContain("seasonal");
  expect(small).not.toContain(STRICT_KERNEL.slice(0, 40));
  expect(small).not.toContain("intermittent");
});
