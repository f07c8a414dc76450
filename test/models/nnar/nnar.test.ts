import { describe, expect, test } from "vitest";
import { interval } from "../../../src/core/forecast.js";
import { random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { forecast } from "../../../src/engine/forecast.js";
import { LimitedMemory } from "../../../src/math/minimise/limited-memory.js";
import { logistic } from "../../../src/math/special-functions/logistic.js";
import { standardNormal } from "../../../src/math/special-functions/normal.js";
import { nnar } from "../../../src/models/nnar/index.js";
import { chosenOrder, lagsOf } from "../../../src/models/nnar/lags.js";
import { averaged, output, weightCount } from "../../../src/models/nnar/network.js";
import { rowsOf } from "../../../src/models/nnar/rows.js";
import { SquaredError } from "../../../src/models/nnar/squared-error.js";
import { referenceCases, referenceSeries } from "../../reference.js";
import { m3Present, m3Values } from "./m3.js";

/** Uniform numbers between −1 and 1. */
function draws(seed: number, n: number): Float64Array {
  const rng = random(seed);
  return Float64Array.from({ length: n }, () => 2 * rng.uniform() - 1);
}

const LAYOUT = { inputs: 3, hidden: 2 };
const ROWS = { x: draws(1, 90), target: draws(2, 30) };

describe("the objective", () => {
  test("has the gradient of finite differences, the weights of the output being the best", () => {
    const objective = new SquaredError(LAYOUT, ROWS, 0.3, 30);
    const z = draws(3, objective.size);
    const diagonal = new Float64Array(objective.size);
    objective.value(z);
    objective.differentiate(z, diagonal);
    const gradient = objective.gradient.slice();
    const step = 1e-5;
    z.forEach((weight, i) => {
      const at = (value: number) => objective.value(z.with(i, value));
      // Central differences err by h² f'''/6 and by rounding of 1e-16 f/h: both below 1e-9 here.
      expect(gradient[i]).toBeCloseTo((at(weight + step) - at(weight - step)) / (2 * step), 7);
      expect(diagonal[i]).toBeGreaterThan(0);
    });
  });

  test("is that of the network with the weights it found, and no others of the output are better", () => {
    const objective = new SquaredError(LAYOUT, ROWS, 0.3, 25);
    const inner = draws(4, objective.size);
    const reached = objective.value(inner);
    const outer = objective.outer.slice();
    const direct = (end: Float64Array) => {
      const weights = Float64Array.of(...inner, ...end);
      let sum = weights.reduce((all, w) => all + 0.3 * w * w, 0);
      for (let t = 0; t < 25; t++) {
        const x = Float64Array.of(ROWS.x[t]!, ROWS.x[30 + t]!, ROWS.x[60 + t]!);
        sum += (output(LAYOUT, weights, x) - ROWS.target[t]!) ** 2;
      }
      return sum / 2;
    };
    expect(reached).toBeCloseTo(direct(outer), 12);
    for (const i of [0, 1, 2])
      for (const move of [-0.01, 0.01])
        expect(direct(outer.with(i, outer[i]! + move))).toBeGreaterThan(reached);
  });
});

test("descent by limited memory ends at the minimum of Rosenbrock's valley", () => {
  const gradient = new Float64Array(2);
  const valley = {
    size: 2,
    gradient,
    value: ([x, y]: Float64Array) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2,
    differentiate([x, y]: Float64Array, diagonal: Float64Array) {
      gradient[0] = -2 * (1 - x!) - 400 * x! * (y! - x! * x!);
      gradient[1] = 200 * (y! - x! * x!);
      diagonal[0] = 2 + 800 * x! * x!;
      diagonal[1] = 200;
    },
  };
  const z = Float64Array.of(-1.2, 1);
  new LimitedMemory(valley).run(z, 200);
  expect(z[0]).toBeCloseTo(1, 4);
  expect(z[1]).toBeCloseTo(1, 4);
});

test("the logistic function is 1/(1 + e^(−x)) to 1e-15", () => {
  for (let x = -45; x <= 45; x += 0.0137) {
    const expected = 1 / (1 + Math.exp(-x));
    expect(Math.abs(logistic(x) - expected)).toBeLessThan(1e-15);
    if (x > -40) expect(Math.abs(logistic(x) / expected - 1)).toBeLessThan(4e-15);
  }
  expect([logistic(0), logistic(800), logistic(Number.NaN)]).toEqual([0.5, 1, Number.NaN]);
});

test("the mean of networks is one network", () => {
  const networks = [5, 6, 7].map((seed) => draws(seed, weightCount(LAYOUT)));
  const x = draws(8, 3);
  const mean = networks.reduce((sum, weights) => sum + output(LAYOUT, weights, x), 0) / 3;
  expect(output({ inputs: 3, hidden: 6 }, averaged(LAYOUT, networks), x)).toBeCloseTo(mean, 14);
});

test("lags are 1 to p and the seasons, each once", () => {
  expect(lagsOf(3, 2, 12)).toEqual([1, 2, 3, 12, 24]);
  expect(lagsOf(5, 2, 4)).toEqual([1, 2, 3, 4, 5, 8]);
  expect(lagsOf(2, 0, 12)).toEqual([1, 2]);
});

test("rows with a missing lag or target are left out, inputs follow the lags", () => {
  const own = series([1, 2, 3, Number.NaN, 5, 6, 7], { inputs: { price: [0, 0, 4, 0, 0, 0, 6] } });
  const one = { centre: 0, scale: 1 };
  const inputs = [{ name: "price", centre: 1, scale: 2 }];
  const { x, target, places } = rowsOf(own, { lags: [1, 2], scaling: one, inputs });
  expect(places).toEqual([2, 6]);
  expect([...target]).toEqual([3, 7]);
  expect([...x]).toEqual([2, 6, 1, 5, 1.5, 2.5]);
});

test("the order is that of the linear autoregression R's ar chooses", () => {
  const [r] = referenceCases<{ order: number }>("ar").filter(({ id }) => id === "ar-yw-aic-log10Lynx");
  expect(chosenOrder(referenceSeries("log10Lynx").values, 1)).toBe(r!.result.order);
});

test("sizes follow R's nnetar: half of one more than the inputs, to the even one of two as near", () => {
  const log10Lynx = series(referenceSeries("log10Lynx").values);
  const sizeOf = (order: number) => nnar({ order, networks: 1 }).fit(log10Lynx).report.details.hidden;
  expect([1, 2, 3, 4, 6, 8].map(sizeOf)).toEqual([1, 2, 2, 2, 4, 4]);
});

test("forecasts log10 lynx as R's nnetar does, as near as other random weights are", () => {
  const [r] = referenceCases<{ forecast: { mean: number[] } }>("tbats-nnetar").filter(
    ({ id }) => id === "nnetar-lynx",
  );
  const fitted = nnar({ order: 2, hidden: 2 }).fit(series(referenceSeries("log10Lynx").values));
  const ours = forecast(fitted, { horizon: 12, paths: 50 }).mean;
  const distance = (other: ArrayLike<number>) =>
    r!.result.forecast.mean.reduce((sum, value, h) => sum + Math.abs(value - other[h]!), 0) / 12;
  // R's is one network, trained to the end: the cycle is the same, its numbers are not.
  expect(distance(ours)).toBeLessThan(0.6 * distance(new Float64Array(12).fill(fitted.params.centre)));
});

test("learns a map that no linear autoregression can", () => {
  // The logistic map 3.9 x(1 − x) has no autocorrelation to speak of, and is known one step ahead.
  let x = 0.3;
  const y = Float64Array.from({ length: 220 }, () => (x = 3.9 * x * (1 - x)));
  const fitted = nnar({ order: 1, hidden: 4, networks: 5 }).fit(series(y.slice(0, 219)));
  expect(fitted.report.details.steps).toBeGreaterThan(10);
  expect(fitted.report.sigma2).toBeLessThan(0.1 * fitted.params.scale ** 2);
});

test("uses inputs: what they explain is no error", () => {
  const price = draws(11, 120);
  const rng = random(12);
  const y = price.slice(0, 110).map((p) => 10 + 3 * p + 0.1 * standardNormal(rng));
  const own = series(y, { inputs: { price: price.slice(0, 110) } });
  const fitted = nnar({ order: 1, networks: 3 }).fit(own);
  expect(Math.sqrt(fitted.report.sigma2)).toBeLessThan(0.3);
  const { mean } = forecast(fitted, { horizon: 10, inputs: { price: price.slice(110) }, paths: 20 });
  mean.forEach((value, h) => {
    expect(Math.abs(value - (10 + 3 * price[110 + h]!))).toBeLessThan(0.5);
  });
});

test("80 % intervals hold 80 % of an autoregression's future, as many as the Monte Carlo error allows", () => {
  let held = 0;
  const runs = 60;
  for (let run = 0; run < runs; run++) {
    const rng = random(100 + run);
    const y = new Float64Array(106);
    for (let t = 1; t < 106; t++) y[t] = 0.6 * y[t - 1]! + standardNormal(rng);
    const ahead = forecast(nnar({ order: 1, networks: 4 }).fit(series(y.slice(0, 100))), {
      horizon: 6,
      paths: 300,
    });
    const { lower, upper } = interval(ahead, 80);
    for (let h = 0; h < 6; h++) if (y[100 + h]! >= lower[h]! && y[100 + h]! <= upper[h]!) held++;
  }
  // 360 values, those of a run dependent: worth some 150, a standard error of 3.3 %. Widths are made for series that change: they may be wide.
  expect(held / (6 * runs)).toBeGreaterThan(0.72);
  expect(held / (6 * runs)).toBeLessThan(0.94);
});

test("the same seed gives the same weights, another one others", () => {
  const y = series(referenceSeries("log10Lynx").values);
  const weights = (seed: number) => nnar({ order: 2, networks: 2, seed }).fit(y).params.weights;
  expect(weights(1)).toEqual(weights(1));
  expect(weights(1)).not.toEqual(weights(2));
});

test("a constant series is forecast by its value, and a note says so", () => {
  const fitted = nnar({ order: 2 }).fit(series(new Float64Array(12).fill(7)));
  expect(fitted.report.notes.map(({ code }) => code)).toEqual(["no-variation"]);
  expect([...forecast(fitted, { horizon: 2 }).mean]).toEqual([7, 7]);
});

test("refuses a series with too few rows to learn from", () => {
  expect(() => nnar({ order: 4 }).fit(series([1, 2, 3, 4, 5]))).toThrow(/lags 1, 2, 3, 4 are all observed/);
});

interface Nnetar {
  readonly p: number;
  readonly P: number;
  readonly size: number;
  readonly mase: number;
}

const CASES = referenceCases<Nnetar>("nnetar-m3");

test("R's orders and errors on 200 monthly series of M3 are there", () => {
  expect(CASES.length).toBe(200);
  for (const { result } of CASES) expect(result.mase).toBeGreaterThan(0);
});

// Runs where YULE_DATA names the folder that holds m3/.
describe.runIf(m3Present)("200 monthly series of the M3 competition", () => {
  test("orders are R's, the error is lower than that of nnetar, intervals hold what they say", () => {
    const { train, future } = m3Values();
    let [ours, theirs, orders, in80, in95] = [0, 0, 0, 0, 0];
    for (const { series: id, result } of CASES) {
      const y = train.get(id!)!;
      const fitted = nnar().fit(series(y, { period: 12 }));
      const ahead = forecast(fitted, { horizon: 18, paths: 1000 });
      const scale = y.slice(12).reduce((sum, value, t) => sum + Math.abs(value - y[t]!), 0) / (y.length - 12);
      const actual = future.get(id!)!.slice(0, 18);
      ours += actual.reduce((sum, value, h) => sum + Math.abs(value - ahead.mean[h]!), 0) / (18 * scale);
      theirs += result.mase;
      if (fitted.notation.startsWith(`nnar(${result.p},${result.P})`)) orders++;
      const [narrow, wide] = [interval(ahead, 80), interval(ahead, 95)];
      actual.forEach((value, h) => {
        if (value >= narrow.lower[h]! && value <= narrow.upper[h]!) in80++;
        if (value >= wide.lower[h]! && value <= wide.upper[h]!) in95++;
      });
    }
    expect(orders).toBeGreaterThan(195);
    expect(ours).toBeLessThan(theirs);
    expect(Math.abs(in80 / 3600 - 0.8)).toBeLessThan(0.05);
    expect(in95 / 3600).toBeGreaterThan(0.91);
  });
});
