/** b = R⁻¹b for an upper triangular R, k×k row-major; the entry of a row whose diagonal is 0 becomes 0. */
export function solveUpper(triangle: Float64Array, k: number, b: Float64Array | number[]): void {
  for (let i = k - 1; i >= 0; i--) {
    let sum = b[i];
    for (let j = i + 1; j < k; j++) sum -= triangle[i * k + j] * b[j];
    b[i] = triangle[i * k + i] === 0 ? 0 : sum / triangle[i * k + i];
  }
}

/** R⁻¹ of an upper triangular R, row-major; rows and columns whose diagonal is 0 stay 0. */
export function invertUpper(triangle: Float64Array, k: number): Float64Array {
  const inverse = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    if (triangle[j * k + j] === 0) continue;
    inverse[j * k + j] = 1 / triangle[j * k + j];
    for (let i = j - 1; i >= 0; i--) {
      if (triangle[i * k + i] === 0) continue;
      let sum = 0;
      for (let l = i + 1; l <= j; l++) sum += triangle[i * k + l] * inverse[l * k + j];
      inverse[i * k + j] = -sum / triangle[i * k + i];
    }
  }
  return inverse;
}
