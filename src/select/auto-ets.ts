import { dataError } from "../core/errors.js";
import type { Fitted, Model, Note } from "../core/model.js";
import type { Series } from "../core/series.js";
import { defineModel, makeModel } from "../models/contract/define.js";
import { flag, whole, word } from "../models/contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../models/contract/schema.js";
import { assemble, type EtsFitted } from "../models/ets/fit.js";
import { type EtsParams, type EtsState, etsProcess } from "../models/ets/index.js";
import { type EtsForm, formNotation } from "../models/ets/recursion/form.js";
import { type EtsDetails, estimatedNumbers } from "../models/ets/report.js";
import {
  type EtsEstimate,
  FormSearch,
  type FormSearchOptions,
  QUICK_OPTIMISM,
} from "../models/ets/search/form-search.js";
import { finished, type PreparedStarts, prepareSeries } from "../models/ets/search/multi-start.js";
import { declineNote, flatterFit, reachesZero } from "./auto-ets-decline.js";

const AUTO_ETS_OPTIONS = {
  /** What is minimised: `"aicc"` (default), `"aic"` or `"bic"`. */
  criterion: option(word("aicc", "aic", "bic"), { default: "aicc", summary: "what is minimised" }),
  /** Steps in a season; default: the period of the series; 1 for none. */
  period: option(whole(1, 100_000), {
    unset: "the series' period",
    summary: "steps in a season, 1 for none",
  }),
  /**
   * `"full"` (default): every form from its commonest starts, those that come near the best from all. `"quick"`: the five
   * most promising forms from one start each, in a third of the time.
   */
  search: option(word("full", "quick"), {
    default: "full",
    summary: "every form, or the promising ones only",
  }),
  /** Whether slopes are damped: both are tried by default. */
  damped: option(flag, { unset: "both", summary: "whether trends are damped" }),
  /** Whether relative errors and multiplicative seasons are tried where the data are positive. Default true. */
  multiplicative: option(flag, {
    default: true,
    summary: "whether relative errors and multiplicative seasons are tried",
  }),
  /** Whether multiplicative trends are tried too. Default false: they diverge at long horizons. */
  multiplicativeTrend: option(flag, { default: false, summary: "whether multiplicative trends are tried" }),
};

export interface AutoEtsOptions extends OptionsOf<typeof AUTO_ETS_OPTIONS> {}

type Choice = ChoiceOf<typeof AUTO_ETS_OPTIONS>;

export type AutoEtsFitted = Fitted<EtsParams, EtsState, AutoEtsDetails>;

export type AutoEtsDetails = EtsDetails & {
  /** Every form that was tried, best first, and how far its criterion is above the best. */
  readonly search: readonly { readonly model: string; readonly aboveBest: number }[];
};

const NO_CHOICE: FormSearchOptions = { bounds: "both", fixed: {}, given: null };

/**
 * Chooses the form of exponential smoothing by an information criterion, every form at its maximum likelihood.
 *
 * Tried are, as by R's `ets`, both errors, no, additive and damped additive trends, no, additive and (with relative errors
 * only) multiplicative seasons of at most 100 steps: up to 15 forms. All are searched from their commonest starts, those that come near the best
 * from all. Missing values are kept.
 *
 * @param options see `AutoEtsOptions` for ranges and defaults.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-criterion`, `bad-period`; when fitting `series-too-short`, `value-range`.
 * @see R. J. Hyndman, A. B. Koehler, R. D. Snyder, S. Grose, International Journal of Forecasting 18 (2002), 439-454.
 * @example autoEts().fit(passengers).notation; // "ets(M,A,M)[12]"
 */
export function autoEts(options: AutoEtsOptions = {}): Model<AutoEtsFitted> {
  return makeModel(autoEtsModel, options);
}

/** `auto-ets`, `auto-ets(criterion=bic)[12]`. */
export const autoEtsModel = defineModel({
  name: "auto-ets",
  summary: "exponential smoothing, its form chosen by an information criterion",
  forms: ["auto-ets", "auto-ets[12]", "auto-ets(criterion=bic, damped=false)"],
  options: AUTO_ETS_OPTIONS,
  period: "period",
  inputs: "ignores",
  values: { squared: true },
  processes: [etsProcess],
  fit: (series, { choice, notation }) => choose(series, choice, notation),
});

/** One form on trial. */
interface Trial {
  readonly form: EtsForm;
  readonly search: FormSearch;
  /** What the criterion adds to twice the search's value. */
  readonly penalty: number;
}

