import { describe, expect, test } from "vitest";
import { toHalf } from "../../../src/core/half.js";
import { random } from "../../../src/core/random.js";
import { forecast } from "../../../src/engine/forecast.js";
import { load, parseModel, save } from "../../../src/index.js";
import { loadModels, saveModels } from "../../../src/io/model-files.js";
import { inPrecision } from "../../../src/models/network/training/precision.js";
import { TESTED } from "./families.js";
import { seasonalPanel } from "./panels.js";

const QUICK = { epochs: 2, batches: 4, hidden: 24 } as const;
const panel = seasonalPanel(4, 60);

describe.each(TESTED)("$name with precision=half", ({ make, name }) => {
  const fit = (precision: "single" | "half") =>
    make({ ...QUICK, precision }).fitPanel(panel, { rng: random(3) });

  test("has the trained weights, each rounded to half precision, and files of half the size", async () => {
    const [single, half] = [await fit("single"), await fit("half")];
    expect(half[0]!.notation).toContain(`${name}(`);
    expect(half[0]!.notation).toContain("precision=half");
    expect(half[0]!.params.weights).toEqual(single[0]!.params.weights.map(toHalf));
    const [a, b] = [single, half].map(
      (fits) => JSON.stringify(JSON.parse(save(fits[0]!)).params.weights).length,
    );
    expect(b! / a!).toBeCloseTo(0.5, 2);
  });

  test("forecasts the same bits from a file, alone or with others, and nearly those of single precision", async () => {
    const [single, half] = [await fit("single"), await fit("half")];
    const ahead = (fitted: Parameters<typeof forecast>[0]) => forecast(fitted, { horizon: 6, paths: 200 });
    const mean = ahead(half[1]!).mean;
    expect(ahead(load(save(half[1]!))).mean).toEqual(mean);
    expect(ahead(loadModels(saveModels(half))[1]!).mean).toEqual(mean);
    const before = ahead(single[1]!).mean;
    const size = before.reduce((sum, value) => sum + Math.abs(value), 0);
    const change = before.reduce((sum, value, h) => sum + Math.abs(value - mean[h]!), 0);
    expect(change / size).toBeLessThan(0.01);
  });
});

test("other models have no such option, and a weight beyond half precision is refused", () => {
  expect(() => parseModel("ar(2, precision=half)")).toThrow(/no option precision|precision/);
  expect(() => parseModel("deepar(precision=quarter)")).toThrow(/single or half/);
  expect(() => inPrecision(Float32Array.of(1, 7e4), { precision: "half" })).toThrow(
    /leave precision=half out/,
  );
});
