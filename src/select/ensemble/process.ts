import type { Distribution } from "../../core/distribution.js";
import type { Process } from "../../core/model.js";
import { clipped } from "../../distributions/derived/clipped.js";
import { mixture } from "../../distributions/derived/mixture.js";
import { normal } from "../../distributions/families/normal.js";
import { reliableMean } from "../../distributions/reliable-mean.js";
import { marginalsOfPaths } from "../../engine/parts/sampled.js";
import { pathStreams, roll } from "../../engine/roll.js";
import { largestOf } from "../../math/extremes.js";
import { square } from "../../math/square.js";
import { type StoppedFrom, type StopState, staysZero, zerosAfter } from "./stopped.js";

export interface EnsembleParams {
  /** Each member's estimates. */
  readonly members: readonly unknown[];
  /** Weights at the forecast origin, adding up to 1. */
  readonly weights: readonly number[];
  /** Rows of the training series; from there on the weights are updated by Bayes' rule. */
  readonly origin: number;
  /** No value lies below: probability below it is moved to it. Absent: no such bound. */
  readonly lowest?: number;
  /** No value lies above: probability above it is moved to it. Absent: no such bound. */
  readonly highest?: number;
  /** Positions of the season at which nothing was ever observed. Absent: none. */
  readonly unseen?: Unseen;
  /** Positions of the season at which all was 0. Absent: none. */
  readonly closed?: Closed;
  /** Zeros at the end of the series, of which members see nothing. Absent: none. */
  readonly stopped?: StoppedFrom;
}

/** Positions of a season that are 0: closing days, nights. */
export interface Closed {
  readonly period: number;
  /** Rows modulo the period, from 0. */
  readonly positions: readonly number[];
  /** Probability that a value there is 0 again. */
  readonly certainty: number;
}

