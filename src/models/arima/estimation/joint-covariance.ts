import type { Design } from "../problem/design.js";
import { toRegressors } from "../problem/triangular-regression.js";
import type { Information } from "./information.js";

/**
 * Covariance of (x, β) from that of x with β concentrated out: β moves with x by its sensitivity B, and has the
 * generalised least-squares covariance besides, so Cov β = σ²(X'V⁻¹X)⁻¹ + B Cov(x) B', Cov(β, x) = B Cov(x).
 *
 * @param size number of free x.
 * @param root R with RR' = σ²(X'V⁻¹X)⁻¹ of the orthonormal columns, in the design's units.
 */
export function jointCovariance(
  design: Design,
  info: Information,
  size: number,
  root: Float64Array,
): Float64Array {
  const k = design.regressors.length;
  const whole = size + k;
  const joint = new Float64Array(whole * whole);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) joint[i * whole + j] = info.covariance[i * size + j]!;
  }
  if (k === 0) return joint;
  const b = toRegressors(design, info.sensitivity, size, design.scale);
  const own = toRegressors(design, root, k, design.scale);
  for (let r = 0; r < k; r++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += b[r * size + i]! * info.covariance[i * size + j]!;
      joint[(size + r) * whole + j] = sum;
      joint[j * whole + size + r] = sum;
    }
  }
  for (let r = 0; r < k; r++) {
    for (let s = 0; s < k; s++) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += own[r * k + c]! * own[s * k + c]!;
      for (let j = 0; j < size; j++) sum += joint[(size + r) * whole + j]! * b[s * size + j]!;
      joint[(size + r) * whole + size + s] = sum;
    }
  }
  return joint;
}
