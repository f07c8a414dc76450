import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cholesky, solveCholesky } from "../../src/math/linear-algebra/cholesky.js";
import { invertCholesky } from "../../src/math/linear-algebra/cholesky-inverse.js";
import { type CubeObjective, minimiseInCube } from "../../src/math/minimise/newton.js";

/** −Σ w_i log(1 − x_i²) + b'x + ½ c (Σx)²: convex, growing without bound towards the boundary. */
function barrier(weights: readonly number[], slopes: readonly number[], coupling: number): CubeObjective {
  return {
    value(x) {
      if (x.some((value) => !(Math.abs(value) < 1))) return Number.NaN;
      const sum = x.reduce((total, value) => total + value, 0);
      const bars = x.reduce(
        (total, value, i) => total - weights[i]! * Math.log(1 - value * value) + slopes[i]! * value,
        0,
      );
      return bars + (coupling * sum * sum) / 2;
    },
    derivatives(x) {
      const sum = x.reduce((total, value) => total + value, 0);
      const hessian = new Float64Array(x.length ** 2).fill(coupling);
      const gradient = x.map((value, i) => {
        hessian[i * (x.length + 1)]! += (2 * weights[i]! * (1 + value * value)) / (1 - value * value) ** 2;
        return (2 * weights[i]! * value) / (1 - value * value) + slopes[i]! + coupling * sum;
      });
      return { gradient, hessian };
    },
  };
}

describe("minimiseInCube", () => {
  test("ends where the gradient vanishes, inside the cube, however near the boundary that is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 5 }),
        fc.nat(100),
        fc.boolean(),
        (weights, slopes, coupling, approximate) => {
          const exact = barrier(
            weights.map((weight) => weight / 1000),
            slopes.map((slope) => slope / 10),
            coupling,
          );
          const objective: CubeObjective = approximate
            ? {
                value: exact.value,
                approximate: true,
                derivatives(point) {
                  const { gradient, hessian } = exact.derivatives(point);
                  return { gradient, hessian: hessian.map((value) => 1.3 * value) };
                },
              }
            : exact;
          const result = minimiseInCube(objective, new Float64Array(weights.length))!;
          expect(result.converged).toBe(true);
          const { gradient, hessian } = exact.derivatives(result.point);
          cholesky(hessian, weights.length);
          const step = gradient.slice();
          solveCholesky(hessian, weights.length, step);
          const decrease = step.reduce((sum, value, i) => sum + value * gradient[i]!, 0) / 2;
          expect(decrease).toBeLessThan(1e-9);
        },
      ),
    );
  });

  test("gives up quietly where there is nothing to be had", () => {
    const hopeless: CubeObjective = {
      value: () => Number.NaN,
      derivatives: () => ({ gradient: Float64Array.of(1), hessian: Float64Array.of(Number.NaN) }),
    };
    expect(minimiseInCube(hopeless, Float64Array.of(0.5))).toMatchObject({ converged: false });
    expect(minimiseInCube(barrier([1], [1], 0), Float64Array.of(0.5), () => true)).toBeNull();
    expect(minimiseInCube(barrier([], [], 0), new Float64Array(0))).toMatchObject({
      value: 0,
      converged: true,
    });
  });
});

describe("Cholesky", () => {
  test("solves and inverts what it can factor, and says what it cannot", () => {
    const a = Float64Array.of(4, 2, 1, 2, 5, 3, 1, 3, 6);
    const factor = a.slice();
    expect(cholesky(factor, 3)).not.toBeNaN();
    const x = Float64Array.of(1, -2, 3);
    const b = Float64Array.from([0, 1, 2], (i) => a[3 * i]! * 1 + a[3 * i + 1]! * -2 + a[3 * i + 2]! * 3);
    solveCholesky(factor, 3, b);
    b.forEach((value, i) => {
      expect(value).toBeCloseTo(x[i]!, 13);
    });
    const inverse = invertCholesky(factor, 3);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += a[3 * i + k]! * inverse[3 * k + j]!;
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 13);
        expect(inverse[3 * i + j]).toBe(inverse[3 * j + i]);
      }
    }
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeNaN();
    expect(cholesky(Float64Array.of(1, 1, 1, 1 + 1e-9), 2, 1e-6)).toBeNaN();
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeNaN();
  });
});
