import { afterAll, describe, expect, test } from "vitest";
import { YuleError } from "../../../src/core/errors.js";
import { interval } from "../../../src/core/forecast.js";
import type { Fitted } from "../../../src/core/model.js";
import { series, slice } from "../../../src/core/series.js";
import { classicalDecomposition } from "../../../src/diagnostics/decomposition/classical.js";
import { forecast, simulate } from "../../../src/engine/forecast.js";
import { leastSquares } from "../../../src/math/linear-algebra/least-squares.js";
import { familyOf } from "../../../src/models/contract/family-of.js";
import { fitForm } from "../../../src/models/ets/fit.js";
import {
  type EtsOptions,
  ets,
  holt,
  holtWinters,
  ses,
  smoothingModels,
} from "../../../src/models/ets/index.js";
import { parseNotation } from "../../../src/models/notation.js";
import { Worst } from "../../diagnostics/reference.js";
import { readReference, referenceCases, referenceSeries } from "../../reference.js";

interface Stored {
  readonly components: { error: "A" | "M"; trend: "N" | "A" | "M"; season: "N" | "A" | "M"; damped: boolean };
  readonly loglik: number;
  readonly aicc: number;
  readonly sigma2: number;
  readonly nobs: number;
  readonly intervalsSimulated: boolean;
  readonly forecast: { mean: number[]; lower95: number[]; upper95: number[] };
  readonly bestKnown?: { loglik: number | null };
}

/** A reference series; with missing values, its longest stretch without, as R's ets does. */
function observed(name: string) {
  const { values, period } = referenceSeries(name);
  let best = [0, 0];
  let from = 0;
  for (let t = 0; t <= values.length; t++) {
    if (t < values.length && !Number.isNaN(values[t]!)) continue;
    if (t - from > best[1]! - best[0]!) best = [from, t];
    from = t + 1;
  }
  return slice(series(values, { period, id: name }), best[0]!, best[1]!);
}

function optionsOf({ error, trend, season, damped }: Stored["components"]): EtsOptions {
  return { error, trend: damped && trend !== "N" ? (`${trend}d` as "Ad") : trend, season };
}

const worst = new Worst();

/** Cases where R estimated by likelihood; for six values it falls back to another method. */
const estimated = referenceCases<Stored>("ets").filter(({ result }) => typeof result.loglik === "number");

// R stops its Nelder-Mead early: shortfalls from 0 to 30 in log-likelihood (test/reference/ets.json).
describe("estimates are at least as likely as R's and the best known", () => {
  const cases = estimated.filter(({ id }) => !id.endsWith("ZZZ"));
  test("the reference file has 27 cases", () => expect(cases.length).toBe(27));
  test.each(cases)("$id", ({ series: name, result }) => {
    const { report } = ets(optionsOf(result.components)).fit(observed(name!));
    worst.note("AICc above R's", report.aicc - result.aicc, name!);
    expect(report.aicc).toBeLessThan(result.aicc + 0.01);
    const maximum = report.details.maximumWithoutConstants as number;
    const known = result.bestKnown?.loglik ?? result.loglik;
    worst.note("log-likelihood below the best known", known - maximum, name!);
    expect(maximum).toBeGreaterThan(known - 0.001);
    expect(report.converged).toBe(true);
  });
  afterAll(() => worst.report("ets"));
});

describe("where R found the maximum, forecasts and intervals are R's", () => {
  const near = estimated.filter(({ result, id }) => {
    const shortfall = (result.bestKnown?.loglik ?? Number.POSITIVE_INFINITY) - result.loglik;
    return (
      !id.endsWith("ZZZ") &&
      shortfall < 0.001 &&
      !result.intervalsSimulated &&
      result.components.error === "A"
    );
  });
  test("more than three cases have estimates near R's", () => expect(near.length).toBeGreaterThan(3));
  test.each(near)("$id", ({ series: name, result }) => {
    const fitted = ets(optionsOf(result.components)).fit(observed(name!));
    const ahead = forecast(fitted, { horizon: result.forecast.mean.length });
    const { lower, upper } = interval(ahead, 95);
    // R's optimiser leaves 2 to 3 digits of the parameters.
    expect(fitted.report.sigma2 / result.sigma2).toBeCloseTo(1, 3);
    result.forecast.mean.forEach((mean, h) => {
      const width = result.forecast.upper95[h]! - result.forecast.lower95[h]!;
      expect(Math.abs(ahead.mean[h]! - mean)).toBeLessThan(2e-3 * width);
      expect(Math.abs(lower[h]! - result.forecast.lower95[h]!)).toBeLessThan(3e-3 * width);
      expect(Math.abs(upper[h]! - result.forecast.upper95[h]!)).toBeLessThan(3e-3 * width);
    });
  });
});

