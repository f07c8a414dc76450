import { semidefiniteFactor } from "../../../math/linear-algebra/row-compression.js";
import { EMPTY } from "../../../math/linear-algebra/vector.js";
import type { LagModel } from "../lag-polynomial/model.js";
import { firstUncertain } from "../state-space/shift.js";
import { condensed, type LagState } from "../state-space/state.js";
import type { GapBuffers } from "./buffers.js";
import type { Means } from "./filter.js";

/**
 * What the likelihood of a series with gaps tells of its last values at given coefficients: the d + mD levels, p* differences and q*
 * innovations that a memory of lagged values holds, newest first, up to the last observed value.
 */
export interface LastValues {
  /** Of missing levels what they differ by from how they were filled; 0 for observed ones. */
  readonly mean: Float64Array;
  /** Their covariance in units of σ² is FF', F of `width` columns. */
  readonly factor: Float64Array;
  readonly width: number;
  /** Observed values since the last gap. */
  readonly known: number;
}

/**
 * The last `count` rows y, w and e given what was seen before them, as means and one factor over independent sources of
 * variance σ²: those of the filter's memory and one innovation a row.
 *
 * Each observed value projects the rows on what is orthogonal to it, so that in the end they are what a memory of lagged
 * values wants: the filter's own memory holds no single w or e.
 */
export class LastRows {
  /** Of y, w and e in turn, `count` each. */
  readonly mean: Float64Array;
  private readonly factor: Float64Array;
  private readonly width: number;
  private readonly row: Float64Array;

  /** @param buffers after the filter has run up to row `from`, and the means it left. */
  constructor(
    private readonly buffers: GapBuffers,
    { state, level }: Means,
    from: number,
    private readonly count: number,
  ) {
    const before = memoryFactor(buffers, from);
    const held = before.rank;
    this.width = held + count;
    this.mean = new Float64Array(3 * count);
    this.factor = new Float64Array(3 * count * this.width);
    this.row = new Float64Array(this.width);
    const { size, slots, open, openCount } = buffers;
    const memory = new Float64Array(size + count);
    const levels = new Float64Array(slots + count);
    const at = (t: number) => (((t - from) % slots) + slots) % slots;
    for (let i = 0; i < size; i++) memory[i] = state[(from + i) % size];
    for (let j = 1; j <= slots; j++) levels[slots - j] = level[(from - j) % slots];
    this.follow(memory, levels, -1, this.mean, 1, 0);
    for (let c = 0; c < this.width; c++) {
      memory.fill(0);
      levels.fill(0);
      if (c < held) {
        for (let i = 0; i < size; i++) memory[i] = before.values[i * held + c];
        for (let k = 0; k < openCount; k++) levels[at(open[k])] = before.values[(size + k) * held + c];
      }
      this.follow(memory, levels, c - held, this.factor, this.width, c);
    }
  }

  /** One column: y, w and e as they follow from a memory and, from row `shock` on, a unit innovation there. */
  private follow(
    memory: Float64Array,
    levels: Float64Array,
    shock: number,
    target: Float64Array,
    width: number,
    column: number,
  ): void {
    const { count } = this;
    const { slots, lags, weights, arAt, arWeight, arCount, maAt, maWeight, maCount } = this.buffers;
    for (let t = 0; t < count; t++) {
      if (t === shock) for (let j = 0; j < maCount; j++) memory[t + maAt[j]] += maWeight[j];
      const w = memory[t];
      for (let j = 0; j < arCount; j++) memory[t + 1 + arAt[j]] += arWeight[j] * w;
      let y = w;
      for (let j = 0; j < lags.length; j++) y += weights[j] * levels[slots + t - lags[j]];
      levels[slots + t] = y;
      target[t * width + column] = y;
      target[(count + t) * width + column] = w;
      if (t === shock) target[(2 * count + t) * width + column] = 1;
    }
  }

  /** Variance of the t-th of these values, beside that of an innovation, given what was seen. */
  relativeVariance(t: number): number {
    const { factor, width } = this;
    let sum = 0;
    for (let j = 0; j < width; j++) sum += factor[t * width + j] * factor[t * width + j];
    return sum;
  }

