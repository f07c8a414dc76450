import { columnsOf, type NetworkConfig } from "../data/config.js";
import type { Dataset, Span } from "../data/dataset.js";
import { BatchedNetwork } from "../stepping/batched-network.js";
import { conditionalOf } from "../stepping/conditional.js";

/** Steps the network is led up to a gap before it fills it. */
const LEAD = 48;

/** Fills the gaps of a dataset with the means that a model with these weights expects there, one after the other. */
export function fillGaps(config: NetworkConfig, data: Dataset, weights: Float32Array): void {
  const stepper = new BatchedNetwork(config, weights);
  for (const gap of data.gaps) fillGap(stepper, config, data, gap);
}

function fillGap(
  stepper: BatchedNetwork,
  config: NetworkConfig,
  data: Dataset,
  { series, from, to }: Span,
): void {
  const { kernel, at } = stepper;
  const { cells } = kernel;
  const { sharedCount } = columnsOf(config);
  const { offset, first } = data.stretches[series]!;
  stepper.core.load(null);
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
    data.values[i] = conditionalOf(
      config,
      cells.slice(at.raw, at.raw + stepper.outputs),
      data.scale[i]!,
    ).mean;
  }
}
