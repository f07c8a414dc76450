import type { Arena } from "../arena.js";
import type { Kernel } from "../kernel/kernel.js";

/** A learned vector for each of `count` categories; 0 stands for categories that training never saw. */
export interface EmbeddingLayer {
  readonly count: number;
  readonly width: number;
  /** Offset of the table, count × width, in the block of parameters. */
  readonly table: number;
}

const WIDEST = 48;

/** Width min(48, (count + 1)/2), as Salinas et al. (2020) have it, rounded up to a multiple of 4. */
export function embeddingLayer(parameters: Arena, count: number): EmbeddingLayer {
  const width = 4 * Math.ceil(Math.min(WIDEST, (count + 1) / 2) / 4);
  return { count, width, table: parameters.take(count * width) };
}

/** Writes the vector of `codes[r]` into row r of out, whose rows are `stride` cells apart. */
export function embeddingForward(
  { cells }: Kernel,
  layer: EmbeddingLayer,
  parameters: number,
  codes: ArrayLike<number>,
  out: number,
  stride: number,
): void {
  for (let r = 0; r < codes.length; r++) {
    const from = parameters + layer.table + codes[r] * layer.width;
    cells.copyWithin(out + r * stride, from, from + layer.width);
  }
}

/** Writes the gradient of the whole table: rows of `outGradient` are added up under their codes. */
export function embeddingBackward(
  { cells }: Kernel,
  layer: EmbeddingLayer,
  gradients: number,
  codes: ArrayLike<number>,
  outGradient: number,
  stride: number,
): void {
  const table = gradients + layer.table;
  cells.fill(0, table, table + layer.count * layer.width);
  for (let r = 0; r < codes.length; r++) {
    const to = table + codes[r] * layer.width;
    const from = outGradient + r * stride;
    for (let j = 0; j < layer.width; j++) cells[to + j] += cells[from + j];
  }
}

/** Gives the code 0, which no training row has, the mean of the other vectors: nothing in particular is known of it. */
export function embedUnseen(
  cells: Kernel["cells"],
  { count, width, table }: EmbeddingLayer,
  parameters: number,
): void {
  const at = parameters + table;
  for (let j = 0; j < width; j++) {
    let sum = 0;
    for (let code = 1; code < count; code++) sum += cells[at + code * width + j];
    cells[at + j] = sum / Math.max(1, count - 1);
  }
}
