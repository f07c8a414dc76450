/** Hands out stretches of a kernel's memory, each on a 64-byte boundary; the same calls give the same addresses. */
export interface Arena {
  /** The address of `cells` fresh cells. */
  take(cells: number): number;
  /** Cells handed out so far. */
  readonly size: number;
}

const BOUNDARY = 16;

export function arena(): Arena {
  let top = 0;
  return {
    take(cells) {
      const at = top;
      top += Math.ceil(cells / BOUNDARY) * BOUNDARY;
      return at;
    },
    get size() {
      return top;
    },
  };
}
