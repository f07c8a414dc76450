import { describe, expect, test } from "vitest";
import { encode } from "../../src/core/codec.js";
import { YuleError } from "../../src/core/errors.js";
import type { Paths } from "../../src/core/forecast.js";
import type { Fitted } from "../../src/core/model.js";
import { type Series, series, slice } from "../../src/core/series.js";
import { forecast, simulate } from "../../src/engine/forecast.js";
import { column } from "../../src/engine/parts/sampled.js";
import { replay, replayStepwise } from "../../src/engine/replay.js";
import { pathStreams, roll, rollStepwise } from "../../src/engine/roll.js";
import { refit, update } from "../../src/engine/update.js";
import { load, save } from "../../src/io/model-file.js";
import { parseModel } from "../../src/select/catalogue.js";
import { ROWS } from "./rows.js";

const HORIZON = 14;
/** Bound on a deviation in standard errors: a false alarm in about a million checks. */
const SIGMAS = 5;

describe.each(ROWS)("$notation", ({ notation, on, shift, scale, tolerance, paths: count = 4000 }) => {
  const model = parseModel(notation);
  const fitted = model.fit(on);

  test("its notation is canonical, and the fit's own notation can be parsed", () => {
    expect(parseModel(model.notation).notation).toBe(model.notation);
    expect(parseModel(fitted.notation).notation).toBe(fitted.notation);
  });

  test("exact marginals agree with sampled paths: mean, variance, 10 % and 90 % quantiles", () => {
    const { distributions } = forecast(fitted, { horizon: HORIZON });
    const paths = simulate(fitted, { horizon: HORIZON, paths: count, seed: 5 });
    distributions.forEach((exact, h) => {
      const values = column(paths, h);
      const { mean, variance, meanError, varianceError } = moments(values);
      expect(Math.abs(mean - exact.mean), `mean at step ${h + 1}`).toBeLessThan(
        SIGMAS * meanError + 1e-12 * Math.abs(mean),
      );
      expect(Math.abs(variance - exact.variance), `variance at step ${h + 1}`).toBeLessThan(
        SIGMAS * varianceError + 1e-12 * variance,
      );
      for (const p of [0.1, 0.9]) {
        const q = exact.quantile(p);
        const below = values.filter((value) => value < q).length;
        const upTo = values.filter((value) => value <= q).length;
        const slack = SIGMAS * Math.sqrt(count * p * (1 - p)) + 1;
        expect(below, `${100 * p} % at step ${h + 1}`).toBeLessThan(count * p + slack);
        expect(upTo, `${100 * p} % at step ${h + 1}`).toBeGreaterThan(count * p - slack);
      }
    });
  });

  test("the first step is the same for any horizon", () => {
    const one = forecast(fitted, { horizon: 1 });
    const many = forecast(fitted, { horizon: HORIZON });
    expect(many.mean[0]).toBe(one.mean[0]);
    expect(many.distributions[0]!.quantile(0.975)).toBe(one.distributions[0]!.quantile(0.975));
    const conditional = fitted.process.conditional(fitted.params, fitted.state, new Float64Array(0));
    if (fitted.calibration !== undefined) return;
    expectClose(many.mean[0]!, conditional.mean, 1e-9);
    expectClose(many.distributions[0]!.variance, conditional.variance, 1e-9);
  });

  test("the fit's likelihood and state are those of replay, fast and step by step", () => {
    const fast = replay(fitted.process, fitted.params, on);
    const plain = replayStepwise(fitted.process, fitted.params, on);
    expectClose(fast.logLikelihood, fitted.report.logLikelihood, 1e-8);
    expectClose(plain.logLikelihood, fitted.report.logLikelihood, 1e-8);
    expectSameMemory(fitted, fast.state, on);
    expectSameMemory(fitted, plain.state, on);
    on.y.forEach((_, t) => {
      expectClose(fast.residuals[t]!, plain.residuals[t]!, 1e-7);
      expectClose(fast.standardized[t]!, plain.standardized[t]!, 1e-7);
    });
  });

  test("a fast roll equals the plain roll; one seed, one set of paths; path i whatever their number", () => {
    const inputs = Array.from({ length: 6 }, () => new Float64Array(0));
    const few = simulate(fitted, { horizon: 6, paths: 7, seed: 11 });
    const many = simulate(fitted, { horizon: 6, paths: 20, seed: 11 });
    const plain = rollStepwise(fitted.process, fitted.params, fitted.state, inputs, pathStreams(11, 7));
    expect(many.values.slice(0, 42)).toEqual(few.values);
    expect(simulate(fitted, { horizon: 6, paths: 7, seed: 11 }).values).toEqual(few.values);
    const fast = roll(fitted.process, fitted.params, fitted.state, inputs, pathStreams(11, 7));
    fast.values.forEach((value, i) => {
      expectClose(value, plain.values[i]!, 1e-9);
    });
    expect(simulate(fitted, { horizon: 6, paths: 7, seed: 12 }).values).not.toEqual(few.values);
  });

  test.each(["greedy", "temperature=0.5", "temperature=1.5", "top-p=0.8", "top-k=3", "beam=2"] as const)(
    "paths by %s: finite values, or a refusal that names the kind of distribution",
    (decode) => {
      const options = { horizon: 3, seed: 2, decode };
      let paths: Paths;
      try {
        paths = simulate(fitted, decode.startsWith("t") ? { ...options, paths: 3 } : options);
      } catch (error) {
        expect(error).toMatchObject({ code: "no-outcomes" });
        expect(decode).toMatch(/^(top-k|beam)=/);
        return;
      }
      expect(paths.values.every(Number.isFinite)).toBe(true);
      expect(paths.count).toBe(decode === "greedy" ? 1 : decode === "beam=2" ? 2 : 3);
      const few = paths.logProbabilities ?? [0];
      for (const log of few) expect(log).toBeLessThanOrEqual(0);
      const one = simulate(fitted, { ...options, decode: "temperature=1", paths: 1 });
      expect(one.values).toEqual(simulate(fitted, { horizon: 3, seed: 2, paths: 1 }).values);
    },
  );

  test("a saved and loaded model forecasts bit-equal numbers", () => {
    const again = load(save(fitted));
    const before = forecast(fitted, { horizon: HORIZON });
    const after = forecast(again, { horizon: HORIZON });
    expect(after.mean).toEqual(before.mean);
    expect(after.times).toEqual(before.times);
    for (const p of [0.025, 0.9]) {
      expect(after.distributions.map((d) => d.quantile(p))).toEqual(
        before.distributions.map((d) => d.quantile(p)),
      );
    }
    expect(simulate(again, { horizon: 3, paths: 3 }).values).toEqual(
      simulate(fitted, { horizon: 3, paths: 3 }).values,
    );
    expect(save(again)).toBe(save(fitted));
  });

  test("nothing that is passed in is mutated", () => {
    const y = on.y.slice();
    const params = JSON.stringify(encode(fitted.params));
    const state = JSON.stringify(encode(fitted.state));
    model.fit(on);
    forecast(fitted, { horizon: HORIZON });
    simulate(fitted, { horizon: 5, paths: 5 });
    update(fitted, [on.y.at(-1)!, Number.NaN]);
    expect(on.y).toEqual(y);
    expect(JSON.stringify(encode(fitted.params))).toBe(params);
    expect(JSON.stringify(encode(fitted.state))).toBe(state);
  });

  test("update equals the same estimates refitted on the longer series, missing values included", () => {
    const n = on.y.length;
    const holed = series(
      on.y.map((value, t) => (t === n - 2 ? Number.NaN : value)),
      { period: on.period, time: on.time! },
    );
    const updated = update(refit(fitted, slice(holed, 0, n - 6)), holed.y.slice(n - 6));
    const whole = refit(fitted, holed);
    expect(updated.origin.length).toBe(n);
    const a = forecast(updated, { horizon: HORIZON });
    const b = forecast(whole, { horizon: HORIZON });
    expect(a.times).toEqual(b.times);
    a.mean.forEach((value, h) => {
      expectClose(value, b.mean[h]!, 1e-7);
      expectClose(a.distributions[h]!.variance, b.distributions[h]!.variance, 1e-7);
    });
  });

  test.runIf(shift)("shifted data shift the forecast", () => {
    const by = 37;
    expectForecast(
      forecastOf(on, (value) => value + by),
      forecastOf(on, (value) => value),
      (value) => value + by,
    );
  });

  test.runIf(scale)("scaled data scale the forecast", () => {
    const by = 1000;
    expectForecast(
      forecastOf(on, (value) => value * by),
      forecastOf(on, (value) => value),
      (value) => value * by,
    );
  });

  function forecastOf(source: Series, change: (value: number) => number) {
    return forecast(model.fit({ ...source, y: source.y.map(change) }), { horizon: HORIZON });
  }

  function expectForecast(
    actual: ReturnType<typeof forecastOf>,
    base: ReturnType<typeof forecastOf>,
    change: (value: number) => number,
  ) {
    base.distributions.forEach((distribution, h) => {
      for (const p of [0.1, 0.5, 0.9]) {
        const width = Math.abs(change(distribution.quantile(0.9)) - change(distribution.quantile(0.1)));
        const gap = Math.abs(actual.distributions[h]!.quantile(p) - change(distribution.quantile(p)));
        expect(gap, `${p} at step ${h + 1}`).toBeLessThanOrEqual(
          tolerance * Math.max(width, Math.abs(change(distribution.mean))),
        );
      }
    });
  }

  test.each(extremes(on))("%s: a coded error or a finite, documented result", (_, odd) => {
    expectHonest(() => model.fit(odd));
  });
});

