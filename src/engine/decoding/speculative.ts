import type { Distribution } from "../../core/distribution.js";
import { usageError } from "../../core/errors.js";
import type { Paths } from "../../core/forecast.js";
import type { Fitted } from "../../core/model.js";
import type { Rng } from "../../core/random.js";
import { makeupOf } from "../../distributions/makeup.js";

/** Paths, and what they cost. */
export interface SpeculativePaths extends Paths {
  /** How often the target judged proposals, each time all of a round at once; plain drawing takes a step of its own for every value. */
  readonly passes: number;
  /** Share of the proposals that were accepted. */
  readonly accepted: number;
}

type Model = Pick<Fitted, "process" | "params" | "state">;

/** Draws after which a residual is taken to be empty: p and q differ by rounding alone. */
const MOST_TRIES = 10_000;

/**
 * Paths of the target, proposed by a draft: the draft draws `ahead` values, the target says the conditionals of all of them, and each is
 * accepted with probability min(1, p/q). The first that is not is drawn anew from max(0, p − q), normalised; where all are accepted the
 * target adds a value of its own. Whatever the draft, the paths have the distribution of the target: q min(1, p/q) + (the chance of a
 * refusal) (p − q)⁺/∫(p − q)⁺ = p.
 *
 * @throws YuleError `no-density` for distributions that draw otherwise than their density says (samples, demand in amounts).
 * @see Y. Leviathan, M. Kalman, Y. Matias (2023), "Fast inference from transformers via speculative decoding", ICML, 19274-19286; C. Chen et
 *   al. (2023), "Accelerating large language model decoding with speculative sampling", arXiv 2302.01318.
 */
export function speculate(
  target: Model,
  draft: Model,
  inputs: readonly Float64Array[],
  streams: readonly Rng[],
  ahead: number,
): SpeculativePaths {
  const horizon = inputs.length;
  const values = new Float64Array(streams.length * horizon);
  let [passes, proposed, accepted] = [0, 0, 0];
  streams.forEach((rng, i) => {
    const path = values.subarray(i * horizon, (i + 1) * horizon);
    let [own, cheap] = [target.state, draft.state];
    for (let h = 0; h < horizon; ) {
      const proposals = proposalsOf(draft, cheap, inputs.slice(h, h + ahead), rng);
      passes++;
      const from = h;
      let kept = true;
      for (const { y, q } of proposals) {
        const p = target.process.conditional(target.params, own, inputs[h]!);
        kept = rng.uniform() * weightAt(q, p, y) < weightAt(p, q, y);
        proposed++;
        if (kept) accepted++;
        path[h] = kept ? y : residualDraw(p, q, rng);
        own = target.process.advance(target.params, own, path[h]!, inputs[h]!);
        h++;
        if (!kept) break;
      }
      if (kept && h < horizon) {
        path[h] = target.process.conditional(target.params, own, inputs[h]!).sample(rng);
        own = target.process.advance(target.params, own, path[h]!, inputs[h]!);
        h++;
      }
      for (let t = from; t < h; t++) cheap = draft.process.advance(draft.params, cheap, path[t]!, inputs[t]!);
    }
  });
  return { count: streams.length, horizon, values, passes, accepted: accepted / proposed };
}

interface Proposal {
  readonly y: number;
  readonly q: Distribution;
}

function proposalsOf(
  { process, params }: Model,
  state: unknown,
  inputs: readonly Float64Array[],
  rng: Rng,
): Proposal[] {
  let memory = state;
  return inputs.map((input) => {
    const q = process.conditional(params, memory, input);
    const y = q.sample(rng);
    memory = process.advance(params, memory, y, input);
    return { y, q };
  });
}

/** A draw from max(0, p − q), normalised: a draw from p that is taken with probability max(0, 1 − q/p). */
function residualDraw(p: Distribution, q: Distribution, rng: Rng): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const y = p.sample(rng);
    if (rng.uniform() * weightAt(p, q, y) > weightAt(q, p, y)) return y;
  }
  return p.sample(rng);
}

/** Kinds whose draws follow their density, and that have no outcomes beside it. */
const PLAIN = ["normal", "student-t", "transformed", "negative-binomial"];

/**
 * What a distribution has at y: a probability where y is an outcome of it or of the other one, else a density.
 *
 * @throws YuleError `no-density`.
 */
function weightAt(distribution: Distribution, other: Distribution, y: number): number {
  if (PLAIN.includes(distribution.kind) && distribution.kind === other.kind)
    return Math.exp(distribution.logDensity(y));
  const own = partsOf(distribution);
  const atom = own.atoms.indexOf(y);
  if (atom >= 0) return own.probabilities[atom]!;
  if (partsOf(other).atoms.indexOf(y) >= 0 || own.spread === null) return 0;
  return Math.exp(own.spread.logDensity(y));
}

function partsOf(distribution: Distribution) {
  const parts = makeupOf(distribution);
  const { kind } = distribution;
  if (kind !== "empirical" && !(kind === "demand" && parts.spread !== null)) return parts;
  throw usageError(
    "no-density",
    "draft",
    kind,
    `Speculative drawing needs a density that the draws follow, and a ${kind} distribution has none; leave the draft out.`,
  );
}
