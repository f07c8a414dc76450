import { square } from "../../math/power.js";
import { toFloats, type Values } from "../values.js";

/** Spans of the three running lines that compete: for detail, for the middle and for the broad shape. */
const SPANS = [0.05, 0.2, 0.5] as const;
/** A window of places with a variance below this share of the quartile range, squared, has no slope. */
const FLAT = 1e-3;

interface RunningLine {
  readonly fitted: Float64Array;
  /** Absolute leave-one-out residuals. */
  readonly residuals: Float64Array;
}

/**
 * Friedman's super smoother of evenly spaced values: running lines whose span is chosen at each place by
 * leave-one-out residuals. The same numbers as R's `supsmu(seq_along(y), y)`.
 *
 * @param values complete values in time order.
 * @returns the smooth curve, as long as `y`.
 * @see J. H. Friedman, "A Variable Span Smoother", Stanford LCS technical report 5 (1984).
 */
export function superSmoother(values: Values): Float64Array {
  const y = toFloats(values);
  const n = y.length;
  if (n < 2) return y.slice();
  const lines = SPANS.map((span) => runningLine(y, span));
  const residuals = lines.map((line) => runningLine(line.residuals, SPANS[1]).fitted);
  const chosen = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let least = 0;
    for (let k = 1; k < 3; k++) if (residuals[k][i] < residuals[least][i]) least = k;
    chosen[i] = SPANS[least];
  }
  const spans = runningLine(chosen, SPANS[1]).fitted;
  const mixed = spans.map((span, i) => between(span, lines, i));
  return runningLine(mixed, SPANS[0]).fitted;
}

/** The value at place i of a line with a span between the three that were fitted. */
function between(span: number, lines: readonly RunningLine[], i: number): number {
  const clipped = Math.min(Math.max(span, SPANS[0]), SPANS[2]);
  const away = clipped - SPANS[1];
  const other = away >= 0 ? 2 : 0;
  const share = Math.abs(away / (SPANS[other] - SPANS[1]));
  return (1 - share) * lines[1].fitted[i] + share * lines[other].fitted[i];
}

/** Lines through the `span · n` nearest places, slid along with updated moments. */
function runningLine(y: Float64Array, span: number): RunningLine {
  const n = y.length;
  const half = Math.max(2, Math.floor(0.5 * span * n + 0.5));
  const quarter = Math.max(1, Math.floor(n / 4));
  const flat = square(FLAT * Math.max(1, 2 * quarter));
  const fitted = new Float64Array(n);
  const residuals = new Float64Array(n);
  const window = { count: 0, meanX: 0, meanY: 0, varX: 0, covariance: 0 };
  const last = Math.min(2 * half + 1, n);
  for (let i = 0; i < last; i++) enter(window, i, y[i]);
  for (let i = 0; i < n; i++) {
    if (i - half - 1 >= 0 && i + half < n) {
      leave(window, i - half - 1, y[i - half - 1]);
      enter(window, i + half, y[i + half]);
    }
    const sloped = window.varX > flat;
    const offset = i - window.meanX;
    fitted[i] = window.meanY + (sloped ? (window.covariance / window.varX) * offset : 0);
    const rest = 1 - 1 / window.count - (sloped ? square(offset) / window.varX : 0);
    if (rest > 0) residuals[i] = Math.abs(y[i] - fitted[i]) / rest;
    else if (i > 0) residuals[i] = residuals[i - 1];
  }
  return { fitted, residuals };
}

/** Running moments of the values in a window; varX and covariance are sums, not means. */
interface WindowMoments {
  count: number;
  meanX: number;
  meanY: number;
  varX: number;
  covariance: number;
}

function enter(window: WindowMoments, x: number, y: number): void {
  const before = window.count++;
  window.meanX += (x - window.meanX) / window.count;
  window.meanY += (y - window.meanY) / window.count;
  if (before === 0) return;
  const share = (window.count / before) * (x - window.meanX);
  window.varX += share * (x - window.meanX);
  window.covariance += share * (y - window.meanY);
}

function leave(window: WindowMoments, x: number, y: number): void {
  const before = window.count--;
  const share = (before / window.count) * (x - window.meanX);
  window.varX -= share * (x - window.meanX);
  window.covariance -= share * (y - window.meanY);
  window.meanX += (window.meanX - x) / window.count;
  window.meanY += (window.meanY - y) / window.count;
}
