import type { LagPolynomial } from "../lag-polynomial/polynomial.js";

/** Lags and coefficients of a difference operator, the first of them included. */
export interface Difference {
  readonly lags: readonly number[];
  readonly weights: readonly number[];
}

/** ∇^d ∇_m^D, ascending. */
export function differenceOf({ d, D, period }: { d: number; D: number; period: number }): Difference {
  const product = new Float64Array(d + D * period + 1);
  product[0] = 1;
  const times = (stride: number) => {
    for (let lag = product.length - 1; lag >= stride; lag--) product[lag] -= product[lag - stride];
  };
  for (let i = 0; i < D; i++) times(period);
  for (let i = 0; i < d; i++) times(1);
  const lags: number[] = [];
  for (let lag = 0; lag < product.length; lag++) if (product[lag] !== 0) lags.push(lag);
  return { lags, weights: lags.map((lag) => product[lag]) };
}

/** The differences of a level at row `row` that come after the first `needed` levels, by time from the first of them. */
export function differencesAfter({ lags, weights }: Difference, needed: number, row: number): Difference {
  const kept = lags.map((lag, j) => ({ lag: row + lag - needed, weight: weights[j] }));
  const seen = kept.filter(({ lag }) => lag >= 0);
  return { lags: seen.map(({ lag }) => lag), weights: seen.map(({ weight }) => weight) };
}

/**
 * What one missing value asks of the responses: Σ_j c_j ζ_{s+j}, c = a(B) times a difference operator.
 */
export class Output {
  /** Lags at which c may differ from 0, and c there. */
  lags: Int32Array;
  weights: Float64Array;
  /** What is collected of ½ ∂log|M|/∂c. */
  slopes: Float64Array;
  /** Of lag a_i and difference j, i = −1 for a₀ = 1: where their sum stands in `lags`. */
  private readonly at: Int32Array;
  private readonly difference: Difference;

  constructor(ar: LagPolynomial, difference: Difference) {
    this.difference = difference;
    const sums = new Set<number>();
    const arLags = [0, ...ar.lags.subarray(0, ar.count)];
    for (const own of arLags) for (const lag of difference.lags) sums.add(own + lag);
    const lags = [...sums].sort((a, b) => a - b);
    const place = new Map(lags.map((lag, i) => [lag, i]));
    this.lags = Int32Array.from(lags);
    this.weights = new Float64Array(lags.length);
    this.slopes = new Float64Array(lags.length);
    this.at = Int32Array.from(arLags.flatMap((own) => difference.lags.map((lag) => place.get(own + lag)!)));
  }

  setCoefficients(ar: LagPolynomial): void {
    const { weights, at, difference } = this;
    const width = difference.weights.length;
    weights.fill(0);
    this.slopes.fill(0);
    for (let i = 0; i <= ar.count; i++) {
      const own = i === 0 ? 1 : ar.coefficients[i - 1];
      for (let j = 0; j < width; j++) weights[at[i * width + j]] += own * difference.weights[j];
    }
  }

  /** Hands on what was collected to the slopes of a₁, a₂ …. */
  pullSlopes(ar: LagPolynomial): void {
    const { at, slopes, difference } = this;
    const width = difference.weights.length;
    for (let i = 0; i < ar.count; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += difference.weights[j] * slopes[at[(i + 1) * width + j]];
      ar.slopes[i] += sum;
    }
  }
}
