import { afterAll, describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { replayStepwise } from "../../../src/engine/replay.js";
import { aheadThroughGaps } from "../../../src/engine/through-gaps.js";
import { update } from "../../../src/engine/update.js";
import { ets } from "../../../src/models/ets/index.js";
import { type ThetaParams, theta, thetaProcess } from "../../../src/models/theta/index.js";
import { Worst } from "../../diagnostics/reference.js";
import { referenceCases, referenceSeries } from "../../reference.js";

interface Stored {
  readonly mean: number[];
  readonly lower95: number[];
  readonly alpha: number;
  readonly drift: number;
  readonly sigma: number;
  readonly error?: string;
}

const worst = new Worst();

// R's alpha stops within 1e-3 of the maximum (test/reference/simple-forecasts.json); where its alpha is a bound, all digits agree.
describe("standard theta against R's thetaf", () => {
  const cases = referenceCases<Stored>("simple-forecasts").filter(
    ({ id, result }) => id.startsWith("thetaf-") && result.error === undefined && result.mean !== undefined,
  );
  test("the reference file has eight cases", () => expect(cases.length).toBe(8));
  test.each(cases)("$id", ({ series: name, result }) => {
    const { values, period } = referenceSeries(name!);
    const fitted = theta().fit(series(values, { period }));
    const ahead = forecast(fitted, { horizon: result.mean.length });
    const params = fitted.params as ThetaParams;
    expect(Math.abs(params.omega * params.slope - result.drift)).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(result.drift)),
    );
    worst.absolute(
      "drift",
      params.omega * params.slope,
      result.drift,
      name!,
      Math.max(1, Math.abs(result.drift)),
    );
    // Six values: R falls back to an alpha that is no maximum.
    if (name === "short6" || name === "constant") return;
    expect(Math.abs(params.alpha - result.alpha)).toBeLessThan(2e-3);
    const scale = Math.max(...values) - Math.min(...values);
    worst.absolute("alpha", params.alpha, result.alpha, name!);
    result.mean.forEach((mean, h) => {
      worst.absolute("forecasts", ahead.mean[h]!, mean, name!, scale);
      expect(Math.abs(ahead.mean[h]! - mean)).toBeLessThan(1e-3 * scale);
    });
  });
  afterAll(() => worst.report("thetaf"));

  test("given R's alpha and level, the recursion is R's formula", () => {
    const y = referenceSeries("Nile").values;
    const [alpha, level, slope] = [0.3, 1100, -2.7];
    const params: ThetaParams = {
      dynamic: false,
      alpha,
      omega: 0.5,
      level,
      slope,
      sigma2: 400,
      origin: y.length,
      driftVariance: 0,
      figure: new Float64Array(0),
      multiplicative: false,
    };
    const state = replayStepwise(thetaProcess, params, series(y)).state;
    let smoothed = level;
    for (const value of y) smoothed += alpha * (value - smoothed);
    const inputs = Array.from({ length: 8 }, () => new Float64Array(0));
    thetaProcess.ahead!(params, state, inputs)!.forEach((marginal, h) => {
      // thetaf: mean + drift·(h + (1 − (1−α)^n)/α), variance σ²(1 + hα²), h from 0.
      const pull = h + (1 - (1 - alpha) ** y.length) / alpha;
      expect(marginal.mean).toBeCloseTo(smoothed + (slope / 2) * pull, 9);
      expect(marginal.variance).toBeCloseTo(400 * (1 + h * alpha * alpha), 9);
    });
  });

  test("alpha is that of ets(A,N,N)", () => {
    const { values } = referenceSeries("Nile");
    const { params } = ets().fit(series(values));
    const alpha = (params as { smoothing: { alpha: number } }).smoothing.alpha;
    expect((theta().fit(series(values)).params as ThetaParams).alpha).toBeCloseTo(alpha, 5);
  });
});

/** Fiorucci et al.'s recursion written out, with the whole line computed anew at each step. */
function writtenOut(y: Float64Array, { alpha, omega, level }: ThetaParams): number[] {
  let smoothed = level;
  const predictions: number[] = [];
  for (let t = 0; t < y.length; t++) {
    const n = t;
    const seen = Array.from(y.slice(0, n));
    const mean = n === 0 ? 0 : seen.reduce((a, b) => a + b, 0) / n;
    const middle = (n + 1) / 2;
    const top = seen.reduce((sum, value, i) => sum + (i + 1 - middle) * (value - mean), 0);
    const bottom = seen.reduce((sum, _, i) => sum + (i + 1 - middle) ** 2, 0);
    const slope = n < 2 ? 0 : top / bottom;
    const intercept = mean - slope * middle;
    const left = (1 - alpha) ** t;
    predictions.push(smoothed + omega * (left * intercept + ((1 - left * (1 - alpha)) / alpha) * slope));
    smoothed += alpha * (y[t]! - smoothed);
  }
  return predictions;
}

