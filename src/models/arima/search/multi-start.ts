import { type Rng, random } from "../../../core/random.js";
import { smallestOf } from "../../../math/extremes.js";
import { isKnown, type KnownMinimum } from "../../../math/minimise/quasi-newton.js";
import type { Held } from "../definition/orders.js";
import { negativeLogLikelihood } from "../likelihood/log-likelihood.js";
import type { Workspace } from "../likelihood/workspace.js";
import type { LongAutoregression } from "../problem/long-autoregression.js";
import { type PairStarts, pairStarts, pulledFromBoundary } from "./cancelling-pairs.js";
import { type Cutoff, descend, type Maximum } from "./descent.js";
import type { SearchEffort } from "./effort.js";
import { hannanRissanen, randomStart } from "./hannan-rissanen.js";
import { reducedStarts } from "./reduced-starts.js";
import type { Scratch } from "./scratch.js";

export interface Search {
  readonly best: Maximum;
  /** Whether the best is admissible; other maxima count only where none is. */
  readonly admissible: boolean;
  /** Values of minus the log-likelihood at the distinct maxima that were met, best first. */
  readonly maxima: readonly number[];
  readonly starts: number;
  /** Starts that led to the best. */
  readonly ended: number;
}

/** The value that minus the log-likelihood should reach, and how far above it a start may lie. */
export interface StartCutoff extends Cutoff {
  readonly within: number;
}

export interface MultiStartOptions {
  readonly held: Held | null;
  /** All coefficients; those that are not held are ignored. */
  readonly fixed: Float64Array | null;
  readonly effort: SearchEffort;
  readonly rng: Rng | null;
  /** Starting points to try before any of the search's own. */
  readonly given?: readonly Float64Array[];
  /** Maxima that may be chosen; default all. */
  readonly admissible?: (x: Float64Array) => boolean;
  /** Minus the log-likelihood that has to be in sight for maxima that may not be chosen to be pursued. Default: any. */
  readonly outsideCutoff?: number;
  /** What has to be in sight for a descent to be pursued at all. Default: nothing. */
  readonly cutoff?: StartCutoff;
}

/** A smaller model that is worse by more than this is not extended by a nearly cancelling pair of roots. */
const PAIR_WORTH = 6;
/** Random starts that are looked at, and of these pursued, in models of so many coefficients. */
const RANDOM_LOOKS = 12;
const RANDOM_SIZE = 3;
/** Starts from each smaller model, random starts, and how far these may lie above the best maximum. */
const EACH_REDUCED = 3;
const EACH_RANDOM = 2;
const REDUCED_WITHIN = 60;
const RACE_STEPS = 4;
/** Half the Newton decrement that tells maxima apart; the best is continued. */
const RACE_TOLERANCE = 1e-5;
/** Two maxima whose values differ by less are the same. */
const SAME = 1e-4;

/**
 * The highest maximum of the likelihood that a handful of well-chosen starts lead to.
 *
 * @param long null where no start but those given is to be tried.
 */
export function maximiseLikelihood(
  scratch: Scratch,
  long: LongAutoregression | null,
  options: MultiStartOptions,
): Search {
  const racing = long !== null && options.effort.reduced > 0 && options.held === null;
  const { orders } = scratch.ws;
  const { tolerance } = options.effort;
  const search = new MultiStart(scratch, options, racing ? Math.max(RACE_TOLERANCE, tolerance) : tolerance);
  const first = [...(options.given ?? [])];
  if (long !== null) first.push(hannanRissanen(orders, long));
  if (options.cutoff !== undefined && search.isHopeless(first[0]!, options.cutoff)) return search.result();
  const pairs = long !== null && options.effort.maxStarts > 0 ? pairStarts(orders, long) : [];
  if (first.length + pairs.length === 1) search.from(first[0]!);
  else search.fromMostLikely(first, pairs);
  if (options.effort.maxStarts > 0) search.fromInside();
  if (racing) search.fromFurther(long);
  if (options.rng !== null) {
    for (let i = 0; i < options.effort.random; i++) search.from(randomStart(orders, options.rng));
  }
  if (racing && tolerance < RACE_TOLERANCE) search.finish();
  return search.result();
}

interface Candidate {
  readonly x: Float64Array;
  readonly reached: number;
}

/** A search in progress: what was found so far. */
class MultiStart {
  private best: Maximum | null = null;
  /** The best as a start reached it, where {@link finish} went on from there. */
  private bestOfStarts: Maximum | null = null;
  private admissible = false;
  private starts = 0;
  private readonly known: KnownMinimum[] = [];
  private readonly ends: Maximum[] = [];
  private readonly scratch: Scratch;
  private readonly ws: Workspace;
  private readonly options: MultiStartOptions;

  private readonly tolerance: number;

  /** @param tolerance of all descents but the one that {@link finish} makes. */
  constructor(scratch: Scratch, options: MultiStartOptions, tolerance: number) {
    this.scratch = scratch;
    this.ws = scratch.ws;
    this.options = options;
    this.tolerance = tolerance;
  }

  /** The expected decrease from which a further start is pursued. */
  private get target(): number {
    return this.admissible ? this.best!.value : Number.POSITIVE_INFINITY;
  }

  from(x: Float64Array): void {
    const { known } = this;
    const { held, fixed, effort } = this.options;
    this.starts++;
    const { admissible, outsideCutoff, cutoff } = this.options;
    const reached = descend(this.scratch, x, {
      ...{
        held,
        fixed,
        known,
        tolerance: this.tolerance,
        iterations: effort.iterations,
        target: this.target,
      },
      ...(outsideCutoff === undefined ? {} : { outsideCutoff }),
      ...(cutoff === undefined ? {} : { cutoff }),
      ...(admissible === undefined ? {} : { outOfBounds: (point: Float64Array) => !admissible(point) }),
    });
    this.ends.push(reached);
    if (reached.converged) known.push({ z: reached.x, value: reached.value });
    if (!this.improves(reached)) return;
    this.best = reached;
  }

