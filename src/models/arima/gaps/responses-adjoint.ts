import type { LagPolynomial } from "../lag-polynomial/polynomial.js";
import { addSquare, subtractPair, subtractPairsAndDots, timesWindow } from "./band.js";
import type { Output } from "./output.js";
import type { Responses } from "./responses.js";

/**
 * The adjoint of the responses' covariance: slopes += ½ ∂log|M| by the coefficients of a and t.
 *
 * With N the derivative of log|M| by the covariance C, g = CZ', F = ZCZ' of what an unknown asks, n = Ng,
 *
 * N ← N − (Z'n' + nZ)/F + Z'Z(g'n/F² + 1/F), and by Z itself 2(g − C⁺n)/F;
 *
 * a new ζ_s: N ← T'NT, and by t_j −2 Σ_i N_{s,i} C_{s+j,i}. C is led back on the way.
 */
export class ResponsesAdjoint {
  /** N, as a band like C. */
  band = new Float64Array(0);
  private vector = new Float64Array(0);
  private image = new Float64Array(0);
  private maSlopes = new Float64Array(0);

  /** N = 0 to begin with. */
  clear({ size, count, maCount }: Responses): void {
    const length = (count + size) * size;
    if (this.band.length < length) this.band = new Float64Array(Math.ceil(1.5 * length));
    if (this.vector.length < size) {
      this.vector = new Float64Array(2 * size);
      this.image = new Float64Array(2 * size);
    }
    this.band.fill(0, 0, length);
    this.maSlopes = new Float64Array(maCount);
  }

  /** From N at the start of the series, which the band has, to its end. */
  run(responses: Responses, ar: LagPolynomial, ma: LagPolynomial): void {
    const { count, missing, early, unknowns, output } = responses;
    const withAr = ar.count > 0;
    let known = unknowns;
    for (let k = early.length - 1; k >= 0; k--) this.release(responses, early[k].output, 0, --known, withAr);
    for (let s = 0; s < count; s++) {
      if (missing[s] === 1) this.release(responses, output, s, --known, withAr);
      if (known === 0 && this.isOver(responses, s)) break;
      this.remove(responses, s);
    }
    for (const asked of early) asked.output.pullSlopes(ar);
    output.pullSlopes(ar);
    for (let j = 0; j < ma.count; j++) ma.slopes[j] += this.maSlopes[j];
  }

  /** Whether what is left of N can change nothing; looked at now and then. */
  private isOver({ size }: Responses, s: number): boolean {
    if (s % (2 * size) !== 0) return false;
    let most = 0;
    for (let i = 0; i < size; i++) most = Math.max(most, this.band[(s + i) * size]);
    return most < 1e-18;
  }

  /** An unknown is not conditioned on yet. */
  private release(
    responses: Responses,
    { lags, weights, slopes }: Output,
    s: number,
    known: number,
    withAr: boolean,
  ): void {
    const { size, gains, variances } = responses;
    const { band, vector, image } = this;
    const from = known * size;
    const inverse = 1 / variances[known];
    timesWindow(band, size, s, gains, from, vector);
    let square = 0;
    for (let i = 0; i < size; i++) square += gains[from + i] * vector[i];
    if (withAr) {
      timesWindow(responses.band, size, s, vector, 0, image);
      for (let j = 0; j < lags.length; j++) {
        slopes[j] += inverse * (gains[from + lags[j]] - image[lags[j]]);
      }
    }
    const own = 0.5 * inverse * (square * inverse + 1);
    for (let i = 0; i < size; i++) vector[i] *= inverse;
    for (let j = 0; j < lags.length; j++) vector[lags[j]] -= own * weights[j];
    for (let j = 0; j < lags.length; j++) subtractPair(band, size, s, lags[j], weights[j], vector);
    addSquare(responses.band, size, s, gains, from, inverse);
  }

  /** ζ_s is not there yet. */
  private remove(responses: Responses, s: number): void {
    const { size, maLags, maWeights, maCount } = responses;
    const { band, vector, image, maSlopes } = this;
    const row = s * size;
    for (let i = 0; i < size; i++) {
      image[i] = band[row + i];
      vector[i] = image[i];
    }
    const own = 0.5 * vector[0];
    vector[0] = 0;
    for (let j = 0; j < maCount; j++) vector[maLags[j]] -= own * maWeights[j];
    subtractPairsAndDots(band, responses.band, size, s, maLags, maWeights, vector, image, maSlopes);
  }
}