describe("dynamic optimised theta", () => {
  const y = referenceSeries("Nile").values;
  const fitted = theta({ method: "dynamic" }).fit(series(y));
  const params = fitted.params as ThetaParams;

  test("its predictions are those of the paper's equations, the line refitted at every step", () => {
    const { fitted: predictions } = replayStepwise(thetaProcess, params, series(y));
    const expected = writtenOut(y, params);
    for (let t = 2; t < y.length; t++) expect(predictions[t]).toBeCloseTo(expected[t]!, 8);
  });

  // A search over a fine grid with everything computed from the definition.
  test("its estimates have the least sum of squares", () => {
    const squares = (at: ThetaParams) => {
      const predictions = writtenOut(y, at);
      return y.reduce((sum, value, t) => (t < 2 ? sum : sum + (value - predictions[t]!) ** 2), 0);
    };
    const best = squares(params);
    for (const alpha of [-0.02, 0, 0.02]) {
      for (const omega of [-0.02, 0, 0.02]) {
        for (const level of [-20, 0, 20]) {
          const other = {
            ...params,
            alpha: params.alpha + alpha,
            omega: params.omega + omega,
            level: params.level + level,
          };
          if (other.omega < 0 || other.omega > 1 || other.alpha > 0.99 || other.alpha < 0.1) continue;
          expect(squares(other)).toBeGreaterThanOrEqual(best * (1 - 1e-10));
        }
      }
    }
    for (let alpha = 0.1; alpha < 0.99; alpha += 0.05) {
      const other = theta({ method: "dynamic" }).fit(series(y)).params as ThetaParams;
      expect(squares({ ...other, alpha })).toBeGreaterThanOrEqual(best);
    }
  });

  test("a given theta is kept", () => {
    const two = theta({ method: "dynamic", theta: 2 }).fit(series(y));
    expect((two.params as ThetaParams).omega).toBe(0.5);
  });
});

test("the season is put back with its factors, on means and on widths", () => {
  const { values, period } = referenceSeries("AirPassengers");
  const fitted = theta().fit(series(values, { period }));
  const params = fitted.params as ThetaParams;
  expect(params.multiplicative).toBe(true);
  const { distributions } = forecast(fitted, { horizon: 12 });
  const adjusted = distributions.map(({ variance }, h) => variance / params.figure[h]! ** 2 / params.sigma2);
  adjusted.forEach((ratio, h) => {
    expect(ratio).toBeCloseTo(1 + h * params.alpha ** 2 + h * h * params.driftVariance, 9);
  });
});

test("an additive season where the data are not positive", () => {
  const y = Float64Array.from({ length: 60 }, (_, t) => 8 * [1, -1, 2, -2][t % 4]! + Math.sin(3 * t));
  const fitted = theta().fit(series(y, { period: 4 }));
  expect(fitted.report.details.season).toBe("additive");
  expect(forecast(fitted, { horizon: 4 }).mean[2]).toBeGreaterThan(12);
});

describe("what cannot be done is said", () => {
  test("too few values are refused with both counts", () => {
    const refused = () => theta().fit(series([1, 2, 3]));
    expect(refused).toThrow(YuleError);
    expect(refused).toThrow(/needs at least 5 observed values, series has 3/);
  });
  test("a multiplicative season of zeros", () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => t % 4);
    expect(() => theta({ season: "multiplicative" }).fit(series(y, { period: 4 }))).toThrow(
      /needs values above 0, but row 1/,
    );
  });
  test("a theta below 1, an unknown method", () => {
    expect(() => theta({ theta: 0.5 })).toThrow(/must be a number from 1/);
    expect(() => theta({ method: "best" as "dynamic" })).toThrow(/standard, optimised, dynamic/);
  });
  test("no season found is a note", () => {
    const fitted = theta().fit(
      series(
        Float64Array.from({ length: 60 }, (_, t) => Math.sin(t * t)),
        { period: 12 },
      ),
    );
    expect(fitted.report.notes.map(({ code }) => code)).toContain("no-season-found");
  });
});

describe("marginals of several steps", () => {
  const passengers = referenceSeries("AirPassengers").values;
  test.each([
    ["standard", 100],
    ["dynamic", 100],
    ["optimised", 144],
    ["dynamic", 144],
  ] as const)("%s theta, %i values: as the plain steps over missing values give them", (method, seen) => {
    const start = theta({ method }).fit(series(passengers.slice(0, seen - 7), { period: 12 }));
    // New values make level, line and drift covary.
    const { process, params, state } = update(start, passengers.slice(seen - 7, seen));
    const inputs = Array.from({ length: 40 }, () => new Float64Array(0));
    const plain = aheadThroughGaps(process, params, state, inputs);
    process.ahead!(params, state, inputs)!.forEach((marginal, h) => {
      expect(Math.abs(marginal.mean / plain[h]!.mean - 1)).toBeLessThan(1e-12);
      expect(Math.abs(marginal.variance / plain[h]!.variance - 1)).toBeLessThan(1e-11);
    });
  });
});

test.each(["standard", "dynamic", "optimised"] as const)(
  "%s theta, first values missing: forecasts move with the level of the data",
  (method) => {
    const stream = random(4);
    const y = Float64Array.from({ length: 60 }, (_, t) => 10 + 0.1 * t + stream.uniform());
    y[0] = y[1] = y[9] = Number.NaN;
    const at = (shift: number) =>
      forecast(theta({ method }).fit(series(y.map((v) => v + shift))), { horizon: 6 });
    const [low, high] = [at(0), at(100)];
    for (let h = 0; h < 6; h++) {
      expect(high.mean[h]! - low.mean[h]!).toBeCloseTo(100, 6);
      expect(high.distributions[h]!.variance / low.distributions[h]!.variance).toBeCloseTo(1, 6);
    }
  },
);
