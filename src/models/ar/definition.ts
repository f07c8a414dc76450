import { YuleError } from "../../core/errors.js";
import type { Fitted, Note } from "../../core/model.js";
import type { Series } from "../../core/series.js";
import { replay } from "../../engine/replay.js";
import { defineModel, type Given } from "../contract/define.js";
import { flag, whole, word, wordOr } from "../contract/kinds.js";
import { type ChoiceOf, type OptionsOf, option } from "../contract/schema.js";
import { originOf } from "../origin.js";
import type { ArEstimate, ArMethod } from "./estimation/estimate.js";
import { likelihoodLimit, MLE_MAX_ORDER, maximised } from "./estimation/maximum-likelihood.js";
import { type ArOptions, type CentredSeries, defaultMaxOrder, prepare } from "./likelihood/prepare.js";
import type { ArParams, ArState } from "./memory.js";
import { arParams } from "./params.js";
import { arProcess } from "./process.js";
import { type ArDetails, arReport } from "./report.js";

/** No order above this: its Yule-Walker equations alone would fill the memory. */
const HIGHEST = 5000;

const AR_OPTIONS = {
  /** The order p, or `"auto"` (default) to choose it. */
  order: option(wordOr(["auto"], whole(0, HIGHEST)), {
    default: "auto",
    summary: "the order, or auto: chosen",
  }),
  /**
   * `"mle"` (default): exact maximum likelihood, the most accurate. `"yule-walker"` and `"burg"`: closed forms, always
   * stationary. `"ols"`: least squares, the only one that may find a non-stationary model.
   */
  method: option(word("mle", "yule-walker", "burg", "ols"), {
    default: "mle",
    summary: "exact maximum likelihood, Yule-Walker, Burg, or least squares",
  }),
  /** What `"auto"` minimises: `"aic"` (default), `"aicc"` or `"bic"`. */
  criterion: option(word("aic", "aicc", "bic"), { default: "aic", summary: "what ar(auto) minimises" }),
  /** Highest order `"auto"` considers; default ⌊10·log₁₀ n⌋, for `"mle"` at most 12. */
  maxOrder: option(whole(0, HIGHEST), {
    unset: "10 log10 n, for mle at most 12",
    summary: "highest order ar(auto) considers",
  }),
  /** Whether there is a mean (default) or the series varies around 0. */
  mean: option(flag, { default: true, summary: "whether there is a mean other than 0" }),
};

/** What to fit; everything has a default. */
export interface ArModelOptions extends OptionsOf<typeof AR_OPTIONS> {}

type Choice = ChoiceOf<typeof AR_OPTIONS>;

export type ArFitted = Fitted<ArParams, ArState, ArDetails>;

/** Another way to estimate than maximum likelihood. */
export interface Estimator {
  readonly estimate: (y: Float64Array, options: ArOptions) => ArEstimate;
  /** The highest order that so many observed values allow, where that is less than for maximum likelihood. */
  readonly limit?: (count: number, hasMean: boolean) => number;
}

/** The methods that options may name beside `mle`. */
export type Estimators = Readonly<Partial<Record<Exclude<ArMethod, "mle">, Estimator>>>;

/** The definition with the methods that its options may name: with fewer of them a page is smaller. */
export function arWith(estimators: Estimators) {
  return defineModel({
    name: "ar",
    summary: "autoregression of a given or chosen order, with exact normal intervals",
    forms: ["ar(3)", "ar(auto)", "ar(3, method=burg)"],
    options: AR_OPTIONS,
    positions: [["order"]],
    // How an order was chosen is no part of the model that has it.
    unwritten: ({ order }) => (order === "auto" ? [] : ["criterion", "maxOrder"]),
    inputs: "refuses",
    insteadOfInputs: "arima(p,0,0) is the autoregression that does",
    processes: [arProcess],
    fit: (series, given) => fitAr(series, given, estimators),
  });
}

