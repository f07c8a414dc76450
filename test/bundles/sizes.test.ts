import { describe, expect, test } from "vitest";
import { bundleSize } from "./bundle-sizes.js";

/**
 * What a page loads at once, in kB of gzip (1 kB is 1,000 bytes): how large it was, and how large it may become. The bars that the project
 * set are 12, 45, 95 and 220; docs/measurements/bundles.md says what stands between.
 */
const BUNDLES = [
  { names: "mean, forecast, series", most: 28 },
  { names: "arima, forecast, series", most: 71 },
  { names: "auto, forecast, series", most: 183 },
  { names: "*", most: 308 },
] as const;

describe("kB of gzip that are loaded at once", () => {
  test.each(BUNDLES)("$names: at most $most", async ({ names, most }) => {
    const what = names === "*" ? "*" : `{ ${names} }`;
    const { gzip, files } = await bundleSize(`export ${what} from "./src/index.ts";`);
    expect(gzip / 1000).toBeLessThan(most);
    expect(gzip / 1000).toBeGreaterThan(0.9 * most);
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
