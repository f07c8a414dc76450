import { requireModel } from "../../core/arguments/objects.js";
import { type OptionTable, requireOptions } from "../../core/arguments/options.js";
import { requireInteger, show } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { FitOptions, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { inputModel } from "../guard.js";
import { withMissing } from "../missing.js";
import { writeNotation } from "../notation.js";
import { originOf } from "../origin.js";
import {
  type FourierParams,
  type FourierState,
  fourierProcess,
  type Harmonics,
  waveNames,
  withWaves,
} from "./fourier-process.js";

export interface FourierOptions {
  /** Seasonal periods, e.g. `[24, 168]` or `[52.18]`, 2 to 100,000 steps; default: the period of the series. */
  readonly periods?: readonly number[];
  /** Pairs of waves for each period, at most half of it; `"auto"` (default): as many as lower AICc, the same effort for all. */
  readonly harmonics?: readonly number[] | "auto";
}

/** No more pairs than this are tried by themselves. */
const MOST = 10;

const WITH_FOURIER_OPTIONS: OptionTable<FourierOptions> = {
  periods: "numbers",
  harmonics: "anything",
};

/**
 * A model with sine and cosine waves of the season as inputs, for seasons too long for the model itself. They are made and
 * extended into the future by themselves. The model must take inputs, as arima does.
 *
 * @throws YuleError `bad-periods`, `bad-harmonics`, `no-season`; when fitting what the model throws.
 * @see R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (2021), section 10.5.
 * @example forecast(withFourier(arima({ order: [2, 0, 0] }), { periods: [24, 168], harmonics: [4, 3] }).fit(load));
 */
export function withFourier(model: Model, options: FourierOptions = {}): Model {
  requireModel(model, "withFourier takes");
  requireOptions("withFourier", options, WITH_FOURIER_OPTIONS);
  check(options);
  return inputModel({
    notation: fourierNotation(model.notation, options),
    missing: "keep",
    fit: (series, fitOptions) => fitFourier(model, series, options, fitOptions),
  });
}

type FourierFitted = Fitted<FourierParams<unknown>, FourierState<unknown>>;

function fitFourier(
  model: Model,
  series: Series,
  options: FourierOptions,
  fitOptions?: FitOptions,
): FourierFitted {
  const periods = (options.periods ?? [series.cycle ?? series.period]).filter((period) => period > 1);
  if (periods.length === 0) {
    throw usageError(
      "no-season",
      "period",
      series.period,
      `Fourier inputs need a season and ${series.id} has none; give one as in fourier(${model.notation})[12].`,
    );
  }
  const { harmonics = "auto" } = options;
  if (harmonics !== "auto") {
    const counts = periods.map((period, i) => ({ period, count: harmonics[i]! }));
    return fitWith(model, series, counts, options, fitOptions);
  }
  return choose(model, series, periods, options, fitOptions);
}

/** Adds pairs to one period after the other as long as AICc falls. */
function choose(
  model: Model,
  series: Series,
  periods: readonly number[],
  options: FourierOptions,
  fitOptions?: FitOptions,
): FourierFitted {
  let counts = periods.map((period) => ({ period, count: 1 }));
  let best = fitWith(model, series, counts, options, fitOptions);
  periods.forEach((period, i) => {
    while (counts[i]!.count < Math.min(MOST, Math.floor(period / 2))) {
      const more = counts.map((item, j) => (j === i ? { period, count: item.count + 1 } : item));
      const next = fitWith(model, series, more, options, fitOptions);
      if (!(next.report.aicc < best.report.aicc)) break;
      counts = more;
      best = next;
    }
  });
  const message = `Chose ${counts.map(({ period, count }) => `${count} pairs of waves for the season of ${period}`).join(", ")} by AICc.`;
  const note: Note = { code: "harmonics-chosen", severity: "info", message };
  return { ...best, report: { ...best.report, notes: [note, ...best.report.notes] } };
}

function fitWith(
  model: Model,
  series: Series,
  harmonics: readonly Harmonics[],
  options: FourierOptions,
  fitOptions?: FitOptions,
): FourierFitted {
  const inner = withMissing(model).fit({ ...withWaves(series, harmonics), period: 1 }, fitOptions);
  requireTaken(inner, harmonics);
  const chosen = { ...options, harmonics: harmonics.map(({ count }) => count) };
  return {
    ...inner,
    notation: fourierNotation(inner.notation, chosen, harmonics),
    process: fourierProcess(inner.process),
    params: { harmonics, inner: inner.params },
    state: { inner: inner.state, count: series.y.length },
    origin: originOf(series),
    history: series,
  };
}

/** @throws YuleError `no-inputs` where the model has no use for waves. */
function requireTaken({ notation, origin }: Fitted, harmonics: readonly Harmonics[]): void {
  if (waveNames(harmonics).every((name) => origin.inputNames.includes(name))) return;
  throw usageError(
    "no-inputs",
    "model",
    notation,
    `The model ${notation} takes no inputs, so waves of the season are of no use to it; fourier needs one such as arima or auto-arima, and mstl takes any.`,
  );
}

function check({ periods, harmonics }: FourierOptions): void {
  if (periods !== undefined && periods.length === 0) {
    throw usageError(
      "bad-periods",
      "periods",
      periods,
      "There must be at least one period, e.g. periods=24+168.",
    );
  }
  for (const period of periods ?? []) {
    if (period >= 2 && period <= 100_000) continue;
    throw usageError(
      "bad-periods",
      "periods",
      period,
      `A period must be from 2 to 100000 steps, not ${period}.`,
    );
  }
  if (harmonics === undefined || harmonics === "auto") return;
  if (!Array.isArray(harmonics)) {
    throw usageError(
      "bad-harmonics",
      "harmonics",
      harmonics,
      `The harmonics must be auto or a list of one number a period, not ${show(harmonics)}.`,
    );
  }
  if (harmonics.length !== (periods?.length ?? 1)) {
    throw usageError(
      "bad-harmonics",
      "harmonics",
      harmonics,
      `There must be one number of harmonics for each period: ${periods?.length ?? 1}, not ${harmonics.length}.`,
    );
  }
  harmonics.forEach((count, i) => {
    requireInteger("harmonics", count, 1, Math.floor((periods?.[i] ?? 100_000) / 2));
  });
}

function fourierNotation(
  inner: string,
  { periods, harmonics = "auto" }: FourierOptions,
  fitted?: readonly Harmonics[],
): string {
  const options: [string, string | number][] = [];
  const all = periods ?? fitted?.map(({ period }) => period);
  const single = all?.length === 1 ? all[0]! : null;
  if (all !== undefined && single === null) options.push(["periods", all.join("+")]);
  if (harmonics !== "auto") options.push(["harmonics", harmonics.join("+")]);
  return writeNotation("fourier", [[inner]], options, single);
}
