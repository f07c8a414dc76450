import { requireDistribution } from "../core/arguments/objects.js";
import { show } from "../core/checks.js";
import type { Distribution } from "../core/distribution.js";
import { numericalError } from "../core/errors.js";
import { logBeta } from "../math/special-functions/beta.js";
import { countCdf } from "../math/special-functions/counts.js";
import { normalCdf, normalDensity } from "../math/special-functions/normal.js";
import { integrate } from "../math/special-functions/quadrature.js";
import { studentTCdf, studentTLogDensity } from "../math/special-functions/student-t.js";
import { tailIntegral } from "../math/special-functions/tail-integral.js";
import { square } from "../math/square.js";
import { edgesOf, integrateOver } from "./derived/panels.js";
import type { Recalibrated } from "./derived/recalibrated.js";
import type { Empirical } from "./families/empirical.js";
import type { NegativeBinomial } from "./families/negative-binomial.js";
import type { Normal } from "./families/normal.js";
import type { StudentT } from "./families/student-t.js";

const INVERSE_SQRT_PI = 0.5641895835477563;

/**
 * The continuous ranked probability score, ∫ (F(x) - 1{x >= y})² dx = E|X - y| - E|X - X'|/2: a distance in the units of y, 0 for a
 * point mass at y, |y - x| for one at x.
 *
 * Exact for normal, Student-t (df > 1), negative binomial (Poisson) and empirical distributions; by quadrature of the
 * integral, to about 1e-11, for the others (1e-5 for recalibrated ones). A sample is scored by its step function (divisor n²), not by the interpolated cdf.
 * Infinity for a diffuse distribution and where the integral does not settle (Student-t with df near 0.5 and below).
 *
 * @param y what happened; finite.
 * @returns the score in the units of y; 0 is best.
 * @throws YuleError `bad-value` when y is not finite.
 * @see T. Gneiting and A. E. Raftery, Journal of the American Statistical Association 102 (2007), p. 367; A. Jordan,
 *   F. Krüger and S. Lerch, Journal of Statistical Software 90 (2019), Appendix A.
 * @example crps(normal(0, 1), 0.3); // 0.2693329006866636
 */
export function crps(distribution: Distribution, y: number): number {
  requireDistribution(distribution, "crps scores");
  if (!Number.isFinite(y)) {
    throw numericalError("bad-value", "y", y, `The value to score must be a finite number, not ${show(y)}.`);
  }
  if (distribution.variance === 0) return Math.abs(y - distribution.mean);
  if (isNormal(distribution)) return normalCrps(distribution, y);
  if (isStudentT(distribution)) return studentTCrps(distribution, y);
  if (isNegativeBinomial(distribution)) return countCrps(distribution, y);
  if (isEmpirical(distribution)) return sampleCrps(distribution, y);
  if (distribution.kind === "diffuse") return Number.POSITIVE_INFINITY;
  if (distribution.kind === "recalibrated") return panelCrps(distribution as Recalibrated, y);
  return generalCrps(distribution, y);
}

function normalCrps({ mean, variance }: Normal, y: number): number {
  const sd = Math.sqrt(variance);
  const z = (y - mean) / sd;
  return sd * (z * (1 - 2 * normalCdf(-z)) + 2 * normalDensity(z) - INVERSE_SQRT_PI);
}

function studentTCrps({ location, scale, df }: StudentT, y: number): number {
  const z = (y - location) / scale;
  if (df <= 1) {
    const tail = (x: number) => studentTCdf(x, df);
    return scale * crpsByParts(tail, (x) => tail(-x), z, 1);
  }
  const density = Math.exp(studentTLogDensity(z, df));
  // 2√ν/(ν - 1) B(1/2, ν - 1/2)/B(1/2, ν/2)² is half the mean distance of two draws; 1/√π in the limit.
  const spread =
    df > 1e15
      ? INVERSE_SQRT_PI
      : (2 / (df - 1)) * Math.exp(0.5 * Math.log(df) + logBeta(0.5, df - 0.5) - 2 * logBeta(0.5, 0.5 * df));
  const reach = df > 1e15 ? 1 : (df + z * z) / (df - 1);
  return scale * (z * (1 - 2 * studentTCdf(-z, df)) + 2 * density * reach - spread);
}

