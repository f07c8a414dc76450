import type { FitReport, Fitted, Note } from "../core/model.js";

/**
 * Akaike's and Schwarz's criteria from a log-likelihood.
 *
 * AIC = −2 log L + 2k, AICc = AIC + 2k(k+1)/(n−k−1) (infinite where n ≤ k+1), BIC = −2 log L + k log n.
 *
 * @param k estimated parameters, the innovation variance included.
 * @param n observed values the likelihood is made of.
 */
export function informationCriteria(
  logLikelihood: number,
  k: number,
  n: number,
): Pick<FitReport, "aic" | "aicc" | "bic"> {
  const aic = -2 * logLikelihood + 2 * k;
  const room = n - k - 1;
  return {
    aic,
    aicc: room > 0 ? aic + (2 * k * (k + 1)) / room : Number.POSITIVE_INFINITY,
    bic: -2 * logLikelihood + k * Math.log(n),
  };
}

/** The same fit with one more thing said. */
export function withNote<F extends Fitted>(fitted: F, note: Note): F {
  return withNotes(fitted, [note]);
}

/** The same fit with notes after its own. */
export function withNotes<F extends Fitted>(fitted: F, notes: readonly Note[]): F {
  if (notes.length === 0) return fitted;
  return withReport(fitted, { notes: [...fitted.report.notes, ...notes] });
}

/** The same fit with some of its report changed; what a report works out when it is asked for is still not worked out. */
export function withReport<F extends Fitted>(fitted: F, changes: Partial<FitReport>): F {
  const parts = {
    ...Object.getOwnPropertyDescriptors(fitted.report),
    ...Object.getOwnPropertyDescriptors(changes),
  };
  return { ...fitted, report: Object.defineProperties({}, parts) as FitReport };
}
