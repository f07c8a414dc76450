import type { Workspace } from "./workspace.js";

/** Numbers the likelihood is made of: values less missing ones. */
export function observations(ws: Workspace): number {
  return ws.n - ws.missing;
}

export function minusLogLikelihood(ws: Workspace, sumOfSquares: number): number {
  const n = observations(ws);
  if (!(sumOfSquares > 0)) return Number.POSITIVE_INFINITY;
  return (
    0.5 * n * (Math.log((2 * Math.PI * sumOfSquares) / n) + 1) +
    0.5 * (ws.logDeterminant + ws.pulseLogDeterminant)
  );
}
