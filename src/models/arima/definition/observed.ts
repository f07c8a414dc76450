/** Which rows of a series are observed. */
export interface Observed {
  /** The first observed row, −1 where there is none, and one past the last. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export function observedIn(y: Float64Array): Observed {
  let from = -1;
  let to = 0;
  let count = 0;
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t]!)) continue;
    if (from < 0) from = t;
    to = t + 1;
    count++;
  }
  return { from, to, count };
}
