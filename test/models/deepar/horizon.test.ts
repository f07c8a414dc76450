import { describe, expect, test } from "vitest";
import {
  backtest,
  calibrated,
  deepar,
  ensemble,
  evaluate,
  fitAll,
  forecastAll,
  type Model,
  naive,
  parseModel,
  slice,
} from "../../../src/index.js";
import { seasonalPanel } from "../network/panels.js";

const TINY = { hidden: 4, epochs: 1, batches: 2 } as const;
const WRITTEN = "deepar(hidden=4, epochs=1, batches=2)";
const WITH_SIX = "deepar(hidden=4, horizon=6, epochs=1, batches=2)";
const PANEL = seasonalPanel(3, 60);

/** What a fit of the panel says of its horizon, and its weights. */
async function trained(model: Required<Model>, horizon?: number) {
  const options = horizon === undefined ? {} : { horizon };
  const fits = await model.fitPanel(PANEL, options);
  const { notation, report, params } = fits[0] as Awaited<
    ReturnType<ReturnType<typeof deepar>["fitPanel"]>
  >[0];
  return { notation, horizon: report.details.horizon, steps: report.details.steps, weights: params.weights };
}

describe("the horizon of a training", () => {
  test("is that of the forecast to come, with the weights of the same horizon given by hand", async () => {
    const asked = await trained(deepar(TINY), 6);
    const written = await trained(deepar({ ...TINY, horizon: 6 }));
    expect(asked).toEqual(written);
    // Context: one period.
    expect(asked).toMatchObject({ notation: WITH_SIX, horizon: 6, steps: 12 + 6 - 1 });
    const alone = deepar(TINY).fit(PANEL[0]!, { horizon: 6 });
    expect(alone.notation).toBe(WITH_SIX);
  });

  test("is the model's own where it has one", async () => {
    const own = await trained(deepar({ ...TINY, horizon: 6 }), 9);
    expect(own).toEqual(await trained(deepar({ ...TINY, horizon: 6 })));
  });

  test("is a quarter of a series here without either; asking for as much changes no bit", async () => {
    const standard = await trained(deepar(TINY));
    expect(standard).toMatchObject({ notation: WRITTEN, horizon: 60 / 4 });
    const asked = await trained(deepar(TINY), 60 / 4);
    expect(asked.weights).toEqual(standard.weights);
    expect((await trained(deepar(TINY), 6)).weights).not.toEqual(standard.weights);
  });

  test("leaves rows to learn from and to validate on", async () => {
    const [fitted] = await deepar(TINY).fitPanel(PANEL, { horizon: 1000 });
    expect(fitted!.report.details).toMatchObject({ horizon: 29, held: PANEL.length });
    expect(fitted!.notation).toContain("horizon=29");
  });

  test("must be a whole number from 1", async () => {
    await expect(deepar(TINY).fitPanel(PANEL, { horizon: 0 })).rejects.toMatchObject({ code: "bad-horizon" });
    expect(() => deepar(TINY).fit(PANEL[0]!, { horizon: 2.5 })).toThrow(/horizon/);
  });
});

describe("who says how far forecasts go", () => {
  test("forecastAll and fitAll", async () => {
    const notationsOf = async (model: string) => {
      const outcomes = await forecastAll(PANEL, model, { horizon: 6, paths: 10 });
      return outcomes.map((outcome) => (outcome.status === "ok" ? outcome.value.notation : outcome.error));
    };
    expect(await notationsOf(WRITTEN)).toEqual(PANEL.map(() => WITH_SIX));
    expect(await notationsOf("deepar(hidden=4, horizon=3, epochs=1, batches=2)")).toEqual(
      PANEL.map(() => "deepar(hidden=4, horizon=3, epochs=1, batches=2)"),
    );
    const fits = await fitAll(PANEL, WRITTEN, { horizon: 6 });
    expect(fits.map(({ model }) => model)).toEqual(PANEL.map(() => WITH_SIX));
  });

  test("ensembles and corrected intervals pass it on, families without use for it ignore it", () => {
    const [first] = PANEL;
    const options = { horizon: 6 };
    expect(calibrated(deepar(TINY)).fit(first!, options).notation).toBe(`calibrated(${WITH_SIX})`);
    const { notation } = ensemble([deepar(TINY), naive()]).fit(first!, options);
    expect(notation).toBe(`ensemble(${WITH_SIX},naive)`);
    for (const name of ["ar(2)", "auto", "theta"]) {
      const model = parseModel(name);
      expect(model.fit(first!, options).params).toEqual(model.fit(first!).params);
    }
  });

  test("backtests and official test parts", async () => {
    const seen: unknown[] = [];
    const network = deepar(TINY);
    const spy: Model = {
      ...network,
      fitPanel(panel, options) {
        seen.push(options?.horizon);
        return network.fitPanel(panel, options);
      },
    };
    await backtest(PANEL, [spy], { horizon: 4, gap: 2, folds: 2, paths: 10 });
    expect(seen).toEqual([4 + 2, 4 + 2]);
    seen.length = 0;
    const train = PANEL.map((series) => slice(series, 0, 55));
    await evaluate(
      train,
      PANEL.map((series) => slice(series, 55, 60)),
      [spy],
      { paths: 10 },
    );
    expect(seen).toEqual([5]);
  });
});
