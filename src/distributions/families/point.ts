/** The distribution function of the point mass at `at`: what a distribution without spread comes down to. */
export function pointCdf(at: number, y: number): number {
  return y >= at ? 1 : 0;
}

/** The density of the point mass at `at`, whose logarithm is infinite there and -Infinity elsewhere. */
export function pointLogDensity(at: number, y: number): number {
  return y === at ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
