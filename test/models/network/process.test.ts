import { beforeAll, describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { lookAheadStepwise } from "../../../src/engine/decoding/look-ahead.js";
import { speculate } from "../../../src/engine/decoding/speculative.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import { refit } from "../../../src/engine/update.js";
import { load, save } from "../../../src/io/model-file.js";
import { pooled } from "../../../src/models/pooled/index.js";
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

  test("several rows in one pass are the plain steps, bit for bit, whatever is taken of them", async () => {
    const [fitted] = await make(QUICK).fitPanel(panel);
    const { params, state } = fitted!;
    // Further than what either keeps of the past before it moves it to the front.
    const rows = Array.from({ length: 330 }, () => new Float64Array(0));
    const plain = lookAheadStepwise(process, params, state, rows);
    const fast = process.lookAhead!(params, state, rows);
    const rng = random(5);
    const all: number[] = [];
    const judged = (values: readonly number[]) => {
      const [expected, found] = [plain.conditionals(values), fast.conditionals(values)];
      expect(found).toHaveLength(Math.min(values.length + 1, rows.length - all.length));
      const said = ({ mean, variance }: (typeof expected)[number]) => [mean, variance];
      expect(found.map(said)).toEqual(expected.map(said));
      return expected;
    };
    while (all.length < rows.length) {
      const count = Math.min(rows.length - all.length, Math.floor(7 * rng.uniform()));
      const values = Array.from({ length: count }, () => 20 * rng.uniform());
      judged(values.map((y) => y + 1));
      const kept = Math.floor((count + 1) * rng.uniform());
      const own = judged(values)[kept]?.sample(rng);
      const taken = [...values.slice(0, kept), ...(own === undefined ? [] : [own])];
      plain.take(taken);
      fast.take(taken);
      all.push(...taken);
    }
    plain.restart();
    fast.restart();
    all.length = 0;
    judged([3, 4]);
  });

  test("a draft's paths are the same numbers whether the network judges row by row or all at once", async () => {
    const [fitted] = await make(QUICK).fitPanel(panel);
    const [draft] = await pooled().fitPanel(panel);
    const at = fitted!;
    const rows = inputs.slice(0, 40);
    const drawn = (process: typeof at.process) =>
      speculate({ ...at, process }, draft!, rows, pathStreams(3, 3), 4);
    const { lookAhead, ...stepwise } = at.process;
    const found = drawn(at.process);
    expect(drawn(stepwise)).toEqual(found);
    expect(found.passes).toBeLessThan(120);
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
