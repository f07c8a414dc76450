import { dataError, usageError } from "../../../core/errors.js";
import type { Series } from "../../../core/series.js";
import { observedIn } from "./observed.js";
import { arimaNotation, type Choice } from "./options.js";
import type { ArmaOrders } from "./orders.js";

/** A choice of model with the season known. */
export interface Specification {
  readonly orders: ArmaOrders;
  readonly d: number;
  readonly D: number;
  /** The model's season, 1 without seasonal orders. */
  readonly period: number;
  /** The series' season, whether or not the model uses it. */
  readonly season: number;
  readonly notation: string;
}

/** Lags of all factors multiplied out reach no further. */
const LONGEST_MEMORY = 4000;

/** @throws YuleError `bad-period` where there are seasonal orders and no season, or lags reach too far. */
export function specify(choice: Choice, series: Series): Specification {
  const seasonal = choice.seasonal.some((order) => order > 0);
  const period = seasonal ? (choice.period ?? series.period) : 1;
  const notation = arimaNotation(choice, period);
  if (seasonal && period < 2) {
    throw usageError(
      "bad-period",
      "period",
      period,
      `The model ${arimaNotation(choice)} has seasonal orders, but ${series.id} has no season: give the period, as in [12].`,
    );
  }
  const [p, d, q] = choice.order;
  const [P, D, Q] = choice.seasonal;
  const reach = Math.max(p + P * period, q + Q * period, d + D * period);
  if (reach > LONGEST_MEMORY) {
    throw usageError(
      "bad-period",
      "period",
      period,
      `The lags of ${notation} reach back ${reach} steps; at most ${LONGEST_MEMORY} are supported.`,
    );
  }
  return { orders: { p, q, P, Q, period }, d, D, period, season: choice.period ?? series.period, notation };
}

/** @throws YuleError `series-too-short`, `no-values`. */
export function requireEnough(series: Series, spec: Specification, coefficients: number): void {
  const { y, id } = series;
  const { from, to, count: observed } = observedIn(y);
  if (from < 0)
    throw dataError("no-values", id, y.length, `${id} has no observed value to fit ${spec.notation} to.`);
  const differences = spec.d + spec.D * spec.period;
  // One value is its own level.
  const needed =
    differences + coefficients + (observed === 1 && coefficients === 1 && differences === 0 ? 0 : 1);
  const { p, P, Q, period } = spec.orders;
  const span = differences + p + P * period + 1;
  if (observed >= needed && to - from >= span) return;
  const most = Math.max(needed, span);
  throw dataError(
    "series-too-short",
    id,
    observed,
    `The model ${spec.notation} needs at least ${most} values and ${id} has ${observed}: choose lower orders${P + spec.D + Q > 0 ? " or a shorter season" : ""}.`,
  );
}

/** Where some season was never observed, its level can never be known. */
export function unseenError(series: Series, spec: Specification): Error {
  return dataError(
    "unseen-season",
    series.id,
    spec.period,
    `The model ${spec.notation} cannot be fitted to ${series.id}: too few values are observed to estimate the level of every season; difference less or fill the gaps.`,
  );
}