  /** Whether the first start lies so far above the cutoff that no descent is worth it; then it is the result. */
  isHopeless(x: Float64Array, { value, within }: StartCutoff): boolean {
    const { reached } = this.screened(x);
    if (reached <= value + within) return false;
    this.best = {
      x,
      value: reached,
      converged: false,
      givenUp: true,
      remaining: Number.POSITIVE_INFINITY,
      slopes: null,
    };
    return true;
  }

  private improves(reached: Maximum): boolean {
    const { admissible } = this.options;
    const fine = admissible === undefined || (reached.converged && admissible(reached.x));
    if (
      this.best !== null &&
      (fine === this.admissible ? reached.value >= this.best.value : this.admissible)
    ) {
      return false;
    }
    this.admissible = fine;
    return true;
  }

  /** The best of the first starts and the pairs, then those whose expected decrease exceeds what was reached. */
  fromMostLikely(first: readonly Float64Array[], pairs: readonly PairStarts[]): void {
    const { logLikelihoodGap: within, maxStarts: most } = this.options.effort;
    const candidates = first.map((x) => this.screened(x));
    const lowest = smallestOf(candidates.map(({ reached }) => reached));
    for (const { base, starts } of pairs) {
      if (this.screened(base).reached > lowest + within + PAIR_WORTH) continue;
      for (const x of starts()) candidates.push(this.screened(x));
    }
    candidates.sort((a, b) => a.reached - b.reached);
    this.from(candidates[0]!.x);
    for (const candidate of candidates.slice(1, 1 + most)) {
      if (candidate.reached > this.best!.value + within) break;
      this.from(candidate.x);
    }
  }

  /**
   * Compares starts from smaller models' maxima and random ones: a few steps from each, then full descents from the
   * lowest.
   */
  fromFurther(long: LongAutoregression): void {
    const { ws, options } = this;
    const likelier = (a: Candidate, b: Candidate) => a.reached - b.reached;
    const lists = ws.gaps === null && ws.pulses === 0 ? reducedStarts(this.scratch, long) : [];
    const entrants: Candidate[] = [];
    for (const list of lists) {
      const best = list.map((x) => this.screened(x)).sort(likelier);
      for (const start of best.slice(0, EACH_REDUCED)) entrants.push(start);
    }
    if (ws.size >= RANDOM_SIZE && ws.gaps === null) {
      const rng = random(1);
      const looks = Array.from({ length: RANDOM_LOOKS }, () => this.screened(randomStart(ws.orders, rng)));
      for (const look of looks.sort(likelier).slice(0, EACH_RANDOM)) entrants.push(look);
    }
    const limit = this.best!.value + REDUCED_WITHIN;
    const raced = entrants
      .filter(({ reached }) => reached < limit)
      .map(({ x }) => this.raced(x))
      .filter((end) => !end.givenUp && !this.endedBefore(end))
      .sort((a, b) => a.value - b.value);
    const finals: Maximum[] = [];
    for (const end of raced) {
      if (finals.length === options.effort.reduced) break;
      if (
        isKnown(
          finals.map(({ x, value }) => ({ z: x, value })),
          end.x,
          end.value,
        )
      )
        continue;
      finals.push(end);
      this.starts--; // the same start goes on
      this.from(end.x);
    }
  }

  /** Whether a start came so near a maximum met before that it counts as one that led there. */
  private endedBefore(end: Maximum): boolean {
    if (!isKnown(this.known, end.x, end.value)) return false;
    this.ends.push(end);
    return true;
  }

  /** A few steps from a start. */
  private raced(x: Float64Array): Maximum {
    const { held, fixed } = this.options;
    const { known, target, tolerance } = this;
    this.starts++;
    return descend(this.scratch, x, { held, fixed, known, tolerance, iterations: RACE_STEPS, target });
  }

  /** Takes the best maximum to its last digits. */
  finish(): void {
    const { best } = this;
    const { held, fixed, effort } = this.options;
    const { tolerance, iterations } = effort;
    const target = Number.POSITIVE_INFINITY;
    const end = descend(this.scratch, best!.x, { held, fixed, known: [], tolerance, iterations, target });
    if (end.value > best!.value) return;
    this.bestOfStarts = best;
    this.best = end;
  }

  private screened(x: Float64Array): Candidate {
    const { held, fixed } = this.options;
    if (held !== null && fixed !== null) {
      for (let i = 0; i < x.length; i++) if (held[i]) x[i] = fixed[i]!;
    }
    return { x, reached: negativeLogLikelihood(this.ws, x) };
  }

  /** Restarts from the best point with MA roots moved inside the unit circle, where descents often stop too early. */
  fromInside(): void {
    const best = this.best!;
    const pulled = pulledFromBoundary(this.ws.orders, best.x);
    if (pulled === null) return;
    const { x, reached } = this.screened(pulled);
    if (reached < best.value + this.options.effort.logLikelihoodGap) this.from(x);
  }

  result(): Search {
    const maxima: number[] = [];
    for (const { value: reached } of this.known) {
      if (!maxima.some((seen) => Math.abs(seen - reached) < SAME)) maxima.push(reached);
    }
    const best = this.best!;
    const found = this.bestOfStarts ?? best;
    return {
      best,
      admissible: this.admissible,
      maxima: maxima.sort((a, b) => a - b),
      starts: this.starts,
      ended: this.ends.filter(({ x, value: end }) => isKnown([{ z: x, value: end }], found.x, found.value))
        .length,
    };
  }
}
