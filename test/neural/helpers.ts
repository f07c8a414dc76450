import { type Rng, random } from "../../src/core/random.js";
import type { Kernel } from "../../src/neural/kernel/kernel.js";
import { loadKernel } from "../../src/neural/kernel/load.js";

/** A kernel of each kind whose memories hold the same random numbers. */
export function pair(cells: number, seed: number, spread = 2): { strict: Kernel; plain: Kernel; rng: Rng } {
  const strict = loadKernel("strict", cells);
  const plain = loadKernel("plain", cells);
  const rng = random(seed);
  for (let i = 0; i < cells; i++) {
    const value = spread * (2 * rng.uniform() - 1);
    strict.cells[i] = value;
    plain.cells[i] = value;
  }
  return { strict, plain, rng };
}

/** How many of the first `cells` cells differ in any bit. */
export function differingBits(a: Kernel, b: Kernel, cells: number): number {
  const left = new Int32Array(a.cells.buffer, 0, cells);
  const right = new Int32Array(b.cells.buffer, 0, cells);
  let count = 0;
  for (let i = 0; i < cells; i++) if (left[i] !== right[i]) count++;
  return count;
}

export function whole(rng: Rng, low: number, high: number): number {
  return low + Math.floor(rng.uniform() * (high - low + 1));
}
