import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";

/** log(2π) / 2 */
const LOG_SQRT_TWO_PI = 0.9189385332046728;

/** From here on Stirling's series gives full precision. */
const LARGE = 10;

/** Taylor coefficients of log Γ(2 + e): 1 - γ, then (-1)^k (ζ(k) - 1) / k for k = 2, 3, … */
const ABOUT_TWO = Float64Array.of(
  0.42278433509846713,
  0.3224670334241132,
  -0.0673523010531981,
  0.020580808427784546,
  -0.007385551028673985,
  0.0028905103307415234,
  -0.0011927539117032608,
  0.0005096695247430425,
  -0.00022315475845357936,
  0.00009945751278180853,
  -0.00004492623673813314,
  0.00002050721277567069,
  -0.000009439488275268397,
  0.000004374866789907488,
  -0.000002039215753801366,
  9.55141213040742e-7,
  -4.492469198764566e-7,
  2.1207184805554665e-7,
  -1.0043224823968099e-7,
  4.7698101693639804e-8,
  -2.2711094608943167e-8,
  1.0838659214896955e-8,
  -5.183475041970047e-9,
  2.483674543802478e-9,
  -1.1921401405860912e-9,
  5.731367241678862e-10,
  -2.759522885124233e-10,
);

/** log Γ(2 + e) for |e| <= 1/2. */
function logGammaAboutTwo(e: number): number {
  let sum = 0;
  for (let k = ABOUT_TWO.length - 1; k >= 0; k--) sum = sum * e + ABOUT_TWO[k];
  return sum * e;
}

/** The part of log Γ(x) that Stirling's formula (x - 1/2) log x - x + log(2π)/2 leaves, for x >= LARGE. */
function stirlingSeries(x: number): number {
  const z = 1 / (x * x);
  let sum = -691 / 360360;
  sum = sum * z + 1 / 1188;
  sum = sum * z - 1 / 1680;
  sum = sum * z + 1 / 1260;
  sum = sum * z - 1 / 360;
  sum = sum * z + 1 / 12;
  return sum / x;
}

/**
 * log Γ(x) for x > 0, to a few units of the last digit relative to itself, also about its zeros at 1 and 2.
 *
 * @throws YuleError `bad-argument` unless x > 0.
 * @example logGamma(0.5); // 0.5723649429247001, half of log π
 */
export function logGamma(x: number): number {
  if (x >= LARGE) return (x - 0.5) * Math.log(x) - x + LOG_SQRT_TWO_PI + stirlingSeries(x);
  requirePositive("x", x);
  if (x < 0.5) return logGammaAboutTwo(x) - Math.log(x * (x + 1));
  if (x < 1.5) return logGammaAboutTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let shifted = x;
  while (shifted > 2.5) product *= --shifted;
  return Math.log(product) + logGammaAboutTwo(shifted - 2);
}

/** log Γ(x) minus Stirling's formula (x - 1/2) log x - x + log(2π)/2, without cancellation for large x. */
export function stirlingError(x: number): number {
  if (x >= LARGE) return stirlingSeries(x);
  return logGamma(x) - ((x - 0.5) * Math.log(x) - x + LOG_SQRT_TWO_PI);
}

/**
 * The digamma function, the derivative of log Γ(x), for x > 0.
 *
 * @throws YuleError `bad-argument` unless x > 0.
 * @example digamma(1); // -0.57721566490153…, minus Euler's constant
 */
export function digamma(x: number): number {
  requirePositive("x", x);
  let shift = 0;
  let y = x;
  for (; y < LARGE; y++) shift -= 1 / y;
  const z = 1 / (y * y);
  let sum = 691 / 32760;
  sum = sum * z - 1 / 132;
  sum = sum * z + 1 / 240;
  sum = sum * z - 1 / 252;
  sum = sum * z + 1 / 120;
  sum = sum * z - 1 / 12;
  return shift + Math.log(y) - 0.5 / y + sum * z;
}

/** @throws YuleError `bad-argument`. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0)) {
    throw usageError(
      "bad-argument",
      name,
      value,
      `The argument ${name} must be above 0, not ${show(value)}.`,
    );
  }
}
