import type { SquareCurvature, Workspace } from "./workspace.js";

/** How the likelihood changes around one point, as values: the workspace that found them may go on. */
export interface LikelihoodSlopes {
  /** Derivatives of minus the log-likelihood by φ, θ, Φ, Θ. */
  readonly gradient: Float64Array;
  /** Its second derivatives on the diagonal, about: from the curvature model nearest to the point. */
  readonly curvature: Float64Array;
  /** Coefficients of the regressors. */
  readonly beta: Float64Array;
  /** The part of log-determinants where it is dear: half of them, and what they add to the gradient. */
  readonly determinant: { readonly half: number; readonly gradient: Float64Array } | null;
  /** The curvature of the rest, where it is known to the last digit. */
  readonly squares: SquareCurvature | null;
}

/** The slopes at the point whose gradient the workspace was asked for last. */
export function slopesOf(ws: Workspace): LikelihoodSlopes {
  const { size, gradient: slopes, squareGradient, curvature } = ws;
  return {
    gradient: slopes.slice(0, size),
    curvature: Float64Array.from({ length: size }, (_, i) => curvature[i * size + i]),
    beta: ws.beta.slice(ws.pulses, ws.columns - 1),
    determinant: isApart(ws)
      ? {
          half: ws.logDeterminant / 2,
          gradient: Float64Array.from({ length: size }, (_, i) => slopes[i] - squareGradient[i]),
        }
      : null,
    squares: ws.squares,
  };
}

/**
 * Whether gradients with gaps keep the part of the sum of squares, (n'/2) ∂log S, in `ws.squareGradient`: the rest is dear there, and its
 * value alone tells its second derivatives. For pure moving averages, where both parts of f's information cost nothing.
 */
export function isApart(ws: Workspace): boolean {
  return ws.gaps !== null && ws.arDegree === 0 && ws.mirrored === null;
}
