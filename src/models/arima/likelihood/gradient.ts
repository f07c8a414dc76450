import { cholesky } from "../../../math/linear-algebra/cholesky.js";
import type { GapLikelihood } from "../gaps/likelihood.js";
import { addPresampleSlopes, addStationarySlopes } from "./determinants.js";
import { pullThroughMirror } from "./mirrored.js";
import { curvatureOverGaps, filterOverGaps } from "./over-gaps.js";
import { minusLogLikelihood, observations } from "./profile.js";
import { addErrorSlopes, addQuadraticSlopes, filterCombination, residualWeights } from "./quadratic.js";
import { isApart } from "./slopes.js";
import { squareCurvature } from "./square-curvature.js";
import type { SquareCurvature, Workspace } from "./workspace.js";

/**
 * The gradient of minus the log-likelihood in `ws.gradient`, for the coefficients that `value` saw last, at about
 * twice the price of a value however many coefficients there are.
 *
 * @param curved whether `ws.curvature` is to hold the Gauss-Newton part of the second derivatives, (n'/S)·J'J.
 * @returns minus the log-likelihood, its sum of squares now taken from the filtered innovations themselves.
 */
export function gradient(ws: Workspace, curved: boolean): number {
  ws.gradients++;
  ws.squares = null;
  ws.gradient.fill(0, 0, ws.size);
  ws.ar.slopes.fill(0, 0, ws.ar.count);
  ws.ma.slopes.fill(0, 0, ws.ma.count);
  if (ws.gaps !== null) return gradientWithGaps(ws, ws.gaps, curved);
  const sumOfSquares = filterCombination(ws, residualWeights(ws));
  addQuadraticSlopes(ws, observations(ws) / (2 * sumOfSquares), curved);
  ws.sumOfSquares = sumOfSquares;
  if (ws.arDegree > 0) addStationarySlopes(ws);
  ws.filling?.addSlopes(ws.ar);
  if (ws.maDegree > 0) addPresampleSlopes(ws);
  for (let i = 0; i < ws.pulses; i++) addPulseSlopes(ws, i);
  chainSlopes(ws);
  if (ws.mirrored !== null) pullThroughMirror(ws, ws.mirrored, curved);
  return minusLogLikelihood(ws, sumOfSquares);
}

/** Where gaps and the past are unknowns: at their best the derivatives of S are those of a complete series. */
function gradientWithGaps(ws: Workspace, gaps: GapLikelihood, curved: boolean): number {
  ws.sumOfSquares = filterOverGaps(ws, gaps, residualWeights(ws));
  const omega = observations(ws) / ws.sumOfSquares;
  if (isApart(ws)) {
    gradientApart(ws, gaps, omega, curved);
    return minusLogLikelihood(ws, ws.sumOfSquares);
  }
  if (curved) curvatureOverGaps(ws, gaps, omega);
  addErrorSlopes(ws, omega);
  gaps.addSlopes(ws.e, ws.origin + ws.maDegree, omega, ws.ar, ws.ma, ws.gradient);
  chainSlopes(ws);
  if (ws.mirrored !== null) pullThroughMirror(ws, ws.mirrored, curved);
  return minusLogLikelihood(ws, ws.sumOfSquares);
}

/** The parts of the sum of squares, its second derivatives for curvature where these make a minimum, and of log|M|. */
function gradientApart(ws: Workspace, gaps: GapLikelihood, omega: number, curved: boolean): void {
  const { size, gradient: slopes, squareGradient, curvature } = ws;
  squareSlopes(ws, gaps, omega);
  squareGradient.set(slopes);
  if (curved) {
    ws.squares = squareCurvature(ws, gaps);
    curvature.set(ws.squares.hessian);
    if (Number.isNaN(cholesky(ws.squares.hessian.slice(), size))) curvatureOverGaps(ws, gaps, omega);
  }
  ws.ma.slopes.fill(0, 0, ws.ma.count);
  gaps.addDeterminantSlopes(ws.ar, ws.ma, slopes);
  chainSlopes(ws);
}

/** The second derivatives of (n'/2) log S where the innovations were asked for last and {@link isApart}. */
export function squaresJustFiltered(ws: Workspace, gaps: GapLikelihood): SquareCurvature {
  ws.gradient.fill(0, 0, ws.size);
  ws.ma.slopes.fill(0, 0, ws.ma.count);
  squareSlopes(ws, gaps, observations(ws) / ws.sumOfSquares);
  ws.squareGradient.set(ws.gradient);
  return squareCurvature(ws, gaps);
}

function squareSlopes(ws: Workspace, gaps: GapLikelihood, omega: number): void {
  addErrorSlopes(ws, omega);
  gaps.addSquareSlopes(ws.e, ws.origin + ws.maDegree, omega, ws.ma, ws.gradient);
  chainSlopes(ws);
}

/**
 * ½ ∂log|D'V⁻¹D| = ½ Σ_i ∂(d_i'V⁻¹d_i) over a basis of the pulses that is orthonormal at this point: the i-th is the
 * combination with weights L'⁻¹e_i.
 */
function addPulseSlopes(ws: Workspace, i: number): void {
  const { combination, gram, columns } = ws;
  const size = columns - 1;
  combination.fill(0, 0, columns);
  combination[i + 1] = gram[i * size + i];
  for (let j = i - 1; j >= 0; j--) {
    let sum = 0;
    for (let k = j + 1; k <= i; k++) sum -= gram[k * size + j] * combination[k + 1];
    combination[j + 1] = sum * gram[j * size + j];
  }
  filterCombination(ws, combination);
  addQuadraticSlopes(ws, 0.5, false);
}

function chainSlopes(ws: Workspace): void {
  const { p, q, P } = ws.orders;
  ws.ar.chainRule(ws.gradient, 0, p + q, -1, 1);
  ws.ma.chainRule(ws.gradient, p, p + q + P, 1, 1);
}
