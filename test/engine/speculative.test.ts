import { describe, expect, test } from "vitest";
import type { Distribution } from "../../src/core/distribution.js";
import type { Process } from "../../src/core/model.js";
import { series } from "../../src/core/series.js";
import { clipped } from "../../src/distributions/derived/clipped.js";
import { empirical, normal, studentT } from "../../src/distributions/index.js";
import { type SpeculativePaths, speculate } from "../../src/engine/decoding/speculative.js";
import { simulate } from "../../src/engine/forecast.js";
import { pathStreams } from "../../src/engine/sampling/draws.js";
import { ar } from "../../src/models/ar/index.js";
import { deepar } from "../../src/select/neural.js";

const NONE = new Float64Array(0);
const inputsOf = (horizon: number) => Array.from({ length: horizon }, () => NONE);

/** A distribution of the values 0, 1, 2, drawn by inversion. */
function categorical(weights: readonly number[]): Distribution {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const shares = Float64Array.from(weights, (w) => w / total);
  const unused = () => Number.NaN;
  return {
    ...{ kind: "test-categorical", mean: 1, variance: 1, quantile: unused, cdf: unused },
    logDensity: (y) => Math.log(shares[y] ?? 0),
    sample(rng) {
      const u = rng.uniform();
      return u < shares[0]! ? 0 : u < shares[0]! + shares[1]! ? 1 : 2;
    },
    makeup: () => ({ atoms: Float64Array.of(0, 1, 2), probabilities: shares, density: null }),
  };
}

function chain(weights: (last: number) => readonly number[]) {
  const process: Process<unknown, unknown> = {
    kind: "test-chain",
    start: () => 0,
    conditional: (_, last) => categorical(weights(last as number)),
    advance: (_, __, y) => y,
  };
  return { process, params: null, state: 0 };
}

const exact = (last: number) => [1 + last, 2, 4 - last];
const rough = (last: number) => [3, 1 + last, 1];

describe("speculative drawing of outcomes", () => {
  const horizon = 4;
  const count = 20_000;

  test.each([1, 2, 3, 6])("%d ahead: every path as often as the target says, by enumeration", (ahead) => {
    const { values } = speculate(chain(exact), chain(rough), inputsOf(horizon), pathStreams(4, count), ahead);
    const seen = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const key = values.subarray(i * horizon, (i + 1) * horizon).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    let chiSquare = 0;
    for (let code = 0; code < 3 ** horizon; code++) {
      const path = Array.from({ length: horizon }, (_, h) => Math.floor(code / 3 ** h) % 3);
      let p = 1;
      path.forEach((y, h) => {
        const weights = exact(path[h - 1] ?? 0);
        p *= weights[y]! / weights.reduce((sum, w) => sum + w, 0);
      });
      chiSquare += ((seen.get(path.join()) ?? 0) - count * p) ** 2 / (count * p);
    }
    // 80 degrees of freedom: mean 80, standard deviation 12.6; 5 of them.
    expect(chiSquare).toBeLessThan(80 + 5 * 12.65);
  });

  test("a draft that is the target is always accepted, and saves most passes", () => {
    const found = speculate(chain(exact), chain(exact), inputsOf(12), pathStreams(5, 50), 5);
    expect(found.accepted).toBe(1);
    // Five accepted and one more a round: two rounds for twelve values.
    expect(found.passes).toBe(50 * 2);
  });
});

/** x_t ~ D(φ x_{t−1}). */
function autoregression(phi: number, at: (mean: number) => Distribution) {
  const process: Process<unknown, unknown> = {
    kind: "test-autoregression",
    start: () => 0,
    conditional: (_, last) => at(phi * (last as number)),
    advance: (_, __, y) => y,
  };
  return { process, params: null, state: 1 };
}

/** The largest distance of two distribution functions of samples of equal size. */
function distance(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.slice().sort(), b.slice().sort()];
  let [i, j, most] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const at = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i]! <= at) i++;
    while (j < y.length && y[j]! <= at) j++;
    most = Math.max(most, Math.abs(i - j) / x.length);
  }
  return most;
}

describe("speculative drawing of values with a density", () => {
  const N = 3000;
  const cases: [string, (mean: number) => Distribution, (mean: number) => Distribution][] = [
    ["normal by normal", (m) => normal(m, 1), (m) => normal(m + 0.3, 2)],
    ["Student's t by normal", (m) => studentT(m, 1, 4), (m) => normal(m, 2)],
    [
      "clipped by clipped",
      (m) => clipped(normal(m, 1), 0, Number.POSITIVE_INFINITY),
      (m) => clipped(studentT(m + 0.2, 1, 5), 0, Number.POSITIVE_INFINITY),
    ],
  ];
  test.each(cases)("%s: values, and sums of a path, as those that are drawn plainly", (_, p, q) => {
    const target = autoregression(0.7, p);
    const { values } = speculate(target, autoregression(0.5, q), inputsOf(3), pathStreams(6, N), 3);
    const plain = speculate(target, target, inputsOf(3), pathStreams(7, N), 1).values;
    const of = (all: Float64Array, f: (path: Float64Array) => number) =>
      Float64Array.from({ length: N }, (_, i) => f(all.subarray(3 * i, 3 * i + 3)));
    // Met by chance once in 10,000 times: 1.95 √(2/n) is the bound of two samples at 0.001, 2.23 at 0.0001.
    const bound = 2.23 * Math.sqrt(2 / N);
    for (const f of [
      (x: Float64Array) => x[0]!,
      (x: Float64Array) => x[2]!,
      (x: Float64Array) => x[0]! + x[1]! + x[2]!,
    ])
      expect(distance(of(values, f), of(plain, f))).toBeLessThan(bound);
  });

  test("simulate with a draft: what it costs, and drafts that are none", () => {
    const y = Array.from({ length: 60 }, (_, t) => 20 + 5 * Math.sin(t / 2) + ((t * 7) % 5));
    const fitted = ar({ order: 3 }).fit(series(y));
    const draft = ar({ order: 1 }).fit(series(y));
    const found = simulate(fitted, { horizon: 12, paths: 200, draft }) as SpeculativePaths;
    expect(found.passes).toBeLessThan(200 * 12);
    expect(found.accepted).toBeGreaterThan(0.3);
    const other = ar({ order: 1 }).fit(series(y.slice(5)));
    expect(() => simulate(fitted, { draft: other })).toThrowError(
      expect.objectContaining({ code: "bad-draft" }),
    );
    const counts = deepar({ likelihood: "negative-binomial", epochs: 1, batches: 2, hidden: 4, layers: 1 });
    const whole = series(y.map(Math.round));
    const inDensities = ar({ order: 1 }).fit(whole);
    expect(() => simulate(counts.fit(whole), { draft: inDensities, horizon: 2 })).toThrowError(
      /proposes from densities, and deepar\(.*\) has counts: none would be accepted/,
    );
    expect(() => simulate(fitted, { draft, decode: "greedy" })).toThrowError(
      expect.objectContaining({ code: "bad-decode" }),
    );
  });

  test("samples are refused, whose draws do not follow their density", () => {
    const sample = autoregression(0.5, () => empirical([1.5, 2.5, 4]));
    expect(() => speculate(sample, sample, inputsOf(2), pathStreams(1, 2), 2)).toThrowError(
      expect.objectContaining({ code: "no-density" }),
    );
  });
});
