/** Orders of the stationary part, (p, q)(P, Q)[period]. */
export interface ArmaOrders {
  readonly p: number;
  readonly q: number;
  readonly P: number;
  readonly Q: number;
  readonly period: number;
}

/** Coefficients whose moving averages were mirrored into the invertible region: the point itself and its image. */
export interface Mirrored {
  readonly x: Float64Array;
  readonly image: Float64Array;
}

/** Which coefficients are held where they are. */
export type Held = readonly boolean[];
