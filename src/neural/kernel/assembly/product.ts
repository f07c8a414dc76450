import { at } from "./lanes";
import { narrow, wide } from "./tiles";

/** Rows of A and of W that are worked on at a time: with a tile's columns of W they stay in the first cache. */
const BLOCK: i32 = 64;

/**
 * out (+)= A·W. A(r, k) lies at a + r·aRow + k·aStep, so strides alone give A or its transpose; W and out are
 * row-major with `columns` a multiple of 4. Every output element is summed in order of k, whatever the blocks and tiles.
 */
export function product(
  rows: i32, columns: i32, depth: i32,
  a: i32, aRow: i32, aStep: i32,
  w: i32, wRow: i32,
  out: i32, outRow: i32, accumulate: i32,
): void {
  const row = at(aRow), step = at(aStep), weightRow = at(wRow), targetRow = at(outRow);
  let k = 0;
  do {
    const deep = min(BLOCK, depth - k);
    for (let r = 0; r < rows; r += BLOCK) {
      const high = min(BLOCK, rows - r);
      const from = at(a) + <usize>r * row + <usize>k * step;
      const weight = at(w) + <usize>k * weightRow, to = at(out) + <usize>r * targetRow;
      if ((columns & 15) == 0) wide(high, at(columns), deep, from, row, step, weight, weightRow, to, targetRow, accumulate);
      else narrow(high, at(columns), deep, from, row, step, weight, weightRow, to, targetRow, accumulate);
    }
    accumulate = 1;
    k += BLOCK;
  } while (k < depth);
}
