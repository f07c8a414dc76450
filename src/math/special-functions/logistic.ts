import { powerOf } from "../power.js";

/** Beyond this size of the argument the smaller tail is below 1e-17: it counts as if it were there. */
const LARGEST = 40;
/** Powers of e are tabulated at these parts of 1. */
const PARTS = 32;

/** e⁻ⁱ and e^(−j/32), from exact operations as all powers. */
const WHOLE = Float64Array.from({ length: LARGEST + 1 }, (_, i) => powerOf(Math.E, -i));
const PART = Float64Array.from({ length: PARTS }, (_, j) => powerOf(Math.E, -j / PARTS));

/**
 * 1/(1 + e^(−x)), with the same bits on every engine: sums, products and one quotient, within a few units of the last place.
 *
 * e^(−|x|) is a product of two table entries and Taylor's series of the rest, which is below 1/32.
 */
export function logistic(x: number): number {
  const size = Math.min(x < 0 ? -x : x, LARGEST);
  const at = (size * PARTS) | 0;
  const r = at / PARTS - size;
  const tail = 1 + r * (1 / 5 + r * (1 / 30 + r * (1 / 210)));
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + (r / 24) * tail)));
  const e = WHOLE[at >> 5] * PART[at & 31] * series;
  const larger = 1 / (1 + e);
  return x > 0 ? larger : e * larger;
}
