/**
 * The least double y in [low, high] with f(y) >= target, for a non-decreasing f such as a distribution function with or without
 * jumps; `high` where there is none.
 *
 * Inverse quadratic interpolation where it can be trusted, else bisection: T. R. Chandrupatla, Advances in Engineering
 * Software 28 (1997), p. 145. The bracket is closed to the last digit.
 */
export function bisectQuantile(f: (y: number) => number, target: number, low: number, high: number): number {
  // `x` is the newest point, `across` the other end of the bracket, `old` the point dropped last.
  let x = low;
  let fx = f(low) - target;
  let across = high;
  if (fx >= 0) return low;
  let fAcross = f(high) - target;
  if (fAcross < 0) return high;
  let share = 0.5;
  for (;;) {
    const next = x + share * (across - x);
    if (next === x || next === across) break;
    const fNext = f(next) - target;
    let old = x;
    let fOld = fx;
    if (fNext >= 0 !== fx >= 0) {
      old = across;
      fOld = fAcross;
      across = x;
      fAcross = fx;
    }
    x = next;
    fx = fNext;
    const least =
      (2.3e-16 * Math.max(Math.abs(x), Math.abs(across)) + Number.MIN_VALUE) / Math.abs(across - x);
    if (least > 0.5) break;
    share = Math.min(Math.max(interpolated(x, across, old, fx, fAcross, fOld), least), 1 - least);
  }
  return closeIn(f, target, Math.min(x, across), Math.max(x, across));
}

/** Where between x (0) and `across` (1) the inverse parabola through the three points is zero; 1/2 where it is unsafe. */
function interpolated(
  x: number,
  across: number,
  old: number,
  fx: number,
  fAcross: number,
  fOld: number,
): number {
  const xi = (x - across) / (old - across);
  const phi = (fx - fAcross) / (fOld - fAcross);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  return (
    (fx / (fAcross - fx)) * (fOld / (fAcross - fOld)) +
    ((old - x) / (across - x)) * (fx / (fOld - fx)) * (fAcross / (fOld - fAcross))
  );
}

function closeIn(f: (y: number) => number, target: number, low: number, high: number): number {
  let a = low;
  let b = high;
  for (;;) {
    const middle = a + 0.5 * (b - a);
    if (middle <= a || middle >= b) return b;
    if (f(middle) >= target) b = middle;
    else a = middle;
  }
}
