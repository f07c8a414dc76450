import type { Distribution } from "../../core/distribution.js";
import { normal } from "../../distributions/families/normal.js";
import { factorOf, seasoned } from "./season-figure.js";
import { predict, stepAt, type ThetaParams, type ThetaState } from "./transition.js";

/**
 * The marginals of the next values, as the plain steps over missing values give them. With u = hx the uncertain part of the prediction
 * and e the unknown error, states move on as x' = Tx + g(u + e), so that P' = TPT' + Tcg' + g(Tc)' + vgg', c the covariances of x with u and v
 * the variance of u + e. The matrices are written out: T has six entries that are not 0.
 *
 * @param state after the training series, when all that is uncertain is in its `covariance`.
 */
export function marginalsAhead(params: ThetaParams, state: ThetaState, steps: number): Distribution[] {
  const { alpha, sigma2 } = params;
  const { drift } = state;
  const own = [0, 5, 10, 15].map((at) => state.covariance[at] ?? 0);
  let [levels, means, slopes] = own as [number, number, number];
  const drifts = own[3]!;
  let [levelMean, levelSlope, levelDrift, meanSlope, meanDrift, slopeDrift] = [1, 2, 3, 6, 7, 11].map(
    (at) => state.covariance[at] ?? 0,
  ) as [number, number, number, number, number, number];
  let { level, mean, slope, count } = state;
  const found: Distribution[] = [];
  for (let h = 0; h < steps; h++, count++) {
    const step = stepAt(params, count);
    const { m, s, meanGain, slopeDecay, slopeGain } = step;
    const predicted = predict({ ...state, level, mean, slope }, step);
    const withLevel = levels + m * levelMean + s * levelSlope;
    const withMean = levelMean + m * means + s * meanSlope;
    const withSlope = levelSlope + m * meanSlope + s * slopes;
    const withDrift = levelDrift + m * meanDrift + s * slopeDrift;
    const variance = 1 + withLevel + m * withMean + s * withSlope;
    const factor = factorOf(params, count);
    found.push(normal(seasoned(params, count, predicted), sigma2 * variance * factor * factor));

    const stay = 1 - alpha;
    const keep = 1 - meanGain;
    // Tc, without the drift's, which does not move.
    const levelMoved = stay * withLevel + withDrift;
    const meanMoved = keep * withMean;
    const slopeMoved = slopeDecay * withSlope - slopeGain * withMean;
    // TPT', row by row: level' = stay·level + drift, mean' = keep·mean, slope' = decay·slope − gain·mean.
    const levelsNext = stay * stay * levels + 2 * stay * levelDrift + drifts;
    const levelMeanNext = keep * (stay * levelMean + meanDrift);
    const levelSlopeNext =
      slopeDecay * (stay * levelSlope + slopeDrift) - slopeGain * (stay * levelMean + meanDrift);
    const meansNext = keep * keep * means;
    const meanSlopeNext = keep * (slopeDecay * meanSlope - slopeGain * means);
    const slopesNext =
      slopeDecay * slopeDecay * slopes -
      2 * slopeDecay * slopeGain * meanSlope +
      slopeGain * slopeGain * means;
    levelDrift = stay * levelDrift + drifts + alpha * withDrift;
    const meanDriftNext = keep * meanDrift + meanGain * withDrift;
    slopeDrift = slopeDecay * slopeDrift - slopeGain * meanDrift + slopeGain * withDrift;
    meanDrift = meanDriftNext;
    levels = levelsNext + 2 * alpha * levelMoved + variance * alpha * alpha;
    levelMean = levelMeanNext + meanGain * levelMoved + alpha * meanMoved + variance * alpha * meanGain;
    levelSlope = levelSlopeNext + slopeGain * levelMoved + alpha * slopeMoved + variance * alpha * slopeGain;
    means = meansNext + 2 * meanGain * meanMoved + variance * meanGain * meanGain;
    meanSlope =
      meanSlopeNext + slopeGain * meanMoved + meanGain * slopeMoved + variance * meanGain * slopeGain;
    slopes = slopesNext + 2 * slopeGain * slopeMoved + variance * slopeGain * slopeGain;

    const gap = predicted - mean;
    level += alpha * (predicted - level) + drift;
    mean += meanGain * gap;
    slope = slopeDecay * slope + slopeGain * gap;
  }
  return found;
}