/** A form this far above the best after its first searches is not searched further. */
const NEAR = 6;
/** First searches stop when their expected maximum is farther than this from the best, in log-likelihood. */
const MARGIN = 3;
/** Longer seasons need a free state for each step, which the criterion penalises heavily; `mstl` and `fourier` model them. */
const LONGEST_SEASON = 100;

/** Effort of the search: starts screened, starts tried first, forms tried, and whether the best forms get all starts. */
interface Effort {
  readonly basins: number;
  readonly starts: number;
  readonly forms: number;
  readonly further: boolean;
  readonly tolerance?: number;
}

const EFFORTS: Record<Choice["search"], Effort> = {
  full: { basins: 3, starts: 2, forms: Number.POSITIVE_INFINITY, further: true },
  quick: { basins: 2, starts: 1, forms: 5, further: false, tolerance: 1e-3 },
};

function choose(series: Series, options: Choice, notation: string): AutoEtsFitted {
  const prepared = prepareSeries(series);
  const all = trialsFor(series, prepared, options);
  if (all.length === 0) throw tooShort(series, prepared, notation);
  const trials = searched(all, EFFORTS[options.search]);
  const tried = trials.length;
  const ranked = trials.toSorted((a, b) => scoreOf(a) - scoreOf(b));
  // Over missing values the searches' value is not yet the exact one of linear forms.
  const finalists = prepared.gaps
    ? ranked.filter((trial) => scoreOf(trial) < scoreOf(ranked[0]!) + NEAR)
    : ranked;
  const fit = (some: readonly Trial[]) => {
    const best = bestOf(some, prepared);
    if (best === null) throw tooShort(series, prepared, notation);
    return assemble(best.form, series, prepared, best.estimate, NO_CHOICE, formNotation(best.form));
  };
  const first = fit(prepared.gaps ? finalists : finalists.slice(0, 1));
  const fitted = reachesZero(first, series)
    ? (flatterFit(ranked, (trial) => fit([trial]), series) ?? first)
    : first;
  const notes = seasonNotes(series, options.period ?? series.period);
  if (fitted !== first) notes.push(declineNote(first, fitted, series));
  return withChoice(fitted, ranked, tried, options.criterion, notes);
}

/** Searches the forms that promise most. @returns these. */
function searched(all: readonly Trial[], { basins, starts, forms, further }: Effort): readonly Trial[] {
  let best = Number.POSITIVE_INFINITY;
  const promises = new Map(all.map((trial) => [trial, 2 * trial.search.screen(basins) + trial.penalty]));
  const trials = all.toSorted((a, b) => promises.get(a)! - promises.get(b)!).slice(0, forms);
  for (const trial of trials) {
    trial.search.explore(starts, (best - trial.penalty) / 2 + MARGIN, QUICK_OPTIMISM);
    best = Math.min(best, scoreOf(trial));
  }
  if (further) goOn(trials, best);
  return trials;
}

/** Tries the forms that came near the best from the rest of their starts. */
function goOn(trials: readonly Trial[], first: number): void {
  let best = first;
  for (const trial of trials.toSorted((a, b) => scoreOf(a) - scoreOf(b))) {
    if (scoreOf(trial) > best + NEAR) break;
    trial.search.exploreAll((best - trial.penalty) / 2, QUICK_OPTIMISM);
    best = Math.min(best, scoreOf(trial));
  }
}

function scoreOf({ search, penalty }: Trial): number {
  return 2 * search.value + penalty;
}

function bestOf(
  finalists: readonly Trial[],
  prepared: PreparedStarts,
): { form: EtsForm; estimate: EtsEstimate } | null {
  let best: { form: EtsForm; estimate: EtsEstimate } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { form, search, penalty } of finalists) {
    const estimate = finished(search, form, prepared, NO_CHOICE);
    if (estimate === null) continue;
    const score = 2 * estimate.criterion + penalty;
    if (best !== null && score >= least) continue;
    least = score;
    best = { form, estimate };
  }
  return best;
}

