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
    (((0.18577770618460315 * z + 3.1611237438705655) * z + 113.86415415105016) * z + 377.485237685302) * z +
    3209.3775891384694;
  const below =
    (((z + 23.601290952344122) * z + 244.02463793444417) * z + 1282.6165260773723) * z + 2844.236833439171;
  return (x * above) / below;
}

/** exp(x²) erfc(x) for CENTRE <= x <= 4. */
function scaledMiddle(x: number): number {
  let above = 2.1531153547440383e-8;
  above = above * x + 0.5641884969886701;
  above = above * x + 8.883149794388377;
  above = above * x + 66.11919063714163;
  above = above * x + 298.6351381974001;
  above = above * x + 881.952221241769;
  above = above * x + 1712.0476126340707;
  above = above * x + 2051.0783778260716;
  above = above * x + 1230.3393547979972;
  let below = x + 15.744926110709835;
  below = below * x + 117.6939508913125;
  below = below * x + 537.1811018620099;
  below = below * x + 1621.3895745666903;
  below = below * x + 3290.7992357334597;
  below = below * x + 4362.619090143247;
  below = below * x + 3439.3676741437216;
  below = below * x + 1230.3393548037495;
  return above / below;
}

/** exp(x²) erfc(x) for x >= 4. */
function scaledFar(x: number): number {
  const z = 1 / (x * x);
  let above = 0.016315387137302097;
  above = above * z + 0.30532663496123236;
  above = above * z + 0.36034489994980445;
  above = above * z + 0.12578172611122926;
  above = above * z + 0.016083785148742275;
  above = above * z + 0.0006587491615298378;
  let below = z + 2.568520192289822;
  below = below * z + 1.8729528499234673;
  below = below * z + 0.5279051029514285;
  below = below * z + 0.06051834131244132;
  below = below * z + 0.0023352049762686918;
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
 * @example erf(1); // 0.84270079294971…
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
 * @example erfc(10); // 2.08848758376254e-45
 */
export function erfc(x: number): number {
  if (Math.abs(x) <= CENTRE) return 1 - erfCentral(x);
  if (x < 0) return 2 - erfc(-x);
  if (x > 27.3) return 0;
  return expMinusSquare(x, 1) * erfcScaled(x);
}
