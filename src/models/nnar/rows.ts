import type { Series } from "../../core/series.js";
import { square } from "../../math/power.js";
import type { Rows } from "./squared-error.js";

/** Mean and standard deviation, in whose units the networks work; a scale of 0 for values that are all the same. */
export interface Scaling {
  readonly centre: number;
  readonly scale: number;
}

export interface InputScaling extends Scaling {
  readonly name: string;
}

/** Of the values that were observed. */
export function scalingOf(y: Float64Array): Scaling {
  const seen = y.filter((value) => !Number.isNaN(value));
  if (seen.every((value) => value === seen[0])) return { centre: seen[0]!, scale: 0 };
  const centre = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const squares = seen.reduce((sum, value) => sum + square(value - centre), 0);
  return { centre, scale: Math.sqrt(squares / (seen.length - 1)) };
}

/** In units of standard deviations from the mean; 0 where nothing varies or nothing is known. */
export function standardised(value: number, { centre, scale }: Scaling): number {
  return scale === 0 || Number.isNaN(value) ? 0 : (value - centre) / scale;
}

/** What the networks read, and in which units. */
export interface Reading {
  readonly lags: readonly number[];
  readonly scaling: Scaling;
  readonly inputs: readonly InputScaling[];
}

/** Rows of a series, and the places in it where their targets stand, ascending. */
export interface PlacedRows extends Rows {
  readonly places: readonly number[];
}

/** Targets with their lags and regressors, where no value is missing. */
export function rowsOf({ y, inputs: { columns } }: Series, { lags, scaling, inputs }: Reading): PlacedRows {
  const places: number[] = [];
  for (let t = lags.at(-1)!; t < y.length; t++)
    if (!Number.isNaN(y[t]!) && lags.every((lag) => !Number.isNaN(y[t - lag]!))) places.push(t);
  const count = places.length;
  const x = new Float64Array(count * (lags.length + inputs.length));
  lags.forEach((lag, i) => {
    for (let row = 0; row < count; row++) x[i * count + row] = standardised(y[places[row]! - lag]!, scaling);
  });
  inputs.forEach((input, i) => {
    const first = (lags.length + i) * count;
    for (let row = 0; row < count; row++) x[first + row] = standardised(columns[i]![places[row]!]!, input);
  });
  return { places, x, target: Float64Array.from(places, (t) => standardised(y[t]!, scaling)) };
}
