import type { Prepared } from "../fit/index.js";
import type { Learner } from "./learn.js";
import type { Parts } from "./parts.js";

/** Steps of training windows that a training may take, about half a minute of one core, and how often it may see each row. */
const BUDGET = 4_000_000;
const PASSES = 300;
/** Batches of an epoch, and windows of a batch, as networks have them by default. */
const BATCHES = 50;
const BATCH = 32;
const EPOCHS = { least: 5, most: 100 };
/** Horizons beyond make the windows long, and the epochs few. */
const LONGEST = 48;
/** A raster's line: beyond, its memory is large. */
const LONGEST_LINE = 168;

/**
 * The network that learns from a panel: over the raster of its season where it has one, else a recurrent one. Its epochs follow from the
 * budget in steps, not from the time they take, so that the same panel has the same weights on every machine.
 */
export async function networkFor(
  group: readonly Prepared[],
  { calibrationHorizon, add }: Pick<Parts, "calibrationHorizon" | "add">,
  asked?: number,
): Promise<Learner> {
  const { series } = group[0]!;
  const { period } = series;
  const lengths = group.map((one) => one.series.y.length).sort((a, b) => a - b);
  const room = Math.max(1, Math.floor(lengths[lengths.length >> 1]! / 4));
  const horizon = Math.min(asked ?? calibrationHorizon(series), LONGEST, room);
  const seasonal = period >= 2 && period <= LONGEST_LINE;
  const context = Math.min(168, Math.max(horizon, (seasonal ? 3 : 1) * period));
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const epochs = epochsWithin(context + horizon, rows);
  const options = { horizon, context, epochs, intervals: "own" } as const;
  const { model, family } = seasonal ? await raster(options) : await deepar(options);
  add(family);
  return { model, pastFits: 1 };
}

/** As many epochs as the budget has steps for, with windows of so many and a panel of so many rows. */
export function epochsWithin(steps: number, rows: number): number {
  const epochs = Math.floor(Math.min(BUDGET, PASSES * rows) / (BATCHES * BATCH * steps));
  return Math.max(EPOCHS.least, Math.min(EPOCHS.most, epochs));
}

type Options = Readonly<Record<"horizon" | "context" | "epochs", number>> & { readonly intervals: "own" };

/** The code of networks is large; once loaded, saved models find it by their names. */
async function raster(options: Options) {
  const [{ makeNetwork }, { rasterModel }] = await Promise.all([
    import("../../../models/network/index.js"),
    import("../../../models/raster.js"),
  ]);
  return { family: rasterModel, model: makeNetwork(rasterModel, options) };
}

async function deepar(options: Options) {
  const [{ makeNetwork }, { deepArModel }] = await Promise.all([
    import("../../../models/network/index.js"),
    import("../../../models/deepar.js"),
  ]);
  return { family: deepArModel, model: makeNetwork(deepArModel, options) };
}
