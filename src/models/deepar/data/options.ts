import { requireInteger, show } from "../../../core/checks.js";
import { usageError } from "../../../core/errors.js";
import type { Likelihood } from "../../../neural/heads/head.js";
import type { KernelKind } from "../../../neural/kernel/load.js";

/** Options of `deepar`. */
export interface DeepArOptions {
  /** Stacked LSTM layers, 1 to 8; default 2. */
  readonly layers?: number;
  /** Hidden units a layer, a multiple of 4 up to 512; default 40. */
  readonly hidden?: number;
  /** Distribution of a value given its past; default `student-t`. `negative-binomial` is for counts. */
  readonly likelihood?: Likelihood;
  /** Steps of the past in a training window; default as many as the horizon, at least a period and at most 168. */
  readonly context?: number | null;
  /**
   * Steps ahead that training has in mind; default two periods, at most 48 and a quarter of a
   * series, or 10. Forecasts may go further.
   */
  readonly horizon?: number | null;
  /** How many steps back the network looks; default by frequency. */
  readonly lags?: readonly number[] | null;
  /** Static categories: `"id"` for the series' own, or regressors that hold a code; default none. */
  readonly categories?: readonly string[];
  /** Epochs at most; default 300. Training stops earlier when nothing improves. */
  readonly epochs?: number;
  /** Batches an epoch; default 50. */
  readonly batches?: number;
  /** Windows a batch, a multiple of 8; default 32. */
  readonly batch?: number;
  /** Learning rate at the start; default 0.003. */
  readonly rate?: number;
  /** Share of units left out between layers while training, below 1; default 0.2. */
  readonly dropout?: number;
  /** Decoupled weight decay; default 1e-8. */
  readonly decay?: number;
  /** Share of training steps that are fed the model's own draws instead of the past; default 0. */
  readonly scheduled?: number;
  /** Windows are drawn from all series alike (`uniform`, the default) or in proportion to their `scale`. */
  readonly sampling?: "scale" | "uniform";
  /** Seconds after which training stops with the best weights so far; default no limit. */
  readonly seconds?: number | null;
  /** Bound no value goes below; default 0 where no training value is negative. −Infinity for none. */
  readonly min?: number | null;
  /** Bound no value exceeds; default none. */
  readonly max?: number | null;
  /** Whether interval widths are corrected by what forecasts of held-out rows missed; default `calibrated`. */
  readonly intervals?: "calibrated" | "own";
  /** `fused` trains faster where relaxed SIMD is known (Node 22), with other last bits; default `strict`. */
  readonly kernel?: KernelKind;
}

export type Settings = Required<DeepArOptions>;

export const DEFAULTS: Settings = {
  layers: 2,
  hidden: 40,
  likelihood: "student-t",
  context: null,
  horizon: null,
  lags: null,
  categories: [],
  epochs: 300,
  batches: 50,
  batch: 32,
  rate: 0.003,
  dropout: 0.2,
  decay: 1e-8,
  scheduled: 0,
  sampling: "uniform",
  seconds: null,
  min: null,
  max: null,
  intervals: "calibrated",
  kernel: "strict",
};

const MOST_STEPS = 10_000;

/** The options with their defaults. @throws YuleError `bad-<option>`. */
export function settingsOf(options: DeepArOptions): Settings {
  const settings = { ...DEFAULTS, ...options };
  requireInteger("layers", settings.layers, 1, 8);
  requireMultiple("hidden", settings.hidden, 4, 512);
  requireMultiple("batch", settings.batch, 8, 1024);
  requireInteger("epochs", settings.epochs, 1, 100_000);
  requireInteger("batches", settings.batches, 1, 100_000);
  for (const name of ["context", "horizon"] as const) {
    if (settings[name] !== null) requireInteger(name, settings[name], 1, MOST_STEPS);
  }
  requireWithin("rate", settings.rate, 0, 1, "above 0 and at most 1", (value) => value > 0);
  requireWithin("dropout", settings.dropout, 0, 0.9, "from 0 to 0.9");
  requireWithin("decay", settings.decay, 0, 1, "from 0 to 1");
  requireWithin("scheduled", settings.scheduled, 0, 1, "from 0 to 1");
  if (settings.seconds !== null) {
    requireWithin("seconds", settings.seconds, 0, 1e9, "above 0", (value) => value > 0);
  }
  requireLags(settings.lags);
  requireBounds(settings);
  return settings;
}

function requireMultiple(name: string, value: number, of: number, most: number): void {
  requireInteger(name, value, of, most);
  if (value % of === 0) return;
  const near = of * Math.max(1, Math.round(value / of));
  throw usageError(
    `bad-${name}`,
    name,
    value,
    `The ${name} must be a multiple of ${of}, such as ${near}, not ${value}.`,
  );
}

function requireWithin(
  name: string,
  value: number,
  low: number,
  high: number,
  range: string,
  also: (value: number) => boolean = () => true,
): void {
  if (value >= low && value <= high && also(value)) return;
  throw usageError(`bad-${name}`, name, value, `The ${name} must be ${range}, not ${show(value)}.`);
}

function requireLags(lags: Settings["lags"]): void {
  if (lags === null) return;
  const ascending = lags.every((lag, i) => Number.isInteger(lag) && lag > (lags[i - 1] ?? 0));
  if (ascending && lags.length > 0 && lags.at(-1)! <= MOST_STEPS) return;
  throw usageError(
    "bad-lags",
    "lags",
    lags,
    `The lags must be ascending whole numbers from 1 to ${MOST_STEPS}, such as 1, 2, 12, not ${show(lags.join(", "))}.`,
  );
}

function requireBounds({ min, max, likelihood }: Settings): void {
  if (min !== null && max !== null && !(min < max)) {
    throw usageError("bad-min", "min", min, `The min must lie below the max, ${max}, not at ${min}.`);
  }
  if (likelihood !== "negative-binomial") return;
  if (min !== null && min > 0) {
    throw usageError(
      "bad-min",
      "min",
      min,
      `Counts begin at 0: a min of ${min} does not go with negative-binomial.`,
    );
  }
  if (max !== null && !Number.isInteger(max)) {
    throw usageError("bad-max", "max", max, `The max of counts must be a whole number, not ${max}.`);
  }
}
