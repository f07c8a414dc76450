import type { Fitted } from "../core/model.js";
import { type Rng, random } from "../core/random.js";
import { simulateFrom } from "../engine/forecast.js";
import type { FutureInputs } from "../engine/inputs.js";
import { normalCdf, standardNormal } from "../math/special-functions/normal.js";
import { type ErrorRows, meanSquares, scaledRows, shrinkage } from "./error-covariance.js";

/** Latest rows of errors by which paths are correlated. */
const MOST_ROWS = 100;

/** The normal scores of all series are correlated as their one-step errors were: √λ e + √(1 − λ) X'g/√T, with noise g that all share. */
export interface Loadings {
  /** One row a series; a column for each part of the shared noise. */
  readonly shared: readonly Float64Array[];
  readonly own: Float64Array;
}

/** Loadings by standardised one-step errors, their correlations shrunk. */
export function loadingsOf(errors: ErrorRows, n: number): Loadings {
  const rows = Math.min(errors.rows, MOST_ROWS);
  const latest = { rows, values: errors.values.subarray((errors.rows - rows) * n) };
  const variances = meanSquares(latest, n);
  const lambda = rows < 3 ? 1 : shrinkage(latest, variances);
  const scaled = scaledRows(latest, variances);
  const weight = Math.sqrt((1 - lambda) / Math.max(1, rows));
  const shared = Array.from({ length: n }, (_, s) =>
    Float64Array.from({ length: rows }, (__, t) => weight * scaled[t * n + s]!),
  );
  // What the shared noise does not explain, all of it for a series without errors, is a series' own.
  const own = Float64Array.from(shared, (row) =>
    Math.sqrt(Math.max(0, 1 - row.reduce((sum, load) => sum + load * load, 0))),
  );
  return { shared, own };
}

/**
 * Paths of all series, drawn together: path i of each is drawn from its own model, by numbers that are correlated between the
 * series. `values[s][i * horizon + h]`.
 */
export function jointPaths(
  fitted: readonly Fitted[],
  loadings: Loadings,
  {
    count,
    horizon,
    seed,
    inputs,
  }: { count: number; horizon: number; seed: number; inputs: readonly (FutureInputs | undefined)[] },
): Float64Array[] {
  const root = random(seed);
  const width = loadings.shared[0]!.length;
  const noises = Array.from({ length: count }, (_, i) => new SharedNoise(root.fork(i).fork(0), width));
  return fitted.map((one, s) => {
    const streams = noises.map(
      (noise, i) =>
        new CorrelatedStream(noise, root.fork(i).fork(s + 1), loadings.shared[s]!, loadings.own[s]!),
    );
    const given = inputs[s];
    return simulateFrom(one, streams, { horizon, ...(given === undefined ? {} : { inputs: given }) }).values;
  });
}

/** The noise of one path that all series share, drawn as it is first asked for. */
class SharedNoise {
  private readonly draws: Float64Array[] = [];
  private readonly forks = new Map<number, SharedNoise>();

  constructor(
    private readonly rng: Rng,
    private readonly width: number,
  ) {}

  at(draw: number): Float64Array {
    while (this.draws.length <= draw)
      this.draws.push(Float64Array.from({ length: this.width }, () => standardNormal(this.rng)));
    return this.draws[draw]!;
  }

  fork(key: number): SharedNoise {
    const known = this.forks.get(key) ?? new SharedNoise(this.rng.fork(key), this.width);
    this.forks.set(key, known);
    return known;
  }
}

/** Least probability that a draw may have, 2⁻⁵³. */
const LEAST = 1 / 9007199254740992;

/** Uniform numbers whose normal scores are correlated with those of the same draw for other series. */
class CorrelatedStream implements Rng {
  private drawn = 0;

  constructor(
    private readonly noise: SharedNoise,
    private readonly rng: Rng,
    private readonly loads: Float64Array,
    private readonly own: number,
  ) {}

  uniform(): number {
    const shared = this.noise.at(this.drawn++);
    let score = this.own * standardNormal(this.rng);
    for (let q = 0; q < shared.length; q++) score += this.loads[q]! * shared[q]!;
    return Math.min(1 - LEAST, Math.max(LEAST, normalCdf(score)));
  }

  fork(key: number): Rng {
    return new CorrelatedStream(this.noise.fork(key), this.rng.fork(key), this.loads, this.own);
  }
}
