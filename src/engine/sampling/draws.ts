import { type Rng, random } from "../../core/random.js";
import { gammaDraw } from "../../math/gamma-draw.js";
import { standardNormal } from "../../math/special-functions/normal.js";

/** Numbers drawn from streams: those of path i begin at `i * stride`. */
export interface Draws {
  readonly values: Float64Array;
  readonly stride: number;
}

/** The seeds of streams nothing has been drawn from yet. */
const SEEDS = new WeakMap<readonly Rng[], number>();

/** Tables with more entries are not kept. */
const LARGEST_KEPT = 300_000;
const MOST_KEPT = 4;

interface Kept extends Draws {
  readonly seed: number;
  /** Of Student's t; null of plain normal draws. */
  readonly df: number | null;
}

/** The latest first. */
let kept: readonly Kept[] = [];

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
export function normalDraws(streams: readonly Rng[], each: number): Draws {
  return drawsOf(streams, each, null);
}

/**
 * The same of Student's t with `df` degrees of freedom, Z/√(G/(df/2)) with Z normal and G gamma, from the same numbers of the streams as
 * `studentT(…).sample` takes.
 */
export function studentTDraws(streams: readonly Rng[], each: number, df: number): Draws {
  return drawsOf(streams, each, df);
}

function drawsOf(streams: readonly Rng[], stride: number, df: number | null): Draws {
  const seed = SEEDS.get(streams);
  if (seed === undefined) return draw(streams, stride, df);
  const known = kept.find(
    (table) =>
      table.seed === seed &&
      table.df === df &&
      table.stride >= stride &&
      table.values.length >= streams.length * table.stride,
  );
  if (known !== undefined) return known;
  const drawn = draw(streams, stride, df);
  if (drawn.values.length <= LARGEST_KEPT) kept = [{ ...drawn, seed, df }, ...kept].slice(0, MOST_KEPT);
  return drawn;
}

function draw(streams: readonly Rng[], stride: number, df: number | null): Draws {
  const values = new Float64Array(streams.length * stride);
  const half = 0.5 * (df ?? 0);
  for (let i = 0; i < streams.length; i++) {
    const rng = streams[i]!;
    for (let h = i * stride; h < (i + 1) * stride; h++) {
      const z = standardNormal(rng);
      values[h] =
        df === null || half === Number.POSITIVE_INFINITY ? z : z / Math.sqrt(gammaDraw(rng, half) / half);
    }
  }
  return { values, stride };
}