function fitAr(
  series: Series,
  { choice, written, options: { brief = false } }: Given<typeof AR_OPTIONS>,
  estimators: Estimators,
): ArFitted {
  const prepared = prepare(series.y, choice.mean, series.id);
  const notes: Note[] = [];
  const estimate = estimated(series, prepared, choice, { brief, estimators }, notes);
  const params = arParams(estimate);
  return {
    notation: written({ order: estimate.order, method: estimate.method }),
    process: arProcess,
    params,
    state: stateAfter(params, series),
    report: arReport(
      series,
      prepared,
      estimate,
      params,
      { mean: choice.mean, searched: choice.order === "auto", brief },
      notes,
    ),
    origin: originOf(series),
    history: series,
  };
}

interface How {
  readonly estimators: Estimators;
  readonly brief: boolean;
}

/** By the method asked for, or by maximum likelihood where gaps leave that one no answer; the notes say which. */
function estimated(
  series: Series,
  prepared: CentredSeries,
  choice: Choice,
  how: How,
  notes: Note[],
): ArEstimate {
  const { missing, raw, constant } = prepared;
  const by = (method: ArMethod) =>
    estimateBy(method, series.y, optionsFor(method, choice, prepared, how.estimators, notes), how);
  if (constant || choice.method === "mle") return by("mle");
  if (missing.length === 0) return by(choice.method);
  const count = `${missing.length} of ${raw.length} values are missing`;
  if (choice.method === "yule-walker") {
    try {
      const estimate = by("yule-walker");
      notes.push({
        code: "missing-pairs",
        severity: "warning",
        message: `${count}: the Yule-Walker equations use the pairs present; method=mle would use all that the gaps leave.`,
        details: { missing: missing.length },
      });
      return estimate;
    } catch (error) {
      if (!(error instanceof YuleError) || error.code !== "indefinite") throw error;
    }
  }
  notes.push({
    code: "method-changed",
    severity: "warning",
    message: `${count}, from which method=${choice.method} finds no model: exact maximum likelihood was used instead.`,
    details: { missing: missing.length, asked: choice.method },
  });
  return by("mle");
}

/** What the estimator is asked for: orders beyond what these values can support are lowered, and that is said. */
function optionsFor(
  method: ArMethod,
  choice: Choice,
  prepared: CentredSeries,
  estimators: Estimators,
  notes: Note[],
): ArOptions {
  const own = method === "mle" ? undefined : estimators[method]?.limit;
  const limit = highestOrder(method, prepared, choice.mean, own);
  const shared = { criterion: choice.criterion, demean: choice.mean };
  if (choice.order === "auto") {
    const fallback = Math.min(defaultMaxOrder(prepared.count), method === "mle" ? MLE_MAX_ORDER : HIGHEST);
    return { ...shared, order: "auto", maxOrder: Math.min(choice.maxOrder ?? fallback, limit) };
  }
  if (choice.order > limit && !prepared.constant) {
    notes.push({
      code: "order-lowered",
      severity: "warning",
      message: `An autoregression of order ${choice.order} cannot be estimated from ${prepared.count} values: order ${limit} is used.`,
      details: { asked: choice.order, order: limit },
    });
  }
  return { ...shared, order: Math.min(choice.order, limit) };
}

function highestOrder(
  method: ArMethod,
  { constant, count, raw }: CentredSeries,
  hasMean: boolean,
  own: Estimator["limit"],
): number {
  if (constant) return 0;
  if (method === "yule-walker") return raw.length - 1;
  const sound = likelihoodLimit(count, raw.length, hasMean);
  return own === undefined ? sound : Math.min(sound, own(count, hasMean));
}

function estimateBy(
  method: ArMethod,
  y: Float64Array,
  options: ArOptions,
  { estimators, brief }: How,
): ArEstimate {
  return method === "mle" ? maximised(y, options, brief) : estimators[method]!.estimate(y, options);
}

/** Memory at the end of the series: its last p values, or where some are missing what replaying it leaves. */
function stateAfter(params: ArParams, series: Series): ArState {
  const order = params.ar.length;
  const values = series.y.slice(series.y.length - order).reverse();
  if (values.some(Number.isNaN)) return replay(arProcess, params, series).state;
  return { values, covariance: null, unbounded: null, pending: 0 };
}
