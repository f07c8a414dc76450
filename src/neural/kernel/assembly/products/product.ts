import { at } from "../lanes";
import { narrow } from "./narrow";
import { wide } from "./wide";

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
  blocks(rows, columns, depth, a, aRow, aStep, w, wRow, out, outRow, out, outRow, accumulate != 0);
}

/** out = start + A·W; a startRow of 0 gives every row the same start. */
export function affine(
  rows: i32, columns: i32, depth: i32,
  a: i32, aRow: i32, aStep: i32,
  w: i32, wRow: i32,
  start: i32, startRow: i32, out: i32, outRow: i32,
): void {
  blocks(rows, columns, depth, a, aRow, aStep, w, wRow, start, startRow, out, outRow, true);
}

function blocks(
  rows: i32, columns: i32, depth: i32,
  a: i32, aRow: i32, aStep: i32,
  w: i32, wRow: i32,
  start: i32, startRow: i32, out: i32, outRow: i32, started: bool,
): void {
  const row = at(aRow), step = at(aStep), weightRow = at(wRow), targetRow = at(outRow), width = at(columns);
  let base = at(start), baseRow = at(startRow);
  let k = 0;
  do {
    const deep = min(BLOCK, depth - k);
    for (let r = 0; r < rows; r += BLOCK) {
      const high = min(BLOCK, rows - r);
      const from = at(a) + <usize>r * row + <usize>k * step, weight = at(w) + <usize>k * weightRow;
      const begin = base + <usize>r * baseRow, to = at(out) + <usize>r * targetRow;
      if ((columns & 15) == 0) {
        wide(high, width, deep, from, row, step, weight, weightRow, begin, baseRow, to, targetRow, started);
      } else {
        narrow(high, width, deep, from, row, step, weight, weightRow, begin, baseRow, to, targetRow, started);
      }
    }
    started = true;
    base = at(out);
    baseRow = targetRow;
    k += BLOCK;
  } while (k < depth);
}
