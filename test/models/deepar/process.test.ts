import { beforeAll, describe, expect, test } from "vitest";
import { decode, encode } from "../../../src/core/codec.js";
import { type Panel, type Series, series, slice } from "../../../src/core/series.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { pathStreams, rollStepwise } from "../../../src/engine/roll.js";
import { refit, update } from "../../../src/engine/update.js";
import { save } from "../../../src/io/model-file.js";
import { DEEPAR, type DeepArOptions } from "../../../src/models/deepar.js";
import type { NetworkFitted } from "../../../src/models/network/index.js";
import { deepar } from "../../../src/select/neural.js";
import { ar2Panel, countPanel, holed, seasonalPanel } from "../network/panels.js";

/** The draws compared here are the network's own. */
const QUICK: DeepArOptions = { epochs: 3, batches: 8, hidden: 12, intervals: "own" };
const none = (horizon: number) => Array.from({ length: horizon }, () => new Float64Array(0));

const CASES: [string, DeepArOptions, () => Panel][] = [
  ["student-t, monthly", {}, () => seasonalPanel(6, 70)],
  ["student-t, three layers, categories", { layers: 3, categories: ["id"] }, () => seasonalPanel(4, 60)],
  ["normal, no calendar", { likelihood: "normal" }, () => ar2Panel(5, 80)],
  ["counts, weekly period", { likelihood: "negative-binomial" }, () => countPanel(5, 80)],
  ["bounds on both sides", { min: -0.5, max: 0.8 }, () => ar2Panel(5, 60)],
];

describe.each(CASES)("%s", (_, options, make) => {
  let panel: Panel;
  let fitted: readonly NetworkFitted[];
  let gappy: Series;
  beforeAll(async () => {
    panel = make();
    fitted = (await deepar({ ...QUICK, ...options }).fitPanel(panel)) as readonly NetworkFitted[];
    gappy = holed(panel[1]!, 9);
  });

  test("replaying at once equals the plain fold of single steps, missing values included, bit for bit", () => {
    const { params } = fitted[0]!;
    expect(DEEPAR.process.replayMany!(params, gappy)).toEqual(replayStepwise(DEEPAR.process, params, gappy));
  });

  test("all paths at once equal the plain roll of single steps, bit for bit, beyond the longest lag", () => {
    const { params, state } = refit(fitted[0]!, gappy);
    const inputs = none(45);
    const plain = rollStepwise(DEEPAR.process, params, state, inputs, pathStreams(3, 131));
    expect(DEEPAR.process.rollMany!(params, state, inputs, pathStreams(3, 131))).toEqual(plain);
  });

  test("paths keep to the data's kind: whole counts, bounds, nothing negative where nothing was", () => {
    const { values } = simulate(fitted[0]!, { horizon: 20, paths: 300 });
    const { low, high } = fitted[0]!.params.config;
    expect(values.every((value) => value >= (low ?? -Infinity) && value <= (high ?? Infinity))).toBe(true);
    if (options.likelihood === "negative-binomial") expect(values.every(Number.isInteger)).toBe(true);
    if (panel.every(({ y }) => y.every((value) => value >= 0))) expect(low).toBe(0);
  });

  test("the first step is the exact conditional, whose draws are those of the paths", () => {
    const { params, state } = fitted[1]!;
    const conditional = DEEPAR.process.conditional(params, state, new Float64Array(0));
    const { values } = simulate(fitted[1]!, { horizon: 1, paths: 5000, seed: 5 });
    const drawn = pathStreams(5, 5000).map((rng) => conditional.sample(rng));
    expect(Array.from(values)).toEqual(drawn);
    for (const p of [0.1, 0.5, 0.9]) {
      const q = conditional.quantile(p);
      const [below, upTo] = [drawn.filter((y) => y < q).length, drawn.filter((y) => y <= q).length];
      const slack = 5 * Math.sqrt(5000 * p * (1 - p));
      expect(below).toBeLessThan(5000 * p + slack);
      expect(upTo).toBeGreaterThan(5000 * p - slack);
    }
  });

  test("update equals refitting on the longer series", () => {
    const n = gappy.y.length;
    const updated = update(refit(fitted[0]!, slice(gappy, 0, n - 7)), gappy.y.slice(n - 7));
    const { state } = refit(fitted[0]!, gappy);
    expect(updated.state).toEqual(state);
  });

  test("params and state survive the codec bit for bit", () => {
    const { params, state } = fitted[2]!;
    const again = decode(JSON.parse(JSON.stringify(encode({ params, state })))) as (typeof fitted)[0];
    expect(again).toEqual({ params, state });
    const inputs = none(5);
    expect(DEEPAR.process.rollMany!(again!.params, again!.state, inputs, pathStreams(1, 9))).toEqual(
      DEEPAR.process.rollMany!(params, state, inputs, pathStreams(1, 9)),
    );
  });
});

test("a trained model forecasts a series it never saw, of another length and level", async () => {
  const panel = seasonalPanel(6, 70);
  const [model] = await deepar(QUICK).fitPanel(panel);
  const stranger = seasonalPanel(1, 40, 77)[0]!;
  const ahead = forecast(refit(model!, { ...stranger, id: "stranger" }), { horizon: 30, paths: 100 });
  expect(ahead.mean.every(Number.isFinite)).toBe(true);
  expect(ahead.id).toBe("stranger");
});

test("one model serves two series turn by turn: nothing of one leaks into the other", async () => {
  const panel = seasonalPanel(3, 60);
  const [a, b] = await deepar(QUICK).fitPanel(panel);
  const alone = simulate(a!, { horizon: 5, paths: 4 }).values;
  simulate(b!, { horizon: 5, paths: 200 });
  expect(simulate(a!, { horizon: 5, paths: 4 }).values).toEqual(alone);
});

test("regressors and codes among them are used, and a code never seen is no error", async () => {
  const panel = seasonalPanel(6, 60).map((one, i) =>
    series(one.y, {
      id: one.id,
      time: one.time!,
      inputs: { price: one.y.map((_, t) => 5 + Math.sin(t)), store: one.y.map(() => i % 2) },
    }),
  );
  const fits = (await deepar({ ...QUICK, categories: ["store"] }).fitPanel(
    panel,
  )) as readonly NetworkFitted[];
  const { config } = fits[0]!.params;
  expect(config.categories).toEqual([{ source: "store", values: [0, 1] }]);
  const ahead = (store: number, price: number) =>
    forecast(fits[0]!, {
      horizon: 3,
      paths: 50,
      inputs: { price: [price, price, price], store: [store, store, store] },
    }).mean;
  expect(ahead(0, 5)).not.toEqual(ahead(1, 5));
  expect(ahead(0, 5)).not.toEqual(ahead(0, 6));
  expect(ahead(99, 5).every(Number.isFinite)).toBe(true);
});

test("a model file of the default size stays under 200 kB with the longest lags and a log of 100 epochs", async () => {
  const hourly = Array.from({ length: 2 }, (_, i) =>
    series(
      Float64Array.from({ length: 1500 }, (_, t) => 10 + Math.sin(t / 4 + i)),
      { id: `h${i}`, start: "2024-01-01", frequency: "H" },
    ),
  );
  const [fitted] = await deepar({ epochs: 100, batches: 1, batch: 8 }).fitPanel(hourly);
  expect(fitted!.params).toMatchObject({ config: { hidden: 40, layers: 2 } });
  expect((fitted!.report.details.lags as number[]).at(-1)).toBe(721);
  expect(save(fitted!).length).toBeLessThan(200_000);
});
