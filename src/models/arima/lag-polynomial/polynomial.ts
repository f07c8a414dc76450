import { divide, divideBackward } from "../../../math/lag-filters/divide.js";
import { multiply } from "../../../math/lag-filters/multiply.js";

/**
 * A product of lag polynomials (1 + a₁B + … + a_k B^k)(1 + A₁B^m + … + A_K B^{Km}), kept as its factors, for
 * filtering in two short stages, and as the list of its non-zero lags.
 *
 * The object is made once and used for many specifications: allocating a typed array costs more than filtering a
 * hundred values.
 */
export class LagPolynomial {
  ordinaryDegree = 0;
  seasonalDegree = 0;
  period = 1;
  /** Degree of the product. */
  degree = 0;
  /** a₁ … a_k. */
  ordinary = new Float64Array(8);
  /** A₁ … A_K. */
  seasonal = new Float64Array(4);
  /** Number of lags above 0 whose coefficient can differ from 0. */
  count = 0;
  lags = new Int32Array(16);
  /** Coefficient at each of `lags`. */
  coefficients = new Float64Array(16);
  /** Derivative of some objective with respect to each of `coefficients`; see {@link chainRule}. */
  slopes = new Float64Array(16);

  configure(ordinaryDegree: number, seasonalDegree: number, period: number): void {
    this.ordinaryDegree = ordinaryDegree;
    this.seasonalDegree = seasonalDegree;
    this.period = period;
    this.degree = ordinaryDegree + period * seasonalDegree;
    const most = (ordinaryDegree + 1) * (seasonalDegree + 1);
    if (this.ordinary.length < ordinaryDegree) this.ordinary = new Float64Array(2 * ordinaryDegree);
    if (this.seasonal.length < seasonalDegree) this.seasonal = new Float64Array(2 * seasonalDegree);
    if (this.lags.length < most) {
      this.lags = new Int32Array(2 * most);
      this.coefficients = new Float64Array(2 * most);
      this.slopes = new Float64Array(2 * most);
    }
    this.listLags();
  }

  private listLags(): void {
    this.count = 0;
    for (let seasons = 0; seasons <= this.seasonalDegree; seasons++) {
      for (let steps = 0; steps <= this.ordinaryDegree; steps++)
        this.insertLag(seasons * this.period + steps);
    }
  }

  /** Keeps the lags ascending and each of them once: factors overlap where k ≥ m. */
  private insertLag(lag: number): void {
    if (lag === 0) return;
    let at = this.count;
    while (at > 0 && this.lags[at - 1] > lag) at--;
    if (at > 0 && this.lags[at - 1] === lag) return;
    for (let i = this.count; i > at; i--) this.lags[i] = this.lags[i - 1];
    this.lags[at] = lag;
    this.count++;
  }

  /** Index of a lag that is in the list. */
  private indexOf(lag: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lags[middle] < lag) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Takes sign·x[fromOrdinary …] and sign·x[fromSeasonal …] as the coefficients of the two factors, and multiplies them out:
   * c_{sm+k} = Σ A_s a_k over all s, k with the same lag sm + k, A_0 = a_0 = 1.
   */
  setFactors(x: Float64Array, fromOrdinary: number, fromSeasonal: number, sign: number): void {
    const { ordinaryDegree, seasonalDegree, ordinary, seasonal, coefficients } = this;
    for (let i = 0; i < ordinaryDegree; i++) ordinary[i] = sign * x[fromOrdinary + i];
    for (let i = 0; i < seasonalDegree; i++) seasonal[i] = sign * x[fromSeasonal + i];
    coefficients.fill(0, 0, this.count);
    for (let seasons = 0; seasons <= seasonalDegree; seasons++) {
      const outer = seasons === 0 ? 1 : seasonal[seasons - 1];
      for (let steps = 0; steps <= ordinaryDegree; steps++) {
        if (seasons + steps === 0) continue;
        const inner = steps === 0 ? 1 : ordinary[steps - 1];
        coefficients[this.indexOf(seasons * this.period + steps)] += outer * inner;
      }
    }
  }

