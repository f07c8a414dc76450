import type { Fitted, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defaultHorizon } from "../../engine/forecast.js";
import type { EtsForm } from "../../models/ets/index.js";

/** A mean below this share of the smallest value seen is at the floor where relative errors end. */
const NOTHING = 0.01;

/**
 * Whether a model of positive values declines to 0 within the default horizon. With relative errors its intervals
 * then have almost no width.
 */
export function reachesZero({ process, params, state }: Fitted, { y, period }: Series): boolean {
  const least = y.reduce((low, value) => (value < low ? value : low), Number.POSITIVE_INFINITY);
  if (!(least > 0)) return false;
  const none = new Float64Array(0);
  let now = state;
  for (let h = 0; h < defaultHorizon(period); h++) {
    const mean = process.conditional(params, now, none).mean;
    if (mean > 0 && mean < NOTHING * least) return true;
    now = process.advance(params, now, mean, none);
  }
  return false;
}

/** That a form without such a decline was taken instead. */
export function declineNote(first: Fitted, taken: Fitted, { id, period }: Series): Note {
  return {
    code: "decline-to-zero",
    severity: "warning",
    message: `${first.notation} fits ${id} best, but its decline reaches 0 within ${defaultHorizon(period)} steps; ${taken.notation} was taken instead.`,
    details: { model: first.notation, taken: taken.notation },
  };
}

/** The best of the forms whose decline does not reach 0 within the horizon, or that allow negative values. */
export function flatterFit<Trial extends { readonly form: EtsForm }, F extends Fitted>(
  ranked: readonly Trial[],
  fit: (trial: Trial) => F,
  series: Series,
): F | null {
  for (const trial of ranked) {
    const { trend, damped, season, error } = trial.form;
    if (trend !== "N" && !damped && (error === "M" || season === "M")) continue;
    const fitted = fit(trial);
    if (!reachesZero(fitted, series)) return fitted;
  }
  return null;
}
