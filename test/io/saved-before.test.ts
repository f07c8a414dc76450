import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { forecast } from "../../src/engine/forecast.js";
import { load, save } from "../../src/io/model-file.js";
import { loadFamilies } from "../../src/select/catalogue.js";

const FOLDER = join(import.meta.dirname, "saved-by-0.1.0");

/** What yule 0.1.0 forecast from the same files: medians and the ends of 95 % intervals, three steps ahead. */
const forecasts: Record<string, { median: number[]; upper: number[] }> = JSON.parse(
  readFileSync(join(FOLDER, "forecasts.json"), "utf8"),
);

describe("model files of yule 0.1.0 load and forecast what they did", () => {
  test.each(Object.entries(forecasts))("%s", async (name, { median, upper }) => {
    await loadFamilies();
    const fitted = load(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
    const ahead = forecast(load(save(fitted)), { horizon: 3 });
    ahead.distributions.forEach((distribution, h) => {
      expect(distribution.quantile(0.5)).toBeCloseTo(median[h]!, 8);
      expect(distribution.quantile(0.975) / upper[h]!).toBeCloseTo(1, 10);
    });
  });
});
