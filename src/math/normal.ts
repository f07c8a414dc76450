import { show } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Rng } from "../core/random.js";
import { erf, erfcScaled, expMinusSquare } from "./erf.js";

const SQRT_HALF = Math.SQRT1_2;
/** log(2π) / 2 */
const LOG_SQRT_TWO_PI = 0.9189385332046728;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** The density of the standard normal distribution, exp(-x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return INVERSE_SQRT_TWO_PI * expMinusSquare(x, 0.5);
}

/** The logarithm of {@link normalDensity}. */
export function normalLogDensity(x: number): number {
  return -0.5 * x * x - LOG_SQRT_TWO_PI;
}

/** Φ(-x) for x >= 0, accurate relative to itself however small it gets. */
function tail(x: number): number {
  if (x > 39) return 0;
  return 0.5 * expMinusSquare(x, 0.5) * erfcScaled(x * SQRT_HALF);
}

/**
 * The standard normal distribution function Φ(x), to about 1e-15 relative in both tails.
 *
 * @example normalCdf(-37); // 5.725571222524577e-300
 */
export function normalCdf(x: number): number {
  if (x < -0.66) return tail(-x);
  if (x > 0.66) return 1 - tail(x);
  return 0.5 + 0.5 * erf(x * SQRT_HALF);
}

/**
 * log Φ(x), finite for every finite x.
 *
 * @example normalLogCdf(-100); // -5005.524208694205
 */
export function normalLogCdf(x: number): number {
  if (x > 0) return Math.log1p(-normalCdf(-x));
  if (x > -5) return Math.log(normalCdf(x));
  return Math.log(0.5 * erfcScaled(-x * SQRT_HALF)) - 0.5 * x * x;
}

/**
 * The standard normal quantile Φ⁻¹(p), to about 1e-15 relative for every double p in [0, 1].
 *
 * M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988), pp. 477-484.
 *
 * @throws YuleError `bad-probability` unless 0 <= p <= 1.
 * @example normalQuantile(0.975); // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) return quantileCentral(q);
  if (!(p >= 0 && p <= 1)) {
    throw usageError("bad-probability", "p", p, `A probability must lie from 0 to 1, not ${show(p)}.`);
  }
  const size = quantileTail(q < 0 ? p : 1 - p);
  return q < 0 ? -size : size;
}

/** Φ⁻¹(1/2 + q) for |q| <= 0.425. */
function quantileCentral(q: number): number {
  const r = 0.180625 - q * q;
  let above = 2.5090809287301226727e3;
  above = above * r + 3.3430575583588128105e4;
  above = above * r + 6.7265770927008700853e4;
  above = above * r + 4.5921953931549871457e4;
  above = above * r + 1.3731693765509461125e4;
  above = above * r + 1.9715909503065514427e3;
  above = above * r + 1.3314166789178437745e2;
  above = above * r + 3.387132872796366608;
  let below = 5.226495278852854561e3;
  below = below * r + 2.8729085735721942674e4;
  below = below * r + 3.930789580009271061e4;
  below = below * r + 2.1213794301586595867e4;
  below = below * r + 5.3941960214247511077e3;
  below = below * r + 6.871870074920579083e2;
  below = below * r + 4.2313330701600911252e1;
  return (q * above) / (below * r + 1);
}

/** -Φ⁻¹(p) for p < 0.075. */
function quantileTail(p: number): number {
  if (p === 0) return Number.POSITIVE_INFINITY;
  const s = Math.sqrt(-Math.log(p));
  return s <= 5 ? quantileNearTail(s - 1.6) : quantileFarTail(s - 5);
}

function quantileNearTail(r: number): number {
  let above = 7.7454501427834140764e-4;
  above = above * r + 2.27238449892691845833e-2;
  above = above * r + 2.4178072517745061177e-1;
  above = above * r + 1.27045825245236838258;
  above = above * r + 3.64784832476320460504;
  above = above * r + 5.7694972214606914055;
  above = above * r + 4.6303378461565452959;
  above = above * r + 1.42343711074968357734;
  let below = 1.05075007164441684324e-9;
  below = below * r + 5.475938084995344946e-4;
  below = below * r + 1.51986665636164571966e-2;
  below = below * r + 1.4810397642748007459e-1;
  below = below * r + 6.8976733498510000455e-1;
  below = below * r + 1.6763848301838038494;
  below = below * r + 2.05319162663775882187;
  return above / (below * r + 1);
}

function quantileFarTail(r: number): number {
  let above = 2.01033439929228813265e-7;
  above = above * r + 2.71155556874348757815e-5;
  above = above * r + 1.2426609473880784386e-3;
  above = above * r + 2.6532189526576123093e-2;
  above = above * r + 2.9656057182850489123e-1;
  above = above * r + 1.7848265399172913358;
  above = above * r + 5.4637849111641143699;
  above = above * r + 6.6579046435011037772;
  let below = 2.04426310338993978564e-15;
  below = below * r + 1.4215117583164458887e-7;
  below = below * r + 1.8463183175100546818e-5;
  below = below * r + 7.868691311456132591e-4;
  below = below * r + 1.48753612908506148525e-2;
  below = below * r + 1.3692988092273580531e-1;
  below = below * r + 5.9983220655588793769e-1;
  return above / (below * r + 1);
}

/**
 * A standard normal draw by inversion: one uniform number each, so that draws can be counted and paired, and the
 * same everywhere (it needs no more of `Math` than `log` and `sqrt`, and those in the tails only).
 *
 * @example const z = standardNormal(random(1));
 */
export function standardNormal(rng: Rng): number {
  const q = rng.uniform() - 0.5;
  if (q >= -0.425 && q <= 0.425) return quantileCentral(q);
  return q < 0 ? -quantileTail(q + 0.5) : quantileTail(0.5 - q);
}
