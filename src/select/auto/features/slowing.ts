/** Parts of the series whose slopes are compared, values in each at least, and in all at most. */
const PARTS = 4;
const LEAST = 5;
const MOST = 2000;
/** The last slope as a share of the largest and of the one before, at most; how far below the largest it must be, in standard errors of the difference. */
const SLOWER = { largest: 0.6, before: 0.7, errors: 3 };
/** How far the last slope may be on the other side of 0, in its standard errors. */
const BACK = 1;

/**
 * Whether a trend wears off: of the slopes b₁ … b₄ of four parts of the series the last is clearly below the largest, and below the
 * one before, and has its sign. σ² is what straight lines through the parts leave; var(b) = 12 σ²/(w(w² − 1)) in a part of w values.
 */
export function isSlowing(y: Float64Array): boolean {
  const w = Math.floor(y.length / PARTS);
  if (w < LEAST || y.length > MOST || y.some(Number.isNaN)) return false;
  const parts = Array.from({ length: PARTS }, (_, k) => {
    const end = y.length - (PARTS - 1 - k) * w;
    return lineThrough(y.subarray(end - w, end));
  });
  const sigma2 = parts.reduce((sum, { rest }) => sum + rest, 0) / (PARTS * (w - 2));
  const error = Math.sqrt((12 * sigma2) / (w * (w * w - 1)));
  const slopes = parts.map(({ slope }) => slope);
  const largest = slopes.reduce((most, slope) => (Math.abs(slope) > Math.abs(most) ? slope : most));
  const [before, last] = slopes.slice(-2).map((slope) => slope * Math.sign(largest)) as [number, number];
  const size = Math.abs(largest);
  return (
    last < SLOWER.largest * size &&
    last < SLOWER.before * before &&
    last > -BACK * error &&
    size - last > SLOWER.errors * Math.SQRT2 * error
  );
}

/** The least-squares line through values: its slope and the sum of squares it leaves. */
function lineThrough(y: Float64Array): { readonly slope: number; readonly rest: number } {
  const middle = (y.length - 1) / 2;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  let [xy, xx, yy] = [0, 0, 0];
  y.forEach((value, t) => {
    const [dx, dy] = [t - middle, value - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return { slope: xy / xx, rest: Math.max(0, yy - (xy * xy) / xx) };
}