describe("named methods against R's ses, holt and hw", () => {
  interface Simple {
    readonly mean: number[];
    readonly lower80: number[];
    readonly par: Record<string, number>;
    readonly sse: number | null;
    readonly sigma2: number;
    readonly loglik: number | null;
  }
  const simple = referenceCases<Simple>("simple-forecasts");
  const fixed = [
    ["ses-alpha0.3-simple", ses({ alpha: 0.3, initial: "simple" })],
    // R's beta here is β*: β = αβ*.
    ["holt-fixed-simple", holt({ alpha: 0.5, beta: 0.1, initial: "simple" })],
    ["hw-additive-simple-fixed", holtWinters({ alpha: 0.4, beta: 0.04, gamma: 0.2, initial: "simple" })],
    [
      "hw-mult-simple-fixed",
      holtWinters({ seasonal: "multiplicative", alpha: 0.4, beta: 0.04, gamma: 0.2, initial: "simple" }),
    ],
  ] as const;
  // Parameters and states are given, so rounding only.
  test.each(fixed)("%s: nothing is estimated, all digits agree", (id, model) => {
    const cases = simple.filter((c) => c.id.startsWith(`${id}-`) && !c.series!.includes("presidents"));
    expect(cases.length).toBeGreaterThan(0);
    for (const { series: name, result } of cases) {
      const { values, period } = referenceSeries(name!);
      const fitted = model.fit(series(values, { period }));
      expect(fitted.report.sigma2 / (result.sigma2 || 1)).toBeCloseTo(result.sigma2 === 0 ? 0 : 1, 9);
      const scale = Math.max(...result.mean.map(Math.abs));
      const means = meansAhead(fitted, result.mean.length);
      result.mean.forEach((mean, h) => {
        expect(Math.abs(means[h]! - mean)).toBeLessThan(1e-9 * scale);
      });
      // R's intervals beyond one step take β* for β here; ours are from the model.
      const first = fitted.process.conditional(fitted.params, fitted.state, new Float64Array(0));
      expect(Math.abs(first.quantile(0.1) - result.lower80[0]!)).toBeLessThan(1e-9 * scale);
    }
  });

  const free = [
    ["ses", ses()],
    ["holt", holt()],
    ["holt-damped", holt({ damped: true })],
    ["hw-additive", holtWinters()],
    ["hw-mult", holtWinters({ seasonal: "multiplicative" })],
  ] as const;
  test.each(free)("%s: at least as likely as R's", (id, model) => {
    const cases = simple.filter(
      (c) => c.id === `${id}-${c.series}` && typeof c.result.loglik === "number" && c.series !== "constant",
    );
    expect(cases.length).toBeGreaterThan(0);
    for (const { series: name, result } of cases) {
      const { report } = model.fit(observed(name!));
      expect(report.details.maximumWithoutConstants as number).toBeGreaterThan(result.loglik! - 1e-4);
    }
  });
});

/** The forecasts with every error at zero. */
function meansAhead({ process, params, state }: Fitted, horizon: number): number[] {
  const none = new Float64Array(0);
  let memory = state;
  return Array.from({ length: horizon }, () => {
    const { mean } = process.conditional(params, memory, none);
    memory = process.advance(params, memory, mean, none);
    return mean;
  });
}

