import { describe, expect, test } from "vitest";
import { bundleSize } from "./bundle-sizes.js";

/**
 * What a page loads at once, in kB of gzip (1 kB is 1,000 bytes): how large it may become, with the parts that it may ask for split off,
 * and as esbuild splits by itself. The bars that the project set are 12, 45, 95 and 220; docs/measurements/bundles.md says what stands between.
 */
const BUNDLES = [
  { names: "mean, forecast, series", most: 18.8, byEsbuild: 26 },
  { names: "arima, forecast, series", most: 70, byEsbuild: 77 },
  { names: "auto, forecast, series", most: 186, byEsbuild: 188 },
  { names: "*", most: 316, byEsbuild: 317 },
] as const;

describe("kB of gzip that are loaded at once", () => {
  test.each(BUNDLES)("$names: at most $most", async ({ names, most, byEsbuild }) => {
    const source = `export ${names === "*" ? "*" : `{ ${names} }`} from "./src/index.ts";`;
    const { gzip, files } = await bundleSize(source);
    expect(gzip / 1000).toBeLessThan(most);
    expect(gzip / 1000).toBeGreaterThan(0.9 * most);
    const whole = await bundleSize(source, "all");
    expect(whole.gzip / 1000).toBeLessThan(byEsbuild);
    expect(whole.gzip).toBeGreaterThanOrEqual(gzip);
    // The reader of files is loaded by the first parseCsv, whoever names it.
    expect(
      [...files.keys()].filter((file) => /^src\/io\/csv\/(?!parse-csv)/.test(file) && files.get(file)! > 0),
    ).toEqual([]);
    if (names === "*") return;
    const heavy = [...files.keys()].filter(
      (file) => /valibot|^src\/(neural|models\/network)\//.test(file) && files.get(file)! > 0,
    );
    expect(heavy).toEqual([]);
  });
});
