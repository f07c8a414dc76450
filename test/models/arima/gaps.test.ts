import { describe, expect, test } from "vitest";
import { type Rng, random } from "../../../src/core/random.js";
import { series } from "../../../src/core/series.js";
import { arima } from "../../../src/models/arima/arima.js";
import { determinantModel } from "../../../src/models/arima/estimation/determinant-curvature.js";
import { information, informationOf } from "../../../src/models/arima/estimation/information.js";
import { gradient } from "../../../src/models/arima/likelihood/gradient.js";
import { negativeLogLikelihood } from "../../../src/models/arima/likelihood/log-likelihood.js";
import { innovationsAt } from "../../../src/models/arima/likelihood/point.js";
import { slopesOf } from "../../../src/models/arima/likelihood/slopes.js";
import { Workspace } from "../../../src/models/arima/likelihood/workspace.js";
import { buildDesign } from "../../../src/models/arima/problem/design.js";
import { likelihoodColumns } from "../../../src/models/arima/search/maximum.js";
import { autoArima } from "../../../src/select/auto-arima/index.js";
import { integer, normal, stable } from "./draws.js";
import {
  bruteAutocovariances,
  denseLogLikelihood,
  polynomials,
  steppedLogLikelihood,
  type Written,
} from "./oracles.js";

/** The gradient at x, where the value was just taken, against central differences. */
function expectSlopes(written: Written, x: Float64Array, curved: boolean): void {
  gradient(ws, curved);
  const analytic = ws.gradient.slice(0, x.length);
  for (let j = 0; j < x.length; j++) {
    const at = (step: number) => negativeLogLikelihood(ws, x.with(j, x[j]! + step));
    const slope = (8 * (at(1e-5) - at(-1e-5)) - (at(2e-5) - at(-2e-5))) / 12e-5;
    expect(Math.abs(slope - analytic[j]!), `${j} of ${JSON.stringify(written)}`).toBeLessThan(
      3e-6 * (1 + Math.abs(slope)),
    );
  }
}

function drawn(rng: Rng, differences: boolean): Written {
  const period = [1, 4, 12][integer(rng, 0, 2)]!;
  const most = period > 1 ? 1 : 0;
  const order = [integer(rng, 0, 3), differences ? integer(rng, 0, 2) : 0, integer(rng, 0, 3)] as const;
  const seasonal = [
    integer(rng, 0, most),
    differences ? integer(rng, 0, most) : 0,
    integer(rng, 0, most),
  ] as const;
  return {
    order,
    seasonal,
    period,
    ar: stable(rng, order[0]),
    ma: stable(rng, order[2]).map((v) => -v),
    sar: stable(rng, seasonal[0]),
    sma: stable(rng, seasonal[2]).map((v) => -v),
  };
}

function withGaps(y: Float64Array, share: number, rng: Rng, from = 1): Float64Array {
  return y.map((v, t) => (t >= from && t < y.length - 1 && rng.uniform() < share ? Number.NaN : v));
}

const ws = new Workspace();

/** The log-likelihood with missing values as unknowns, whatever would be cheaper. */
function filtered({ order, seasonal, period, ar, ma, sar, sma }: Written, y: Float64Array) {
  const design = buildDesign(y, [], { d: order[1], D: seasonal[1], period });
  const orders = { p: order[0], q: order[2], P: seasonal[0], Q: seasonal[2], period };
  ws.configure(orders, likelihoodColumns(design, true), 0, design.unknown);
  const x = Float64Array.of(...ar, ...ma, ...sar, ...sma);
  const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
  return {
    x,
    logLikelihood: constant - negativeLogLikelihood(ws, x),
    exact: () => constant - innovationsAt(ws),
  };
}

