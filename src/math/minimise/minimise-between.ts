const GOLDEN = (3 - Math.sqrt(5)) / 2;
const TINY = Math.sqrt(Number.EPSILON);

/**
 * A local minimum of a function between two bounds: parabolas through the three best points, golden sections where they
 * do not help. Values that are not finite count as infinitely bad.
 *
 * @see R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 5.
 */
export function minimiseBetween(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-8,
): number {
  const value = (x: number) => {
    const y = f(x);
    return Number.isFinite(y) ? y : Number.MAX_VALUE;
  };
  let [a, b] = [low, high];
  let best = a + GOLDEN * (b - a);
  let [second, third] = [best, best];
  let fBest = value(best);
  let [fSecond, fThird] = [fBest, fBest];
  let [step, stepBefore] = [0, 0];
  for (let round = 0; round < 500; round++) {
    const middle = (a + b) / 2;
    const near = TINY * Math.abs(best) + tolerance / 3;
    if (Math.abs(best - middle) <= 2 * near - (b - a) / 2) break;
    const parabola = Math.abs(stepBefore) > near ? vertex(best, second, third, fBest, fSecond, fThird) : null;
    const inside = parabola !== null && best + parabola > a && best + parabola < b;
    if (inside && Math.abs(parabola) < Math.abs(stepBefore) / 2) {
      stepBefore = step;
      step = parabola;
      const next = best + step;
      if (next - a < 2 * near || b - next < 2 * near) step = best < middle ? near : -near;
    } else {
      stepBefore = best < middle ? b - best : a - best;
      step = GOLDEN * stepBefore;
    }
    const x = best + (Math.abs(step) >= near ? step : step < 0 ? -near : near);
    const fx = value(x);
    if (fx <= fBest) {
      if (x < best) b = best;
      else a = best;
      [third, fThird, second, fSecond, best, fBest] = [second, fSecond, best, fBest, x, fx];
      continue;
    }
    if (x < best) a = x;
    else b = x;
    if (fx <= fSecond || second === best) [third, fThird, second, fSecond] = [second, fSecond, x, fx];
    else if (fx <= fThird || third === best || third === second) [third, fThird] = [x, fx];
  }
  return best;
}

/** How far the vertex of the parabola through three points lies from the first; null where there is none. */
function vertex(x: number, w: number, v: number, fx: number, fw: number, fv: number): number | null {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  const denominator = 2 * (q - r);
  if (denominator === 0) return null;
  return -((x - v) * q - (x - w) * r) / denominator;
}
