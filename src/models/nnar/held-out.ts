import { inputRow, type Series } from "../../core/series.js";
import { defaultHorizon } from "../../engine/forecast.js";
import { square } from "../../math/power.js";
import { averaged, type Layout } from "./network.js";
import { Predictor } from "./predictor.js";
import type { PlacedRows, Reading } from "./rows.js";
import { type Training, trained } from "./training.js";

/** Steps ahead for which errors are collected, at most. */
const MOST_STEPS = 60;
/** Rows held back, at most this share of all, and fewest of use. */
const SHARE = 1 / 3;
const FEWEST = 4;
/** Times the held-back rows are predicted from, by networks that learned from the rows before. */
const CUTS = 2;
/** Networks that predict them at each time, at most. */
const NETWORKS = 3;

/** How many steps ahead are looked at, at most, and in how many of the parts, the last ones. */
interface Extent {
  readonly steps: number;
  readonly parts: number;
}

const WHOLE: Extent = { steps: MOST_STEPS, parts: CUTS };
/** What the number of steps is chosen by. */
export const TRIAL: Extent = { steps: 1, parts: 1 };

/** Errors of forecasts by networks that had not seen what they forecast, in units of standard deviations. */
export interface HeldOut {
  /** Mean square, and how many there are, by steps ahead. */
  readonly squares: Float64Array;
  readonly counts: Float64Array;
  /** Rows that were held back. */
  readonly rows: number;
}

/**
 * Forecasts of the last rows, from each of them on, by networks that learned from the rows before the part that it is in.
 *
 * @returns null where the rows are too few to hold any back.
 */
export function heldOutErrors(
  series: Series,
  layout: Layout,
  reading: Reading,
  rows: PlacedRows,
  training: Training,
  extent: Extent = WHOLE,
): HeldOut | null {
  const usual = Math.min(MOST_STEPS, defaultHorizon(series.period));
  const horizon = Math.min(extent.steps, usual);
  const count = rows.target.length;
  const held = Math.min(2 * usual, Math.floor(SHARE * count));
  if (held < FEWEST) return null;
  const networks = Math.min(NETWORKS, training.networks);
  const [squares, counts] = [new Float64Array(horizon), new Float64Array(horizon)];
  for (let part = CUTS - extent.parts; part < CUTS; part++) {
    const from = count - held + Math.floor((part * held) / CUTS);
    const to = count - held + Math.floor(((part + 1) * held) / CUTS);
    const first = training.networks + part * networks;
    const own = trained(layout, rows, { ...training, networks }, from, first);
    const weights = averaged(layout, own);
    const predictor = new Predictor({
      ...reading,
      ...reading.scaling,
      hidden: networks * layout.hidden,
      weights,
    });
    for (const origin of rows.places.slice(from, to))
      addSquares(predictor, series, reading, origin, squares, counts);
  }
  for (let h = 0; h < horizon; h++) squares[h] = squares[h]! / Math.max(1, counts[h]!);
  return { squares, counts, rows: held };
}

/** Adds the squared errors of the forecast of rows `origin`, `origin` + 1, … */
function addSquares(
  predictor: Predictor,
  { y, inputs }: Series,
  { lags, scaling }: Reading,
  origin: number,
  squares: Float64Array,
  counts: Float64Array,
): void {
  const longest = lags.at(-1)!;
  const steps = Math.min(squares.length, y.length - origin);
  const values = new Float64Array(longest + steps);
  values.set(y.subarray(origin - longest, origin));
  for (let h = 0; h < steps; h++) {
    const predicted = predictor.predict(values, longest + h, inputRow(inputs, origin + h));
    values[longest + h] = predicted;
    const actual = y[origin + h]!;
    if (Number.isNaN(actual)) continue;
    squares[h] = squares[h]! + square((actual - predicted) / scaling.scale);
    counts[h] = counts[h]! + 1;
  }
}

/** Steps of the descent that are tried, each where the one before was better than those before it. */
const STEPS = [2, 10, 30, 100] as const;
/** The share of the squared one-step error that more steps have to take away. */
const GAIN = 0.3;

/** How long to train: as long as one-step errors of rows that were held back fall, those of one network each time. */
export function chosenSteps(errorAfter: (steps: number) => number | undefined): number {
  let [chosen] = STEPS as readonly number[] as [number];
  let least = errorAfter(chosen);
  for (const steps of STEPS.slice(1)) {
    if (least === undefined) break;
    const error = errorAfter(steps)!;
    if (!(error < (1 - GAIN) * least)) break;
    chosen = steps;
    least = error;
  }
  return chosen;
}
