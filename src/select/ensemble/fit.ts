import type { FitOptions, Fitted } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { mixture } from "../../distributions/derived/mixture.js";
import { corrected, marginalsOf } from "../../engine/forecast.js";
import { futureRows } from "../../engine/inputs.js";
import { type Origins, originsIn, type PastForecast } from "../rolling-forecasts/rolling-forecasts.js";
import { evidenceOf } from "../rolling-forecasts/scores.js";
import {
  type Attempt,
  attempt,
  type Candidate,
  type ComparedModel,
  droppedNote,
  lastResort,
  rollingForecastsOfAll,
} from "./members.js";
import { type Limits, pooled } from "./pooled.js";
import { isBeyond, type Path, strayFactors, typicalChange, weightsByLoss } from "./weights.js";

/** How members are weighted: equally, or by past forecast errors. */
export type Weighing = "equal" | "errors";

/** A combination, with its past forecasts where requested. */
export interface EnsembleFit {
  readonly fitted: Fitted;
  readonly past: readonly PastForecast[];
  readonly origins: Origins | null;
  /** Whether only members are left whose past forecasts were exact. */
  readonly exact: boolean;
}

export interface CombineOptions extends FitOptions {
  readonly weights: Weighing;
  /** Steps ahead that past forecasts go. */
  readonly stepsAhead: number;
  /** Members at most; those of least weight are left out before they are fitted to the whole series. Default: all. */
  readonly mostMembers?: number;
  /** Share of the heaviest member's weight below which a member is left out before that. Default 0: none is. */
  readonly leastShare?: number;
  /** Times that each member is fitted to a part of the series. Default 1. */
  readonly fits?: number;
  /** Past origins at most. Default 10. */
  readonly most?: number;
  /** Horizons held back at most. Default 1.5. */
  readonly reach?: number;
  /** Rows before the first past forecast; default: by the length of the series. */
  readonly first?: number;
  /** What is known about the values besides the members' forecasts. */
  readonly limits?: Limits;
}

/** Smaller weights become 0: a member with heavy tails would still show in the tails of the combination. */
const NEGLIGIBLE = 0.005;
/** Paths behind the medians by which members are compared. */
const PATHS = 300;

/**
 * Computes past forecasts of the candidates, leaves out those of small weight, fits the others to the whole series and combines them. A member that
 * fails is dropped and named; when all fail, the seasonal naive (else the naive) forecast is used, and a note says so.
 */
export function fitEnsemble(
  candidates: readonly Candidate[],
  series: Series,
  options: CombineOptions,
): EnsembleFit {
  const { stepsAhead: horizon, weights, mostMembers = candidates.length } = options;
  const origins = weights === "errors" ? originsIn(series, horizon, options) : null;
  const chosen =
    origins === null ? withoutPast(candidates) : choose(candidates, series, origins, mostMembers, options);
  const attempts = chosen.members.map((member, k) => {
    options.signal?.throwIfAborted();
    const message = member.model.notation;
    options.onProgress?.({ stage: "member", done: k, total: chosen.members.length, message });
    return finalFit(member, series, options);
  });
  const good = attempts.flatMap(({ candidate, fitted }, k) =>
    fitted === null ? [] : [{ candidate, fitted, weight: chosen.weights[k]! }],
  );
  const notes = attempts.filter(({ fitted }) => fitted === null).map(droppedNote);
  if (good.length === 0)
    return { fitted: lastResort(series, attempts, notes), past: [], origins: null, exact: false };
  const fits = good.map(({ fitted }) => fitted);
  const others = chosen.exact ? candidatesBut(chosen.members, candidates) : [];
  const strays = (fit: Fitted) =>
    needsNoInputs(fit) && isBeyond(pathOf(fit, horizon), series.y, chosen.evidence);
  if (others.length > 0 && fits.every(strays)) return fitEnsemble(others, series, options);
  const shares = good.map(({ weight }) => weight);
  const final =
    weights === "equal"
      ? normalised(shares)
      : withoutStrays(fits, shares, series, horizon, chosen.evidence, options.limits?.positive === true);
  const stay = final.flatMap((weight, k) => (weights === "equal" || weight >= NEGLIGIBLE ? [k] : []));
  const kept = normalised(stay.map((k) => final[k]!));
  return {
    fitted: pooled(
      stay.map((k) => fits[k]!),
      kept,
      series,
      notes,
      options.limits,
    ),
    past: pooledPast(
      stay.map((k) => good[k]!.candidate.past),
      kept,
    ),
    origins,
    exact: chosen.exact && fits.every(({ report }) => isExact(report.sigma2, series)),
  };
}

function candidatesBut(
  members: readonly ComparedModel[],
  candidates: readonly Candidate[],
): readonly Candidate[] {
  const taken = new Set(members.map(({ model }) => model.notation));
  return candidates.filter(({ model }) => !taken.has(model.notation));
}

