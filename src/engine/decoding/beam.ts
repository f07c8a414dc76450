import type { Paths } from "../../core/forecast.js";
import type { Process } from "../../core/model.js";
import { mostProbable } from "../../distributions/decoding/draws.js";

interface Hypothesis<S> {
  readonly state: S;
  readonly log: number;
  readonly values: readonly number[];
}

/** A hypothesis and the value that is to follow it. */
interface Extension<S> {
  readonly from: Hypothesis<S>;
  readonly y: number;
  readonly log: number;
}

/**
 * The most probable paths: at each step every kept path is extended by its most probable outcomes, and the `width` best of all are kept.
 *
 * Exact where `width` is at least the number of paths one step before the last; else a path may be missed whose beginning is improbable.
 * There are fewer paths than `width` where no more have any probability.
 *
 * @throws YuleError `no-outcomes` for a conditional with a density.
 * @see B. T. Lowerre (1976), The HARPY speech recognition system, PhD thesis, Carnegie Mellon University.
 */
export function beamSearch<P, S>(
  process: Process<P, S>,
  params: P,
  state: S,
  inputs: readonly Float64Array[],
  width: number,
): Paths {
  let kept: readonly Hypothesis<S>[] = [{ state, log: 0, values: [] }];
  inputs.forEach((input, h) => {
    const best = kept
      .flatMap((from) => extensions(process, params, from, input, width))
      .sort((a, b) => b.log - a.log)
      .slice(0, width);
    const last = h + 1 === inputs.length;
    kept = best.map(({ from, y, log }) => ({
      state: last ? from.state : process.advance(params, from.state, y, input),
      log,
      values: [...from.values, y],
    }));
  });
  const values = new Float64Array(kept.length * inputs.length);
  kept.forEach((path, i) => {
    values.set(path.values, i * inputs.length);
  });
  return {
    count: kept.length,
    horizon: inputs.length,
    values,
    logProbabilities: Float64Array.from(kept, ({ log }) => log),
  };
}

function extensions<P, S>(
  process: Process<P, S>,
  params: P,
  from: Hypothesis<S>,
  input: Float64Array,
  width: number,
): Extension<S>[] {
  const conditional = process.conditional(params, from.state, input);
  const { values, weights } = mostProbable(conditional, width, "beam");
  return Array.from(values, (y, i) => ({ from, y, log: from.log + Math.log(weights[i]!) })).filter(
    ({ log }) => log > Number.NEGATIVE_INFINITY,
  );
}
