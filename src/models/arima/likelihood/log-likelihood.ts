import type { GapLikelihood } from "../gaps/likelihood.js";
import { filterColumn, filteredColumn, innerProduct, solveColumns } from "./columns.js";
import { mirroredInside } from "./mirrored.js";
import { factorPresample, projectColumn } from "./presample.js";
import { minusLogLikelihood } from "./profile.js";
import { stationaryLogDeterminant } from "./stationary.js";
import type { Workspace } from "./workspace.js";

/**
 * Minus the exact Gaussian log-likelihood at the coefficients x = (φ, θ, Φ, Θ), with σ² and the regression
 * coefficients at their best, in R's signs: φ(B) = 1 − φ₁B − …, θ(B) = 1 + θ₁B + ….
 *
 * −log L = n'/2·(log(2πS/n') + 1) + ½(log|Σ_AR| + log|M| + log|D'V⁻¹D|), n' = n less the missing values.
 *
 * A moving average outside the unit circle is filtered as its mirror image, whose likelihood is the same: filters by its
 * own inverse would grow.
 *
 * @returns Infinity where the AR part is not stationary.
 */
export function negativeLogLikelihood(ws: Workspace, x: Float64Array): number {
  ws.values++;
  setCoefficients(ws, x);
  if (ws.gaps !== null) return valueWithGaps(ws, ws.gaps, ws.mirrored?.image ?? x);
  const arPart = ws.arDegree > 0 ? stationaryLogDeterminant(ws) : 0;
  if (Number.isNaN(arPart)) return Number.POSITIVE_INFINITY;
  const { filling, ar, data, columns, origin } = ws;
  const gapPart = filling === null ? 0 : filling.fill(ar, data, columns, origin);
  if (Number.isNaN(gapPart)) return Number.POSITIVE_INFINITY;
  for (let c = 0; c < columns; c++) filterColumn(ws, c);
  let maPart = 0;
  if (ws.maDegree > 0) {
    maPart = factorPresample(ws);
    if (Number.isNaN(maPart)) return Number.POSITIVE_INFINITY;
    for (let c = 0; c < ws.columns; c++) projectColumn(ws, c, filteredColumn(ws, c));
  }
  ws.logDeterminant = arPart + maPart + gapPart;
  ws.pulseLogDeterminant = 0;
  ws.sumOfSquares = ws.columns > 1 ? solveColumns(ws) : innerProduct(ws, 0, 0);
  return minusLogLikelihood(ws, ws.sumOfSquares);
}

function valueWithGaps(ws: Workspace, gaps: GapLikelihood, x: Float64Array): number {
  ws.logDeterminant = gaps.factor(x, ws.ar, ws.ma);
  ws.pulseLogDeterminant = 0;
  if (Number.isNaN(ws.logDeterminant)) return Number.POSITIVE_INFINITY;
  for (let c = 0; c < ws.columns; c++) {
    filterColumn(ws, c);
    gaps.project(filteredColumn(ws, c), ws.origin + ws.maDegree, ws.projections[c]);
  }
  ws.sumOfSquares = ws.columns > 1 ? solveColumns(ws) : innerProduct(ws, 0, 0);
  return minusLogLikelihood(ws, ws.sumOfSquares);
}

function setCoefficients(ws: Workspace, x: Float64Array): void {
  const { p, q, P } = ws.orders;
  const inside = mirroredInside(ws, x);
  ws.ar.setFactors(inside, 0, p + q, -1);
  ws.ma.setFactors(inside, p, p + q + P, 1);
}
