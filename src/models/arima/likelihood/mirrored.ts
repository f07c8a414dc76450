import { dot } from "../../../math/linear-algebra/vector.js";
import type { Mirrored } from "../definition/orders.js";
import { isInvertibleFactor, reflectMovingAverage } from "../lag-polynomial/invertible.js";
import type { Workspace } from "./workspace.js";

const STEP = 1e-6;

/** x itself, or with its moving averages mirrored where they are not invertible; then `ws.mirrored` tells. */
export function mirroredInside(ws: Workspace, x: Float64Array): Float64Array {
  ws.mirrored = null;
  if (!ws.mirroring || isInside(ws, x)) return x;
  const own = x.slice(0, ws.size);
  const image = imageOf(ws, own);
  ws.mirrored = { x: own, image };
  return image;
}

function isInside({ orders: { p, q, P, Q } }: Workspace, x: Float64Array): boolean {
  return isInvertibleFactor(x, p, q) && isInvertibleFactor(x, p + q + P, Q);
}

function imageOf({ orders: { p, q, P, Q } }: Workspace, x: Float64Array): Float64Array {
  const image = x.slice();
  if (!isInvertibleFactor(image, p, q)) reflectMovingAverage(image, p, q);
  if (!isInvertibleFactor(image, p + q + P, Q)) reflectMovingAverage(image, p + q + P, Q);
  return image;
}

/** Gradient and curvature by the image's coefficients become those by the point's own. */
export function pullThroughMirror(ws: Workspace, { x }: Mirrored, curved: boolean): void {
  const { size, gradient, curvature } = ws;
  const jacobian = mirrorJacobian(ws, x);
  const own = transposedTimes(jacobian, gradient.slice(0, size), size, 1);
  for (let i = 0; i < size; i++) gradient[i] = own[i];
  if (!curved) return;
  const left = transposedTimes(jacobian, curvature.slice(0, size * size), size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += left[i * size + k] * jacobian[k * size + j];
      curvature[i * size + j] = sum;
    }
  }
}

/** ∂image/∂x, row-major, by central differences. */
function mirrorJacobian(ws: Workspace, x: Float64Array): Float64Array {
  const { size } = ws;
  const jacobian = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const step = STEP * Math.max(1, Math.abs(x[j]));
    const beside = x.slice();
    beside[j] = x[j] + step;
    const above = imageOf(ws, beside);
    beside[j] = x[j] - step;
    const below = imageOf(ws, beside);
    for (let i = 0; i < size; i++) jacobian[i * size + j] = (above[i] - below[i]) / (2 * step);
  }
  return jacobian;
}

function transposedTimes(jacobian: Float64Array, values: Float64Array, size: number, width: number) {
  const product = new Float64Array(size * width);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const weight = jacobian[k * size + i];
      for (let c = 0; c < width; c++) product[i * width + c] += weight * values[k * width + c];
    }
  }
  return product;
}

/** How many times the innovations' variance of the point is that of its image: Σθ² of both moving averages differ by it. */
export function mirroredVariance({ mirrored, orders: { p, q, P, Q } }: Workspace): number {
  if (mirrored === null) return 1;
  const { x, image } = mirrored;
  const ratio = (from: number, degree: number) => squares(image, from, degree) / squares(x, from, degree);
  return ratio(p, q) * ratio(p + q + P, Q);
}

function squares(x: Float64Array, from: number, degree: number): number {
  return 1 + dot(x, from, x, from, degree);
}
