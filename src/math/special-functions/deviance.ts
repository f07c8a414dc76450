/** log(1 + x) - x for x > -1, accurate where the two nearly cancel. */
export function log1pMinus(x: number): number {
  if (x > 0.6 || x < -0.4) return Math.log1p(x) - x;
  // log(1 + x) = 2 artanh(r) with r = x / (2 + x), and 2r - x = -x r.
  const r = x / (2 + x);
  const z = r * r;
  let sum = 0;
  for (let k = 33; k >= 3; k -= 2) sum = sum * z + 1 / k;
  return r * (2 * z * sum - x);
}

/**
 * a log(x / a) - (x - a): zero where x = a and negative elsewhere; the exponent of the gamma and Poisson densities
 * once Stirling's formula is taken out, which is how they keep their digits when a is large.
 *
 * C. Loader, Fast and accurate computation of binomial probabilities (2000).
 *
 * @param difference x - a, to be given where it is known more exactly than by subtraction.
 */
export function gammaExponent(a: number, x: number, difference: number = x - a): number {
  const z = difference / a;
  return z > 0.6 || z < -0.4 ? a * Math.log(x / a) - difference : a * log1pMinus(z);
}
