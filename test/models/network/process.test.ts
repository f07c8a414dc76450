import { beforeAll, describe, expect, test } from "vitest";
import { series } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import { refit } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { loadFamilies } from "../../../src/select/catalogue.js";
import { TESTED } from "./families.js";
import { holed, seasonalPanel } from "./panels.js";

const QUICK = {
  epochs: 3,
  batches: 6,
  hidden: 8,
  layers: 2,
  context: 12,
  intervals: "own",
  categories: ["id"],
} as const;
const panel = seasonalPanel(4, 90);
const inputs = Array.from({ length: 80 }, () => new Float64Array(0));

beforeAll(() => loadFamilies());

describe.each(TESTED)("$name", ({ make, family: { process } }) => {
  test("fast forms are the plain steps, bit for bit: replaying, paths beyond the longest lag", async () => {
    const fits = await make(QUICK).fitPanel(panel);
    const gappy = holed(panel[1]!, 9);
    const { params } = fits[0]!;
    expect(process.replayMany!(params, gappy)).toEqual(replayStepwise(process, params, gappy));
    const { state } = refit(fits[0]!, gappy);
    const plain = rollStepwise(process, params, state, inputs, pathStreams(3, 131));
    expect(process.rollMany!(params, state, inputs, pathStreams(3, 131))).toEqual(plain);
  });

  test("training lowers the held-out loss, and a loaded file forecasts the same numbers", async () => {
    const [fitted] = await make({ ...QUICK, epochs: 12, batches: 20 }).fitPanel(panel);
    const { log } = fitted!.report.details;
    const losses = log.map(({ validation }) => validation);
    expect(Math.min(...losses)).toBeLessThan(losses[0]! - 0.02);
    const options = { horizon: 30, paths: 50 };
    expect(forecast(load(save(fitted!)), options).mean).toEqual(forecast(fitted!, options).mean);
    expect(simulate(fitted!, options).values.every(Number.isFinite)).toBe(true);
  });
});

test("raster refuses series without a period", () => {
  const { make } = TESTED.find(({ name }) => name === "raster")!;
  expect(() => make(QUICK).fit(series([1, 2, 3, 4, 5, 6], { period: 1 }))).toThrow(/has the period 1/);
});
