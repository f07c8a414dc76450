import { type Series, slice } from "../../core/series.js";
import { errorsOf, solve, weightsOf } from "./estimate.js";
import { type Layout, normalEquations, steadied } from "./gram.js";
import type { PooledParams } from "./params.js";
import { pooledProcess } from "./process.js";

/** Weights that are tried, and the one that is taken where no series is long enough to hold rows back. */
const WEIGHTS = [0, 0.001, 0.01, 0.1];
const UNTRIED = 0.01;
/** Rows that the trial learns from, at most about so many. */
const MOST_ROWS = 40_000;

/**
 * How strongly the coefficients are pulled towards steady levels: the weight by which forecasts of the last rows of the series, from the
 * rows before, miss least.
 *
 * @param frequency of the panel, for the process.
 */
export function steadinessOf(
  layout: Layout,
  panel: readonly Series[],
  frequency: PooledParams["frequency"],
): number {
  const rows = panel.reduce((sum, { y }) => sum + y.length, 0);
  const step = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const held = Math.min(layout.period > 1 ? 2 * layout.period : 10, Math.floor(rows / panel.length / 4));
  const chosen = panel.filter((one, i) => i % step === 0 && one.y.length > held + 2 * layout.lags.at(-1)!);
  if (chosen.length === 0 || held < 1) return UNTRIED;
  const before = chosen.map((one) => slice(one, 0, one.y.length - held));
  const first = normalEquations(layout, before, null);
  if (first.rows < first.right.length + 2) return UNTRIED;
  const rough = solve(steadied(layout, first, UNTRIED)).coefficients;
  const equations = normalEquations(layout, before, weightsOf(errorsOf(layout, before, rough)));
  let best = { weight: UNTRIED, errorSum: Number.POSITIVE_INFINITY };
  for (const weight of WEIGHTS) {
    const { coefficients } = solve(steadied(layout, equations, weight));
    const params = { ...layout, coefficients, frequency, low: null, error: 1, strength: 1, df: 3, spread: 1 };
    const errorSum = chosen.reduce((sum, one, i) => sum + absoluteErrors(params, one, before[i]!), 0);
    if (errorSum < best.errorSum) best = { weight, errorSum };
  }
  return best.weight;
}

/** Absolute errors of the forecast of the rows that were held back, in units of the scale where it began. */
function absoluteErrors(params: PooledParams, whole: Series, before: Series): number {
  const from = before.y.length;
  const rowAt = (t: number) => Float64Array.from(whole.inputs.columns, (column) => column[t]!);
  const inputs = before.y.map((_, t) => t);
  const state = pooledProcess.advanceMany!(
    params,
    pooledProcess.start(params, before),
    before.y,
    Array.from(inputs, rowAt),
  );
  const ahead = Array.from({ length: whole.y.length - from }, (_, h) => rowAt(from + h));
  const means = pooledProcess.means!(params, state, ahead);
  if (means === null || !(state.sum > 0)) return 0;
  let sum = 0;
  means.forEach((mean, h) => {
    const miss = Math.abs(whole.y[from + h]! - mean);
    if (!Number.isNaN(miss)) sum += (miss * state.mass) / state.sum;
  });
  return sum / means.length;
}
