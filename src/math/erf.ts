/**
 * The error function and its relatives from W. J. Cody's rational Chebyshev approximations
 * (Mathematics of Computation 23, 1969, pp. 631-637), each good to full double precision.
 */

const INVERSE_SQRT_PI = 0.5641895835477563;

/** Where erf itself stops being approximated and its scaled complement takes over. */
const CENTRE = 0.46875;

/** erf(x) for |x| <= CENTRE: x times a rational function of z = x². */
function erfCentral(x: number): number {
  const z = x * x;
  const above =
    (((1.85777706184603153e-1 * z + 3.1611237438705656) * z + 1.13864154151050156e2) * z +
      3.77485237685302021e2) *
      z +
    3.20937758913846947e3;
  const below =
    (((z + 2.36012909523441209e1) * z + 2.44024637934444173e2) * z + 1.28261652607737228e3) * z +
    2.84423683343917062e3;
  return (x * above) / below;
}

/** exp(x²) erfc(x) for CENTRE <= x <= 4. */
function scaledMiddle(x: number): number {
  let above = 2.15311535474403846e-8;
  above = above * x + 5.64188496988670089e-1;
  above = above * x + 8.88314979438837594;
  above = above * x + 6.61191906371416295e1;
  above = above * x + 2.98635138197400131e2;
  above = above * x + 8.8195222124176909e2;
  above = above * x + 1.71204761263407058e3;
  above = above * x + 2.05107837782607147e3;
  above = above * x + 1.23033935479799725e3;
  let below = x + 1.57449261107098347e1;
  below = below * x + 1.17693950891312499e2;
  below = below * x + 5.37181101862009858e2;
  below = below * x + 1.62138957456669019e3;
  below = below * x + 3.29079923573345963e3;
  below = below * x + 4.36261909014324716e3;
  below = below * x + 3.43936767414372164e3;
  below = below * x + 1.23033935480374942e3;
  return above / below;
}

/** exp(x²) erfc(x) for x >= 4. */
function scaledFar(x: number): number {
  const z = 1 / (x * x);
  let above = 1.63153871373020978e-2;
  above = above * z + 3.05326634961232344e-1;
  above = above * z + 3.60344899949804439e-1;
  above = above * z + 1.25781726111229246e-1;
  above = above * z + 1.60837851487422766e-2;
  above = above * z + 6.58749161529837803e-4;
  let below = z + 2.56852019228982242;
  below = below * z + 1.87295284992346725;
  below = below * z + 5.27905102951428412e-1;
  below = below * z + 6.05183413124413191e-2;
  below = below * z + 2.33520497626869185e-3;
  return (INVERSE_SQRT_PI - (z * above) / below) / x;
}

/**
 * exp(-s x²) without the rounding error of x²: the head of x has few enough bits that its square is exact.
 */
export function expMinusSquare(x: number, s: 1 | 0.5): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-s * head * head) * Math.exp(-s * (x - head) * (x + head));
}

/** exp(x²) erfc(x) for x >= 0: falls from 1 like 1/(x√π), so it never underflows. */
export function erfcScaled(x: number): number {
  if (x > 4) return scaledFar(x);
  if (x > CENTRE) return scaledMiddle(x);
  return Math.exp(x * x) * (1 - erfCentral(x));
}

/**
 * The error function, 2/√π ∫₀ˣ exp(-t²) dt.
 *
 * @example erf(1); // 0.8427007929497149
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= CENTRE) return erfCentral(x);
  const value = 1 - expMinusSquare(Math.min(size, 6), 1) * erfcScaled(Math.min(size, 6));
  return x < 0 ? -value : value;
}

/**
 * The complementary error function, 1 - erf(x), with full relative accuracy where it is tiny.
 *
 * @example erfc(10); // 2.088487583762545e-45
 */
export function erfc(x: number): number {
  if (Math.abs(x) <= CENTRE) return 1 - erfCentral(x);
  if (x < 0) return 2 - erfc(-x);
  if (x > 27.3) return 0;
  return expMinusSquare(x, 1) * erfcScaled(x);
}