describe("missing values as unknowns", () => {
  test("its value against the dense joint Gaussian, a tenth to most missing", () => {
    const rng = random(31);
    for (let i = 0; i < 150; i++) {
      const stream = rng.fork(i);
      const written = drawn(stream, false);
      const { ar, ma } = polynomials(written);
      const n = ar.length + integer(stream, 20, 60);
      const y = withGaps(
        Float64Array.from({ length: n }, () => normal(stream)),
        0.1 + 0.2 * (i % 4),
        stream,
      );
      const { logLikelihood } = filtered(written, y);
      const dense = denseLogLikelihood(bruteAutocovariances(ar, ma, n + 1), Array.from(y));
      // Measured: 7e-14 at worst.
      expect(Math.abs(logLikelihood - dense), JSON.stringify(written)).toBeLessThan(
        1e-9 * (1 + Math.abs(dense)),
      );
    }
  });

  test("its value against the plain step where the series is differenced, first levels missing or not", () => {
    const rng = random(32);
    for (let i = 0; i < 120; i++) {
      const stream = rng.fork(i);
      const written = drawn(stream, true);
      const needed = written.order[1] + written.period * written.seasonal[1];
      const n = 3 * needed + 14 * written.period + 40;
      let level = 0;
      const whole = Float64Array.from({ length: n }, () => (level += normal(stream)) + normal(stream));
      const first = i % 2 === 0 ? needed : 1;
      const y = withGaps(whole, 0.4, stream, first);
      const { logLikelihood } = filtered(written, y);
      const stepped = steppedLogLikelihood(written, y);
      // Measured: 2e-15 and 1e-15.
      expect(Math.abs(logLikelihood - stepped), JSON.stringify(written)).toBeLessThan(
        1e-11 * (1 + Math.abs(stepped)),
      );
    }
  });

  test("its value where both moving averages lie on the unit circle, or almost", () => {
    const rng = random(34);
    for (const inside of [0, 1e-6, 1e-3]) {
      const written: Written = {
        ...{ order: [0, 1, 1], seasonal: [0, 1, 1], period: 12 },
        ...{ ar: [], ma: [inside - 1], sar: [], sma: [inside - 1] },
      };
      const whole = Float64Array.from({ length: 600 }, () => normal(rng));
      const y = withGaps(whole, 0.1, rng);
      const stepped = steppedLogLikelihood(written, y);
      const { logLikelihood, exact } = filtered(written, y);
      // The responses grow to 1e6 there, of which a missing value asks for what their differences leave. Measured: 2e-9
      // where the sum of squares is a difference, 2e-13 where it is that of the innovations.
      expect(Math.abs(logLikelihood - stepped)).toBeLessThan(2e-8 * Math.abs(stepped));
      expect(Math.abs(exact() - stepped)).toBeLessThan(2e-11 * Math.abs(stepped));
    }
  });

  test("its gradient against central differences", () => {
    const rng = random(33);
    for (let i = 0; i < 100; i++) {
      const stream = rng.fork(i);
      const written = drawn(stream, true);
      const needed = written.order[1] + written.period * written.seasonal[1];
      const n = 3 * needed + 4 * written.period + 40;
      const whole = Float64Array.from({ length: n }, () => normal(stream));
      const { x } = filtered(written, withGaps(whole, [0.05, 0.5][i % 2]!, stream, needed));
      expectSlopes(written, x, true);
    }
  });
});

describe("second derivatives of moving averages with gaps", () => {
  const models = [
    { p: 0, q: 1, P: 0, Q: 1, period: 12, x: [-0.4, -0.6] },
    { p: 0, q: 2, P: 0, Q: 1, period: 4, x: [0.5, 0.3, -0.7] },
    { p: 0, q: 1, P: 0, Q: 0, period: 1, x: [-0.9] },
  ];
  test.each(models)("by values of the determinant are those by gradients: %j", ({ x, ...orders }) => {
    const rng = random(35);
    const whole = Float64Array.from({ length: 300 }, () => normal(rng));
    const how = { d: 1, D: orders.Q, period: orders.period };
    const design = buildDesign(withGaps(whole, 0.2, rng), [], how);
    ws.configure(orders, likelihoodColumns(design, true), 0, design.unknown);
    const at = Float64Array.from(x);
    negativeLogLikelihood(ws, at);
    gradient(ws, true);
    const slopes = slopesOf(ws);
    const free = x.map((_, i) => i);
    const byGradients = information(ws, at, slopes, free);
    const { bends } = determinantModel(ws, ws.gaps!, at, slopes)!;
    const byValues = informationOf(slopes.squares!, bends, slopes.gradient, free);
    byGradients!.covariance.forEach((entry, k) => {
      const i = Math.floor(k / x.length);
      const scale = Math.sqrt(
        byGradients!.covariance[i * (x.length + 1)]! *
          byGradients!.covariance[(k % x.length) * (x.length + 1)]!,
      );
      // Measured: 1.3e-4; both steps are one-sided.
      expect(Math.abs(byValues!.covariance[k]! - entry) / scale).toBeLessThan(1e-3);
    });
  });
});

