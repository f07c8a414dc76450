import type { LagModel } from "../lag-polynomial/model.js";
import type { LagState } from "../state-space/state.js";
import type { GapBuffers } from "./buffers.js";
import type { Means } from "./filter.js";
import { addNoise } from "./ring.js";

/**
 * The filter's memory before row `t` from one of lagged values: W_i = Σ_{j>i} (φ_j w_{t+i−j} + θ_j e_{t+i−j}) and the next
 * innovation; the levels are lagged values themselves. Covariances go to the buffers.
 *
 * @param state in general form, nothing diffuse.
 */
export function takeOver(buffers: GapBuffers, model: LagModel, state: LagState, t: number): Means {
  const { size, slots, missing, open } = buffers;
  buffers.openCount = 0;
  for (let row = t - slots; row < t; row++) if (missing[row] === 1) open[buffers.openCount++] = row % slots;
  const width = size + slots;
  const mean = new Float64Array(width);
  place(buffers, model, t, (row) => state.mean[row], mean);
  buffers.wide.fill(0, 0, size * size);
  buffers.cross.fill(0, 0, slots * size);
  buffers.square.fill(0, 0, slots * slots);
  const column = new Float64Array(width);
  const { factor, first, rank } = state;
  for (let c = 0; c < rank; c++) {
    place(buffers, model, t, (row) => (row < first ? 0 : factor[(row - first) * rank + c]), column);
    addSquare(buffers, column);
  }
  addNoise(buffers, t);
  return { state: mean.slice(0, size), level: mean.slice(size) };
}

/** One column of the memory of lagged values as W, where it lies at time `t`, and slots. */
function place(
  { size, slots, arAt, arWeight, arCount, maAt, maWeight, maCount }: GapBuffers,
  { rowOfW, rowOfE }: LagModel,
  t: number,
  entry: (row: number) => number,
  target: Float64Array,
): void {
  target.fill(0);
  for (let j = 0; j < arCount; j++) {
    const lag = arAt[j] + 1;
    for (let i = 0; i < lag; i++) target[(t + i) % size] += arWeight[j] * entry(rowOfW + lag - i - 1);
  }
  for (let j = 0; j < maCount; j++) {
    const lag = maAt[j];
    for (let i = 0; i < lag; i++) target[(t + i) % size] += maWeight[j] * entry(rowOfE + lag - i - 1);
  }
  for (let lag = 1; lag <= slots; lag++) target[size + ((t - lag) % slots)] = entry(lag - 1);
}

/** Adds a column's products to the covariances. */
function addSquare(
  { size, slots, wide, cross, square, open, openCount }: GapBuffers,
  column: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const own = column[i];
    if (own !== 0) for (let j = 0; j <= i; j++) wide[i * size + j] += own * column[j];
  }
  for (let k = 0; k < openCount; k++) {
    const slot = open[k];
    const own = column[size + slot];
    for (let i = 0; i < size; i++) cross[slot * size + i] += own * column[i];
    for (let l = 0; l < openCount; l++) square[slot * slots + open[l]] += own * column[size + open[l]];
  }
}
