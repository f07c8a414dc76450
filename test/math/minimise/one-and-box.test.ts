import { describe, expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { minimiseInBox } from "../../../src/math/minimise/box-newton.js";
import { minimiseBetween } from "../../../src/math/minimise/minimise-between.js";
import { normalQuantile } from "../../../src/math/special-functions/normal.js";

describe("minimiseBetween finds the minimum of one variable", () => {
  test.each([
    ["a parabola", (x: number) => (x - 1.234) ** 2, -5, 5, 1.234],
    ["a kink", (x: number) => Math.abs(x - 0.3), -1, 2, 0.3],
    ["a quartic", (x: number) => (x + 2) ** 4 + x, -4, 3, -2 - 0.25 ** (1 / 3)],
    ["a lower end", (x: number) => x, 2, 3, 2],
    ["an upper end", (x: number) => -x, 2, 3, 3],
    ["a function that is NaN left of 1", (x: number) => (x < 1 ? Number.NaN : (x - 1.5) ** 2), 0, 4, 1.5],
  ])("%s", (_, f, low, high, wanted) => {
    expect(Math.abs(minimiseBetween(f, low, high, 1e-10) - wanted)).toBeLessThan(1e-6);
  });
});

/** ½(z − c)'A(z − c) + Σ (z − c)⁴ with its derivatives, A given. */
function bowl(a: Float64Array, centre: Float64Array) {
  const d = centre.length;
  let at = centre;
  const slopes = (z: Float64Array) =>
    z.map((_, i) => {
      let slope = 4 * (z[i]! - centre[i]!) ** 3;
      for (let j = 0; j < d; j++) slope += a[i * d + j]! * (z[j]! - centre[j]!);
      return slope;
    });
  return {
    slopes,
    value(z: Float64Array) {
      at = z.slice();
      let value = 0;
      for (let i = 0; i < d; i++) {
        value += (z[i]! - centre[i]!) ** 4;
        for (let j = 0; j < d; j++)
          value += 0.5 * (z[i]! - centre[i]!) * a[i * d + j]! * (z[j]! - centre[j]!);
      }
      return value;
    },
    gradient: (out: Float64Array) => out.set(slopes(at)),
    curvature: (out: Float64Array) => out.set(a),
  };
}

test("minimiseInBox ends where no free coordinate has a slope and no bound one would go inside", () => {
  const rng = random(2);
  const [d, boxed] = [5, 2];
  let bound = 0;
  for (let round = 0; round < 40; round++) {
    const root = Float64Array.from({ length: d * d }, () => normalQuantile(rng.uniform()));
    const a = new Float64Array(d * d);
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        for (let l = 0; l < d; l++)
          a[i * d + j]! += root[i * d + l]! * root[j * d + l]! + (i === j ? 0.1 : 0);
    const objective = bowl(
      a,
      Float64Array.from({ length: d }, () => 2 * normalQuantile(rng.uniform())),
    );
    const limits = { lower: new Float64Array(boxed).fill(-1), upper: new Float64Array(boxed).fill(1) };
    const effort = { tolerance: 1e-14, maxIterations: 500, cutoff: Number.POSITIVE_INFINITY, optimism: 1 };
    const { z, converged } = minimiseInBox(objective, new Float64Array(d), { ...limits, ...effort });
    expect(converged).toBe(true);
    for (const [i, slope] of objective.slopes(z).entries()) {
      const side = i < d - boxed || Math.abs(z[i]!) < 1 ? 0 : Math.sign(z[i]!);
      bound += Math.abs(side);
      if (side === 0) expect(Math.abs(slope)).toBeLessThan(1e-5);
      else expect(side * slope).toBeLessThan(1e-5);
      if (i >= d - boxed) expect(Math.abs(z[i]!)).toBeLessThanOrEqual(1);
    }
  }
  expect(bound).toBeGreaterThan(10);
});
