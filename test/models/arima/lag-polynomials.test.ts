import { describe, expect, test } from "vitest";
import { startCovariance } from "../../../src/models/arima/gaps/start.js";
import { armaAutocovariances } from "../../../src/models/arima/lag-polynomial/autocovariances.js";
import { lagModel } from "../../../src/models/arima/lag-polynomial/model.js";
import { diffuseDeterminant } from "../../../src/models/arima/state-space/diffuse-determinant.js";
import { bruteAutocovariances } from "./oracles.js";

const MODEL = lagModel({ d: 0, D: 0, period: 4, ar: [0.6, -0.2], ma: [0.7], sar: [0.3], sma: [-0.4] });
const dense = ({ lags, coefficients, degree }: typeof MODEL.ar) => {
  const values = new Array<number>(degree + 1).fill(0);
  values[0] = 1;
  lags.forEach((lag, j) => {
    values[lag] = coefficients[j]!;
  });
  return values;
};

test("autocovariances of a seasonal ARMA are those of the linear equations", () => {
  const found = armaAutocovariances(MODEL, 12)!;
  const wanted = bruteAutocovariances(dense(MODEL.ar), dense(MODEL.ma), 13);
  for (let k = 0; k <= 12; k++) expect(found[k]).toBeCloseTo(wanted[k]!, 10);
  const growing = lagModel({ d: 0, D: 0, period: 1, ar: [1.1], ma: [], sar: [], sma: [] });
  expect(armaAutocovariances(growing, 3)).toBeNull();
});

test("the covariance of what the past adds to the first differences solves P = T(P + RR')T'", () => {
  const [a, t] = [dense(MODEL.ar), dense(MODEL.ma)];
  const size = Math.max(a.length, t.length) - 1;
  const p = new Float64Array(size * size);
  expect(startCovariance(MODEL.ar, MODEL.ma, size, p)).toBe(true);
  // Only the lower triangle is filled.
  const covariance = (i: number, j: number) => p[Math.max(i, j) * size + Math.min(i, j)]!;
  const noise = (i: number, j: number) => (t[i] ?? 0) * (t[j] ?? 0);
  // The first column of T is −a, its superdiagonal 1; R holds the MA coefficients from θ_0 on, one more than rows.
  const transition = (i: number, k: number) => (k === 0 ? -(a[i + 1] ?? 0) : 0) + (k === i + 1 ? 1 : 0);
  const held = (k: number, l: number) => (k < size && l < size ? covariance(k, l) : 0) + noise(k, l);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let entry = 0;
      for (let k = 0; k <= size; k++)
        for (let l = 0; l <= size; l++) entry += transition(i, k) * held(k, l) * transition(j, l);
      expect(covariance(i, j)).toBeCloseTo(entry, 10);
    }
});

describe("the determinant of the diffuse steps, by elimination over the values before the data", () => {
  test.each([
    [1, 0, 1, []],
    [2, 0, 1, []],
    [2, 0, 1, [1]],
    [2, 0, 1, [0, 3]],
    [1, 1, 3, [2, 3]],
    [0, 1, 4, [1, 6]],
  ])("d = %d, D = %d, period %d, gaps %j", (d, D, period, gaps) => {
    const model = lagModel({ d, D, period, ar: [], ma: [], sar: [], sma: [] });
    const nabla = dense(model.difference);
    const order = nabla.length - 1;
    // Every value as a combination of the `order` values before the first, newest first.
    const rows: number[][] = [];
    const at = (t: number) =>
      t < 0 ? Array.from({ length: order }, (_, i) => (i === -t - 1 ? 1 : 0)) : rows[t]!;
    for (let t = 0; t < 20; t++)
      rows.push(
        Array.from({ length: order }, (_, i) => {
          let value = 0;
          for (let j = 1; j <= order; j++) value -= nabla[j]! * at(t - j)[i]!;
          return value;
        }),
      );
    // Gram and Schmidt: what each observed value adds to those before it, while anything is unknown.
    const basis: number[][] = [];
    let sum = 0;
    for (const [t, row] of rows.entries()) {
      if ((gaps as readonly number[]).includes(t)) continue;
      const rest = basis.reduce((left, unit) => {
        const share = unit.reduce((total, value, i) => total + value * left[i]!, 0);
        return left.map((value, i) => value - share * unit[i]!);
      }, row);
      const square = rest.reduce((total, value) => total + value * value, 0);
      if (square < 1e-9) continue;
      sum += Math.log(square);
      basis.push(rest.map((value) => value / Math.sqrt(square)));
    }
    expect(basis).toHaveLength(order);
    expect(diffuseDeterminant(model, 20, gaps)).toBeCloseTo(sum, 8);
  });

  test("is NaN where too few values are observed", () => {
    const model = lagModel({ d: 2, D: 0, period: 1, ar: [], ma: [], sar: [], sma: [] });
    expect(diffuseDeterminant(model, 3, [0, 2])).toBeNaN();
  });
});