/** Series at the edges of what can be forecast. */
function extremes(on: Series): [string, Series][] {
  const n = on.y.length;
  const like = (values: ArrayLike<number>) => series(values, { period: on.period });
  return [
    ["no values", like([])],
    ["one value", like([3])],
    ["two values", like([3, 4])],
    ["three values", like([3, 4, 3.5])],
    ["five values", like([3, 4, 3.5, 5, 4.5])],
    ["a constant", like(new Float64Array(n).fill(7))],
    ["all zeros", like(new Float64Array(n))],
    ["all missing", like(new Float64Array(n).fill(Number.NaN))],
    ["all but two missing", like(on.y.map((value, t) => (t === 10 || t === 40 ? value : Number.NaN)))],
    ["every third missing", like(on.y.map((value, t) => (t % 3 === 1 ? Number.NaN : value)))],
    ["missing at both ends", like(on.y.map((value, t) => (t < 5 || t > n - 4 ? Number.NaN : value)))],
    ["huge (1e12)", like(on.y.map((value) => value * 1e12))],
    ["tiny (1e-12)", like(on.y.map((value) => value * 1e-12))],
    ["a straight line", like(on.y.map((_, t) => t))],
    ["one outlier", like(on.y.map((value, t) => (t === 30 ? 1e9 : value)))],
  ];
}

