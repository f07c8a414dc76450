import type { Rng } from "../../../core/random.js";
import type { Kernel } from "../../../neural/kernel/kernel.js";
import type { Tape } from "../../../neural/pass.js";
import { SHARDS } from "../../../neural/training/plan.js";
import type { WindowSource } from "../../../neural/training/train.js";
import { columnsOf, type NetworkConfig } from "../data/config.js";
import type { Dataset, SampleWindow, Span } from "../data/dataset.js";
import { tokenOf } from "../data/tokens.js";
import { fillGaps } from "./gaps.js";
import { feedBack } from "./scheduled-sampling.js";

/** At most this many validation windows, spread evenly over all. */
const MOST_VALIDATION_WINDOWS = 512;

export interface WindowOptions {
  readonly batch: number;
  /** Rows that a validation window counts. */
  readonly horizon: number;
  /** Share of the past that is replaced by draws. */
  readonly scheduled: number;
}

/**
 * Windows of a dataset. For training: a series in proportion to its weight, then a start uniformly; for validation
 * the last windows of each series, of which only rows held back count.
 */
export function windowSource(
  config: NetworkConfig,
  data: Dataset,
  { batch, horizon, scheduled }: WindowOptions,
): WindowSource {
  const cumulative = cumulativeWeights(data.stretches);
  const fill = windowFiller(config, data);
  const rows = batch / SHARDS;
  const validation = validationWindows(data.stretches, horizon, MOST_VALIDATION_WINDOWS);

  return {
    validationBatches: Math.ceil(validation.length / batch),
    draw(kernel, at, rng) {
      let observed = 0;
      for (let r = 0; r < rows; r++) {
        const s = drawIndex(cumulative, rng);
        const { first, held } = data.stretches[s]!;
        const starts = Math.max(1, held - at.steps - first + 1);
        const start = first + Math.floor(rng.uniform() * starts);
        observed += fill(kernel, at, r, s, start, 0, held);
      }
      return observed;
    },
    validate(kernel, at, b, shard) {
      let observed = 0;
      for (let r = 0; r < rows; r++) {
        const window = validation[b * batch + shard * rows + r];
        if (window === undefined) {
          clearRow(kernel, at, r, columnsOf(config).count);
          continue;
        }
        const { series, from, to } = window;
        const start = Math.max(data.stretches[series]!.first, to - at.steps);
        observed += fill(kernel, at, r, series, start, from, to);
      }
      return observed;
    },
    ...(scheduled > 0 ? { feedBack: (kernel, at, rng) => feedBack(config, scheduled, kernel, at, rng) } : {}),
    beforeEpoch(epoch, kernel, layout) {
      if (data.gaps.length === 0 || !isPowerOfTwo(epoch)) return;
      const { average, size } = layout;
      fillGaps(config, data, Float32Array.from(kernel.cells.subarray(average, average + size)));
    },
  };
}

/** Epochs 1, 2, 4, 8 …: gaps are filled anew while the model still learns fast, and more seldom later. */
function isPowerOfTwo(epoch: number): boolean {
  return epoch > 0 && Number.isInteger(Math.log2(epoch));
}

function cumulativeWeights(stretches: readonly SampleWindow[]): Float64Array {
  let sum = 0;
  return Float64Array.from(stretches, ({ weight }) => (sum += weight));
}

/** The index whose share of the weights a uniform number falls into. */
function drawIndex(cumulative: Float64Array, rng: Rng): number {
  const target = rng.uniform() * cumulative[cumulative.length - 1]!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! <= target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows held back, cut into stretches as long as the horizon, the last one first; at most so many of them. */
export function validationWindows(stretches: readonly SampleWindow[], horizon: number, most: number): Span[] {
  const windows = stretches.flatMap(({ held, length }, series) =>
    Array.from({ length: Math.ceil((length - held) / horizon) }, (_, k) => {
      const to = length - k * horizon;
      return { series, from: Math.max(held, to - horizon), to };
    }),
  );
  const stride = Math.max(1, windows.length / most);
  const count = Math.min(windows.length, most);
  return Array.from({ length: count }, (_, i) => windows[Math.floor(i * stride)]!);
}

/** Fills row r of a tape from series s, rows `start` on; targets outside [from, to) do not count. */
type Filler = (
  kernel: Kernel,
  at: Tape,
  r: number,
  s: number,
  start: number,
  from: number,
  to: number,
) => number;

function windowFiller(config: NetworkConfig, data: Dataset): Filler {
  const { lags, logScale, shared, sharedCount, count } = columnsOf(config);
  const back = Int32Array.from(config.lags).reverse();
  const counts = config.likelihood === "negative-binomial";
  const { values, targets, scale, perScale, features } = data;
  const { tokens } = config;
  return ({ cells }, at, r, s, start, from, to) => {
    const { offset, length } = data.stretches[s]!;
    const rows = at.rows;
    data.codes.forEach((codes, c) => {
      at.codes[c]![r] = codes[s]!;
    });
    let observed = 0;
    for (let k = 0; k < at.steps; k++) {
      const t = start + k;
      const cell = k * rows + r;
      const x = at.x + cell * count;
      if (t >= length) {
        clearCell(cells, at, cell, count);
        continue;
      }
      const i = offset + t;
      const per = perScale[i]!;
      for (let j = 0; j < back.length; j++) cells[x + lags + j] = values[i - back[j]!]! * per;
      cells[x + logScale] = data.logScale[i]!;
      const source = i * sharedCount;
      for (let j = 0; j < sharedCount; j++) cells[x + shared + j] = features[source + j]!;
      const weight = t >= from && t < to ? targets[i]! : 0;
      if (tokens === undefined) cells[at.y + cell] = counts ? values[i]! : values[i]! * per;
      else cells[at.y + cell] = tokenOf(tokens, values[i]!, values[i]! * per);
      cells[at.weight + cell] = weight;
      cells[at.scale + cell] = scale[i]!;
      observed += weight;
    }
    return observed;
  };
}

function clearRow({ cells }: Kernel, at: Tape, r: number, width: number): void {
  for (let k = 0; k < at.steps; k++) clearCell(cells, at, k * at.rows + r, width);
}

function clearCell(cells: Kernel["cells"], at: Tape, cell: number, width: number): void {
  cells.fill(0, at.x + cell * width, at.x + (cell + 1) * width);
  cells[at.y + cell] = 0;
  cells[at.weight + cell] = 0;
  cells[at.scale + cell] = 1;
}
