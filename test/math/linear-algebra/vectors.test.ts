import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { orthogonalFit } from "../../../src/math/linear-algebra/orthogonal.js";
import { dot, project, quadraticForm, timesVector } from "../../../src/math/linear-algebra/vector.js";
import { normalQuantile } from "../../../src/math/special-functions/normal.js";

const draws = (seed: number, length: number) => {
  const rng = random(seed);
  return Float64Array.from({ length }, () => normalQuantile(rng.uniform()));
};
const sum = (length: number, term: (i: number) => number) =>
  Array.from({ length }, (_, i) => term(i)).reduce((total, value) => total + value, 0);

describe("products agree with their sums, term by term", () => {
  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 31])("dot of %d values from an offset", (length) => {
    const [a, b] = [draws(1, 40), draws(2, 40)];
    expect(dot(a, 3, b, 5, length)).toBeCloseTo(
      sum(length, (i) => a[3 + i]! * b[5 + i]!),
      12,
    );
  });

  test("Mv and v'Mv of a symmetric matrix; the form reads the lower triangle with a stride", () => {
    const [k, stride] = [5, 7];
    const m = draws(3, k * stride);
    for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) m[j * stride + i] = m[i * stride + j]!;
    const v = draws(4, k);
    const brute = sum(k, (i) => sum(k, (j) => v[i]! * m[i * stride + j]! * v[j]!));
    const lower = m.map((value, at) => (at % stride > Math.floor(at / stride) ? Number.NaN : value));
    expect(quadraticForm(lower, v, stride)).toBeCloseTo(brute, 12);
    const dense = Float64Array.from({ length: k * k }, (_, at) => m[Math.floor(at / k) * stride + (at % k)]!);
    expect(sum(k, (i) => v[i]! * timesVector(dense, v)[i]!)).toBeCloseTo(brute, 12);
  });

  test("project takes a unit vector out of a part and leaves the rest of the column", () => {
    const column = draws(5, 9);
    const unit = draws(6, 9);
    const size = Math.sqrt(sum(6, (i) => unit[2 + i]! ** 2));
    for (let i = 2; i < 8; i++) unit[i]! /= size;
    const before = column.slice();
    const share = project(column, unit, 2, 8);
    expect(share).toBeCloseTo(
      sum(6, (i) => unit[2 + i]! * before[2 + i]!),
      12,
    );
    expect(sum(6, (i) => unit[2 + i]! * column[2 + i]!)).toBeCloseTo(0, 12);
    expect([column[0], column[1], column[8]]).toEqual([before[0], before[1], before[8]]);
  });
});

describe("orthogonalFit", () => {
  const rows = 30;
  const columns = [new Float64Array(rows).fill(1), draws(7, rows), draws(8, rows)];

  test("finds exact coefficients, and an inverse that times X'X is the identity", () => {
    const y = Float64Array.from({ length: rows }, (_, t) => 2 - 3 * columns[1]![t]! + 0.5 * columns[2]![t]!);
    const fit = orthogonalFit(columns, y);
    for (const [i, wanted] of [2, -3, 0.5].entries()) expect(fit.coefficients[i]).toBeCloseTo(wanted, 12);
    expect(fit.rss).toBeLessThan(1e-24);
    const gram = (i: number, j: number) => sum(rows, (t) => columns[i]![t]! * columns[j]![t]!);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        expect(sum(3, (l) => fit.inverse[i * 3 + l]! * gram(l, j))).toBeCloseTo(i === j ? 1 : 0, 12);
  });

  test("residuals are orthogonal to every column, a collinear one has coefficient 0", () => {
    const both = Float64Array.from({ length: rows }, (_, t) => columns[0]![t]! - 2 * columns[1]![t]!);
    const fit = orthogonalFit([columns[0]!, columns[1]!, both, columns[2]!], draws(9, rows));
    expect(fit.kept).toEqual([true, true, false, true]);
    expect([fit.rank, fit.coefficients[2]]).toEqual([3, 0]);
    for (const column of columns) expect(sum(rows, (t) => column[t]! * fit.residuals[t]!)).toBeCloseTo(0, 12);
  });
});
