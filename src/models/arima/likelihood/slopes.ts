import type { Workspace } from "./workspace.js";

/** How the likelihood changes around one point, as values: the workspace that found them may go on. */
export interface LikelihoodSlopes {
  /** Derivatives of minus the log-likelihood by φ, θ, Φ, Θ. */
  readonly gradient: Float64Array;
  /** Its second derivatives on the diagonal, about: from the curvature model nearest to the point. */
  readonly curvature: Float64Array;
  /** Coefficients of the regressors. */
  readonly beta: Float64Array;
}

/** The slopes at the point whose gradient the workspace was asked for last. */
export function slopesOf(ws: Workspace): LikelihoodSlopes {
  const { size, gradient: slopes, curvature } = ws;
  return {
    gradient: slopes.slice(0, size),
    curvature: Float64Array.from({ length: size }, (_, i) => curvature[i * size + i]!),
    beta: ws.beta.slice(ws.pulses, ws.columns - 1),
  };
}
