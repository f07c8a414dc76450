import { dataError, usageError, YuleError } from "../../../core/errors.js";
import type { Panel, Series } from "../../../core/series.js";
import { kernelAvailable } from "../../../neural/kernel/load.js";
import { type TrainingPlan, trainingLayout } from "../../../neural/training/plan.js";
import { type NetworkConfig, shapeOf } from "../data/config.js";
import { configure, windowLength, withHorizon } from "../data/configure.js";
import { type Dataset, dataset, datasetBytes } from "../data/dataset.js";
import type { Settings } from "../data/options.js";
import { MOST_TOKENS } from "../data/tokens.js";
import type { NetworkFamily } from "../family.js";
import { linearStart } from "./head-initialisation.js";
import { type TrainingJob, trainingMemory } from "./train.js";

/** Float32 holds values up to 3e38; squares and sums of them need room. */
const LARGEST = 1e30;

const MOST_BYTES = 2_147_483_648;
const PLATEAU = 10;
const PATIENCE = 20;
const CLIP = 10;
const AVERAGING = 0.003;

/**
 * Looks a panel over and lays everything out for training. Nothing large is allocated before it is known to fit.
 *
 * @param asked steps of the forecasts to come, where they are known.
 */
export function prepare(
  family: NetworkFamily,
  panel: Panel,
  chosen: Settings,
  seed: number,
  asked: number | null = null,
): TrainingJob {
  if (chosen.kernel === "fused" && !kernelAvailable("fused")) {
    throw usageError(
      "bad-kernel",
      "kernel",
      "fused",
      "This machine does not support relaxed SIMD, which the fused kernel needs (Node 22 or later); leave kernel=fused out.",
    );
  }
  checkPanel(family, panel, chosen);
  const usable = panel.filter(isUsable);
  const settings = withHorizon(chosen, usable, asked);
  const config = configure(family, settings, usable);
  const { context, horizon } = windowLength(family, settings, usable);
  const outline = planOf(settings, config, context + horizon - 1, seed);
  checkMemory(outline, config, usable);
  const power = settings.sampling === "scale" ? 1 : 0;
  const held = horizon * validationStretches(usable, horizon);
  const data = dataset(config, usable, { held, needed: horizon + 1, power });
  checkTargets(family, data, usable);
  const { batch, scheduled, kernel } = settings;
  const plan = { ...outline, start: linearStart(config, data) };
  const windows = { batch, horizon, scheduled };
  return { plan, config, data, windows, kernel, memory: trainingMemory(plan) };
}

/** Fewer validation windows than this make the best epoch a matter of luck. */
const ENOUGH_WINDOWS = 64;
const LARGEST_SHARE = 0.15;

/** How many stretches of `horizon` rows each series holds back: one, or more where there are few series. */
function validationStretches(panel: Panel, horizon: number): number {
  const lengths = panel.map(({ y }) => y.length).sort((a, b) => a - b);
  const room = Math.floor((LARGEST_SHARE * lengths[lengths.length >> 1]!) / horizon);
  return Math.max(1, Math.min(Math.ceil(ENOUGH_WINDOWS / panel.length), room));
}

function planOf(settings: Settings, config: NetworkConfig, steps: number, seed: number): TrainingPlan {
  return {
    shape: shapeOf(config),
    likelihood: config.likelihood,
    steps,
    batch: settings.batch,
    batches: settings.batches,
    epochs: settings.epochs,
    learningRate: settings.rate,
    weightDecay: settings.decay,
    clip: CLIP,
    dropout: settings.dropout,
    averaging: AVERAGING,
    plateau: PLATEAU,
    patience: PATIENCE,
    seconds: settings.timeBudget,
    seed,
    start: null,
  };
}

/** Whether a series can be learned from: it needs a value, and one after it. */
export function isUsable(series: Series): boolean {
  return observedCount(series) >= 2;
}

function observedCount({ y }: Series): number {
  return y.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
}

/** @throws YuleError naming the series, what is wrong with it, and what to do. */
function checkPanel(family: NetworkFamily, panel: Panel, settings: Settings): void {
  const first = panel[0];
  if (first === undefined) {
    throw dataError("no-series", "panel", 0, "There is no series to train on; give at least one.");
  }
  for (const series of panel) {
    checkKinship(series, first);
    checkSeries(family, series, settings);
  }
  if (!panel.some(isUsable)) {
    const what = panel.length === 1 ? `${first.id} has` : "Every series of the panel has";
    throw dataError(
      "series-too-short",
      first.id,
      observedCount(first),
      `${what} fewer than two observed values; the model ${family.name} needs more, and dozens to be of use.`,
    );
  }
  for (const source of settings.categories) {
    if (source === "id" || first.inputs.names.includes(source)) continue;
    throw usageError(
      "bad-categories",
      "categories",
      source,
      `The category ${source} is neither id nor an input (${first.inputs.names.join(", ") || "there are none"}).`,
    );
  }
}

