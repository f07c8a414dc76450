import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import { random } from "../../src/core/random.js";
import { diffuse, empirical, mixture, normal, studentT, transformed } from "../../src/distributions/index.js";
import {
  boxCoxForward,
  boxCoxInverse,
  domainOf,
  forward,
  inverse,
  inverseDerivative,
  type Transform,
  upperEdge,
} from "../../src/math/transform.js";
import { type ReferenceCase, referenceCases, referenceSeries } from "../reference.js";

const transforms: Transform[] = [
  { kind: "log" },
  { kind: "box-cox", lambda: 0 },
  { kind: "box-cox", lambda: 1e-9 },
  { kind: "box-cox", lambda: 0.4 },
  { kind: "box-cox", lambda: 1 },
  { kind: "box-cox", lambda: 2 },
  { kind: "box-cox", lambda: -0.7 },
  { kind: "affine", shift: -3, scale: 0.01 },
  { kind: "bounded", lower: -2, upper: 400 },
  { kind: "bounded", lower: -2 },
  { kind: "bounded", upper: 400 },
  {
    kind: "chain",
    steps: [
      { kind: "affine", shift: -5, scale: 7 },
      { kind: "box-cox", lambda: -0.2 },
      { kind: "affine", shift: 1, scale: 2 },
    ],
  },
  {
    kind: "chain",
    steps: [
      { kind: "bounded", lower: -1 },
      { kind: "chain", steps: [{ kind: "affine", shift: 2, scale: 3 }] },
    ],
  },
];

describe.each(transforms)("%j", (transform) => {
  const value = fc.double({ min: 0.01, max: 300, noNaN: true });

  test("inverse undoes forward, and forward rises", () => {
    fc.assert(
      fc.property(value, value, (y, other) => {
        expect(Math.abs(inverse(transform, forward(transform, y)) - y)).toBeLessThan(1e-11 * (300 + y));
        if (y < other) expect(forward(transform, y)).toBeLessThanOrEqual(forward(transform, other));
      }),
      { seed: 2 },
    );
  });

  test("the derivative is the slope", () => {
    for (const y of [0.5, 3, 120]) {
      const x = forward(transform, y);
      const h = 1e-5 * Math.max(1e-3, Math.abs(x));
      const slope = (inverse(transform, x + h) - inverse(transform, x - h)) / (2 * h);
      expect(inverseDerivative(transform, x) / slope).toBeCloseTo(1, 5);
    }
  });

  test("missing stays missing, the ends of the domain give ends of the scale", () => {
    expect(forward(transform, Number.NaN)).toBeNaN();
    expect(inverse(transform, Number.NaN)).toBeNaN();
    const { lower, upper } = domainOf(transform);
    expect(forward(transform, lower)).toBe(Number.NEGATIVE_INFINITY);
    expect(forward(transform, upper)).toBe(upperEdge(transform));
    expect(inverse(transform, Number.NEGATIVE_INFINITY)).toBe(lower);
    expect(inverse(transform, upperEdge(transform))).toBe(upper);
  });
});

