/** What the twin computes with: float32 as WebAssembly does, or float64 to check gradients. */
export interface Arithmetic {
  /** Rounds to the precision of the cells. */
  readonly round: (x: number) => number;
  readonly tanh: (x: number) => number;
  readonly sigmoid: (x: number) => number;
  readonly log: (x: number) => number;
  /** ln(1 + x), x ≥ 0. */
  readonly logOnePlus: (x: number) => number;
  readonly exp: (x: number) => number;
  /** ln(1 + eˣ). */
  readonly softplus: (x: number) => number;
  /** eˣ − 1, x ≥ 0. */
  readonly expMinusOne: (x: number) => number;
  /** cos 2πv, 0 ≤ v ≤ 1. */
  readonly cosineTurn: (v: number) => number;
  /** lnΓ(x+½) − lnΓ(x), x ≥ 1. */
  readonly gammaRatio: (x: number) => number;
  /** Its derivative. */
  readonly gammaRatioSlope: (x: number) => number;
}
