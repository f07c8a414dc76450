import type { Usual } from "./params.js";

/** Finds the usual value at a place of an array: the median of those whole cycles before it, of the ones that are there. */
export class UsualValues {
  private readonly found: Float64Array;
  /** Where the rows begin that `lookAhead` made ready, and how many they are. */
  private origin = 0;
  private rows = 0;
  /** Of each of these rows, ascending: the values it needs that lie before the origin. */
  private known = new Float64Array(0);
  private counts = new Uint8Array(0);

  constructor(private readonly usual: Usual) {
    this.found = new Float64Array(usual.turns);
  }

  /** Makes ready for many walks over the rows from `origin`: the values before it are sorted once. */
  lookAhead(z: Float64Array, origin: number, rows: number): void {
    const { cycle, turns } = this.usual;
    this.known = new Float64Array(rows * turns);
    this.counts = new Uint8Array(rows);
    for (let h = 0; h < rows; h++) {
      const own = this.known.subarray(h * turns, (h + 1) * turns);
      const later = Math.min(turns, Math.floor(h / cycle));
      this.counts[h] = sortInto(own, 0, z, origin + h - (later + 1) * cycle, cycle, turns - later);
    }
    this.origin = origin;
    this.rows = rows;
  }

  /** @returns NaN where none is there. */
  at(z: Float64Array, place: number): number {
    const { cycle, turns } = this.usual;
    const h = place - this.origin;
    if (h < 0 || h >= this.rows)
      return median(this.found, sortInto(this.found, 0, z, place - cycle, cycle, turns));
    const later = Math.min(turns, Math.floor(h / cycle));
    const first = h * turns;
    const count = this.counts[h]!;
    if (later === 0) return median(this.known, count, first);
    for (let k = 0; k < count; k++) this.found[k] = this.known[first + k]!;
    return median(this.found, sortInto(this.found, count, z, place - cycle, cycle, later));
  }
}

/** Puts the values of `turns` cycles, from place `from` backwards, among the `count` ascending ones that are there. @returns the new count. */
function sortInto(
  ascending: Float64Array,
  count: number,
  z: Float64Array,
  from: number,
  cycle: number,
  turns: number,
): number {
  let size = count;
  for (let turn = 0, place = from; turn < turns && place >= 0; turn++, place -= cycle) {
    const value = z[place]!;
    if (Number.isNaN(value)) continue;
    let k = size++;
    for (; k > 0 && ascending[k - 1]! > value; k--) ascending[k] = ascending[k - 1]!;
    ascending[k] = value;
  }
  return size;
}

function median(ascending: Float64Array, count: number, first = 0): number {
  if (count === 0) return Number.NaN;
  const half = first + (count >> 1);
  return count % 2 === 1 ? ascending[half]! : 0.5 * (ascending[half - 1]! + ascending[half]!);
}
