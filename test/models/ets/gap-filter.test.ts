import { expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { GapFilter } from "../../../src/models/ets/likelihood/gap-filter.js";
import { GapSquares } from "../../../src/models/ets/likelihood/gap-squares.js";
import {
  afterMissing,
  afterValue,
  leverage,
  unitVariance,
} from "../../../src/models/ets/likelihood/state-covariance.js";

/** Errors over their deviations and their variances by the square-root filter, step by step. */
function stepped(
  y: Float64Array,
  smoothing: { alpha: number; beta: number; gamma: number; phi: number },
  start: Float64Array,
  seasons: number,
) {
  const states = start.slice();
  let root: readonly Float64Array[] = [];
  const variances: number[] = [];
  const errors: number[] = [];
  y.forEach((value, t) => {
    const phase = seasons === 0 ? 0 : t % seasons;
    const h = leverage(root, smoothing.phi, phase);
    states[1]! *= smoothing.phi;
    states[0]! += states[1]!;
    if (Number.isNaN(value)) {
      root = afterMissing(root, smoothing, seasons, phase);
      return;
    }
    const error = value - states[0]! - (seasons === 0 ? 0 : states[2 + phase]!);
    errors.push(error / Math.sqrt(unitVariance(h)));
    variances.push(unitVariance(h));
    const next = afterValue(root, h, smoothing, seasons, phase);
    root = next.root;
    for (let i = 0; i < states.length; i++) states[i]! += next.gain[i]! * error;
  });
  return { errors, variances, states, root };
}

test("errors, variances and least squares are those of the square-root filter", () => {
  const rng = random(51);
  for (let i = 0; i < 60; i++) {
    const seasons = [0, 4, 7][i % 3]!;
    const share = [0.02, 0.2, 0.6][Math.floor(i / 3) % 3]!;
    const alpha = 0.05 + 0.9 * rng.uniform();
    const smoothing = {
      ...{ alpha, beta: i % 2 === 0 ? 0 : alpha * rng.uniform(), phi: i % 4 === 3 ? 0.9 : 1 },
      gamma: seasons === 0 ? 0 : (1 - alpha) * rng.uniform(),
    };
    const y = Float64Array.from({ length: 300 }, () =>
      rng.uniform() < share ? Number.NaN : 10 + rng.uniform(),
    );
    const start = Float64Array.from({ length: 2 + seasons }, () => rng.uniform());
    if (smoothing.beta === 0) start[1] = 0;
    const about = JSON.stringify({ i, smoothing, share });
    const expected = stepped(y, smoothing, start, seasons);
    const states = start.slice();
    const predictions = new Float64Array(y.length);
    const variances = new Float64Array(y.length);
    const filter = new GapFilter(seasons);
    filter.run(y, smoothing, states, predictions, variances);
    let seen = 0;
    y.forEach((value, t) => {
      if (Number.isNaN(value)) return;
      const error = (value - predictions[t]!) / Math.sqrt(variances[t]!);
      expect(Math.abs(error - expected.errors[seen]!), about).toBeLessThan(1e-9);
      expect(Math.abs(variances[t]! - expected.variances[seen++]!), about).toBeLessThan(1e-10);
    });
    states.forEach((own, k) => {
      expect(Math.abs(own - expected.states[k]!), about).toBeLessThan(1e-9);
      states.forEach((_, l) => {
        const product = (root: readonly Float64Array[]) => root.reduce((sum, c) => sum + c[k]! * c[l]!, 0);
        expect(Math.abs(product(filter.root) - product(expected.root)), about).toBeLessThan(1e-10);
      });
    });

    // The least sum of squares over all errors is that of the filter, and so is the determinant.
    const squares = new GapSquares(y, seasons, smoothing.beta > 0, y.length - seen);
    const moved = start.map((value, k) => (k === 1 && smoothing.beta === 0 ? 0 : value - 0.3));
    const logVariance = squares.run(
      smoothing,
      start.map((value, k) => value - moved[k]!),
    );
    const least = squares.squaresFrom(smoothing, moved);
    const whole = expected.errors.reduce((sum, e) => sum + e * e, 0);
    expect(Math.abs(least / whole - 1), about).toBeLessThan(1e-12);
    const determinant = expected.variances.reduce((sum, v) => sum + Math.log(v), 0);
    expect(Math.abs(logVariance - determinant), about).toBeLessThan(1e-10);
  }
});
