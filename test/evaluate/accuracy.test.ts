import { describe, expect, test } from "vitest";
import {
  accuracy,
  arima,
  load,
  type Model,
  naive,
  save,
  series,
  snaive,
  withMissing,
} from "../../src/index.js";
import { referenceCases, referenceSeries } from "../reference.js";

interface Result {
  readonly training: Record<string, number | null>;
  readonly nTrain: number;
}

/** Models whose one-step predictions R and yule define alike. */
const MODELS: Readonly<Record<string, Model>> = {
  "air-snaive": snaive(),
  "usacc-holtwinters-fixed": snaive(),
  "sunspot-naive-zeros": naive(),
};

describe("R's forecast::accuracy of the training part (accuracy.json)", () => {
  const cases = referenceCases<Result>("accuracy").filter(({ id }) => id in MODELS);
  test("three cases are there", () => expect(cases).toHaveLength(3));
  test.each(cases)("$id", ({ id, series: name, result }) => {
    const { values, period } = referenceSeries(name!);
    const training = series(values.slice(0, result.nTrain), { period });
    const found = accuracy(MODELS[id]!.fit(training));
    const { ME, RMSE, MAE, MPE, MAPE, MASE, ACF1 } = result.training;
    const pairs = { me: ME, rmse: RMSE, mae: MAE, mpe: MPE, mape: MAPE, mase: MASE, acf1: ACF1 };
    for (const [measure, expected] of Object.entries(pairs)) {
      const value = found[measure as keyof typeof found];
      // R divides by zeros of the sunspots; a percentage of zero is undefined here.
      if (!Number.isFinite(expected)) expect(value, measure).toBeNaN();
      // Sums of at most 250 terms in another order.
      else expect(Math.abs(value - expected!), measure).toBeLessThanOrEqual(1e-12 * Math.abs(expected!));
    }
  });
});

test("missing values are left out and counted", () => {
  const whole = series([4, 7, 5, Number.NaN, 6, 8, 5, 7]);
  expect(accuracy(naive().fit(whole)).observations).toBe(6);
  expect(accuracy(withMissing(naive(), "interpolate").fit(whole)).observations).toBe(7);
});

test("a constant series has no scale and no correlation, and says so by NaN", () => {
  const found = accuracy(naive().fit(series([5, 5, 5, 5])));
  expect(found).toMatchObject({ me: 0, rmse: 0, mae: 0, mase: Number.NaN, acf1: Number.NaN });
});

test("a loaded model needs the series, another series may be given", () => {
  const history = series([4, 7, 5, 8, 6, 8, 5, 7, 6, 9, 7, 8]);
  const fitted = arima({ order: [1, 0, 0] }).fit(history);
  const loaded = load(save(fitted));
  expect(() => accuracy(loaded)).toThrow(expect.objectContaining({ code: "no-history" }));
  expect(accuracy(loaded, history)).toEqual(accuracy(fitted));
});
