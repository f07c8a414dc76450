/**
 * The map from partial autocorrelations r to a = (1, −φ₁, …, −φ_p) by a ← a − r_k·(a reversed on 0 … k), with its
 * derivatives. It is linear in every single r_k, so second derivatives need no more than the first ones.
 *
 * @see O. Barndorff-Nielsen and G. Schou, J. Multivariate Analysis 3 (1973), 408–419.
 */
export function stepsUp(partials: Float64Array): Float64Array[] {
  const stages = [Float64Array.of(1, ...new Float64Array(partials.length))];
  for (let k = 1; k <= partials.length; k++) stages.push(reflected(stages[k - 1]!, k, partials[k - 1]!));
  return stages;
}

/** v − r·(v reversed on 0 … k). */
export function reflected(v: Float64Array, k: number, r: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(v.length);
  for (let i = 0; i <= k; i++) result[i] = v[i]! - r * v[k - i]!;
  return result;
}

/** −w'(v reversed on 0 … k): the derivative by r_k of w'a when v is a before that step. */
export function reversedDot(w: Float64Array, v: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) sum -= w[i]! * v[k - i]!;
  return sum;
}

/** ∂a^(m)/∂r_k for every k (first index, from 0) and every order m ≥ k+1 (second index: m − k − 1). */
export function stepUpColumns(stages: readonly Float64Array[], partials: Float64Array): Float64Array[][] {
  return Array.from(partials, (_, i) => {
    let direction = new Float64Array(stages.length);
    for (let j = 0; j <= i + 1; j++) direction[j] = -stages[i]![i + 1 - j]!;
    const column = [direction];
    for (let m = i + 2; m < stages.length; m++) {
      direction = reflected(direction, m, partials[m - 1]!);
      column.push(direction);
    }
    return column;
  });
}

/** The gradient by r of a function whose gradient by a is `slope`: the step-up run backwards. */
export function pullBack(
  stages: readonly Float64Array[],
  partials: Float64Array,
  slope: Float64Array,
): Float64Array {
  const gradient = new Float64Array(partials.length);
  let adjoint = slope;
  for (let m = partials.length; m >= 1; m--) {
    gradient[m - 1] = reversedDot(adjoint, stages[m - 1]!, m);
    adjoint = reflected(adjoint, m, partials[m - 1]!);
  }
  return gradient;
}

/** ½ Σ k log(1 − r_k²) = −½ log|Σ| of the first p values at unit innovation variance. */
export function logDeterminantTerm(partials: Float64Array): number {
  let sum = 0;
  for (let k = 1; k <= partials.length; k++) {
    const r = partials[k - 1]!;
    sum += k * Math.log((1 - r) * (1 + r));
  }
  return sum / 2;
}
