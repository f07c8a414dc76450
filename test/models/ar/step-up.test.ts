import { describe, expect, test } from "vitest";
import { arFromPartials } from "../../../src/math/polynomials.js";
import {
  logDeterminantTerm,
  stepUpAll,
  stepUpJacobian,
  throughStepUp,
} from "../../../src/models/ar/likelihood/step-up.js";

const R = Float64Array.of(0.6, -0.4, 0.25, 0.7);
const P = R.length;
const H = 1e-5;
/** Weights of f(a) = Σ w_i a_i + ½ Σ b_ij a_i a_j. */
const W = Float64Array.of(0.3, -1, 2, 0.5, 1.5);
const B = Float64Array.from({ length: 25 }, (_, at) => 1 / (1 + Math.floor(at / 5) + (at % 5)));

const moved = (partials: Float64Array, k: number, by: number) => {
  const copy = partials.slice();
  copy[k]! += by;
  return copy;
};
const slopeAt = (a: Float64Array) =>
  W.map((w, i) => a.reduce((sum, value, j) => sum + B[i * 5 + j]! * value, w));
const objective = (partials: Float64Array) => {
  const a = stepUpAll(partials);
  const half = a.reduce((sum, value, i) => sum + value * (W[i]! + slopeAt(a)[i]!), 0);
  return half / 2 - logDeterminantTerm(partials);
};

describe("the step-up recursion", () => {
  test("is 1 and minus the coefficients of the autoregression", () => {
    expect([...stepUpAll(R)]).toEqual([1, ...Array.from(arFromPartials(R), (phi) => -phi)]);
  });

  test("its derivatives agree with central differences", () => {
    const jacobian = stepUpJacobian(R);
    for (let k = 0; k < P; k++) {
      const [after, before] = [stepUpAll(moved(R, k, H)), stepUpAll(moved(R, k, -H))];
      for (let i = 0; i <= P; i++)
        expect(jacobian[k * (P + 1) + i]).toBeCloseTo((after[i]! - before[i]!) / (2 * H), 8);
    }
  });

  test("gradient and Hessian by the partial autocorrelations agree with central differences", () => {
    const { gradient, hessian } = throughStepUp(R, slopeAt(stepUpAll(R)), B);
    for (let k = 0; k < P; k++) {
      const slope = (objective(moved(R, k, H)) - objective(moved(R, k, -H))) / (2 * H);
      expect(gradient[k]).toBeCloseTo(slope, 6);
      const gradientAt = (by: number) => {
        const partials = moved(R, k, by);
        return throughStepUp(partials, slopeAt(stepUpAll(partials)), B).gradient;
      };
      const [after, before] = [gradientAt(H), gradientAt(-H)];
      for (let l = 0; l < P; l++)
        expect(hessian[k * P + l]).toBeCloseTo((after[l]! - before[l]!) / (2 * H), 6);
    }
  });
});
