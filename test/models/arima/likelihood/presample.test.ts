import { describe, expect, test } from "vitest";
import { random } from "../../../../src/core/random.js";
import { negativeLogLikelihood } from "../../../../src/models/arima/likelihood/log-likelihood.js";
import { factorPresample, invertPresample } from "../../../../src/models/arima/likelihood/presample.js";
import { Workspace } from "../../../../src/models/arima/likelihood/workspace.js";
import { buildDesign } from "../../../../src/models/arima/problem/design.js";
import { likelihoodColumns } from "../../../../src/models/arima/search/maximum.js";
import { polynomials, type Written } from "../oracles.js";

const CASES: readonly (readonly [name: string, n: number, written: Written])[] = [
  ["ARMA(2,1)", 12, written([0.5, -0.3], [0.8], [], [], 1)],
  ["MA(3), responses that reach the end", 7, written([], [0.4, -0.9, 0.3], [], [], 1)],
  ["ARMA(1,2)(1,1)[4]", 30, written([-0.6], [1.1, 0.4], [0.7], [-0.5], 4)],
  ["a long season, factored by its structure", 130, written([0.4], [0.3], [0.5], [-0.6, 0.2], 24)],
];

function written(ar: number[], ma: number[], sar: number[], sma: number[], period: number): Written {
  return {
    ...{ ar, ma, sar, sma, period },
    order: [ar.length, 0, ma.length],
    seasonal: [sar.length, 0, sma.length],
  };
}

/** M = H'H − C'C by its definition: H_{s,k} = h_{s−k} for s < N, C_{τ,k} = c_{τ+k}, h = a/t, c_s = −Σ_{j>s} a_j π_{j−1−s}. */
function definition(a: readonly number[], t: readonly number[], n: number): number[][] {
  const [p, q] = [a.length - 1, t.length - 1];
  const length = n + q;
  const divided = (source: (s: number) => number) => {
    const target: number[] = [];
    for (let s = 0; s < length; s++) {
      let value = source(s);
      for (let j = 1; j <= Math.min(q, s); j++) value -= t[j]! * target[s - j]!;
      target.push(value);
    }
    return target;
  };
  const pi = divided((s) => (s === 0 ? 1 : 0));
  const h = divided((s) => a[s] ?? 0);
  const c = Array.from({ length: p + q }, (_, s) => {
    let value = 0;
    for (let j = s + 1; j <= p; j++) value -= a[j]! * pi[j - 1 - s]!;
    return value;
  });
  return Array.from({ length: q }, (_, k) =>
    Array.from({ length: q }, (_, l) => {
      let entry = 0;
      for (let s = Math.max(k, l); s < length; s++) entry += h[s - k]! * h[s - l]!;
      for (let tau = 0; tau < p; tau++) entry -= c[tau + k]! * c[tau + l]!;
      return entry;
    }),
  );
}

/** log|M| by Gaussian elimination. */
function logDeterminant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row]);
  let sum = 0;
  for (const [k, pivot] of rows.entries()) {
    sum += Math.log(pivot[k]!);
    for (const row of rows.slice(k + 1)) {
      const share = row[k]! / pivot[k]!;
      for (let j = k; j < row.length; j++) row[j]! -= share * pivot[j]!;
    }
  }
  return sum;
}

describe("the information matrix of the values before the data", () => {
  test.each(CASES)("%s", (_, n, model) => {
    const rng = random(n);
    const ws = new Workspace();
    const { order, seasonal, period, ar, ma, sar, sma } = model;
    const y = Float64Array.from({ length: n }, () => rng.uniform() - 0.5);
    const design = buildDesign(y, [], { d: 0, D: 0, period });
    const orders = { p: order[0], q: order[2], P: seasonal[0], Q: seasonal[2], period };
    ws.configure(orders, likelihoodColumns(design, false), 0);
    expect(negativeLogLikelihood(ws, Float64Array.of(...ar, ...ma, ...sar, ...sma))).toBeLessThan(1e6);

    const polynomial = polynomials(model);
    const m = definition(polynomial.ar, polynomial.ma, n);
    expect(factorPresample(ws)).toBeCloseTo(logDeterminant(m), 9);
    invertPresample(ws);
    const q = m.length;
    for (let i = 0; i < q; i++)
      for (let j = 0; j < q; j++) {
        let entry = 0;
        for (let k = 0; k < q; k++) entry += m[i]![k]! * ws.inverse[k * q + j]!;
        expect(entry).toBeCloseTo(i === j ? 1 : 0, 8);
      }
  });
});
