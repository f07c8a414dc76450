import type { Fitted } from "../../core/model.js";
import { random } from "../../core/random.js";
import { cholesky } from "../../math/linear-algebra/cholesky.js";
import { powerOf } from "../../math/power.js";
import { normalQuantile } from "../../math/special-functions/normal.js";

/** Draws come in pairs, a deviation and its mirror image, so that their mean stays at the estimates. */
const PAIRS = 25;
const SEED = 19_270_101;
/** Fresh attempts at a pair of which a member is not admissible, before the pair is given up. */
const ATTEMPTS = 20;

export interface Draws {
  /** Empty where the covariance of the estimates is singular. */
  readonly params: readonly unknown[];
  /** Pairs thrown away because a member was not admissible (not stationary, say). */
  readonly rejected: number;
}

/**
 * Plausible estimates around the fitted ones: coefficients from N(θ̂, Σ̂), the innovation variance from
 * σ̂²·ν/χ²_ν with ν = n − k (χ² by Wilson and Hilferty's cube root, 1931).
 */
export function drawParams(fitted: Fitted): Draws {
  const { process, params, report } = fitted;
  const k = report.coefficients.length;
  const factor = Float64Array.from(report.covariance!.flat());
  if (Number.isNaN(cholesky(factor, k))) return { params: [], rejected: 0 };
  const df = Math.max(1, report.observations - k);
  const root = random(SEED);
  const result: unknown[] = [];
  let rejected = 0;
  for (let pair = 0; pair < PAIRS; pair++) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const rng = root.fork(pair * ATTEMPTS + attempt);
      const z = Float64Array.from({ length: k + 1 }, () => normalQuantile(rng.uniform()));
      const both = [1, -1].map((sign) => {
        const sigma2 = report.sigma2 / varianceRatio(sign * z[k]!, df);
        return process.redraw!(params, moved(fitted, factor, z, sign), sigma2);
      });
      if (both.every((member) => member !== null)) {
        result.push(...both);
        break;
      }
      rejected++;
    }
  }
  return { params: result, rejected };
}

/** θ̂ ± Lz, by name; L the Cholesky factor of the covariance, its diagonal inverted. */
function moved(fitted: Fitted, factor: Float64Array, z: Float64Array, sign: number): Map<string, number> {
  const { coefficients } = fitted.report;
  const k = coefficients.length;
  return new Map(
    coefficients.map(({ name, estimate }, i) => {
      let shift = 0;
      for (let j = 0; j < i; j++) shift += factor[i * k + j]! * z[j]!;
      shift += z[i]! / factor[i * k + i]!;
      return [name, estimate + sign * shift];
    }),
  );
}

/** χ²_ν/ν at the normal score z. */
function varianceRatio(z: number, df: number): number {
  const c = 2 / (9 * df);
  return Math.max(0.05, powerOf(1 - c + z * Math.sqrt(c), 3));
}
