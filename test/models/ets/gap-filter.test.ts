import { expect, test } from "vitest";
import { random } from "../../../src/core/random.js";
import { GapFilter } from "../../../src/models/ets/likelihood/gap-filter.js";
import {
  afterMissing,
  afterValue,
  leverage,
  unitVariance,
} from "../../../src/models/ets/likelihood/state-covariance.js";

/** Errors over their deviations and Σ log v by the square-root filter, step by step. */
function stepped(
  y: Float64Array,
  smoothing: { alpha: number; beta: number; gamma: number; phi: number },
  start: Float64Array,
  seasons: number,
) {
  const states = start.slice();
  let root: readonly Float64Array[] = [];
  let logVariance = 0;
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
    logVariance += Math.log(unitVariance(h));
    const next = afterValue(root, h, smoothing, seasons, phase);
    root = next.root;
    for (let i = 0; i < states.length; i++) states[i]! += next.gain[i]! * error;
  });
  return { errors, logVariance };
}

test("errors and variances of two starts at once are those of the square-root filter", () => {
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
    const observed = y.filter((v) => !Number.isNaN(v)).length;
    const starts = [0, 1].map(() => Float64Array.from({ length: 2 + seasons }, () => rng.uniform()));
    if (smoothing.beta === 0) for (const start of starts) start[1] = 0;
    const expected = [y, y.map((v) => 0 * v)].map((values, k) =>
      stepped(values, smoothing, starts[k]!, seasons),
    );
    const errors = starts.map(() => new Float64Array(observed));
    const logVariance = new GapFilter(seasons).run(y, smoothing, starts, errors);
    const about = JSON.stringify({ i, smoothing, share });
    expect(Math.abs(logVariance - expected[0]!.logVariance), about).toBeLessThan(1e-10);
    errors.forEach((own, k) => {
      own.forEach((e, t) => {
        expect(Math.abs(e - expected[k]!.errors[t]!), about).toBeLessThan(1e-9);
      });
    });
  }
});
