import type { Arithmetic } from "./arithmetic.js";
import { digammaRest, exp64, log64, logOnePlus64, sigmoid64, softplus64, stirlingRest } from "./double.js";

const SHIFTS = 8;

/** lnΓ(x+½) − lnΓ(x): eight shifts upwards, then Stirling's formula for both. */
function gammaRatio(x: number): number {
  let ratio = 1;
  for (let i = 0; i < SHIFTS; i++) ratio *= (x + i + 0.5) / (x + i);
  const low = x + SHIFTS;
  const high = low + 0.5;
  const stirling = low * logOnePlus64(0.5 / low) + 0.5 * log64(low) - 0.5;
  return stirling + stirlingRest(high) - stirlingRest(low) - log64(ratio);
}

function gammaRatioSlope(x: number): number {
  let sum = 0;
  for (let i = 0; i < SHIFTS; i++) sum += 0.5 / ((x + i) * (x + i + 0.5));
  const low = x + SHIFTS;
  return sum + logOnePlus64(0.5 / low) - digammaRest(low + 0.5) + digammaRest(low);
}

/** Float64 without shortcuts: what gradients are checked in. */
export const exact: Arithmetic = {
  round: (x) => x,
  tanh: Math.tanh,
  sigmoid: sigmoid64,
  log: log64,
  logOnePlus: logOnePlus64,
  exp: exp64,
  softplus: softplus64,
  expMinusOne: Math.expm1,
  cosineTurn: (v) => Math.cos(2 * Math.PI * v),
  gammaRatio,
  gammaRatioSlope,
};
