import type { Usual } from "./params.js";

/** Finds the usual value at a place of an array: the median of those whole cycles before it, of the ones that are there. */
export class UsualValues {
  private readonly found: Float64Array;

  constructor(private readonly usual: Usual) {
    this.found = new Float64Array(usual.turns);
  }

  /** @returns NaN where none is there. */
  at(z: Float64Array, place: number): number {
    const { cycle, turns } = this.usual;
    return median(this.found, sortInto(this.found, 0, z, place - cycle, cycle, turns));
  }
}

/**
 * The usual values of rows after the end of `past`, of many paths at once: the values that all paths share are sorted once. Paths lie side by
 * side: of path i, row h is at `h * width + i`.
 */
export class UsualValuesAhead {
  /** Of each row, ascending: the values it needs that lie before the first. */
  private readonly known: Float64Array;
  private readonly counts: Uint8Array;
  private readonly found: Float64Array;

  constructor(
    private readonly usual: Usual,
    past: Float64Array,
    rows: number,
  ) {
    const { cycle, turns } = usual;
    this.known = new Float64Array(rows * turns);
    this.counts = new Uint8Array(rows);
    this.found = new Float64Array(turns);
    for (let h = 0; h < rows; h++) {
      const own = this.known.subarray(h * turns, (h + 1) * turns);
      const later = this.later(h);
      const newest = past.length + h - (later + 1) * cycle;
      this.counts[h] = sortInto(own, 0, past, newest, cycle, turns - later);
    }
  }

  /** How many of the values that row h needs lie in the paths. */
  private later(h: number): number {
    return Math.min(this.usual.turns, Math.floor(h / this.usual.cycle));
  }

  /** Writes the usual values of row h. */
  write(h: number, z: Float64Array, width: number, out: Float64Array): void {
    const { cycle, turns } = this.usual;
    const later = this.later(h);
    const count = this.counts[h]!;
    const own = this.known.subarray(h * turns, h * turns + count);
    const newest = (h - cycle) * width;
    if (later === 0) out.fill(median(own, count));
    else if (later === 1 && count > 0) writeMedians(own, z.subarray(newest, newest + width), out);
    else {
      const { found } = this;
      for (let i = 0; i < width; i++) {
        found.set(own);
        out[i] = median(found, sortInto(found, count, z, newest + i, cycle * width, later));
      }
    }
  }
}

/** The median of the ascending values and one more, for each of some: that one moves between the neighbours of the middle alone. */
function writeMedians(ascending: Float64Array, more: Float64Array, out: Float64Array): void {
  const count = ascending.length;
  const half = count >> 1;
  const odd = count % 2 === 1;
  const low = ascending[half - 1] ?? Number.NEGATIVE_INFINITY;
  const high = ascending[odd ? half + 1 : half] ?? Number.POSITIVE_INFINITY;
  const middle = ascending[half]!;
  for (let i = 0; i < out.length; i++) {
    const value = more[i]!;
    const between = value < low ? low : value > high ? high : value;
    out[i] = odd ? 0.5 * (middle + between) : between;
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

function median(ascending: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const half = count >> 1;
  return count % 2 === 1 ? ascending[half]! : 0.5 * (ascending[half - 1]! + ascending[half]!);
}
