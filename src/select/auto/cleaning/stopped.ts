import type { Note } from "../../../core/model.js";
import { type Series, slice } from "../../../core/series.js";
import { powerOf } from "../../../math/power.js";
import { staysZero } from "../../ensemble/stopped.js";

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
  /** Probability that the next value is 0. */
  readonly stays: number;
  readonly note: Note;
}

/**
 * The part of a series before two zeros or more at its end, where zeros were rare: an article that is no longer sold or out of stock, a
 * closed shop, a broken meter. Nobody knows whether the usual values come back: 0 has the probability of Laplace's rule of succession.
 * Null where there are no such zeros; positions of the season that always were 0, or in the season before, as hours at dusk in
 * autumn, do not count.
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
  const isNew = (t: number) => isOpen(0, t) && y[n - period + ((t - n) % period)] !== 0;
  const run = y.slice(n).filter((_, k) => isNew(n + k)).length;
  const share = (earlier + 1) / (usual.length + 2);
  const rare = earlier <= RARE * usual.length && usual.every((value) => !(value < 0));
  if (run < LEAST.zeros || !rare || !(powerOf(share, run) < CHANCE)) return null;
  const stays = staysZero({ zeros: run }, 1);
  return {
    before: slice(series, 0, n),
    zeros,
    stays,
    note: {
      code: "zeros-at-the-end",
      severity: "warning",
      message: `The last ${zeros} values of ${id} are 0, rarely one was before: forecasts give ${Math.round(100 * stays)} % to 0 in the next row, ever less after it, and the rest to usual values. Leave these rows out if usual values will return; if they will not, 0 is the forecast.`,
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
