import { partialsWithin } from "../../math/levinson.js";
import { powerOf } from "../../math/power.js";
import type { ArmaOrders } from "../../models/arima/index.js";

/** Models with AR or MA roots nearer to the unit circle are rejected, as in R: they forecast badly. */
const NEAREST_ROOT = 1.01;

/** Whether all roots of both products have a modulus above 1.01 (per step: 1.01^m for a seasonal factor in z^m). */
export function isAdmissible({ p, q, P, Q, period }: ArmaOrders, x: Float64Array): boolean {
  const season = powerOf(NEAREST_ROOT, period);
  return (
    rootsBeyond(x, 0, p, 1, NEAREST_ROOT) &&
    rootsBeyond(x, p, q, -1, NEAREST_ROOT) &&
    rootsBeyond(x, p + q, P, 1, season) &&
    rootsBeyond(x, p + q + P, Q, -1, season)
  );
}

/** Roots lie beyond `radius` where they lie beyond 1 once z is scaled by it. */
function rootsBeyond(x: Float64Array, from: number, degree: number, sign: number, radius: number): boolean {
  if (degree === 0) return true;
  const stretched = new Float64Array(degree);
  let power = 1;
  for (let i = 0; i < degree; i++) {
    power *= radius;
    stretched[i] = x[from + i]! * power;
  }
  return partialsWithin(stretched, 0, degree, sign, 1);
}