/** The fit to the whole series that takes part. */
function finalFit(member: ComparedModel, series: Series, options: CombineOptions): Attempt<ComparedModel> {
  const { whole, final } = member;
  const first = whole === null ? attempt(member, series, options) : { ...whole, candidate: member };
  const { fitted } = first;
  if (fitted === null || final === undefined) return first;
  const model = final(fitted);
  if (model === null) return first;
  const better = attempt({ ...member, model }, series, options);
  return better.fitted === null ? first : { ...better, candidate: member };
}

/** Errors below this share of a typical change of the data are rounding. */
const ROUNDING = 1e-6;

/** Whether a model left no error over the whole series, and not only where past forecasts were tried. */
function isExact(variance: number, { y }: Series): boolean {
  return !(Math.sqrt(variance) > ROUNDING * typicalChange(y));
}

interface Chosen {
  readonly members: readonly ComparedModel[];
  readonly weights: readonly number[];
  readonly exact: boolean;
  /** The number of independent past errors behind the weights. */
  readonly evidence: number;
}

function withoutPast(candidates: readonly Candidate[]): Chosen {
  const members = candidates.map((candidate) => ({ ...candidate, past: [], roots: [], whole: null }));
  return { members, weights: members.map(({ prior }) => prior ?? 1), exact: false, evidence: 0 };
}

/** The members worth fitting, heaviest first among equals in their given order, with their weights. */
function choose(
  candidates: readonly Candidate[],
  series: Series,
  origins: Origins,
  mostMembers: number,
  options: CombineOptions,
): Chosen {
  const compared = rollingForecastsOfAll(candidates, series, options.stepsAhead, origins, options);
  const longest = compared.reduce(
    (best, { past }) => (past.length > best.length ? past : best),
    compared[0]!.past,
  );
  const scale = typicalChange(series.y);
  const evidence = evidenceOf(longest, series, origins);
  const { weights: byLoss, exact } = weightsByLoss(
    compared.map(({ roots }) => roots),
    evidence,
    scale,
    series.y.length,
  );
  const weights = byLoss.map((weight, k) => weight * (compared[k]!.prior ?? 1));
  const order = weights.map((_, k) => k).sort((i, j) => weights[j]! - weights[i]! || i - j);
  const heaviest = weights[order[0]!]!;
  // The heaviest member may be impossible (not positive), so all others are kept until this is known.
  const leastShare = options.limits?.positive === true ? 0 : (options.leastShare ?? 0);
  const kept = order
    .slice(0, mostMembers)
    .filter((k) => weights[k]! >= leastShare * heaviest)
    .sort((i, j) => i - j);
  return { members: kept.map((k) => compared[k]!), weights: kept.map((k) => weights[k]!), exact, evidence };
}

/** Weights after down-weighting members whose forecasts lie far outside the range of the data. */
function withoutStrays(
  fits: readonly Fitted[],
  weights: readonly number[],
  series: Series,
  horizon: number,
  evidence: number,
  positive: boolean,
): number[] {
  if (!fits.every(needsNoInputs) || fits.length === 1) return normalised(weights);
  const paths = fits.map((fit) => pathOf(fit, horizon));
  const factors = strayFactors(paths, series.y, evidence);
  const possible = paths.map(({ medians }) => !positive || medians.every((median) => median > 0));
  const raw = weights.map((weight, k) => (possible[k]! ? weight * factors[k]! : 0));
  return raw.some((weight) => weight > 0) ? normalised(raw) : normalised(weights);
}

/** Whether its forecasts can be made before inputs of the future are known. */
function needsNoInputs({ origin }: Fitted): boolean {
  return origin.inputNames.length === 0;
}

function pathOf(fit: Fitted, horizon: number): Path {
  const ahead = futureRows(fit.origin, undefined, horizon);
  const distributions = corrected(fit, marginalsOf(fit, ahead, { paths: PATHS }));
  return {
    medians: distributions.map((distribution) => distribution.quantile(0.5)),
    lower: distributions.map((distribution) => distribution.quantile(0.025)),
    upper: distributions.map((distribution) => distribution.quantile(0.975)),
  };
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The combination's past forecasts, of those members that have one. */
function pooledPast(
  pasts: readonly (readonly PastForecast[])[],
  weights: readonly number[],
): readonly PastForecast[] {
  const known = pasts.flatMap((past, k) =>
    past.length > 0 && weights[k]! > 0 ? [{ past, weight: weights[k]! }] : [],
  );
  const first = known[0];
  if (first === undefined) return [];
  return first.past.map(({ rows, distributions }, r) => ({
    rows,
    distributions: distributions.map((_, h) => {
      const parts = known.map(({ past, weight }) => ({ part: past[r]!.distributions[h]!, weight }));
      const proper = parts.filter(({ part }) => part.kind !== "diffuse");
      if (proper.length === 0) return parts[0]!.part;
      return mixture(
        proper.map(({ part }) => part),
        proper.map(({ weight }) => weight),
      );
    }),
  }));
}
