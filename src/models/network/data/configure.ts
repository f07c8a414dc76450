import type { Panel } from "../../../core/series.js";
import { defaultHorizon } from "../../../engine/forecast.js";
import { largestOf } from "../../../math/extremes.js";
import { square } from "../../../math/power.js";
import { log64 } from "../../../neural/kernel/twin/double.js";
import { cyclesOf } from "../../shared/calendar-cycles.js";
import { defaultLags } from "../../shared/default-lags.js";
import type { NetworkFamily } from "../family.js";
import type { Category, InputScaling, NetworkConfig } from "./config.js";
import { categoryValue } from "./dataset.js";
import type { Settings } from "./options.js";
import { NO_SCALE, scaleAfter, scaleOf } from "./scale.js";
import { binTokens, countTokens, type Tokens } from "./tokens.js";

const LONGEST_HORIZON = 48;

/** How long a training window is: `context` steps, then those the forecast would take. */
export interface WindowLength {
  readonly context: number;
  readonly horizon: number;
}

/** The settings with the horizon that was asked for, at most half a series: rows must be left to learn from beside those held back. */
export function withHorizon(settings: Settings, panel: Panel, asked: number | null): Settings {
  if (settings.horizon !== null || asked === null) return settings;
  const room = Math.max(1, Math.floor((medianLength(panel) - 1) / 2));
  return { ...settings, horizon: Math.min(asked, room) };
}

/** By default two periods ahead, but no more than a quarter of a series: short ones must leave rows to validate on. */
export function windowLength({ periods }: NetworkFamily, settings: Settings, panel: Panel): WindowLength {
  const { period } = panel[0]!;
  const room = Math.max(1, Math.floor(medianLength(panel) / 4));
  const horizon = settings.horizon ?? Math.min(LONGEST_HORIZON, defaultHorizon(period), room);
  return { horizon, context: settings.context ?? Math.min(168, Math.max(horizon, periods * period)) };
}

function medianLength(panel: Panel): number {
  const lengths = panel.map(({ y }) => y.length).sort((a, b) => a - b);
  return lengths[lengths.length >> 1]!;
}

/** The inputs of the network for this panel. */
export function configure(family: NetworkFamily, settings: Settings, panel: Panel): NetworkConfig {
  const { period, time } = panel[0]!;
  const frequency = time?.frequency ?? null;
  const longest = largestOf(panel.map(({ y }) => y.length));
  const { context } = windowLength(family, settings, panel);
  const fade = 1 - 1 / Math.max(2, context);
  const config: NetworkConfig = {
    ...(family.core === "recurrent" ? {} : { core: family.core }),
    ...(family.core === "transformer" ? { span: context } : {}),
    likelihood: settings.likelihood,
    hidden: settings.hidden,
    layers: settings.layers,
    lags: settings.lags ?? defaultLags(frequency, period, Math.max(1, Math.floor(medianLength(panel) / 2))),
    period,
    frequency,
    cycles: frequency === null ? [] : cyclesOf(frequency, longest),
    inputs: inputScalings(panel),
    categories: settings.categories.map((source) => categoryOf(panel, source)),
    fade,
    logScale: logScaleMoments(panel, fade),
    low: settings.min ?? (panel.some(({ y }) => y.some((value) => value < 0)) ? null : 0),
    high: settings.max,
  };
  return settings.likelihood === "categorical"
    ? { ...config, tokens: tokensOf(settings, panel, config) }
    : config;
}

function tokensOf({ tokens, bins }: Settings, panel: Panel, { fade, low }: NetworkConfig): Tokens {
  return tokens === "counts" ? countTokens(panel) : binTokens(panel, fade, tokens, bins, low === 0);
}

function categoryOf(panel: Panel, source: string): Category {
  return { source, values: [...new Set(panel.map((series) => categoryValue(series, source)))] };
}

/** Mean and standard deviation of each regressor over the panel; deviation 1 where it is constant. */
function inputScalings(panel: Panel): InputScaling[] {
  return panel[0]!.inputs.names.map((name, i) => {
    const columns = panel.map(({ inputs }) => inputs.columns[i]!);
    const { mean, deviation } = moments(columns);
    return { name, mean, deviation };
  });
}

function moments(columns: readonly Float64Array[]): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  for (const column of columns) {
    for (const value of column) sum += value;
    count += column.length;
  }
  const mean = sum / count;
  let squares = 0;
  for (const column of columns) for (const value of column) squares += square(value - mean);
  const deviation = Math.sqrt(squares / count);
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}

/** Mean and deviation of each series' ln scale at its end. */
function logScaleMoments(panel: Panel, fade: number): NetworkConfig["logScale"] {
  const logs = Float64Array.from(panel, ({ y }) => {
    let scale = NO_SCALE;
    for (const value of y) scale = scaleAfter(scale, value, fade);
    return log64(scaleOf(scale));
  });
  const { mean, deviation } = moments([logs]);
  return { mean, deviation: Math.max(deviation, 0.5) };
}