describe("second derivatives of the sum of squares of moving averages with gaps", () => {
  const models = [
    { p: 0, q: 1, P: 0, Q: 1, period: 12, d: 1, D: 1, x: [-0.4, -0.6] },
    { p: 0, q: 2, P: 0, Q: 1, period: 4, d: 0, D: 1, x: [0.5, 0.3, -0.7] },
    { p: 0, q: 1, P: 0, Q: 2, period: 4, d: 0, D: 0, x: [0.5, 0.3, -0.2] },
    { p: 0, q: 2, P: 0, Q: 0, period: 1, d: 1, D: 0, x: [0.5, 0.3] },
  ];
  test.each(models)("and of its regression are central differences: %j", ({ x, d, D, ...orders }) => {
    const rng = random(38);
    const waves = [0, 1].map((k) => ({
      name: `wave${k}`,
      values: Float64Array.from({ length: 90 }, (_, t) => Math.cos(t * t + k)),
    }));
    let level = 0;
    const whole = Float64Array.from({ length: 90 }, () => (level += normal(rng)) + normal(rng));
    const design = buildDesign(withGaps(whole, 0.25, rng), waves, { d, D, period: orders.period });
    ws.configure(orders, likelihoodColumns(design, true), 0, design.unknown);
    const size = x.length;
    const at = (i: number, step: number) => {
      const moved = Float64Array.from(x);
      moved[i]! += step;
      negativeLogLikelihood(ws, moved);
      gradient(ws, true);
      return { slope: ws.squareGradient.slice(0, size), beta: ws.beta.slice(0, 2), squares: ws.squares! };
    };
    const { hessian, sensitivity } = at(0, 0).squares;
    for (let i = 0; i < size; i++) {
      const [up, down] = [at(i, 1e-5), at(i, -1e-5)];
      // Measured: 2e-9 and 1e-10.
      for (let j = 0; j < size; j++) {
        const slope = (up.slope[j]! - down.slope[j]!) / 2e-5;
        expect(Math.abs(hessian[i * size + j]! - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      }
      for (let r = 0; r < 2; r++) {
        const slope = (up.beta[r]! - down.beta[r]!) / 2e-5;
        expect(Math.abs(sensitivity[r * size + i]! - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      }
    }
  });
});

/** Pure autoregressions, seasonal ones among them, with a regressor: by unknowns in place of the missing values. */
describe("autoregressions that are not differenced", () => {
  const wave = (n: number) => Float64Array.from({ length: n }, (_, t) => Math.cos(t * t));

  function completed(stream: Rng, share: number) {
    const { order, seasonal, period, ar, sar } = drawn(stream, false);
    const written: Written = {
      ...{ period, ar, sar, ma: [], sma: [] },
      order: [order[0], 0, 0],
      seasonal: [seasonal[0], 0, 0],
    };
    const { ar: product, ma } = polynomials(written);
    const n = 2 * product.length + integer(stream, 20, 60);
    const y = withGaps(
      Float64Array.from({ length: n }, () => normal(stream)),
      share,
      stream,
    );
    const orders = { p: ar.length, q: 0, P: sar.length, Q: 0, period };
    return { written, product, ma, orders, y, x: Float64Array.of(...ar, ...sar) };
  }

  test("the value against the dense joint Gaussian, a tenth to most missing", () => {
    const rng = random(41);
    for (let i = 0; i < 150; i++) {
      const { written, product, ma, orders, y, x } = completed(rng.fork(i), 0.1 + 0.2 * (i % 4));
      const design = buildDesign(y, [], { d: 0, D: 0, period: written.period });
      ws.configure(orders, likelihoodColumns(design, true), 0);
      ws.fillAutoregressively(design.unknown);
      const value = negativeLogLikelihood(ws, x) + design.effective * Math.log(design.scale);
      const dense = denseLogLikelihood(bruteAutocovariances(product, ma, y.length + 1), Array.from(y));
      expect(Math.abs(value + dense), JSON.stringify(written)).toBeLessThan(1e-9 * (1 + Math.abs(dense)));
    }
  });

  test("value, regression and gradient are those of the filter over gaps", () => {
    const rng = random(42);
    const other = new Workspace();
    for (let i = 0; i < 100; i++) {
      const { written, orders, y, x } = completed(rng.fork(i), [0.05, 0.5][i % 2]!);
      const how = { d: 0, D: 0, period: written.period };
      const design = buildDesign(y, [{ name: "wave", values: wave(y.length) }], how);
      ws.configure(orders, likelihoodColumns(design, true), 0);
      ws.fillAutoregressively(design.unknown);
      other.configure(orders, likelihoodColumns(design, true), 0, design.unknown);
      const value = negativeLogLikelihood(ws, x);
      const filtered = negativeLogLikelihood(other, x);
      expect(Math.abs(value - filtered)).toBeLessThan(1e-9 * (1 + Math.abs(filtered)));
      expect(Math.abs(ws.beta[0]! - other.beta[0]!)).toBeLessThan(1e-9);
      gradient(ws, true);
      gradient(other, true);
      for (let j = 0; j < x.length; j++) {
        const slope = other.gradient[j]!;
        // The filter's start is differentiated by differences of 1e-4, good to about 1e-6.
        expect(Math.abs(ws.gradient[j]! - slope), JSON.stringify(written)).toBeLessThan(
          1e-5 * (1 + Math.abs(slope)),
        );
      }
    }
  });

  test("the gradient against central differences", () => {
    const rng = random(43);
    for (let i = 0; i < 100; i++) {
      const { written, orders, y, x } = completed(rng.fork(i), [0.05, 0.5][i % 2]!);
      const design = buildDesign(y, [], { d: 0, D: 0, period: written.period });
      ws.configure(orders, likelihoodColumns(design, true), 0);
      ws.fillAutoregressively(design.unknown);
      negativeLogLikelihood(ws, x);
      expectSlopes(written, x, false);
    }
  });
});

describe("autoregressions that are differenced", () => {
  function posed(stream: Rng, i: number) {
    const { order, seasonal, period, ar, sar } = drawn(stream, true);
    const [d, D] = order[1] + seasonal[1] > 0 ? [order[1], seasonal[1]] : [1, 0];
    const written: Written = {
      ...{ period, ar, sar, ma: [], sma: [] },
      order: [order[0], d, 0],
      seasonal: [seasonal[0], D, 0],
    };
    const needed = d + period * D;
    let level = 0;
    const n = 3 * needed + 14 * period + 40;
    const whole = Float64Array.from({ length: n }, () => (level += normal(stream)) + normal(stream));
    const y = withGaps(whole, [0.05, 0.4][i % 2]!, stream, i % 3 === 0 ? 1 : needed);
    const design = buildDesign(y, [], { d, D, period });
    ws.configure({ p: ar.length, q: 0, P: sar.length, Q: 0, period }, likelihoodColumns(design, true), 0);
    ws.fillAutoregressively(design.unknown);
    return { written, y, design, x: Float64Array.of(...ar, ...sar) };
  }

  test("the value against the plain step, first levels missing or not", () => {
    const rng = random(44);
    for (let i = 0; i < 120; i++) {
      const { written, y, design, x } = posed(rng.fork(i), i);
      const constant = design.diffuseConstant - design.effective * Math.log(design.scale);
      const stepped = steppedLogLikelihood(written, y);
      const value = constant - negativeLogLikelihood(ws, x);
      expect(Math.abs(value - stepped), JSON.stringify(written)).toBeLessThan(
        1e-11 * (1 + Math.abs(stepped)),
      );
    }
  });

  test("the gradient against central differences", () => {
    const rng = random(45);
    for (let i = 0; i < 100; i++) {
      const { written, x } = posed(rng.fork(i), i);
      negativeLogLikelihood(ws, x);
      expectSlopes(written, x, false);
    }
  });
});

describe("series with many gaps", () => {
  const rng = random(7);
  let level = 100;
  const whole = Float64Array.from({ length: 240 }, (_, t) => {
    level += 0.1 + 0.5 * normal(rng);
    return level + 8 * Math.sin((2 * Math.PI * t) / 12) + normal(rng);
  });
  const halved = series(withGaps(whole, 0.5, rng), { period: 12 });

  test("the log-likelihood that is reported is that of the plain step at the estimates", () => {
    const { report, params } = arima({ order: [1, 1, 1], seasonal: [0, 1, 1] }).fit(halved);
    const { ar, ma, sar, sma } = params as unknown as Written;
    const written: Written = { order: [1, 1, 1], seasonal: [0, 1, 1], period: 12, ar, ma, sar, sma };
    const stepped = steppedLogLikelihood(written, halved.y);
    expect(report.converged).toBe(true);
    expect(Math.abs(report.logLikelihood - stepped)).toBeLessThan(1e-9 * Math.abs(stepped));
  });

  test("automatic selection takes a bounded multiple of what a complete one does", () => {
    const time = (y: Float64Array) => {
      const one = series(y, { period: 12 });
      autoArima().fit(one);
      const began = process.cpuUsage();
      autoArima().fit(one);
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    // Before the filter: some 400 times. Measured: 8 times; the bound leaves room for a busy machine.
    expect(time(halved.y)).toBeLessThan(30 * time(whole));
  });
});

describe("a regression that explains every observed value", () => {
  const n = 120;
  const wave = Float64Array.from({ length: n }, (_, t) => Math.cos(t * t));
  const fitted = (y: Float64Array) => arima({ order: [1, 1, 0] }).fit(series(y, { inputs: { wave } }));
  const explained = Float64Array.from(wave, (value) => 7 + 3 * value);

  test("is found over gaps", () => {
    const { params } = fitted(withGaps(explained, 0.2, random(36)));
    expect(params.sigma2).toBe(0);
    expect(params.inputs[0]).toBeCloseTo(3, 12);
  });

  test("but not where only the first rows are explained", () => {
    const rng = random(37);
    const y = explained.map((value, t) => (t < 90 ? value : value + normal(rng)));
    expect(fitted(withGaps(y, 0.2, rng)).params.sigma2).toBeGreaterThan(0.01);
  });
});