/** One model needs one frequency, one period and one set of regressors. */
function checkKinship(series: Series, first: Series): void {
  const frequency = ({ time }: Series) =>
    time === null ? "none" : `${time.frequency.count} ${time.frequency.unit}`;
  if (frequency(series) !== frequency(first) || series.period !== first.period) {
    throw dataError(
      "mismatched-frequency",
      series.id,
      frequency(series),
      `${series.id} has frequency ${frequency(series)} and period ${series.period}, ${first.id} ${frequency(first)} and ${first.period}; one model needs series of one kind: split the panel.`,
    );
  }
  if (series.inputs.names.join("\n") !== first.inputs.names.join("\n")) {
    throw dataError(
      "bad-inputs",
      series.id,
      series.inputs.names,
      `${series.id} has the inputs ${series.inputs.names.join(", ") || "none"}, ${first.id} ${first.inputs.names.join(", ") || "none"}; all series need the same ones in the same order.`,
    );
  }
}

/** Why a series cannot be forecast by a network whatever the others of its panel are; null where it can. */
export function refusalOf(family: NetworkFamily, series: Series, settings: Settings): YuleError | null {
  if (observedCount(series) === 0) {
    return dataError(
      "no-values",
      series.id,
      0,
      `All values of ${series.id} are missing, so ${family.name} cannot forecast it; leave the series out.`,
    );
  }
  try {
    checkSeries(family, series, settings);
    return null;
  } catch (error) {
    if (error instanceof YuleError) return error;
    throw error;
  }
}

/** The longest line of a raster: its memory holds a line and a half a layer for every path. */
const LONGEST_LINE = 1000;

function checkSeries({ name, core }: NetworkFamily, series: Series, settings: Settings): void {
  const { id, period } = series;
  if (core === "raster" && (period < 2 || period > LONGEST_LINE)) {
    throw dataError(
      "bad-period",
      id,
      period,
      `${id} has the period ${period}; ${name} needs one from 2 to ${LONGEST_LINE}: give the frequency or the period of the series, or use wavenet.`,
    );
  }
  checkValues(name, series, settings);
}

function checkValues(name: string, { id, y, inputs }: Series, { likelihood, tokens }: Settings): void {
  const large = y.findIndex((value) => Math.abs(value) > LARGEST);
  if (large >= 0) {
    throw dataError(
      "value-too-large",
      id,
      y[large],
      `${id} is ${y[large]} at row ${large + 1}; ${name} computes in single precision and takes values up to ${LARGEST}: divide the series.`,
    );
  }
  inputs.columns.forEach((column, i) => {
    const hole = column.findIndex((value) => !Number.isFinite(value));
    if (hole < 0) return;
    throw dataError(
      "bad-inputs",
      inputs.names[i]!,
      column[hole],
      `Input ${inputs.names[i]} of ${id} is ${column[hole]} at row ${hole + 1}; it must be a number.`,
    );
  });
  const counts = likelihood === "categorical" && tokens === "counts";
  if (likelihood !== "negative-binomial" && !counts) return;
  const odd = y.findIndex((value) => !Number.isNaN(value) && !(value >= 0 && Number.isInteger(value)));
  if (odd >= 0) {
    throw dataError(
      "not-counts",
      id,
      y[odd],
      `${id} is ${y[odd]} at row ${odd + 1}; ${counts ? "tokens=counts" : "negative-binomial"} is for counts 0, 1, 2, …: use likelihood=student-t.`,
    );
  }
  const many = counts ? y.findIndex((value) => value >= MOST_TOKENS) : -1;
  if (many < 0) return;
  throw dataError(
    "too-many-tokens",
    id,
    y[many],
    `${id} is ${y[many]} at row ${many + 1}; tokens=counts takes counts below ${MOST_TOKENS}: use tokens=quantile or likelihood=negative-binomial.`,
  );
}

function checkMemory(plan: TrainingPlan, config: NetworkConfig, panel: Panel): void {
  const bytes = 4 * trainingLayout(plan).cells + datasetBytes(config, panel);
  if (bytes <= MOST_BYTES) return;
  const [needed, most] = [bytes, MOST_BYTES].map((count) => (count / 1_073_741_824).toFixed(1));
  throw usageError(
    "too-much-memory",
    "hidden",
    config.hidden,
    `Training would take ${needed} GiB, more than ${most}; lower hidden (${config.hidden}), batch (${plan.batch}), context and horizon (${plan.steps} steps together), or the number of lags (${config.lags.length}).`,
  );
}

/** Zeros alone have no scale, and no value after them can be learned from. */
function checkTargets({ name }: NetworkFamily, data: Dataset, panel: Panel): void {
  if (data.targets.some((weight) => weight > 0)) return;
  const what = panel.length === 1 ? panel[0]!.id : "The panel";
  throw dataError(
    "no-variation",
    panel[0]!.id,
    0,
    `${what} has no value after a nonzero one: ${name} cannot be trained on it; use the model naive.`,
  );
}
