import type { Calibration, Note } from "../../core/model.js";
import { calibrationFrom } from "../../engine/parts/calibrate.js";
import { square } from "../../math/power.js";
import { normalQuantile } from "../../math/special-functions/normal.js";
import type { HeldOut } from "./held-out.js";
import { type NnarParams, type NnarState, nnarProcess } from "./process.js";

/** Levels whose widths are learned, with what widths need where the series says nothing: (1 + short/n)(1 + ahead (h − 1)/n). */
const LEVELS = [
  { level: 0.8, short: 2, ahead: 4.5 },
  { level: 0.95, short: 6, ahead: 11 },
] as const;
const SCORES = LEVELS.map(({ level }) => normalQuantile((1 + level) / 2));
/** The share of the series beyond which widths do not grow on. */
const FARTHEST = 0.5;
/** What the model takes for granted counts as so many forecasts that do not overlap. */
const PRIOR = 20;
/** Widths are drawn from the held-out errors within these times what the model says. */
const LEAST = 0.7;
const MOST = 2;

/**
 * How far intervals have to reach, h steps ahead, so that they hold what they say.
 *
 * The form of the model is taken for known in its paths, and a network does not go on beyond what it has seen. So widths grow with the
 * share of the series that is forecast, by constants from a sixth of M3's monthly series (quarterly and yearly ones agree); the size of
 * held-out errors of the series itself against the model's moves them, the more forecasts of h steps there are.
 *
 * @param observed how many values the model was fitted to.
 */
export function calibrationOf(
  fitted: { readonly params: NnarParams; readonly state: NnarState },
  { squares, counts, rows }: HeldOut,
  observed: number,
): Calibration {
  const spreads = spreadAhead(fitted, squares.length);
  const empiricalScores = Array.from(spreads, (spread, h) => {
    const forecasts = counts[h]! === 0 ? 0 : rows / (h + 1);
    const ratio = (Math.sqrt(squares[h]!) * fitted.params.scale) / spread;
    const share = forecasts / (forecasts + PRIOR);
    const own = ratio > 0 ? 1 + share * (Math.min(MOST, Math.max(LEAST, ratio)) - 1) : 1;
    const far = Math.min(FARTHEST, h / observed);
    return LEVELS.map(({ short, ahead }, l) => own * SCORES[l]! * (1 + short / observed) * (1 + ahead * far));
  });
  return calibrationFrom(SCORES, empiricalScores);
}

/**
 * Standard deviations of the next values under the model: how far an error of one standard deviation moves what comes after it, and at
 * most that of the series. Regressors are taken to be their means.
 */
function spreadAhead(
  { params, state }: { readonly params: NnarParams; readonly state: NnarState },
  horizon: number,
): Float64Array {
  const typical = Float64Array.from(params.inputs, ({ centre }) => centre);
  const inputs = new Array<Float64Array>(horizon).fill(typical);
  const deviation = Math.sqrt(params.sigma2);
  const [first, ...rest] = inputs;
  const expected = nnarProcess.conditional(params, state, first!).mean;
  const after = (error: number) =>
    nnarProcess.means!(params, nnarProcess.advance(params, state, expected + error, first!), rest)!;
  const [above, below] = [after(deviation), after(-deviation)];
  let variance = params.sigma2;
  return Float64Array.from(inputs, (_, h) => {
    if (h > 0) variance += square((above[h - 1]! - below[h - 1]!) / 2);
    return Math.min(Math.sqrt(variance), Math.max(deviation, params.scale));
  });
}

export function widthNote({ empiricalScores }: Calibration, rows: number): Note {
  const times = ([inner]: readonly number[]) => (inner! / SCORES[0]!).toFixed(2);
  return {
    code: "calibrated-intervals",
    severity: "info",
    message: `Widths of 80 % intervals were multiplied by ${times(empiricalScores[0]!)} (first step) to ${times(empiricalScores.at(-1)!)} (step ${empiricalScores.length}), for the length of the series and by errors of the last ${rows} rows.`,
    details: { scores: empiricalScores, rows },
  };
}
