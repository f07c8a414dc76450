/** Orders of the stationary part, (p, q)(P, Q)[period]. */
export interface ArmaOrders {
  readonly p: number;
  readonly q: number;
  readonly P: number;
  readonly Q: number;
  readonly period: number;
}
