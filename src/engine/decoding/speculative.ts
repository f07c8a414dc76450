import type { Distribution, Makeup } from "../../core/distribution.js";
import { usageError } from "../../core/errors.js";
import type { Paths } from "../../core/forecast.js";
import type { Fitted, LookAhead } from "../../core/model.js";
import type { Rng } from "../../core/random.js";
import { makeupOf } from "../../distributions/makeup.js";
import { lookAheadOf } from "./look-ahead.js";

/** Paths, and what they cost. */
export interface SpeculativePaths extends Paths {
  /** How often the target judged proposals, each time all of a round at once; plain drawing takes a step of its own for every value. */
  readonly passes: number;
  /** Share of the proposals that were accepted. */
  readonly accepted: number;
}

/** @throws YuleError `bad-draft` for a draft of other rows, or one of densities for a model of counts, or the reverse. */
export function requireDraft(target: Fitted, draft: Fitted, inputs: readonly Float64Array[]): void {
  const refuse = (why: string) => usageError("bad-draft", "draft", draft.notation, why);
  const where = ({ origin }: Fitted) => `row ${origin.length} of ${origin.id}`;
  if (where(draft) !== where(target)) {
    throw refuse(
      `The draft ends at ${where(draft)}, the model at ${where(target)}; fit both to the same series.`,
    );
  }
  const listed = ({ process, params, state }: Model) => {
    const next = process.conditional(params, state, inputs[0]!);
    return next.kind === "diffuse" || next.variance === 0 ? null : makeupOf(next).density === null;
  };
  const [own, proposed] = [listed(target), listed(draft)];
  if (own === null || proposed === null || own === proposed) return;
  const [has, gives] = own ? ["counts", "densities"] : ["densities", "counts"];
  throw refuse(
    `${draft.notation} proposes from ${gives}, and ${target.notation} has ${has}: none would be accepted; take a draft of ${has}.`,
  );
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
  const judge = lookAheadOf(target.process, target.params, target.state, inputs);
  const proposer = lookAheadOf(draft.process, draft.params, draft.state, inputs);
  const count = { passes: 0, proposed: 0, accepted: 0 };
  streams.forEach((rng, i) => {
    if (i > 0) for (const one of [judge, proposer]) one.restart();
    const path = values.subarray(i * horizon, (i + 1) * horizon);
    for (let h = 0; h < horizon; ) {
      const proposals = proposalsOf(proposer, Math.min(ahead, horizon - h), rng);
      const taken = roundOf(judge, proposals, count, rng);
      path.set(taken, h);
      h += taken.length;
      if (h < horizon) for (const one of [judge, proposer]) one.take(taken);
    }
  });
  const { passes, accepted, proposed } = count;
  return { count: streams.length, horizon, values, passes, accepted: accepted / proposed };
}

/** The accepted proposals, and after them a value of the target's own where there is room for one. */
function roundOf(
  judge: LookAhead,
  proposals: readonly Proposal[],
  count: { passes: number; proposed: number; accepted: number },
  rng: Rng,
): number[] {
  const expected = judge.conditionals(proposals.map(({ y }) => y));
  const taken: number[] = [];
  count.passes++;
  for (const [r, { y, q }] of proposals.entries()) {
    const p = weighed(expected[r]!);
    const own = weightAt(p, q, y);
    count.proposed++;
    if (rng.uniform() * weightAt(q, p, y) < own) {
      count.accepted++;
      taken.push(y);
    } else return [...taken, residualDraw(p, q, rng)];
  }
  const last = expected[proposals.length];
  return last === undefined ? taken : [...taken, last.sample(rng)];
}

interface Proposal {
  readonly y: number;
  readonly q: Weighed;
}

function proposalsOf(proposer: LookAhead, count: number, rng: Rng): Proposal[] {
  const proposals: Proposal[] = [];
  const values: number[] = [];
  while (proposals.length < count) {
    const q = proposer.conditionals(values)[values.length]!;
    const y = q.sample(rng);
    proposals.push({ y, q: weighed(q) });
    values.push(y);
  }
  return proposals;
}

/** A draw from max(0, p − q), normalised: a draw from p that is taken with probability max(0, 1 − q/p). */
function residualDraw(p: Weighed, q: Weighed, rng: Rng): number {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const y = p.distribution.sample(rng);
    if (rng.uniform() * weightAt(p, q, y) > weightAt(q, p, y)) return y;
  }
  return p.distribution.sample(rng);
}

/** A distribution, and its makeup, computed when first needed. */
interface Weighed {
  readonly distribution: Distribution;
  parts: Makeup | null;
}

function weighed(distribution: Distribution): Weighed {
  return { distribution, parts: null };
}

/** Kinds whose draws follow their density, and that have no outcomes beside it. */
const PLAIN = ["normal", "student-t", "transformed", "negative-binomial"];

/**
 * What a distribution has at y: a probability where y is an outcome of it or of the other one, else a density.
 *
 * @throws YuleError `no-density`.
 */
function weightAt(one: Weighed, other: Weighed, y: number): number {
  const { kind } = one.distribution;
  if (PLAIN.includes(kind) && kind === other.distribution.kind)
    return Math.exp(one.distribution.logDensity(y));
  const own = partsOf(one);
  const atom = own.atoms.indexOf(y);
  if (atom >= 0) return own.probabilities[atom]!;
  if (partsOf(other).atoms.indexOf(y) >= 0 || own.density === null) return 0;
  return Math.exp(own.density.logDensity(y));
}

function partsOf(one: Weighed): Makeup {
  if (one.parts !== null) return one.parts;
  const { kind } = one.distribution;
  const parts = makeupOf(one.distribution);
  if (kind === "empirical" || (kind === "demand" && parts.density !== null)) {
    throw usageError(
      "no-density",
      "draft",
      kind,
      `Speculative sampling needs samples that follow a density, and a ${kind} distribution has none; leave the draft out.`,
    );
  }
  one.parts = parts;
  return parts;
}