// boxcox.json: R's forecast 8.20, closed forms, 1e-9 relative.
describe("Box-Cox as R has it", () => {
  type Row = ReferenceCase<(number | null)[]>;
  const rows = referenceCases<(number | null)[]>("boxcox").filter(({ id }) =>
    id.startsWith("boxcox-"),
  ) as Row[];
  const series = rows.filter(({ id }) => !id.includes("negative"));

  test.each(series.map((row) => [row.id, row] as const))("%s", (id, { series: name, result }) => {
    const lambda = Number(/^boxcox-(-?[\d.]+)-/.exec(id)![1]);
    const { values } = referenceSeries(name!);
    result.forEach((expected, t) => {
      const x = boxCoxForward(values[t]!, lambda);
      if (expected === null) {
        expect(x).toBeNaN();
        return;
      }
      expect(Math.abs(x - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
      expect(Math.abs(boxCoxInverse(x, lambda) - values[t]!)).toBeLessThan(
        1e-9 * Math.max(1, Math.abs(values[t]!)),
      );
    });
  });

  test("values below 0, and beyond the scale", () => {
    expect([-2, -1, 0, 1, 2].map((y) => boxCoxForward(y, 0.5))).toEqual(
      [-4.82842712474619, -4, -2, 0, 0.8284271247461903].map((x) => expect.closeTo(x, 14)),
    );
    expect([-5, -2, 0, 3].map((x) => boxCoxInverse(x, 0.5))).toEqual(
      [-2.25, 0, 1, 6.25].map((y) => expect.closeTo(y, 13)),
    );
    expect([-5, 0, 1, 1.9].map((x) => boxCoxInverse(x, -0.5))).toEqual(
      [0.08163265306122448, 1, 4, 399.99999999999926].map((y) => expect.closeTo(y, 10)),
    );
    // R gives NA there.
    expect([2, 2.5, 5].map((x) => boxCoxInverse(x, -0.5))).toEqual(Array(3).fill(Number.POSITIVE_INFINITY));
  });
});

// distributions.json: adaptive integrals in 40 digits. 1e-11 asks more than any use needs; most agree to 1e-15.
describe("mean and variance after a change of scale", () => {
  type Input = {
    mean: number;
    variance: number;
    location: number;
    scale: number;
    df: number;
    transform: Transform;
  };
  const rows = referenceCases<[number, number]>("distributions").filter(({ id }) => id.includes("-moments-"));
  test("all cases are there", () => expect(rows.length).toBe(15));
  test.each(rows.map((row) => [row.id, row.input as unknown as Input, row.result] as const))(
    "%s",
    (id, input, result) => {
      const base = id.startsWith("t-")
        ? studentT(input.location, input.scale, input.df)
        : normal(input.mean, input.variance);
      const d = transformed(base, input.transform);
      expect(Math.abs(d.mean / result[0] - 1)).toBeLessThan(1e-11);
      expect(Math.abs(d.variance / result[1] - 1)).toBeLessThan(1e-11);
    },
  );

  test("log-normal in closed form, and the same through quadrature", () => {
    const exact = transformed(normal(2, 0.49), { kind: "log" });
    const chained = transformed(normal(2, 0.49), {
      kind: "chain",
      steps: [{ kind: "box-cox", lambda: 1e-13 }],
    });
    expect(exact.mean).toBeCloseTo(Math.exp(2.245), 12);
    expect(exact.variance).toBeCloseTo(Math.expm1(0.49) * Math.exp(4.49), 11);
    expect(chained.mean / exact.mean).toBeCloseTo(1, 9);
  });

  test("sampling agrees", () => {
    const rng = random(8);
    const d = transformed(studentT(2, 0.4, 12), { kind: "bounded", lower: 0, upper: 10 });
    const n = 100_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += d.sample(rng);
    expect(Math.abs(sum / n - d.mean)).toBeLessThan(4 * Math.sqrt(d.variance / n));
  });
});

describe("moments that do not exist", () => {
  const log = { kind: "log" } as const;

  test("the exponential of a heavy-tailed value has none; of one with hardly a tail it is that of the normal", () => {
    expect(transformed(studentT(0, 0.1, 5), log).mean).toBe(Number.POSITIVE_INFINITY);
    expect(transformed(studentT(0, 0.1, 5), log).variance).toBe(Number.POSITIVE_INFINITY);
    const light = transformed(studentT(0, 0.5, 1e7), log);
    expect(light.mean).toBeCloseTo(Math.exp(0.125), 6);
    expect(light.variance).toBeGreaterThan(0);
    // Half the variance on either side of the mean: exp(σ²/2), with the variance of the t.
    expect(transformed(studentT(0, 0.05, 30), log).mean).toBeCloseTo(Math.exp((0.05 ** 2 * 30) / 28 / 2), 5);
  });

  test("below a bound it is minus infinity", () => {
    expect(transformed(studentT(0, 0.1, 5), { kind: "bounded", upper: 9 }).mean).toBe(
      Number.NEGATIVE_INFINITY,
    );
  });

  test("a power of a value that has the moment is finite, of one that has not infinite", () => {
    const root = { kind: "box-cox", lambda: 0.5 } as const;
    expect(transformed(studentT(3, 1, 2.5), root).mean).toBeGreaterThan(0);
    expect(transformed(studentT(3, 1, 2.5), root).variance).toBe(Number.POSITIVE_INFINITY);
  });

  test("Box-Cox with a negative lambda: finite far from the edge, infinite next to it, never NaN", () => {
    const near = (sd: number) => transformed(normal(2.65, sd * sd), { kind: "box-cox", lambda: -0.29 });
    // R's second-order bias adjustment, good for small spreads: 155.3114 (1 + var (1 - λ) / (2 (1 + λx)²)).
    const approximate = near(0.01).quantile(0.5) * (1 + (0.0001 * 1.29) / (2 * (1 - 0.29 * 2.65) ** 2));
    expect(near(0.01).mean / approximate).toBeCloseTo(1, 4);
    expect(near(0.5).mean).toBe(Number.POSITIVE_INFINITY);
    for (const sd of [1e-6, 0.01, 0.05, 0.1, 0.15, 0.2, 1, 30]) {
      const d = near(sd);
      expect(Number.isNaN(d.mean) || Number.isNaN(d.variance)).toBe(false);
      for (const p of [1e-9, 0.3, 0.975]) expect(d.cdf(d.quantile(p)) / p).toBeCloseTo(1, 9);
      expect(d.quantile(0.975)).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  test("with lambda below -1 the pole at the edge can be integrated", () => {
    // λ = -2: y = (1 - 2x)^(-1/2); substituting 1 - 2x = u² leaves a smooth integrand.
    const d = transformed(normal(0.4, 0.01), { kind: "box-cox", lambda: -2 });
    const density = (u: number) =>
      Math.exp(-((0.5 * (1 - u * u) - 0.4) ** 2) / 0.02) / Math.sqrt(0.02 * Math.PI);
    let mean = 0;
    let mass = 0;
    const h = 2e-5;
    for (let u = h / 2; u < 2; u += h) {
      mean += density(u) * h;
      mass += u * density(u) * h;
    }
    expect(Math.abs(d.mean / (mean / mass) - 1)).toBeLessThan(1e-6);
  });
});

describe("what becomes of other bases", () => {
  const scale = { kind: "affine", shift: 10, scale: 3 } as const;
  const log = { kind: "log" } as const;

  test("an affine change of a normal or t is one", () => {
    expect(transformed(normal(1, 4), scale)).toEqual(normal(13, 36));
    expect(transformed(studentT(1, 2, 5), scale)).toEqual(studentT(13, 6, 5));
  });

  test("steps next to the base are carried out, and chains join", () => {
    const chain = { kind: "chain", steps: [log, scale] } as const;
    expect(transformed(normal(0, 1), chain)).toEqual(transformed(normal(10, 9), log));
    expect(transformed(transformed(normal(0, 1), log), scale).quantile(0.7)).toBe(
      10 + 3 * transformed(normal(0, 1), log).quantile(0.7),
    );
    expect(transformed(normal(0, 1), { kind: "chain", steps: [] })).toEqual(normal(0, 1));
  });

  test("diffuse stays diffuse", () => {
    expect(transformed(diffuse(0), log)).toEqual(diffuse(1));
  });

  test("samples are mapped one by one; those beyond the scale are left out", () => {
    expect(transformed(empirical([0, 1, 2]), log).mean).toBeCloseTo((1 + Math.E + Math.E ** 2) / 3, 14);
    const d = transformed(empirical([0, 0.5, 3], [1, 1, 2]), { kind: "box-cox", lambda: -1 });
    expect([d.quantile(0), d.quantile(1)]).toEqual([1, 2]);
  });

  test("mixtures are mapped component by component, weighted by what lies on the scale", () => {
    const base = mixture([normal(0.2, 0.04), normal(0.9, 0.09)], [1, 2]);
    const d = transformed(base, { kind: "box-cox", lambda: -1 });
    for (const y of [0.5, 1.5, 4]) {
      const x = 1 - 1 / y;
      expect(d.cdf(y)).toBeCloseTo(base.cdf(x) / base.cdf(1), 13);
    }
  });

  test("plain data: kind and parameters can be read", () => {
    const d = transformed(normal(0, 1), log) as Distribution & { base: unknown; transform: unknown };
    expect(JSON.parse(JSON.stringify(d))).toEqual({
      kind: "transformed",
      base: { kind: "normal", mean: 0, variance: 1 },
      transform: { kind: "log" },
    });
  });
});
