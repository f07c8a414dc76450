import { random } from "../../core/random.js";
import { studentTLevels } from "./student-t-levels.js";

/** Each stratum of the distribution is cut in so many parts, of which a draw takes one: without that its tails would end at the middle of the last stratum. */
const PARTS = 8;
/** Paths are put in order by so many classes each, of equal width. */
const CLASSES = 2;
/** The classes reach to so many standard deviations on either side of the mean. */
const REACH = 4;
const WORD = 0x1_0000_0000;
/** 2³² over the golden ratio: its multiples are spread evenly. */
const GOLDEN = 0x9e3779b1;

/**
 * Draws of Student's t for many paths that go forward together, spread evenly: at each step the paths are put in order by where they
 * stand, and each takes one of as many strata of the distribution, neighbours in the order strata far from each other (bits reversed, the
 * sequence of van der Corput). So paths and draws together fill their square evenly, and marginals settle much faster than with
 * independent draws. Each path alone is one that the process draws.
 *
 * @param count how many paths.
 * @see P. L'Ecuyer, C. Lécot, B. Tuffin (2008), "A randomized quasi-Monte Carlo simulation method for Markov chains", Operations Research 56,
 *   958-975.
 */
export class SpreadDraws {
  private readonly levels: Float64Array;
  private readonly strata: Uint32Array;
  private readonly order: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly classOf: Uint32Array;
  private readonly rng;

  constructor(
    private readonly count: number,
    df: number,
    seed: number,
  ) {
    this.levels = studentTLevels(PARTS * count, df);
    this.strata = reversedBits(count);
    this.order = new Uint32Array(count);
    this.ends = new Uint32Array(CLASSES * count);
    this.classOf = new Uint32Array(count);
    this.rng = random(seed);
  }

  /** Writes a draw for each path. @param places where the paths stand; any finite numbers before the first step. */
  next(places: Float64Array, out: Float64Array): void {
    const { count, levels, strata, order } = this;
    this.arrange(places);
    const shift = Math.floor(this.rng.uniform() * count);
    let part = Math.floor(this.rng.uniform() * WORD) >>> 0;
    for (let rank = 0; rank < count; rank++) {
      let stratum = strata[rank]! + shift;
      if (stratum >= count) stratum -= count;
      part = (part + GOLDEN) >>> 0;
      out[order[rank]!] = levels[PARTS * stratum + Math.floor(part / (WORD / PARTS))]!;
    }
  }

  /** Paths in ascending order of their places, those of a class in their own. */
  private arrange(places: Float64Array): void {
    const { count, order, ends, classOf } = this;
    const { from, perWidth } = classesOf(places, ends.length);
    ends.fill(0);
    for (let i = 0; i < count; i++) {
      const at = (places[i]! - from) * perWidth;
      const own = at > 0 ? (at < ends.length ? at | 0 : ends.length - 1) : 0;
      classOf[i] = own;
      ends[own] = ends[own]! + 1;
    }
    for (let sum = 0, k = 0; k < ends.length; k++) {
      sum += ends[k]!;
      ends[k] = sum;
    }
    for (let i = count - 1; i >= 0; i--) {
      const own = classOf[i]!;
      const place = ends[own]! - 1;
      ends[own] = place;
      order[place] = i;
    }
  }
}

function classesOf(places: Float64Array, classes: number): { from: number; perWidth: number } {
  const first = places[0]!;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < places.length; i++) {
    const own = places[i]! - first;
    sum += own;
    squares += own * own;
  }
  const mean = sum / places.length;
  const deviation = Math.sqrt(Math.max(0, squares / places.length - mean * mean));
  return {
    from: first + mean - REACH * deviation,
    perWidth: deviation > 0 ? classes / (2 * REACH * deviation) : 0,
  };
}

/** The numbers below `count` in the order of the van der Corput sequence: each with its bits reversed. */
function reversedBits(count: number): Uint32Array {
  const bits = Math.ceil(Math.log2(Math.max(2, count)));
  const reversed = new Uint32Array(1 << bits);
  for (let i = 1; i < reversed.length; i++) reversed[i] = (reversed[i >> 1]! >> 1) | ((i & 1) << (bits - 1));
  return reversed.filter((number) => number < count);
}