function expectHonest(attempt: () => Fitted): void {
  let fitted: Fitted;
  try {
    fitted = attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(YuleError);
    expect((error as YuleError).code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    return;
  }
  const { report } = fitted;
  for (const { name, estimate } of report.coefficients) expect(estimate, name).toSatisfy(Number.isFinite);
  expect(report.sigma2).not.toBeNaN();
  const ahead = forecast(fitted, { horizon: 5, paths: 200 });
  ahead.distributions.forEach((distribution, h) => {
    expect(distribution.quantile(0.5), `median at step ${h + 1}`).toSatisfy(Number.isFinite);
    expect(ahead.mean[h], `mean at step ${h + 1}`).not.toBeNaN();
    expect(distribution.quantile(0.025), `2.5 % at step ${h + 1}`).toSatisfy(Number.isFinite);
    expect(distribution.quantile(0.975), `97.5 % at step ${h + 1}`).toBeGreaterThanOrEqual(
      distribution.quantile(0.025),
    );
  });
}

function moments(values: Float64Array) {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const central = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const variance = (central(2) * n) / (n - 1);
  return {
    mean,
    variance,
    meanError: Math.sqrt(variance / n),
    varianceError: Math.sqrt(Math.max(0, central(4) - variance ** 2) / n),
  };
}

function expectClose(actual: number, expected: number, tolerance: number): void {
  if (Object.is(actual, expected)) return;
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

/** Memories are the same when all they say of the future is: over missing values, and over values taken in. */
function expectSameMemory({ process, params, state }: Fitted, other: unknown, on: Series): void {
  const input = new Float64Array(0);
  for (const next of [() => Number.NaN, (h: number) => on.y[h]!]) {
    let [a, b] = [state, other];
    for (let h = 0; h < HORIZON; h++) {
      const [p, q] = [process.conditional(params, a, input), process.conditional(params, b, input)];
      expectClose(q.mean, p.mean, 1e-6);
      expectClose(q.variance, p.variance, 1e-6);
      a = process.advance(params, a, next(h), input);
      b = process.advance(params, b, next(h), input);
    }
  }
}
