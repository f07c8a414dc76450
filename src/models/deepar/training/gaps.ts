import { RAW_WIDTH } from "../../../neural/heads/head.js";
import { columnsOf, type DeepArConfig } from "../data/config.js";
import type { Dataset, Span } from "../data/dataset.js";
import { BatchedNetwork } from "../network/batched-network.js";
import { conditionalOf } from "../network/conditional.js";

/** Steps the network is led up to a gap before it fills it. */
const LEAD = 48;

/** Fills the gaps of a dataset with the means that a model with these weights expects there, one after the other. */
export function fillGaps(config: DeepArConfig, data: Dataset, weights: Float32Array): void {
  const stepper = new BatchedNetwork(config, weights);
  for (const gap of data.gaps) fillGap(stepper, config, data, gap);
}

function fillGap(
  stepper: BatchedNetwork,
  config: DeepArConfig,
  data: Dataset,
  { series, from, to }: Span,
): void {
  const { kernel, at } = stepper;
  const { cells } = kernel;
  const { sharedCount } = columnsOf(config);
  const { offset, first } = data.stretches[series]!;
  for (const place of [...at.out, ...at.cell]) cells.fill(0, place, place + config.hidden);
  const codes = data.codes.map((column) => [column[series]!]);
  const count = config.lags.length;
  for (let t = Math.max(first, from - LEAD); t < to; t++) {
    const i = offset + t;
    cells.set(data.features.subarray(i * sharedCount, (i + 1) * sharedCount), at.features);
    for (let j = 0; j < count; j++) cells[at.lags + j] = data.values[i - config.lags[count - 1 - j]!]!;
    cells[at.perScale] = data.perScale[i]!;
    cells[at.logScale] = data.logScale[i]!;
    stepper.prepare(codes);
    stepper.knowLags(count);
    stepper.tileLags(1);
    stepper.step(1);
    if (t < from) continue;
    const [a, b, c] = cells.subarray(at.raw, at.raw + RAW_WIDTH);
    data.values[i] = conditionalOf(config, [a!, b!, c!], data.scale[i]!).mean;
  }
}
