import { describe, expect, test } from "vitest";
import {
  arima,
  calendar,
  type Fitted,
  type ForecastOptions,
  forecast,
  nnar,
  random,
  save,
  series,
} from "../../src/index.js";
import { ROWS } from "../laws/rows.js";
import { byEsbuild, byRollup, run } from "./bundlers.js";

const ASKED: ForecastOptions = { horizon: 3, paths: 50 };
/** Networks take long to train; `calibrated` has the process of the model it holds, which is made outside of the page here. */
const LEFT_OUT = ["deepar", "wavenet", "transformer", "raster", "calibrated"];

const numbersOf = (ahead: ReturnType<typeof forecast>) => ({
  mean: [...ahead.mean],
  upper: ahead.distributions.map((one) => one.quantile(0.9)),
  notes: ahead.notes,
});

const makers = [...new Set(ROWS.map(({ build }) => build.maker))].filter((name) => !LEFT_OUT.includes(name));

describe("a page with one model and forecast has all that its fits may name", () => {
  test.each(makers)("%s", async (maker) => {
    const page = await run(await byEsbuild(`export { ${maker} as make, forecast } from "./src/index.ts";`));
    const make = page.make as (...given: readonly unknown[]) => ReturnType<(typeof ROWS)[number]["build"]>;
    const ahead = page.forecast as typeof forecast;
    for (const { build, on } of ROWS.filter(({ build }) => build.maker === maker)) {
      const fitted = make(...build.given).fit(on, { rng: random(1) });
      const here = build().fit(on, { rng: random(1) });
      expect(numbersOf(ahead(fitted, ASKED))).toEqual(numbersOf(forecast(here, ASKED)));
    }
  });
});

const days = series(
  Array.from({ length: 120 }, (_, t) => 20 + ((t * 7) % 5) + (t % 7 === 3 ? 9 : 0)),
  { start: "2024-01-01", frequency: "D" },
);

describe.each([
  ["esbuild", byEsbuild],
  ["Rollup", byRollup],
] as const)("bundled by %s", (_, bundle) => {
  test("regressors of dates go on, since calendar made them", async () => {
    const page = await run(
      await bundle(`
        import { arima, calendar, forecast, series } from "./src/index.ts";
        const days = series(${JSON.stringify([...days.y])}, { start: "2024-01-01", frequency: "D" });
        const fitted = arima({ order: [1, 0, 0] }).fit(calendar(days, "weekday"));
        export const mean = [...forecast(fitted, { horizon: 9 }).mean];
      `),
    );
    const fitted = arima({ order: [1, 0, 0] }).fit(calendar(days, "weekday"));
    expect(page.mean).toEqual([...forecast(fitted, { horizon: 9 }).mean]);
  });

  test("models of a page are sampled and calibrated, since they say so", async () => {
    const page = await run(
      await bundle(`
        import { forecast, nnar, series } from "./src/index.ts";
        const days = series(${JSON.stringify([...days.y])}, { start: "2024-01-01", frequency: "D" });
        export const upper = forecast(nnar().fit(days), { horizon: 3 }).distributions.map((one) => one.quantile(0.9));
      `),
    );
    const ahead = forecast(nnar().fit(days), { horizon: 3 });
    expect(page.upper).toEqual(ahead.distributions.map((one) => one.quantile(0.9)));
  });

  test("saved models may need any", async () => {
    const page = await run(await bundle(`export { forecast, load } from "./src/index.ts";`));
    const { forecast: ahead, load } = page as { forecast: typeof forecast; load: (text: string) => Fitted };
    for (const fitted of [nnar().fit(days), arima({ order: [1, 0, 0] }).fit(calendar(days, "weekday"))])
      expect(numbersOf(ahead(load(save(fitted)), ASKED))).toEqual(numbersOf(forecast(fitted, ASKED)));
  });

  test("a process of the page's own is sampled, since assembleFit made its fit", async () => {
    const page = await run(
      await bundle(`
        import { assembleFit, forecast, naive, series } from "./src/index.ts";
        const two = series([3, 5, 4, 6]);
        const { process, params } = naive().fit(two);
        const { ahead, ...stepwise } = process;
        const fitted = assembleFit(stepwise, params, two, { notation: "own", coefficients: {}, details: {} });
        export const codes = forecast(fitted, { horizon: 2 }).notes.map(({ code }) => code);
      `),
    );
    expect(page.codes).toContain("simulated-intervals");
  });

  test("what was put together by hand and needs a part that is not there is told so", async () => {
    const page = await run(
      await bundle(`
        import { forecast, mean, series } from "./src/index.ts";
        const fitted = mean().fit(series([3, 5, 4, 6]));
        const calibration = { nominalScores: [1], empiricalScores: [[1.5]] };
        export const width = forecast(fitted, { horizon: 1 }).distributions[0].variance;
        export const calibrated = () => forecast({ ...fitted, calibration }, { horizon: 1 });
      `),
    );
    expect(page.width).toBeGreaterThan(0);
    expect(page.calibrated).toThrow(/calibrate.*use load/);
  });
});
