import { dataError } from "../../core/errors.js";
import type { Fitted, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import {
  assembleEts,
  type EtsDetails,
  type EtsEstimate,
  type EtsFitted,
  type EtsForm,
  type EtsParams,
  type EtsState,
  estimatedNumbers,
  FormSearch,
  type FormSearchOptions,
  formNotation,
  outcomeOf,
  type PreparedStarts,
  prepareSeries,
  QUICK_OPTIMISM,
} from "../../models/ets/index.js";
import { declineNote, flatterFit, reachesZero } from "./decline.js";
import { formsFor, seasonNotes } from "./forms.js";
import type { AutoEtsChoice } from "./options.js";

export type AutoEtsFitted = Fitted<EtsParams, EtsState, AutoEtsDetails>;

export type AutoEtsDetails = EtsDetails & {
  /** Every form that was tried, best first, and how far its criterion is above the best. */
  readonly search: readonly { readonly model: string; readonly aboveBest: number }[];
};

const NO_CHOICE: FormSearchOptions = { bounds: "both", fixed: {}, given: null };

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
/** Effort of the search: starts screened, starts tried first, forms tried, and whether the best forms get all starts. */
interface Effort {
  readonly basins: number;
  readonly starts: number;
  readonly forms: number;
  readonly further: boolean;
  readonly tolerance?: number;
}

const EFFORTS: Record<AutoEtsChoice["search"], Effort> = {
  full: { basins: 3, starts: 2, forms: Number.POSITIVE_INFINITY, further: true },
  quick: { basins: 2, starts: 1, forms: 5, further: false, tolerance: 1e-3 },
};

/** Searches the forms that the series allows and fits the best by the criterion. */
export function fitAutoEts(series: Series, options: AutoEtsChoice, notation: string): AutoEtsFitted {
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
    return assembleEts(best.form, series, prepared, best.estimate, NO_CHOICE, formNotation(best.form));
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
    const estimate = outcomeOf(search, form, prepared, NO_CHOICE);
    if (estimate === null) continue;
    const score = 2 * estimate.criterion + penalty;
    if (best !== null && score >= least) continue;
    least = score;
    best = { form, estimate };
  }
  return best;
}

/** The forms that the series allows; where no criterion is finite, the smallest alone. */
function trialsFor(series: Series, prepared: PreparedStarts, options: AutoEtsChoice): Trial[] {
  const { sample } = prepared;
  const n = sample.observed;
  const forms = formsFor(series, sample.y, options);
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
