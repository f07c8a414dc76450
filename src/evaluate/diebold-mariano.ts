import { numbersFrom } from "../core/arguments/numbers.js";
import { type OptionTable, requireOptions } from "../core/arguments/options.js";
import { requireInteger } from "../core/checks.js";
import { usageError } from "../core/errors.js";
import type { Series } from "../core/series.js";
import { studentT } from "../distributions/families/student-t.js";
import { powerOf } from "../math/power.js";

export interface DieboldMariano {
  /** Negative where the first forecast has the smaller loss. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly df: number;
}

const DIEBOLD_MARIANO_OPTIONS: OptionTable<{
  horizon?: number;
  power?: number;
  weights?: "none" | "bartlett";
}> = {
  horizon: "number",
  power: "number",
  weights: ["none", "bartlett"],
};

/**
 * Tests whether two forecasts of the same values are equally accurate (Diebold & Mariano 1995, with the small-sample
 * correction of Harvey, Leybourne & Newbold 1997, p. 283).
 *
 * d_t = |e1_t|^power − |e2_t|^power; statistic = d̄ / √(V/n) · √((n + 1 − 2h + h(h−1)/n)/n) against t_{n−1}, where V is the
 * sum of autocovariances of d up to lag h − 1, weighted by 1 − lag/h with `weights: "bartlett"`. Where that sum is not
 * positive, V is the variance at h = 1.
 *
 * @param first errors of one forecast, in time order.
 * @param second errors of the other at the same times.
 * @param options `horizon`: steps ahead of the forecasts, at least 1 (default 1); `power`: 1 for absolute, 2 (default) for squared errors.
 * @returns the statistic and its two-sided p-value.
 * @throws YuleError `bad-length`, `bad-horizon`, `bad-power`.
 * @example dieboldMariano([1, -2, 1], [2, 3, -1]).pValue;
 */
export function dieboldMariano(
  first: ArrayLike<number> | Pick<Series, "y">,
  second: ArrayLike<number> | Pick<Series, "y">,
  options: { horizon?: number; power?: number; weights?: "none" | "bartlett" } = {},
): DieboldMariano {
  requireOptions("dieboldMariano", options, DIEBOLD_MARIANO_OPTIONS);
  const { horizon = 1, power = 2, weights = "none" } = options;
  const [errors1, errors2] = [numbersFrom(first, "errors1"), numbersFrom(second, "errors2")];
  const n = errors1.length;
  if (errors2.length !== n || n < 2) {
    throw usageError(
      "bad-length",
      "errors",
      errors2.length,
      `Two equally long lists of at least two errors are needed, not ${n} and ${errors2.length}.`,
    );
  }
  requireInteger("horizon", horizon, 1, n - 1);
  if (!(power > 0))
    throw usageError("bad-power", "power", power, `The power of the loss must be above 0, not ${power}.`);
  const d = Float64Array.from(
    { length: n },
    (_, t) => powerOf(Math.abs(errors1[t]!), power) - powerOf(Math.abs(errors2[t]!), power),
  );
  const mean = d.reduce((sum, value) => sum + value, 0) / n;
  const autocovariance = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (d[t]! - mean) * (d[t - lag]! - mean);
    return sum / n;
  };
  let variance = autocovariance(0);
  for (let lag = 1; lag < horizon; lag++) {
    variance += 2 * (weights === "bartlett" ? 1 - lag / horizon : 1) * autocovariance(lag);
  }
  const steps = variance > 0 ? horizon : 1;
  if (!(variance > 0)) variance = autocovariance(0);
  if (!(variance > 0)) return { statistic: 0, pValue: 1, df: n - 1 };
  const correction = Math.sqrt((n + 1 - 2 * steps + (steps * (steps - 1)) / n) / n);
  const statistic = (mean / Math.sqrt(variance / n)) * correction;
  return { statistic, pValue: 2 * studentT(0, 1, n - 1).cdf(-Math.abs(statistic)), df: n - 1 };
}
