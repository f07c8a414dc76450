/** How far, how steep and how often a loess curve is evaluated. */
export interface LoessSpan {
  /** Number of neighbours in a local fit; odd, at least 3. */
  readonly window: number;
  /** 0: local mean, 1: local line. */
  readonly degree: 0 | 1;
  /** Every how many points the curve is fitted; linear in between. */
  readonly jump: number;
}

/**
 * A loess smoother of n evenly spaced values as what it is: one row of weights for each place where it is fitted.
 * The rows depend on the values only through their robustness weights, so without those they serve many series.
 */
export interface LoessSmoother {
  readonly n: number;
  readonly window: number;
  readonly degree: 0 | 1;
  /** Places of the fits, ascending; −1 and n are one step outside. */
  readonly places: readonly number[];
  /** First neighbour of each place. */
  readonly lefts: readonly number[];
  /** Neighbours in a row. */
  readonly width: number;
  /** Rows of weights, `width` each; NaN first where no neighbour has weight. */
  readonly rows: Float64Array;
  /** Tricubes of the distances, for rows with robustness weights; empty before those are wanted. */
  tricubes: Float64Array;
}

const NONE = new Float64Array(0);

/**
 * A smoother for n values; `weigh` fills its rows.
 *
 * @param extended also fit one step before the first and after the last value.
 */
export function createLoess(n: number, span: LoessSpan, extended = false): LoessSmoother {
  const { window } = span;
  const jump = Math.max(1, Math.min(span.jump, n - 1));
  const width = Math.min(window, n);
  const places: number[] = [];
  const lefts: number[] = [];
  if (extended) {
    places.push(-1);
    lefts.push(0);
  }
  for (let place = 0; place < n; place += jump) {
    places.push(place);
    lefts.push(Math.min(Math.max(place - (window - 1) / 2, 0), n - width));
  }
  if (places[places.length - 1] !== n - 1) {
    // The last fit keeps the neighbours of the fit before it (Cleveland et al.'s own program does).
    places.push(n - 1);
    lefts.push(lefts[lefts.length - 1]);
  }
  if (extended) {
    places.push(n);
    lefts.push(n - width);
  }
  return {
    n,
    window,
    degree: span.degree,
    places,
    lefts,
    width,
    rows: new Float64Array(places.length * width),
    tricubes: NONE,
  };
}

/** Fills the rows of weights: tricube of the distance, times the robustness weights where there are some. */
export function weigh(smoother: LoessSmoother, robustness: Float64Array | null): void {
  const { places, lefts, width, rows } = smoother;
  if (robustness !== null && smoother.tricubes.length === 0) {
    smoother.tricubes = new Float64Array(rows.length);
    places.forEach((_, i) => {
      fillTricubes(smoother, i, reachOf(smoother, i), smoother.tricubes);
    });
  }
  for (let i = 0; i < places.length; i++) {
    const repeats = robustness === null && i > 0 && places[i] - lefts[i] === places[i - 1] - lefts[i - 1];
    if (repeats) rows.copyWithin(i * width, (i - 1) * width, i * width);
    else weighRow(smoother, i, robustness);
  }
}

function weighRow(smoother: LoessSmoother, i: number, robustness: Float64Array | null): void {
  const { n, width, rows } = smoother;
  const left = smoother.lefts[i];
  const from = i * width;
  const reach = reachOf(smoother, i);
  if (robustness === null) fillTricubes(smoother, i, reach, rows);
  else {
    const { tricubes } = smoother;
    for (let j = 0; j < width; j++) rows[from + j] = tricubes[from + j] * robustness[left + j];
  }
  let total = 0;
  for (let j = 0; j < width; j++) total += rows[from + j];
  if (total <= 0) {
    rows[from] = Number.NaN;
    return;
  }
  for (let j = 0; j < width; j++) rows[from + j] = rows[from + j] / total;
  if (smoother.degree === 1 && reach > 0) tilt(rows, from, width, smoother.places[i] - left, n);
}

/** The distance of the farthest neighbour, more where the window is longer than the series. */
function reachOf({ n, window, width, places, lefts }: LoessSmoother, i: number): number {
  const before = places[i] - lefts[i];
  const farthest = Math.max(before, width - 1 - before);
  return window > n ? farthest + Math.floor((window - n) / 2) : farthest;
}

function fillTricubes(
  { width, places, lefts }: LoessSmoother,
  i: number,
  reach: number,
  out: Float64Array,
): void {
  const before = places[i] - lefts[i];
  for (let j = 0; j < width; j++) {
    const distance = Math.abs(j - before);
    const near = distance <= 0.001 * reach;
    out[i * width + j] = near ? 1 : distance <= 0.999 * reach ? tricube(distance / reach) : 0;
  }
}

function tricube(share: number): number {
  const rest = 1 - share * share * share;
  return rest * rest * rest;
}

/** Turns the weights of a local mean into those of a local line at `offset`, unless the neighbours are too close. */
function tilt(rows: Float64Array, from: number, width: number, offset: number, n: number): void {
  let centre = 0;
  for (let j = 0; j < width; j++) centre += rows[from + j] * j;
  let spread = 0;
  for (let j = 0; j < width; j++) spread += rows[from + j] * (j - centre) * (j - centre);
  if (Math.sqrt(spread) <= 0.001 * (n - 1)) return;
  const slope = (offset - centre) / spread;
  for (let j = 0; j < width; j++) rows[from + j] = rows[from + j] * (slope * (j - centre) + 1);
}

/**
 * Smooths `y` into `out`: a value for each place, straight lines between them. `out[at]` is place 0 where the
 * smoother is not extended, place −1 where it is.
 */
export function smooth(smoother: LoessSmoother, y: Float64Array, out: Float64Array): void {
  const { places, lefts, width, rows, n } = smoother;
  const shift = places[0];
  let previous = shift;
  for (let i = 0; i < places.length; i++) {
    const place = places[i];
    const from = i * width;
    const at = place - shift;
    out[at] = Number.isNaN(rows[from])
      ? y[Math.min(Math.max(place, 0), n - 1)]
      : weightedSum(rows, from, y, lefts[i], width);
    if (place - previous > 1) fillBetween(out, previous - shift, at);
    previous = place;
  }
  // Outside the series a fit without weight repeats the fit beside it.
  if (shift < 0 && Number.isNaN(rows[0])) out[0] = out[1];
  if (previous === n && Number.isNaN(rows[rows.length - width])) out[n + 1] = out[n];
}

function weightedSum(rows: Float64Array, from: number, y: Float64Array, left: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += rows[from + j] * y[left + j];
  return sum;
}

function fillBetween(out: Float64Array, from: number, to: number): void {
  const step = (out[to] - out[from]) / (to - from);
  for (let i = from + 1; i < to; i++) out[i] = out[from] + step * (i - from);
}
