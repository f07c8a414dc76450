import type { Usual } from "./params.js";

/** Finds the usual value at a place of an array: the median of those whole cycles before it, of the ones that are there. */
export class UsualValues {
  private readonly found: Float64Array;

  constructor(private readonly usual: Usual) {
    this.found = new Float64Array(usual.turns);
  }

  /** @returns NaN where none is there. */
  at(z: Float64Array, place: number): number {
    const { found, usual } = this;
    let count = 0;
    for (
      let turn = 1, from = place - usual.cycle;
      turn <= usual.turns && from >= 0;
      turn++, from -= usual.cycle
    ) {
      const value = z[from]!;
      if (Number.isNaN(value)) continue;
      let k = count++;
      for (; k > 0 && found[k - 1]! > value; k--) found[k] = found[k - 1]!;
      found[k] = value;
    }
    if (count === 0) return Number.NaN;
    const half = count >> 1;
    return count % 2 === 1 ? found[half]! : 0.5 * (found[half - 1]! + found[half]!);
  }
}
