import { show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Rng } from "../../core/random.js";
import { erf, erfcScaled, expMinusSquare } from "./erf.js";

const SQRT_HALF = Math.SQRT1_2;
/** log(2π) / 2 */
const LOG_SQRT_TWO_PI = 0.9189385332046728;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/** The density of the standard normal distribution, exp(-x²/2) / √(2π). */
export function normalDensity(x: number): number {
  return Math.abs(x) > 39 ? 0 : INVERSE_SQRT_TWO_PI * expMinusSquare(x, 0.5);
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
 * @example normalCdf(-37); // 5.72557122252458e-300
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
 * @example normalQuantile(0.975); // 1.95996398454005…
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
  let above = 2509.0809287301227;
  above = above * r + 33430.57558358813;
  above = above * r + 67265.7709270087;
  above = above * r + 45921.95393154987;
  above = above * r + 13731.69376550946;
  above = above * r + 1971.5909503065513;
  above = above * r + 133.14166789178438;
  above = above * r + 3.3871328727963665;
  let below = 5226.495278852854;
  below = below * r + 28729.085735721943;
  below = below * r + 39307.89580009271;
  below = below * r + 21213.794301586597;
  below = below * r + 5394.196021424751;
  below = below * r + 687.1870074920579;
  below = below * r + 42.31333070160091;
  return (q * above) / (below * r + 1);
}

/** -Φ⁻¹(p) for p < 0.075. */
function quantileTail(p: number): number {
  if (p === 0) return Number.POSITIVE_INFINITY;
  const s = Math.sqrt(-Math.log(p));
  return s <= 5 ? quantileNearTail(s - 1.6) : quantileFarTail(s - 5);
}

function quantileNearTail(r: number): number {
  let above = 0.0007745450142783414;
  above = above * r + 0.022723844989269184;
  above = above * r + 0.2417807251774506;
  above = above * r + 1.2704582524523684;
  above = above * r + 3.6478483247632045;
  above = above * r + 5.769497221460691;
  above = above * r + 4.630337846156546;
  above = above * r + 1.4234371107496835;
  let below = 1.0507500716444169e-9;
  below = below * r + 0.0005475938084995345;
  below = below * r + 0.015198666563616457;
  below = below * r + 0.14810397642748008;
  below = below * r + 0.6897673349851;
  below = below * r + 1.6763848301838038;
  below = below * r + 2.053191626637759;
  return above / (below * r + 1);
}

function quantileFarTail(r: number): number {
  let above = 2.0103343992922881e-7;
  above = above * r + 0.000027115555687434876;
  above = above * r + 0.0012426609473880784;
  above = above * r + 0.026532189526576124;
  above = above * r + 0.29656057182850487;
  above = above * r + 1.7848265399172913;
  above = above * r + 5.463784911164114;
  above = above * r + 6.657904643501103;
  let below = 2.0442631033899397e-15;
  below = below * r + 1.421511758316446e-7;
  below = below * r + 0.000018463183175100548;
  below = below * r + 0.0007868691311456133;
  below = below * r + 0.014875361290850615;
  below = below * r + 0.1369298809227358;
  below = below * r + 0.599832206555888;
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