/**
 * E|K - y| from the distribution function and the partial mean, which is that of the next larger size (1/α + 1); half of
 * E|K - K'| from Euler's integral of the hypergeometric function in it.
 */
function countCrps({ mean, variance, dispersion }: NegativeBinomial, y: number): number {
  const below = countCdf(y, mean, dispersion);
  const partial = countCdf(Math.floor(y) - 1, mean * (1 + dispersion), dispersion / (1 + dispersion));
  const distance = y * (2 * below - 1) + mean * (1 - 2 * partial);
  return distance - countSpread(variance, dispersion);
}

/**
 * E|K - K'|/2 = V (4/π) ∫ cos²θ (1 + 4αV sin²θ)^-(1 + 1/α) dθ over 0 to π/2, by parts that grow with the distance from the
 * peak at 0; the Poisson distribution has exp(-4V sin²θ) there.
 */
function countSpread(variance: number, dispersion: number): number {
  const integrand = (theta: number) => {
    const sine = Math.sin(theta);
    const rise = 4 * variance * sine * sine;
    const log = dispersion === 0 ? rise : (1 + 1 / dispersion) * Math.log1p(dispersion * rise);
    return (1 - sine * sine) * Math.exp(-log);
  };
  const end = 0.5 * Math.PI;
  let from = 0;
  let width = Math.min(end, 0.5 / Math.sqrt(variance * (1 + dispersion)));
  let sum = 0;
  while (from < end) {
    const to = Math.min(end, from + width);
    sum += integrate(integrand, from, to, 1);
    from = to;
    width *= 1.5;
  }
  return (4 / Math.PI) * variance * sum;
}

function sampleCrps({ samples, weights }: Empirical, y: number): number {
  let distance = 0;
  let spread = 0;
  let before = 0;
  for (let i = 0; i < samples.length; i++) {
    const weight = weights === null ? 1 / samples.length : weights[i];
    distance += weight * Math.abs(samples[i] - y);
    // Σ_j w_j |x_i - x_j| / 2, each pair counted once from either side.
    spread += weight * (2 * before + weight - 1) * (samples[i] - y);
    before += weight;
  }
  return distance - spread;
}

function generalCrps(distribution: Distribution, y: number): number {
  const spread = distribution.quantile(0.75) - distribution.quantile(0.25);
  const sd = Math.sqrt(distribution.variance);
  const unit = spread > 0 && spread < Number.POSITIVE_INFINITY ? spread : Number.isFinite(sd) ? sd : 1;
  return crpsByParts(
    (x) => distribution.cdf(x),
    (x) => 1 - distribution.cdf(x),
    y,
    unit,
  );
}

function panelCrps(distribution: Recalibrated, y: number): number {
  const edges = edgesOf(distribution.base, distribution.map);
  const [first, last] = [edges[0], edges[edges.length - 1]];
  const outside = Math.max(0, first - y) + Math.max(0, y - last);
  const below = edges.filter((edge) => edge < y);
  const above = edges.filter((edge) => edge > y);
  return (
    outside +
    integrateOver([...below, ...(y > first ? [Math.min(y, last)] : [])], (x) => square(distribution.cdf(x))) +
    integrateOver([...(y < last ? [Math.max(y, first)] : []), ...above], (x) =>
      square(1 - distribution.cdf(x)),
    )
  );
}

/** ∫ lower² below y and upper² above it, outward from y in the given unit. */
function crpsByParts(
  lower: (x: number) => number,
  upper: (x: number) => number,
  y: number,
  unit: number,
): number {
  const ends = { kinks: [], edge: Number.POSITIVE_INFINITY, grain: 0 };
  const below = tailIntegral((v) => square(lower(y - unit * v)), 0, ends, 1e-13);
  const above = tailIntegral((v) => square(upper(y + unit * v)), 0, ends, 1e-13);
  return unit * (below + above);
}

const isNormal = (given: Distribution): given is Normal => given.kind === "normal";
const isStudentT = (given: Distribution): given is StudentT => given.kind === "student-t";
const isNegativeBinomial = (given: Distribution): given is NegativeBinomial =>
  given.kind === "negative-binomial";
const isEmpirical = (given: Distribution): given is Empirical => given.kind === "empirical";
