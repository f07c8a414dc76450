import { differenceOnce } from "../../../diagnostics/differencing.js";

/** Orders of differencing, (1 − B)^d (1 − B^m)^D. */
export interface DifferenceOrders {
  readonly d: number;
  readonly D: number;
  /** m. */
  readonly period: number;
}

/** (1 − B)^d (1 − B^m)^D of a column, always a new array. */
export function differenced(values: Float64Array, { d, D, period }: DifferenceOrders): Float64Array {
  let current = values;
  for (let i = 0; i < D; i++) current = differenceOnce(current, period);
  for (let i = 0; i < d; i++) current = differenceOnce(current, 1);
  return current === values ? values.slice() : current;
}