// stats::HoltWinters starts later in the series, and its γ is γ/(1 − α) of ours. Its multiplicative season is updated with
// the new level, which no state-space form does.
describe("R's HoltWinters as given states", () => {
  const cases = readReference("holtwinters").cases as unknown as {
    id: string;
    series: string;
    result: { SSE: number; forecast: number[]; alpha: number; beta: number | null; gamma: number | null };
  }[];
  const of = (id: string) => cases.find((c) => c.id === id)!;
  const none = new Float64Array(0);

  /** Holt's start: the second value and the step to it; the third is the first to be predicted. */
  function holtFrom(y: Float64Array, fixed: { alpha?: number; beta?: number }) {
    const form = { error: "A", trend: "A", damped: false, season: "N", period: 1 } as const;
    const given = { level: y[1]!, slope: y[1]! - y[0]!, season: new Float64Array(0) };
    return fitForm(form, series(y.slice(2)), { bounds: "admissible", fixed, given }, "holt");
  }

  test("exponential: started at the first value, which is then predicted without error", () => {
    const { series: name, result } = of("hw-fixed-exp");
    const y = referenceSeries(name).values;
    const fitted = ses({ alpha: 0.25, initial: "simple" }).fit(series(y));
    expect((fitted.report.sigma2 * y.length) / result.SSE).toBeCloseTo(1, 9);
    expect(meansAhead(fitted, 1)[0]! / result.forecast[0]!).toBeCloseTo(1, 9);
    expect(fitted.report.coefficients).toEqual([{ name: "l", estimate: y[0], stdError: Number.NaN }]);
    const { result: best } = of("hw-opt-exp");
    const free = ses({ initial: "simple" }).fit(series(y));
    expect(free.report.sigma2 * (y.length - 1)).toBeLessThanOrEqual(best.SSE * 1.0001);
  });

  test("Holt, fixed and estimated", () => {
    const { series: name, result } = of("hw-fixed-holt");
    const y = referenceSeries(name).values;
    const fitted = holtFrom(y, { alpha: 0.8, beta: 0.24 });
    expect((fitted.report.sigma2 * (y.length - 2)) / result.SSE).toBeCloseTo(1, 9);
    const means = meansAhead(fitted, 12);
    result.forecast.forEach((mean, h) => {
      expect(means[h]! / mean).toBeCloseTo(1, 9);
    });
    const free = holtFrom(y, {});
    expect(free.report.sigma2 * (y.length - 4)).toBeLessThanOrEqual(of("hw-opt-holt").result.SSE * 1.0001);
  });

  test("additive season, fixed and estimated, from a decomposition of the first two years", () => {
    const { series: name, result } = of("hw-fixed-add");
    const { values, period } = referenceSeries(name);
    const { trend, figure } = classicalDecomposition(values.subarray(0, 24), 12);
    const line = trend.filter((value) => !Number.isNaN(value));
    const fit = leastSquares(
      Float64Array.from({ length: 2 * line.length }, (_, i) => (i % 2 === 0 ? 1 : (i + 1) / 2)),
      line.length,
      2,
      line,
    );
    const given = { level: fit.coefficients[0]!, slope: fit.coefficients[1]!, season: figure };
    const form = { error: "A", trend: "A", damped: false, season: "A", period } as const;
    const rest = series(values.slice(12), { period });
    const { alpha, beta, gamma } = result;
    const fixed = { alpha, beta: alpha * beta!, gamma: (1 - alpha) * gamma! };
    const fitted = fitForm(form, rest, { bounds: "usual", fixed, given }, "holt-winters");
    expect((fitted.report.sigma2 * rest.y.length) / result.SSE).toBeCloseTo(1, 8);
    result.forecast.forEach((mean, h) => {
      expect(meansAhead(fitted, 12)[h]! / mean).toBeCloseTo(1, 9);
    });
    const free = fitForm(form, rest, { bounds: "usual", fixed: {}, given }, "holt-winters");
    expect(free.report.sigma2 * (rest.y.length - 3)).toBeLessThan(of("hw-opt-add").result.SSE * 1.0001);
    expect(free.process.conditional(free.params, free.state, none).mean).toBeGreaterThan(7000);
  });
});