  /**
   * gradient += factor·sign·∂f by the factors' coefficients, from the slopes ∂f/∂c of the product's:
   * ∂f/∂a_k = Σ_s A_s ∂f/∂c_{sm+k},  ∂f/∂A_s = Σ_k a_k ∂f/∂c_{sm+k}.
   */
  chainRule(
    gradient: Float64Array,
    fromOrdinary: number,
    fromSeasonal: number,
    sign: number,
    factor: number,
  ): void {
    const { ordinaryDegree, seasonalDegree, ordinary, seasonal, slopes } = this;
    for (let seasons = 0; seasons <= seasonalDegree; seasons++) {
      const outer = seasons === 0 ? 1 : seasonal[seasons - 1];
      for (let steps = 0; steps <= ordinaryDegree; steps++) {
        if (seasons + steps === 0) continue;
        const slope = factor * sign * slopes[this.indexOf(seasons * this.period + steps)];
        const inner = steps === 0 ? 1 : ordinary[steps - 1];
        if (steps > 0) gradient[fromOrdinary + steps - 1] += slope * outer;
        if (seasons > 0) gradient[fromSeasonal + seasons - 1] += slope * inner;
      }
    }
  }

  /** target = source / polynomial; `between` holds the result of the first stage. */
  divide(source: Float64Array, target: Float64Array, between: Float64Array, from: number, to: number): void {
    const { ordinaryDegree, seasonalDegree, period } = this;
    if (seasonalDegree === 0) divide(source, target, from, to, this.ordinary, ordinaryDegree, 1);
    else if (ordinaryDegree === 0) divide(source, target, from, to, this.seasonal, seasonalDegree, period);
    else {
      divide(source, between, from, to, this.ordinary, ordinaryDegree, 1);
      divide(between, target, from, to, this.seasonal, seasonalDegree, period);
    }
  }

  /** target = source / polynomial in F = B⁻¹. */
  divideBackward(
    source: Float64Array,
    target: Float64Array,
    between: Float64Array,
    from: number,
    to: number,
  ): void {
    const { ordinaryDegree, seasonalDegree, period } = this;
    if (seasonalDegree === 0) divideBackward(source, target, from, to, this.ordinary, ordinaryDegree, 1);
    else if (ordinaryDegree === 0)
      divideBackward(source, target, from, to, this.seasonal, seasonalDegree, period);
    else {
      divideBackward(source, between, from, to, this.ordinary, ordinaryDegree, 1);
      divideBackward(between, target, from, to, this.seasonal, seasonalDegree, period);
    }
  }

  /** target = polynomial · source. */
  multiply(
    source: Float64Array,
    target: Float64Array,
    between: Float64Array,
    from: number,
    to: number,
  ): void {
    const { ordinaryDegree, seasonalDegree, period } = this;
    if (seasonalDegree === 0) multiply(source, target, from, to, this.ordinary, ordinaryDegree, 1);
    else if (ordinaryDegree === 0) multiply(source, target, from, to, this.seasonal, seasonalDegree, period);
    else {
      multiply(source, between, from, to, this.ordinary, ordinaryDegree, 1);
      multiply(between, target, from, to, this.seasonal, seasonalDegree, period);
    }
  }

  /** target = polynomial in F = B⁻¹ times source; meant for a handful of indices. */
  multiplyForward(source: Float64Array, target: Float64Array, from: number, to: number): void {
    const { count, lags, coefficients } = this;
    for (let i = from; i < to; i++) {
      let sum = source[i];
      for (let j = 0; j < count; j++) sum += coefficients[j] * source[i + lags[j]];
      target[i] = sum;
    }
  }

  /** target_i = sign·Σ_k c_{i+k+1} source_{from+k}, i < degree: the Hankel matrix of the coefficients times a signal's beginning. */
  multiplyHankel(source: Float64Array, from: number, target: Float64Array, sign: number): void {
    const { count, lags, coefficients, degree } = this;
    for (let i = 0; i < degree; i++) target[i] = 0;
    for (let j = 0; j < count; j++) {
      const lag = lags[j];
      const c = sign * coefficients[j];
      const last = from + lag - 1;
      for (let i = 0; i < lag; i++) target[i] += c * source[last - i];
    }
  }
}
