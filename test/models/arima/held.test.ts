import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { parseModel } from "../../../src/select/catalogue.js";
import { bruteAutocovariances, denseLogLikelihood } from "./oracles.js";

const rng = random(3);
const normal = () => Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
let before = normal();
const y = Float64Array.from({ length: 300 }, () => {
  const shock = normal();
  const value = shock + 0.5 * before;
  before = shock;
  return value;
});
const whole = series(y);
const gapped = series(y.map((value, t) => (t % 7 === 3 ? Number.NaN : value)));

describe("moving averages held outside the unit circle", () => {
  test.each([
    ["complete", whole],
    ["with gaps", gapped],
  ])("have the likelihood of the dense Gaussian, %s", (_, one) => {
    for (const ma of [[2], [2.5, 1], [-3, 0.5]]) {
      const held = ma.map((value, i) => `ma${i + 1}:${value}`).join(";");
      const { report } = parseModel(`arima(0,0,${ma.length}, mean=false, fixed=${held})`).fit(one);
      const dense = denseLogLikelihood(bruteAutocovariances([1], [1, ...ma], 301), Array.from(one.y));
      expect(Math.abs(report.logLikelihood - dense), held).toBeLessThan(1e-9 * Math.abs(dense));
    }
  });

  test.each([
    ["complete", whole],
    ["with gaps", gapped],
  ])("say what their mirror images say, the variance apart, %s", (_, one) => {
    const outside = parseModel("arima(1,0,1, fixed=ma1:2)").fit(one);
    const inside = parseModel("arima(1,0,1, fixed=ma1:0.5)").fit(one);
    expect(outside.report.logLikelihood).toBeCloseTo(inside.report.logLikelihood, 6);
    expect(outside.report.sigma2).toBeCloseTo(inside.report.sigma2 / 4, 5);
    expect(outside.report.coefficients[0]!.estimate).toBeCloseTo(inside.report.coefficients[0]!.estimate, 4);
    expect(outside.report.coefficients[0]!.stdError).toBeCloseTo(inside.report.coefficients[0]!.stdError, 4);
    const [far, near] = [forecast(outside, { horizon: 3 }), forecast(inside, { horizon: 3 })];
    far.mean.forEach((mean, h) => {
      expect(mean).toBeCloseTo(near.mean[h]!, 4);
    });
  });

  test("a coefficient beside the held one is searched on both sides", () => {
    const { report } = parseModel("arima(0,0,2, mean=false, fixed=ma1:2)").fit(whole);
    expect(report.converged).toBe(true);
    const at = (theta: number) =>
      denseLogLikelihood(bruteAutocovariances([1], [1, 2, theta], 301), Array.from(y));
    const estimate = report.coefficients[1]!.estimate;
    expect(Math.abs(report.logLikelihood - at(estimate))).toBeLessThan(1e-7);
    expect(Math.max(at(estimate - 0.01), at(estimate + 0.01))).toBeLessThan(report.logLikelihood);
  });
});
