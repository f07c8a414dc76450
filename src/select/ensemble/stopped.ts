/** Zeros with which a series ends, that follow values of another kind. */
export interface StoppedFrom {
  /** The row of the first zero. */
  readonly from: number;
}

/** Where a series stands: zeros since the row of the first, or none any more since another value came. */
export interface StopState {
  /** Their number; −1 from the first other value on. Absent: a series without such zeros. */
  readonly zeros?: number;
}

const ENDED = -1;

/** How many zeros there are after a value. */
export function zerosAfter({ from }: StoppedFrom, { zeros = 0 }: StopState, row: number, y: number): number {
  if (row < from || zeros === ENDED || Number.isNaN(y)) return zeros;
  return y === 0 ? zeros + 1 : ENDED;
}

/**
 * Probability that all values up to a step are 0 as well, after k zeros (k + 1)/(k + 1 + h): Laplace's rule of succession, by which each
 * next value is 0 with probability (k + 1)/(k + 2). Before the first zero and after the first other value 0.
 *
 * @param h steps ahead, from 1.
 */
export function staysZero({ zeros = 0 }: StopState, h: number): number {
  return zeros > 0 ? (zeros + 1) / (zeros + 1 + h) : 0;
}
