import type { Note } from "../../core/model.js";
import type { ArimaEstimate } from "./estimation/estimate.js";
import { cancellingPairs, type FactorRoot, type Roots } from "./roots.js";

/** Roots nearer to the unit circle than this are on it for all the data can tell. */
const ON_CIRCLE = 1.001;
const NEAR_CIRCLE = 1.01;
/** Maxima whose log-likelihoods differ by less are about as good. */
const RIVAL = 2;

/** What a reader of the estimates should know. */
export function estimateNotes(notation: string, estimate: ArimaEstimate, roots: Roots): Note[] {
  const notes: Note[] = [];
  if (!estimate.converged) notes.push(unfinished(notation, estimate));
  if (estimate.covariance === null && estimate.free.length + estimate.regression.length > 0) {
    notes.push(flat(notation));
  }
  notes.push(...boundaryNotes(roots), ...cancellingNotes(roots));
  const rivals = estimate.maxima.filter((value) => value < estimate.logLikelihood - 1e-4);
  const near = rivals.filter((value) => value > estimate.logLikelihood - RIVAL);
  if (near.length > 0) notes.push(severalMaxima(estimate.logLikelihood, near));
  return notes;
}

function unfinished(notation: string, { evaluations }: ArimaEstimate): Note {
  return {
    code: "not-converged",
    severity: "warning",
    message: `The search for the estimates of ${notation} stopped after ${evaluations} evaluations without converging; the data may not identify so many coefficients.`,
    details: { evaluations },
  };
}

function flat(notation: string): Note {
  return {
    code: "flat-likelihood",
    severity: "warning",
    message: `The likelihood of ${notation} is too flat at its maximum for standard errors: the coefficients are not identified separately; use fewer.`,
  };
}

function boundaryNotes(roots: Roots): Note[] {
  const notes: Note[] = [];
  const ar = nearestToCircle(roots.ar);
  const ma = nearestToCircle(roots.ma);
  if (ar < NEAR_CIRCLE) {
    notes.push({
      code: "near-unit-root",
      severity: "info",
      message: `The autoregression has a root of modulus ${ar.toFixed(4)}, close to a unit root: one more difference may fit the series better.`,
      details: { modulus: ar },
    });
  }
  if (ma < ON_CIRCLE) {
    notes.push({
      code: "ma-unit-root",
      severity: "info",
      message:
        "The moving average has a root on the unit circle: the series may be differenced once too often, and standard errors are unreliable.",
      details: { modulus: ma },
    });
  }
  return notes;
}

/** By season for seasonal factors: per step their roots all look near the circle. */
function nearestToCircle(roots: readonly FactorRoot[]): number {
  return roots.reduce((least, { re, im }) => Math.min(least, Math.hypot(re, im)), Number.POSITIVE_INFINITY);
}

function cancellingNotes(roots: Roots): Note[] {
  return cancellingPairs(roots).map(([ar, ma]) => ({
    code: "cancelling-roots",
    severity: "info",
    message: `An AR root of modulus ${ar.modulus.toFixed(3)} and an MA root of modulus ${ma.modulus.toFixed(3)} nearly cancel: a model with one coefficient less on each side would give almost the same forecasts.`,
    details: { ar: { re: ar.re, im: ar.im }, ma: { re: ma.re, im: ma.im } },
  }));
}

function severalMaxima(best: number, near: readonly number[]): Note {
  return {
    code: "several-maxima",
    severity: "info",
    message: `The likelihood has ${near.length === 1 ? "another maximum" : `${near.length} more maxima`} only ${(best - near[0]!).toFixed(3)} below the one reported.`,
    details: { logLikelihoods: [best, ...near] },
  };
}
