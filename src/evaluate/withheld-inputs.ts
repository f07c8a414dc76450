import type { Series } from "../core/series.js";

/**
 * The regressors of a series as they would be expected at an origin, where their coming values are withheld: each takes its value one
 * season before (the last known one where there is no season). Those that follow from the times are known.
 *
 * @param until row after the last one needed.
 */
export function withheldInputs(series: Series, origin: number, until: number): Series {
  const { names, columns, rules } = series.inputs;
  const expected = columns.map((column, i) =>
    rules?.[names[i]!] === undefined ? carriedOn(column, series.period, origin, until) : column,
  );
  return { ...series, inputs: { ...series.inputs, columns: expected } };
}

function carriedOn(column: Float64Array, period: number, origin: number, until: number): Float64Array {
  const values = new Float64Array(Math.max(until, column.length));
  values.set(column.subarray(0, origin));
  const lag = origin >= period ? period : 1;
  let last = 0;
  for (let t = 0; t < until; t++) {
    if (t >= origin) values[t] = Number.isFinite(values[t - lag]!) ? values[t - lag]! : last;
    if (Number.isFinite(values[t]!)) last = values[t]!;
  }
  return values;
}
