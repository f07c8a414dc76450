import { dataError } from "../../../core/errors.js";
import type { SeriesHead } from "../../../core/model.js";
import { formatFrequency, sameStep } from "../../../core/time/frequency.js";
import type { Frequency, TimeAxis } from "../../../core/time/time.js";
import type { Core, CoreMemory } from "../../../neural/core.js";
import { network } from "../../../neural/network.js";
import { codeOf, type NetworkConfig, type NetworkParams, shapeOf } from "../data/config.js";
import { NO_SCALE, type ScaleState } from "../data/scale.js";

/** Memory of one series: plain data. The arrays of the core stand beside these, by their names. */
export interface NetworkState {
  /** Rows seen so far. */
  readonly t: number;
  readonly time: TimeAxis | null;
  /** Code of the series' id among the categories; 0 where it is none of them. */
  readonly code: number;
  /** Whether any value was observed, and whether the last one was. */
  readonly started: boolean;
  readonly lastObserved: boolean;
  readonly scale: ScaleState;
  /** As many values as the longest lag, the newest last; missing ones stand as the model's mean. */
  readonly recent: Float64Array;
}

/** The arrays of the core in the memory of a series. */
export function memoryOf(state: NetworkState, { memory }: Core): CoreMemory {
  const arrays = state as unknown as CoreMemory;
  return Object.fromEntries(Object.keys(memory).map((name) => [name, arrays[name]!]));
}

/** @throws YuleError `mismatched-frequency` for a series that steps otherwise than those of the training. */
export function startState({ config }: NetworkParams, series: SeriesHead | undefined): NetworkState {
  if (series !== undefined) requireKinship(config, series);
  const { lags, categories } = config;
  const { memory } = network(shapeOf(config)).core;
  const byId = categories.find(({ source }) => source === "id");
  return {
    t: 0,
    time: series?.time ?? null,
    code: byId === undefined || series === undefined ? 0 : codeOf(byId, series.id),
    started: false,
    lastObserved: false,
    scale: NO_SCALE,
    recent: new Float64Array(lags.at(-1)!).fill(Number.NaN),
    ...Object.fromEntries(Object.entries(memory).map(([name, cells]) => [name, new Float32Array(cells)])),
  };
}

/** Lags are counted in steps, so a network means something for series of its own step only. */
function requireKinship({ frequency, period }: NetworkConfig, series: SeriesHead): void {
  const own = series.time?.frequency ?? null;
  const alike = frequency === null || own === null ? series.period === period : sameStep(frequency, own);
  if (alike) return;
  const text = (step: Frequency | null) => (step === null ? "no dates" : formatFrequency(step));
  throw dataError(
    "mismatched-frequency",
    series.id,
    text(own),
    `${series.id} has ${text(own)} and period ${series.period}, the network was trained on ${text(frequency)} and period ${period}; give series of the same frequency, or train a new network.`,
  );
}
