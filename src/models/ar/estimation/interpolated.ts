import type { CentredSeries } from "../likelihood/prepare.js";

/** Centred values with gaps filled by straight lines and ends held level: good enough to start a search from. */
export function interpolated({ values, missing }: CentredSeries): Float64Array {
  if (missing.length === 0) return values;
  const filled = values.slice();
  const absent = new Set(missing);
  let last = -1;
  for (let t = 0; t <= values.length; t++) {
    if (t < values.length && absent.has(t)) continue;
    const from = last >= 0 ? filled[last]! : (values[t] ?? 0);
    const to = t < values.length ? values[t]! : from;
    for (let s = last + 1; s < t; s++) filled[s] = from + ((to - from) * (s - last)) / (t - last);
    last = t;
  }
  return filled;
}