/** Distribution of values at positions of the season that were never observed, estimated from the other positions. */
export interface Unseen {
  readonly period: number;
  /** Rows modulo the period, from 0. */
  readonly positions: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

export interface EnsembleState extends StopState {
  readonly rows: number;
  /** Each member's memory. */
  readonly members: readonly unknown[];
  readonly weights: readonly number[];
}

/** What every member forecast for the same rows. */
interface Marginals {
  readonly params: EnsembleParams;
  readonly state: EnsembleState;
  readonly all: readonly (readonly Distribution[])[];
}

const KIND = "ensemble:";
/** Paths behind the marginals of a member that has no exact ones. */
const MEMBER_PATHS = 1000;
const MEMBER_SEED = 20_241_103;

/**
 * A linear pool of models, p(x_t | past) = Σ w_k p_k(x_t | past). After the forecast origin the weights are the
 * posterior ones, w_k ∝ w_k p_k(x_t | past), which makes the pool a joint distribution: its marginals at every step are the
 * pooled marginals of its members (Hoeting et al. 1999, p. 383, with weights that are not learned before the origin).
 */
export function ensembleProcess(
  members: readonly Process<unknown, unknown>[],
): Process<EnsembleParams, EnsembleState> {
  // A forecast asks for the distributions and then for the means of the same steps: once is enough.
  const latest = new WeakMap<readonly Float64Array[], Marginals>();
  const marginalsOfAll = (params: EnsembleParams, state: EnsembleState, inputs: readonly Float64Array[]) => {
    const known = latest.get(inputs);
    if (known !== undefined && known.params === params && known.state === state) return known.all;
    const all = members.map((member, k) => marginals(member, params.members[k], state.members[k], inputs));
    latest.set(inputs, { params, state, all });
    return all;
  };
  const conditionals = (params: EnsembleParams, state: EnsembleState, input: Float64Array) =>
    members.map((member, k) => member.conditional(params.members[k], state.members[k], input));
  return {
    kind: KIND + JSON.stringify(members.map(({ kind }) => kind)),
    start: (params, series) => ({
      rows: 0,
      members: members.map((member, k) => member.start(params.members[k], series)),
      weights: params.weights,
    }),
    conditional: (params, state, input) => pool(conditionals(params, state, input), params, state, 0),
    advance(params, state, y, input) {
      const { stopped } = params;
      const counts = stopped !== undefined && !(y === 0 && isClosed(params, state.rows));
      const zeros = counts ? zerosAfter(stopped, state, state.rows, y) : (state.zeros ?? 0);
      const seen = zeros > 0 ? Number.NaN : y;
      const learning = state.rows >= params.origin && !Number.isNaN(seen);
      return {
        rows: state.rows + 1,
        members: members.map((member, k) => member.advance(params.members[k], state.members[k], seen, input)),
        weights: learning
          ? posterior(conditionals(params, state, input), state.weights, seen)
          : state.weights,
        ...(stopped === undefined ? {} : { zeros }),
      };
    },
    ahead: (params, state, inputs) => aheadOf(marginalsOfAll(params, state, inputs), params, state),
    means(params, state, inputs) {
      const all = marginalsOfAll(params, state, inputs);
      const own = members.map(
        (member, k) => member.means?.(params.members[k], state.members[k], inputs) ?? null,
      );
      const pools = aheadOf(all, params, state);
      return Float64Array.from(inputs, (_, h) => {
        const points = all.map((list, k) => own[k]?.[h] ?? reliableMean(list[h]!));
        const sum = points.reduce((sum, point, k) => sum + state.weights[k]! * point, 0);
        if (isClosed(params, state.rows + h)) return 0;
        const comes = 1 - staysZero(state, h + 1);
        const mean = comes * within(sum, params);
        const defined = own.reduce((sum, points, k) => sum + (points === null ? 0 : state.weights[k]!), 0);
        return comes * defined > MOSTLY ? mean : withinReach(mean, pools[h]!);
      });
    },
  };
}

function isClosed({ closed }: EnsembleParams, row: number): boolean {
  return closed?.positions.includes(row % closed.period) === true;
}

function within(value: number, { lowest, highest }: EnsembleParams): number {
  return Math.min(Math.max(value, lowest ?? Number.NEGATIVE_INFINITY), highest ?? Number.POSITIVE_INFINITY);
}

/** Where members whose method defines its point forecasts have more than this share, the combination's point is theirs. */
const MOSTLY = 0.5;
/** Calibration may shrink an interval to this share of its width: the point must lie inside even then. */
const SHRUNK = 0.7;

/** The mean where it lies well inside the 80 % interval, else the median. */
function withinReach(mean: number, pool: Distribution): number {
  const median = pool.quantile(0.5);
  const edge = mean > median ? pool.quantile(0.9) : pool.quantile(0.1);
  return Math.abs(mean - median) <= SHRUNK * Math.abs(edge - median) ? mean : median;
}

function aheadOf(
  all: readonly (readonly Distribution[])[],
  params: EnsembleParams,
  state: EnsembleState,
): readonly Distribution[] {
  return all[0]!.map((_, h) =>
    pool(
      all.map((list) => list[h]!),
      params,
      state,
      h,
    ),
  );
}

/** The kinds of an ensemble's members, or null for another kind. */
export function memberKinds(kind: string): readonly string[] | null {
  if (!kind.startsWith(KIND)) return null;
  try {
    const kinds: unknown = JSON.parse(kind.slice(KIND.length));
    const named = Array.isArray(kinds) && kinds.length > 0 && kinds.every((one) => typeof one === "string");
    return named ? (kinds as string[]) : null;
  } catch {
    return null;
  }
}

/** Share of the probability, at positions never observed, that is as wide as the values at all others. */
const DOUBT = 0.5;

function pool(
  members: readonly Distribution[],
  params: EnsembleParams,
  state: EnsembleState,
  h: number,
): Distribution {
  const row = state.rows + h;
  const shares = state.weights;
  const { unseen, closed } = params;
  const diffuse = members.find((component) => component.kind === "diffuse");
  if (diffuse !== undefined) return diffuse;
  const doubtful = unseen?.positions.includes(row % unseen.period) === true;
  const bounded = members.map((component) => bound(component, params));
  if (doubtful)
    return mixed(bounded, shares, bound(normal(unseen.mean, square(unseen.deviation)), params), DOUBT);
  if (closed !== undefined && isClosed(params, row))
    return mixed(bounded, shares, normal(0, 0), closed.certainty);
  const stays = staysZero(state, h + 1);
  if (stays > 0) return mixed(bounded, shares, normal(0, 0), stays);
  return bounded.length === 1 ? bounded[0]! : mixture(bounded, shares);
}

/** A pool in which another distribution has a share of the weight. */
function mixed(
  members: readonly Distribution[],
  shares: readonly number[],
  other: Distribution,
  weight: number,
): Distribution {
  return mixture([...members, other], [...shares.map((share) => (1 - weight) * share), weight]);
}

/** Probabilities beyond a bound that no digit of a quantile shows. */
const NEGLIGIBLE = 1e-9;

/** A pool of clipped distributions is the clipped pool, and stays a pool. */
function bound(
  component: Distribution,
  { lowest = Number.NEGATIVE_INFINITY, highest = Number.POSITIVE_INFINITY }: EnsembleParams,
): Distribution {
  const below = lowest > Number.NEGATIVE_INFINITY && component.cdf(lowest) > NEGLIGIBLE;
  const above = highest < Number.POSITIVE_INFINITY && component.cdf(highest) < 1 - NEGLIGIBLE;
  return below || above ? clipped(component, lowest, highest) : component;
}

function posterior(
  components: readonly Distribution[],
  weights: readonly number[],
  y: number,
): readonly number[] {
  const scores = components.map((component, k) => Math.log(weights[k]!) + component.logDensity(y));
  const top = largestOf(scores);
  if (!Number.isFinite(top)) return weights;
  const raw = scores.map((score) => Math.exp(score - top));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}

function marginals(
  member: Process<unknown, unknown>,
  params: unknown,
  state: unknown,
  inputs: readonly Float64Array[],
): readonly Distribution[] {
  const exact = member.ahead?.(params, state, inputs) ?? null;
  if (exact !== null) return exact;
  const paths = roll(member, params, state, inputs, pathStreams(MEMBER_SEED, MEMBER_PATHS));
  return marginalsOfPaths(paths, member.conditional(params, state, inputs[0]!));
}
