import { type Rng, random } from "../core/random.js";
import { standardNormal } from "../math/special-functions/normal.js";

/** Standard normal draws: those of path i begin at `i * stride`. */
export interface NormalDraws {
  readonly values: Float64Array;
  readonly stride: number;
}

/** The seeds of streams nothing has been drawn from yet. */
const SEEDS = new WeakMap<readonly Rng[], number>();

/** Tables with more entries are not kept. */
const LARGEST_KEPT = 300_000;
const MOST_KEPT = 4;
/** The latest first. */
let kept: readonly (NormalDraws & { readonly seed: number })[] = [];

/** One stream a path: path i is the same however many are drawn. */
export function pathStreams(seed: number, count: number): Rng[] {
  const root = random(seed);
  const streams: Rng[] = [];
  for (let i = 0; i < count; i++) streams.push(root.fork(i));
  SEEDS.set(streams, seed);
  return streams;
}

/**
 * The first `each` standard normal draws of every stream, as `standardNormal` would draw them one at a time.
 *
 * Forecasts that are sampled by the same seed draw the same numbers, so the last tables are kept for the next. The streams are
 * used up: nothing is to be drawn from them before or after.
 */
export function normalDraws(streams: readonly Rng[], each: number): NormalDraws {
  const seed = SEEDS.get(streams);
  if (seed === undefined) return draw(streams, each);
  const known = kept.find(
    (table) =>
      table.seed === seed && table.stride >= each && table.values.length >= streams.length * table.stride,
  );
  if (known !== undefined) return known;
  const drawn = draw(streams, each);
  if (drawn.values.length <= LARGEST_KEPT) kept = [{ ...drawn, seed }, ...kept].slice(0, MOST_KEPT);
  return drawn;
}

function draw(streams: readonly Rng[], each: number): NormalDraws {
  const values = new Float64Array(streams.length * each);
  for (let i = 0; i < streams.length; i++) {
    const rng = streams[i]!;
    for (let h = i * each; h < (i + 1) * each; h++) values[h] = standardNormal(rng);
  }
  return { values, stride: each };
}