describe("standard errors", () => {
  // Brute force: second derivatives of the likelihood by differences of fits with everything else at its best.
  test("of alpha: the curvature of the profile likelihood", () => {
    const { values } = referenceSeries("Nile");
    const data = series(values);
    const best = ets().fit(data);
    const { estimate, stdError } = best.report.coefficients[0]!;
    const at = (alpha: number) => ets({ alpha }).fit(data).report.details.maximumWithoutConstants as number;
    const h = 0.02;
    const curvature = -(at(estimate + h) - 2 * at(estimate) + at(estimate - h)) / (h * h);
    expect(stdError).toBeGreaterThan(0.02);
    expect(Math.abs(stdError - 1 / Math.sqrt(curvature))).toBeLessThan(0.03 * stdError);
  });

  test("they move with the scale of the data; parameters on a bound have none", () => {
    const { values, period } = referenceSeries("USAccDeaths");
    const one = ets({ season: "A" }).fit(series(values, { period })).report.coefficients;
    const ten = ets({ season: "A" }).fit(
      series(
        values.map((y) => 10 * y),
        { period },
      ),
    ).report.coefficients;
    const of = (list: typeof one, name: string) => list.find((c) => c.name === name)!.stdError;
    expect(of(one, "gamma")).toBeNaN();
    expect(of(one, "alpha")).toBeCloseTo(of(ten, "alpha"), 4);
    for (const name of ["l", "s0", "s11"]) {
      expect(of(one, name)).toBeGreaterThan(10);
      expect(of(ten, name) / of(one, name)).toBeCloseTo(10, 2);
    }
  });

  // Estimates of simulated series scatter as their standard errors say.
  test("estimates of simulated series scatter as they say", () => {
    const { values } = referenceSeries("Nile");
    const truth = ets().fit(series(values));
    const alpha = truth.report.coefficients[0]!.estimate;
    const start = { ...truth, state: truth.process.start(truth.params) };
    const paths = simulate(start, { horizon: 500, paths: 300, seed: 3 });
    let inside = 0;
    for (let i = 0; i < 300; i++) {
      const { estimate, stdError } = ets().fit(series(paths.values.slice(500 * i, 500 * (i + 1)))).report
        .coefficients[0]!;
      if (Math.abs(estimate - alpha) < 1.96 * stdError) inside++;
    }
    // 95 % of 300 is 285, with a standard error of 3.8.
    expect(inside).toBeGreaterThan(285 - 4 * 3.8);
  });
});

describe("notations", () => {
  const parse = (text: string) => {
    const call = parseNotation(text);
    return smoothingModels
      .map(familyOf)
      .find(({ name }) => name === call.name)!
      .build(call, () => ses());
  };
  test.each(smoothingModels.flatMap(({ forms }) => forms))("%s", (form) => {
    expect(parse(form).notation).toBe(form);
  });
  test("what is not a form is said", () => {
    expect(() => parse("ets(A,N)")).toThrow(
      /needs its error, trend and season, as in ets\(A,N,N\); auto-ets chooses them/,
    );
    expect(() => parse("ets(Z,Z,Z)")).toThrow(/auto-ets chooses all three/);
    expect(() => parse("ets(A,B,N)")).toThrow(
      /trend of ets must be one of N, A, Ad, M, Md, not "B"; auto-ets/,
    );
    expect(() => parse("ets(A,N,N)[12]")).toThrow(/has no season and takes no period/);
    expect(() => parse("ets(A,N,N, beta=0.1)")).toThrow(/has no beta to be set to 0.1/);
    expect(() => parse("ses(3)")).toThrow(/takes options only/);
  });
});

describe("what cannot be fitted is said in one sentence", () => {
  const y = [3, 1, 0, 2, 4, 3, 5, 2, 4, 3, 5, 6];
  test.each([
    [
      "multiplicative forms of a zero",
      () => ets({ error: "M" }).fit(series(y)),
      /needs values above 0, but row 3 of series is 0; use additive/,
    ],
    [
      "too few values",
      () => ets({ trend: "A" }).fit(series([1, 2, 3])),
      /estimates 5 numbers and needs 6 observed values, series has 3/,
    ],
    ["no season", () => ets({ season: "A" }).fit(series(y)), /needs a season and series has none/],
    [
      "a season never seen",
      () => ets({ season: "A", period: 3 }).fit(series(y.map((v, t) => (t % 3 === 1 ? Number.NaN : v)))),
      /season 2 of 3 was never observed/,
    ],
    [
      "values beyond squaring",
      () => ses().fit(series([1e200, 2, 3, 4, 5])),
      /beyond 1e\+150, where squares overflow/,
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(YuleError);
    expect(act).toThrow(message);
  });

  test("inputs are left out, and a warning names them", () => {
    const { report } = ses().fit(series(y, { inputs: { promo: y } }));
    expect(report.notes).toContainEqual(
      expect.objectContaining({ code: "inputs-ignored", severity: "warning" }),
    );
  });
});
