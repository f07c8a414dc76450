/** Shorter lists, and buckets with more values than this, are left to the language's own sort. */
const SHORT = 64;
const CROWD = 24;
/** Twice as many buckets as values: few values share one, and there is less to be put right at the end. */
const BUCKETS = 2;

/**
 * A sorted copy of finite numbers, ascending: spread over buckets of equal width, then put right by insertion. Samples of a
 * distribution fill the buckets evenly enough for this to take time proportional to their number.
 *
 * @example sorted(Float64Array.of(3, 1, 2)); // 1, 2, 3
 */
export function sorted(values: Float64Array): Float64Array {
  const n = values.length;
  if (n < SHORT) return values.slice().sort();
  let low = values[0];
  let high = low;
  for (let i = 1; i < n; i++) {
    const value = values[i];
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  const scale = (BUCKETS * n - 1) / (high - low);
  if (!Number.isFinite(scale * (high - low))) return values.slice().sort();
  const ends = new Uint32Array(BUCKETS * n);
  for (let i = 0; i < n; i++) {
    const at = ((values[i] - low) * scale) | 0;
    ends[at] = ends[at] + 1;
  }
  let sum = 0;
  let crowded = false;
  for (let bucket = 0; bucket < ends.length; bucket++) {
    if (ends[bucket] > CROWD) crowded = true;
    sum += ends[bucket];
    ends[bucket] = sum;
  }
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    const at = ((value - low) * scale) | 0;
    const place = ends[at] - 1;
    ends[at] = place;
    result[place] = value;
  }
  // The ends have moved to the beginnings.
  if (crowded) sortCrowds(result, ends);
  insert(result);
  return result;
}

/** Sorts the buckets in which insertion would take long; counts and clipped values are often all the same there. */
function sortCrowds(values: Float64Array, starts: Uint32Array): void {
  for (let bucket = 0; bucket < starts.length; bucket++) {
    const from = starts[bucket];
    const to = bucket + 1 < starts.length ? starts[bucket + 1] : values.length;
    if (to - from <= CROWD) continue;
    let at = from + 1;
    while (at < to && values[at] === values[from]) at++;
    if (at < to) values.subarray(from, to).sort();
  }
}

/** Sorts what is nearly in order. */
function insert(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let j = i - 1;
    for (; j >= 0 && values[j] > value; j--) values[j + 1] = values[j];
    values[j + 1] = value;
  }
}
