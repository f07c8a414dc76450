import type { Fitted, Note } from "../../../core/model.js";
import { type Series, slice } from "../../../core/series.js";
import { powerOf } from "../../../math/power.js";
import { arima } from "../../../models/arima/index.js";
import { calibrationHorizon } from "../../rehearsal/rehearse.js";

/** Zeros at the end at least, and values before them, in seasons and in all. */
const LEAST = { zeros: 2, seasons: 2, before: 20 };
/** Zeros before them at most, as a share; more are demand that comes now and then. */
const RARE = 0.05;
/** Probability below which a run of zeros is no chance. */
const CHANCE = 1e-3;

/** A series up to the zeros with which it ends, and what is to be thought of these. */
export interface Stopped {
  readonly before: Series;
  /** How many zeros end it. */
  readonly zeros: number;
  /** Probability that a value to come is 0. */
  readonly stays: number;
  readonly note: Note;
}

/**
 * The part of a series before two zeros or more at its end, where zeros were rare: an article that is no longer sold or out of stock, a
 * closed shop, a broken meter. Nobody knows whether the usual values come back. After k zeros the next value is 0 with
 * probability (k + 1)/(k + 2) (Laplace's rule of succession), and the h next ones all with (k + 1)/(k + 1 + h): for all steps that of the
 * middle of a default horizon is taken. Null where there are no such zeros; positions of the season that always were 0 do not count.
 */
export function stoppedIn(series: Series): Stopped | null {
  const { id, y, period, inputs } = series;
  if (inputs.names.length > 0 || y.at(-1) !== 0) return null;
  const n = y.findLastIndex((value) => value !== 0) + 1;
  const zeros = y.length - n;
  if (zeros < LEAST.zeros || n < Math.max(LEAST.before, LEAST.seasons * period)) return null;
  const open = openPositions(y.subarray(0, n), period);
  const isOpen = (_: number, t: number) => open[t % period]! === 1;
  const usual = y.slice(0, n).filter(isOpen);
  const earlier = usual.filter((value) => value === 0).length;
  const run = y.slice(n).filter((_, k) => isOpen(0, n + k)).length;
  const share = (earlier + 1) / (usual.length + 2);
  const rare = earlier <= RARE * usual.length && usual.every((value) => !(value < 0));
  if (run < LEAST.zeros || !rare || !(powerOf(share, run) < CHANCE)) return null;
  const stays = (run + 1) / (run + 1 + calibrationHorizon(series) / 2);
  return {
    before: slice(series, 0, n),
    zeros,
    stays,
    note: {
      code: "zeros-at-the-end",
      severity: "warning",
      message: `The last ${zeros} values of ${id} are 0, rarely one was before: forecasts give ${Math.round(100 * stays)} % to 0 and the rest to usual values. Leave these rows out if usual values will return; if they will not, 0 is the forecast.`,
      details: { rows: zeros, stays },
    },
  };
}

/** 1 for positions of the season with a value other than 0. */
function openPositions(y: Float64Array, period: number): Uint8Array {
  const open = new Uint8Array(period);
  y.forEach((value, t) => {
    if (value !== 0) open[t % period] = 1;
  });
  return open;
}

/** Zeros for all rows of a series, as a member of a combination. */
export function alwaysZero(series: Series): Fitted {
  return arima({ order: [0, 0, 0], mean: false }).fit({ ...series, y: new Float64Array(series.y.length) });
}
