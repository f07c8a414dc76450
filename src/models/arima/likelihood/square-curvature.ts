import { solveLower, solveLowerTransposed } from "../../../math/linear-algebra/cholesky.js";
import { addMultiple, dot } from "../../../math/linear-algebra/vector.js";
import type { GapLikelihood } from "../gaps/likelihood.js";
import { filteredColumn } from "./columns.js";
import { observations } from "./profile.js";
import type { SquareCurvature, Workspace } from "./workspace.js";

/** One lag polynomial of few terms, lags ascending. */
interface Terms {
  readonly lags: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The second derivatives of (n'/2) log S of a moving average with gaps, to the last digit, and how the regression follows the
 * coefficients; after the innovations and `ws.squareGradient` were asked for.
 *
 * With the past as innovations before the sample, v, the innovations te = w + Rv are linear in all unknowns u (missing levels, v,
 * regression), e = e⁰ + Gu, and t is linear in each coefficient x_i. With ζ = e/t(F), J_i = ∂e/∂x_i and c_i = −∂_i t(F)ζ,
 *
 * ½∂_ij S = J_i'J_j + c_i'J_j + c_j'J_i − ζ'(∂_ij t)e − h_i'(½∂_uu S)⁻¹h_j,    h_i = G'(J_i + c_i) and, at v, ∂_iR'ζ.
 */
export function squareCurvature(ws: Workspace, gaps: GapLikelihood): SquareCurvature {
  const { size, columns, squareGradient, origin, maDegree, n } = ws;
  const start = origin + maDegree;
  const echo = gaps.echoOf(ws.e, start).slice();
  const past = gaps.pastInnovations;
  const ways = Array.from({ length: size }, (_, i) => termsOf(ws, i));
  const moves = ways.map((terms, i) => movesOf(ws, terms, i, past));
  const pulls = ways.map((terms) => pullsOf(terms, echo, n));
  const projections: Float64Array[] = [];
  const regressed: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const both = moves[i].slice();
    addMultiple(pulls[i], both, 0, n, 1);
    const projection = new Float64Array(gaps.size);
    gaps.projectWith(both, 0, fromPast(ways[i], echo, past.length), projection);
    projections.push(projection);
    regressed.push(regressionOf(ws, gaps, both, projection));
  }
  const observed = observations(ws);
  const omega = observed / ws.sumOfSquares;
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const half =
        dot(moves[i], 0, moves[j], 0, n) +
        dot(pulls[i], 0, moves[j], 0, n) +
        dot(moves[i], 0, pulls[j], 0, n) -
        crossed(ws, i, j, echo, past) -
        dot(projections[i], 0, projections[j], 0, gaps.size) -
        dot(regressed[i], 0, regressed[j], 0, columns - 1);
      const entry = omega * half - (2 / observed) * squareGradient[i] * squareGradient[j];
      hessian[i * size + j] = entry;
      hessian[j * size + i] = entry;
    }
  }
  return { hessian, sensitivity: sensitivityOf(ws, regressed) };
}

/** ∂β/∂x, regressors × coefficients. */
function sensitivityOf({ columns, gram, size }: Workspace, regressed: readonly Float64Array[]): Float64Array {
  const sensitivity = new Float64Array((columns - 1) * size);
  regressed.forEach((column, i) => {
    solveLowerTransposed(gram, columns - 1, column);
    for (let c = 0; c + 1 < columns; c++) sensitivity[c * size + i] = column[c];
  });
  return sensitivity;
}

/** ∂_i t. */
function termsOf({ orders: { q, Q, period }, ma }: Workspace, i: number): Terms {
  const ordinary = i < q;
  const degree = i < q ? i + 1 : i - q + 1;
  const [own, stride] = ordinary ? [degree, period] : [degree * period, 1];
  const [others, count] = ordinary ? [ma.seasonal, Q] : [ma.ordinary, q];
  const lags = [own];
  const weights = [1];
  for (let j = 0; j < count; j++) {
    lags.push(own + (j + 1) * stride);
    weights.push(others[j]);
  }
  return { lags, weights };
}

/** J_i, by time: −∂_i t e/t and what the past adds, (∂_iR)v/t. */
function movesOf(ws: Workspace, { lags, weights }: Terms, i: number, past: Float64Array): Float64Array {
  const { scratch, between, origin, maDegree, end, n, derivatives, shifts } = ws;
  const start = origin + maDegree;
  scratch.fill(0, origin, end);
  for (let s = 0; s < Math.min(n, past.length); s++) {
    for (let j = 0; j < lags.length; j++) {
      const m = lags[j] - s - 1;
      if (m >= 0) scratch[start + s] += weights[j] * past[m];
    }
  }
  ws.ma.divide(scratch, scratch, between, start, end);
  const moves = scratch.slice(start, end);
  const from = start - shifts[i];
  for (let s = 0; s < n; s++) moves[s] -= derivatives[i][from + s];
  return moves;
}

/** c_i, by time. */
function pullsOf({ lags, weights }: Terms, echo: Float64Array, n: number): Float64Array {
  const pulls = new Float64Array(n);
  for (let j = 0; j < lags.length; j++) {
    const lag = lags[j];
    for (let s = 0; s < n; s++) pulls[s] -= weights[j] * echo[s + lag];
  }
  return pulls;
}

/** ∂_iR'ζ. */
function fromPast({ lags, weights }: Terms, echo: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let j = 0; j < lags.length; j++) {
    for (let m = 0; m < lags[j]; m++) sums[m] += weights[j] * echo[lags[j] - m - 1];
  }
  return sums;
}

/** L⁻¹ of what the regressors' columns say, LL' their inner products. */
function regressionOf(
  ws: Workspace,
  gaps: GapLikelihood,
  both: Float64Array,
  projection: Float64Array,
): Float64Array {
  const { columns, origin, maDegree, n, gram } = ws;
  const products = new Float64Array(columns - 1);
  for (let c = 1; c < columns; c++) {
    products[c - 1] =
      dot(filteredColumn(ws, c), origin + maDegree, both, 0, n) -
      dot(ws.projections[c], 0, projection, 0, gaps.size);
  }
  solveLower(gram, columns - 1, products);
  return products;
}

/** ζ'(∂_ij t)e, where the two belong to different factors. */
function crossed(
  { orders: { q, period }, e, origin, maDegree, n }: Workspace,
  i: number,
  j: number,
  echo: Float64Array,
  past: Float64Array,
): number {
  if (i < q === j < q) return 0;
  const lag = Math.min(i, j) + 1 + (Math.max(i, j) - q + 1) * period;
  let sum = n > lag ? dot(echo, lag, e, origin + maDegree, n - lag) : 0;
  for (let s = 0; s < Math.min(lag, n); s++) sum -= echo[s] * past[lag - 1 - s];
  return sum;
}