/** The forms that the series allows; where no criterion is finite, the smallest alone. */
function trialsFor(series: Series, prepared: PreparedStarts, options: Choice): Trial[] {
  const { sample } = prepared;
  const n = sample.observed;
  const forms = formsFor(series, prepared, options);
  const { tolerance } = EFFORTS[options.search];
  const choice = tolerance === undefined ? NO_CHOICE : { ...NO_CHOICE, tolerance };
  const trials: Trial[] = [];
  for (const form of forms) {
    const k = estimatedNumbers(form, NO_CHOICE);
    const penalty = penaltyOf(options.criterion, k, n);
    if (n < k + 1 || !Number.isFinite(penalty)) continue;
    trials.push({ form, penalty, search: new FormSearch(form, sample, choice, prepared.screens) });
  }
  if (trials.length > 0 || n < estimatedNumbers(forms[0]!, NO_CHOICE) + 1) return trials;
  return [
    { form: forms[0]!, penalty: 0, search: new FormSearch(forms[0]!, sample, NO_CHOICE, prepared.screens) },
  ];
}

function penaltyOf(criterion: "aicc" | "aic" | "bic", k: number, n: number): number {
  if (criterion === "bic") return k * Math.log(n);
  if (criterion === "aic") return 2 * k;
  return n > k + 1 ? 2 * k + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY;
}

/** Forms in the order of their size, ets(A,N,N) first. A constant series has a level only. */
function formsFor(series: Series, prepared: PreparedStarts, options: Choice): EtsForm[] {
  const period = options.period ?? series.period;
  const { y } = prepared.sample;
  const seen = y.filter((value) => !Number.isNaN(value));
  const smallest: EtsForm = { error: "A", trend: "N", damped: false, season: "N", period: 1 };
  if (seen.every((value) => value === seen[0])) return [smallest];
  const relative = options.multiplicative && seen.every((value) => value > 0);
  const seasonal = period > 1 && period <= LONGEST_SEASON && y.length > period && everySeasonSeen(y, period);
  const trends: [EtsForm["trend"], boolean][] = [["N", false]];
  for (const trend of options.multiplicativeTrend && relative ? (["A", "M"] as const) : (["A"] as const)) {
    if (options.damped !== true) trends.push([trend, false]);
    if (options.damped !== false) trends.push([trend, true]);
  }
  const forms: EtsForm[] = [];
  for (const season of seasonal ? (["N", "A", "M"] as const) : (["N"] as const)) {
    for (const [trend, damped] of trends) {
      for (const error of relative ? (["A", "M"] as const) : (["A"] as const)) {
        // Additive errors with multiplicative parts divide by states that may vanish; so does an additive season of a growing level.
        if (error === "A" && (trend === "M" || season === "M")) continue;
        if (trend === "M" && season === "A") continue;
        if (season === "M" && !relative) continue;
        forms.push({ error, trend, damped, season, period: season === "N" ? 1 : period });
      }
    }
  }
  return forms;
}

function everySeasonSeen(y: Float64Array, period: number): boolean {
  const seen = new Uint8Array(period);
  y.forEach((value, t) => {
    if (!Number.isNaN(value)) seen[t % period] = 1;
  });
  return seen.every((flag) => flag === 1);
}

function seasonNotes(series: Series, period: number): Note[] {
  if (period <= LONGEST_SEASON) return [];
  return [
    {
      code: "season-too-long",
      severity: "warning",
      message: `The season of ${period} of ${series.id} is longer than ${LONGEST_SEASON} and was left out by auto-ets; mstl(auto-ets) or fourier(auto-arima) model it.`,
      details: { period },
    },
  ];
}

/** The fitted model with what was tried and chosen. */
function withChoice(
  fitted: EtsFitted,
  ranked: readonly Trial[],
  tried: number,
  criterion: string,
  more: readonly Note[],
): AutoEtsFitted {
  const note: Note = {
    code: "form-chosen",
    severity: "info",
    message: `Chose ${fitted.notation} of ${tried} form${tried === 1 ? "" : "s"} by ${criterion}.`,
    details: { criterion, tried },
  };
  const best = scoreOf(ranked[0]!);
  const search = ranked.map((trial) => ({
    model: formNotation(trial.form),
    // The search of forms far above the best stopped early: their values are upper bounds.
    aboveBest: scoreOf(trial) - best,
  }));
  const { report } = fitted;
  return {
    ...fitted,
    report: { ...report, notes: [...report.notes, note, ...more], details: { ...report.details, search } },
  };
}

function tooShort(series: Series, { sample }: PreparedStarts, notation: string): Error {
  return dataError(
    "series-too-short",
    series.id,
    sample.observed,
    `The model ${notation} needs at least 4 observed values, ${series.id} has ${sample.observed}.`,
  );
}