  /** Conditions on the t-th value, whose variance is given. */
  learn(t: number, value: number, variance: number): void {
    const { factor, width, mean, row, count } = this;
    row.set(factor.subarray(t * width, (t + 1) * width));
    const surprise = value - mean[t];
    for (let i = 0; i < 3 * count; i++) {
      const at = i * width;
      let sum = 0;
      for (let j = 0; j < width; j++) sum += factor[at + j] * row[j];
      if (sum === 0) continue;
      const share = sum / variance;
      for (let j = 0; j < width; j++) factor[at + j] -= share * row[j];
      mean[i] += share * surprise;
    }
    mean[t] = value;
    factor.fill(0, t * width, (t + 1) * width);
  }

  /** The memory of lagged values after the last row. */
  lags(model: LagModel, known: number): LagState {
    const { count, width, factor, mean } = this;
    const first = firstUncertain(model, known);
    const rows = model.rows - first;
    const lagged = new Float64Array(model.rows);
    const left = new Float64Array(rows * width);
    const take = (begin: number, degree: number, block: number) => {
      for (let lag = 1; lag <= degree; lag++) {
        const from = (block + 1) * count - lag;
        const to = begin + lag - 1;
        lagged[to] = mean[from];
        if (to >= first) left.set(factor.subarray(from * width, (from + 1) * width), (to - first) * width);
      }
    };
    take(0, model.rowOfW, 0);
    take(model.rowOfW, model.ar.degree, 1);
    take(model.rowOfE, model.ma.degree, 2);
    return uncertainState(model, lagged, known, width, () => left);
  }
}

/**
 * The memory with these means.
 *
 * @param factorFrom the factor's rows from the first uncertain one on, `width` columns.
 */
function uncertainState(
  model: LagModel,
  mean: Float64Array,
  known: number,
  width: number,
  factorFrom: (first: number) => Float64Array,
): LagState {
  const first = firstUncertain(model, known);
  return condensed(model, {
    columns: 1,
    mean,
    stage: "general",
    first,
    factor: factorFrom(first),
    rank: width,
    covariance: EMPTY,
    diffuse: EMPTY,
    diffuseRank: 0,
    known,
    opening: EMPTY,
  });
}

/**
 * The memory of lagged values after the last observed one.
 *
 * @param last in the units of y, its levels whole.
 * @param y the series less its regression, up to the last observed value.
 */
export function stateAfterGaps(model: LagModel, last: LastValues, y: Float64Array): LagState | null {
  const { known, width } = last;
  if (last.mean.length !== model.rows) return null;
  const mean = last.mean.slice();
  for (let lag = 1; lag <= model.rowOfW; lag++) {
    const value = y[y.length - lag];
    if (!Number.isNaN(value)) mean[lag - 1] = value;
  }
  return uncertainState(model, mean, known, width, (first) => last.factor.slice(first * width));
}

/** A factor of the covariance of W, less the innovation of row `t`, and of the levels not known. */
function memoryFactor(
  buffers: GapBuffers,
  t: number,
): { readonly rank: number; readonly values: Float64Array } {
  const { size, slots, wide, cross, square, open, openCount, maAt, maWeight, maCount, endCertain } = buffers;
  if (endCertain) return { rank: 0, values: EMPTY };
  const rank = size + openCount;
  const covariance = new Float64Array(rank * rank);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const a = (t + i) % size;
      const b = (t + j) % size;
      covariance[i * rank + j] = wide[a > b ? a * size + b : b * size + a];
    }
  }
  for (let i = 0; i < maCount; i++) {
    for (let j = 0; j <= i; j++) covariance[maAt[i] * rank + maAt[j]] -= maWeight[i] * maWeight[j];
  }
  for (let k = 0; k < openCount; k++) {
    const row = (size + k) * rank;
    for (let i = 0; i < size; i++) covariance[row + i] = cross[open[k] * size + ((t + i) % size)];
    for (let l = 0; l <= k; l++) covariance[row + size + l] = square[open[k] * slots + open[l]];
  }
  return { rank, values: semidefiniteFactor(covariance, rank) };
}
