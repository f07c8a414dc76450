/** Nodes and weights of a quadrature rule: ∫ f(x) w(x) dx ≈ Σ weights[i] f(nodes[i]). */
export interface QuadratureRule {
  /** Ascending. */
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const legendreRules = new Map<number, QuadratureRule>();
const hermiteRules = new Map<number, QuadratureRule>();

/**
 * The n-point Gauss-Legendre rule on [-1, 1], exact for polynomials of degree 2n - 1.
 *
 * @param n number of nodes, at least 1. Rules are computed once and kept.
 * @example gaussLegendre(2).nodes; // -0.57735, 0.57735; that is ∓1/√3
 */
export function gaussLegendre(n: number): QuadratureRule {
  let rule = legendreRules.get(n);
  if (rule === undefined) {
    rule = gaussRule(n, (k) => k / Math.sqrt(4 * k * k - 1), 2, 1);
    legendreRules.set(n, rule);
  }
  return rule;
}

/**
 * The n-point Gauss-Hermite rule for the standard normal weight: E f(Z) ≈ Σ weights[i] f(nodes[i]).
 *
 * @param n number of nodes, 1 to 300. Rules are computed once and kept.
 * @example gaussHermite(3).nodes; // -1.73205, 0, 1.73205; that is -√3, 0, √3
 */
export function gaussHermite(n: number): QuadratureRule {
  let rule = hermiteRules.get(n);
  if (rule === undefined) {
    rule = gaussRule(n, Math.sqrt, 1, 2 * Math.sqrt(n));
    hermiteRules.set(n, rule);
  }
  return rule;
}

/**
 * The Gauss rule of a symmetric weight from the recurrence x p_k = β_{k+1} p_{k+1} + β_k p_{k-1} of its orthonormal
 * polynomials: the nodes are the eigenvalues of the tridiagonal matrix of the β, found by bisection on Sturm counts, the
 * weights one over Σ p_k² (G. H. Golub and J. H. Welsch, Mathematics of Computation 23, 1969, p. 221).
 */
function gaussRule(n: number, beta: (k: number) => number, mass: number, bound: number): QuadratureRule {
  const betas = Float64Array.from({ length: n }, (_, k) => (k === 0 ? 0 : beta(k)));
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.floor(n / 2); i++) {
    nodes[i] = eigenvalue(betas, i, -bound);
    nodes[n - 1 - i] = -nodes[i];
  }
  for (let i = 0; i < n; i++) weights[i] = mass / sumOfSquares(betas, nodes[i]);
  return { nodes, weights };
}

/** Eigenvalue number `index` (from 0, in the lower half) of the matrix with zero diagonal and off-diagonal `betas`. */
function eigenvalue(betas: Float64Array, index: number, bound: number): number {
  let low = bound;
  let high = 0;
  for (;;) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) return middle;
    if (countBelow(betas, middle) > index) high = middle;
    else low = middle;
  }
}

function countBelow(betas: Float64Array, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let k = 0; k < betas.length; k++) {
    pivot = -x - (betas[k] * betas[k]) / pivot;
    if (pivot === 0) pivot = -1e-300;
    if (pivot < 0) count++;
  }
  return count;
}

function sumOfSquares(betas: Float64Array, x: number): number {
  let before = 0;
  let current = 1;
  let sum = 1;
  for (let k = 1; k < betas.length; k++) {
    const next = (x * current - betas[k - 1] * before) / betas[k];
    before = current;
    current = next;
    sum += next * next;
  }
  return sum;
}

/** ∫ f over [low, high] by one Gauss-Legendre rule on each of `panels` equal parts. */
export function integrate(
  f: (x: number) => number,
  low: number,
  high: number,
  panels: number,
  rule: QuadratureRule = gaussLegendre(16),
): number {
  const half = (high - low) / (2 * panels);
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const centre = low + (2 * panel + 1) * half;
    for (let i = 0; i < rule.nodes.length; i++) sum += rule.weights[i] * f(centre + half * rule.nodes[i]);
  }
  return sum * half;
}

/**
 * ∫ exp(exponent(s)) ds from 0 to `limit` for a concave exponent with exponent(0) = 0 that falls about like
 * -slope s - curvature s²/2: the tail of a log-concave density relative to its value at the edge.
 */
export function integrateDecay(
  exponent: (s: number) => number,
  slope: number,
  curvature: number,
  limit: number = Number.POSITIVE_INFINITY,
): number {
  let reach = 80 / (slope + Math.sqrt(slope * slope + 80 * curvature));
  while (reach < limit && exponent(reach) > -38) reach *= 1.3;
  return integrate((s) => Math.exp(exponent(s)), 0, Math.min(reach, limit), 4);
}
