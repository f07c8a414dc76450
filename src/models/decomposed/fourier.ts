import { requireInteger } from "../../core/checks.js";
import { usageError } from "../../core/errors.js";
import type { Details, Fitted, Model, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { defineModel, type Given, makeModel } from "../contract/define.js";
import { list, number, whole, wordOr } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { withMissing } from "../missing.js";
import { originOf } from "../origin.js";
import {
  type FourierParams,
  type FourierState,
  fourierKind,
  fourierProcess,
  type Harmonics,
  waveNames,
  withWaves,
} from "./fourier-process.js";

/** No more pairs than this are tried by themselves. */
const MOST = 10;

const FOURIER_OPTIONS = {
  /** Seasonal periods, e.g. `[24, 168]` or `[52.18]`, 2 to 100,000 steps; default: the period of the series. */
  periods: option(
    list(number({ from: 2, to: 100_000 }), "numbers from 2 to 100000, at least one", (all) => all.length > 0),
    { unset: "the series' period", summary: "seasonal periods joined by +, e.g. 24+168" },
  ),
  /** Pairs of waves for each period, at most half of it; `"auto"` (default): as many as lower AICc, the same effort for all. */
  harmonics: option(wordOr(["auto"], list(whole(1, 50_000), "whole numbers, one a period")), {
    default: "auto",
    summary: "pairs of Fourier terms for each period, joined by +, or auto: by AICc",
  }),
};

export interface FourierOptions extends OptionsOf<typeof FOURIER_OPTIONS> {}

type Choice = ChoiceOf<typeof FOURIER_OPTIONS>;

/**
 * A model with sine and cosine terms of the season as regressors, for seasons too long for the model itself. They are computed for
 * the series and for the future. The model must take regressors, as arima does.
 *
 * @param model one that takes regressors: `arima`, `auto-arima` or a wrapper of these.
 * @param options see `FourierOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-periods`, `bad-harmonics`, `no-season`; when fitting what the model throws.
 * @see R. J. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (2021), section 10.5.
 * @example forecast(fourier(arima({ order: [2, 0, 0] }), { periods: [24, 168], harmonics: [4, 3] }).fit(hourlyLoad));
 */
export function fourier<D extends Details>(
  model: Model<Fitted<unknown, unknown, D>>,
  options: FourierOptions = {},
): Model<FourierFitted<D>> {
  return makeModel(fourierModel, options, [model]) as Model<FourierFitted<D>>;
}

/** @deprecated Use `fourier`. */
export const withFourier = fourier;

/** `fourier(arima(1,0,0), harmonics=3)[52]`. */
export const fourierModel = defineModel({
  name: "fourier",
  summary: "a regression model with Fourier terms of the season as inputs",
  forms: ["fourier(arima(1,0,0), harmonics=3)[52]", "fourier(arima(1,0,1), periods=24+168, harmonics=4+3)"],
  options: FOURIER_OPTIONS,
  holds: "one",
  period: "periods",
  inputs: "uses",
  resolve(kind, find) {
    const inner = fourierKind(kind);
    return inner === null ? null : (fourierProcess(find(inner)) as ReturnType<typeof find>);
  },
  check: requireEachPeriod,
  fit: fitFourier,
});

export type FourierFitted<D extends Details = Details> = Fitted<
  FourierParams<unknown>,
  FourierState<unknown>,
  D
>;

type GivenFourier = Given<typeof FOURIER_OPTIONS>;

function fitFourier(series: Series, given: GivenFourier): FourierFitted {
  const { choice, models } = given;
  const periods = (choice.periods ?? [series.cycle ?? series.period]).filter((period) => period > 1);
  if (periods.length === 0) {
    throw usageError(
      "no-season",
      "period",
      series.period,
      `Fourier inputs need a season and ${series.id} has none; give one as in fourier(${models[0]!.notation})[12].`,
    );
  }
  const { harmonics } = choice;
  if (harmonics === "auto") return choose(series, periods, given);
  const counts = periods.map((period, i) => ({ period, count: harmonics[i]! }));
  return fitWith(series, counts, given);
}

/** Adds pairs to one period after the other as long as AICc falls. */
function choose(series: Series, periods: readonly number[], given: GivenFourier): FourierFitted {
  let counts = periods.map((period) => ({ period, count: 1 }));
  let best = fitWith(series, counts, given);
  periods.forEach((period, i) => {
    while (counts[i]!.count < Math.min(MOST, Math.floor(period / 2))) {
      const more = counts.map((item, j) => (j === i ? { period, count: item.count + 1 } : item));
      const next = fitWith(series, more, given);
      if (!(next.report.aicc < best.report.aicc)) break;
      counts = more;
      best = next;
    }
  });
  const message = `Chose ${counts.map(({ period, count }) => `${count} pairs of waves for the season of ${period}`).join(", ")} by AICc.`;
  const note: Note = { code: "harmonics-chosen", severity: "info", message };
  return { ...best, report: { ...best.report, notes: [note, ...best.report.notes] } };
}

function fitWith(series: Series, harmonics: readonly Harmonics[], given: GivenFourier): FourierFitted {
  const { choice, models, options, written } = given;
  const inner = withMissing(models[0]!).fit({ ...withWaves(series, harmonics), period: 1 }, options);
  requireTaken(inner, harmonics);
  const periods = choice.periods ?? harmonics.map(({ period }) => period);
  return {
    ...inner,
    notation: written({ periods, harmonics: harmonics.map(({ count }) => count) }, [inner.notation]),
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
    `The model ${notation} takes no inputs, so it cannot use Fourier terms; fourier needs a model such as arima or auto-arima, and mstl takes any.`,
  );
}

/** @throws YuleError `bad-harmonics`. */
function requireEachPeriod({ periods, harmonics }: Choice): void {
  if (harmonics === "auto") return;
  const count = periods?.length ?? 1;
  if (harmonics.length !== count) {
    const message = `There must be one number of harmonics for each period: ${count}, not ${harmonics.length}.`;
    throw usageError("bad-harmonics", "harmonics", harmonics, message);
  }
  harmonics.forEach((pairs, i) => {
    requireInteger("harmonics", pairs, 1, Math.floor((periods?.[i] ?? 100_000) / 2));
  });
}
