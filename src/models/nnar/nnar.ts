import { dataError } from "../../core/errors.js";
import type { Fitted, Model } from "../../core/model.js";
import { inputRow, type Series } from "../../core/series.js";
import { square } from "../../math/power.js";
import { assembleFit } from "../contract/assemble.js";
import { defineModel, type Given, makeModel } from "../contract/define.js";
import { number, whole, wordOr } from "../contract/kinds.js";
import { type OptionsOf, option } from "../contract/schema.js";
import { constantNote } from "../origin.js";
import { withNote } from "../report.js";
import { calibrationOf, widthNote } from "./calibration.js";
import { chosenSteps, heldOutErrors, TRIAL } from "./held-out.js";
import { chosenOrder, lagsOf } from "./lags.js";
import { averaged, type Layout, weightCount } from "./network.js";
import { type Network, Predictor } from "./predictor.js";
import { type NnarParams, type NnarState, nnarProcess } from "./process.js";
import { type InputScaling, rowsOf, scalingOf } from "./rows.js";
import { trained } from "./training.js";

const NEED = 3;
const LEAST_ROWS = 2;

const NNAR_OPTIONS = {
  /** The last values that the networks read, p; `"auto"` (default) chooses the number by AIC of a linear autoregression. */
  order: option(wordOr(["auto"], whole(1, 1000)), {
    default: "auto",
    summary: "number of lags, or auto: by AIC of a linear autoregression",
  }),
  /** Values one to P seasons back that they read; `"auto"` (default): 1 where there are more than two seasons, else 0. */
  seasonal: option(wordOr(["auto"], whole(0, 100)), {
    default: "auto",
    summary: "number of seasonal lags, or auto: 1 from two seasons on",
  }),
  /** Units of the hidden layer; default: half of one more than the inputs, rounded. */
  hidden: option(whole(1, 200), {
    unset: "half of one more than the inputs",
    summary: "units of the hidden layer",
  }),
  /** Networks whose predictions are averaged; default 20. */
  networks: option(whole(1, 1000), { default: 20, summary: "networks that are averaged" }),
  /** Penalty λ on squared weights, in units of standardised values; default 0.0001. */
  decay: option(number({ from: 0, to: 1e6 }), { default: 0.0001, summary: "penalty on squared weights" }),
  /** Start of the random first weights; default 1. */
  seed: option(whole(0, Number.MAX_SAFE_INTEGER), {
    default: 1,
    summary: "start of the random first weights",
  }),
  /** Steps in a season; default: the period of the series. */
  period: option(whole(1, 100_000), { unset: "the series' period", summary: "steps in a season" }),
};

/** What to fit; everything has a default. */
export interface NnarOptions extends OptionsOf<typeof NNAR_OPTIONS> {}

export interface NnarDetails {
  readonly [name: string]: unknown;
  readonly sigma2Definition: string;
  readonly lags: readonly number[];
  readonly hidden: number;
  readonly networks: number;
  /** Steps of the descent that each network was trained for. */
  readonly steps: number;
  /** Weights of each network. */
  readonly weights: number;
  readonly rows: number;
  readonly decay: number;
}

export type NnarFitted = Fitted<NnarParams, NnarState, NnarDetails>;

/**
 * Feed-forward autoregression of one series: the mean of several small networks that read the last values and those one season back.
 *
 * y_t = c + s · mean_k g_k(x_t) + e_t, g(x) = b + Σ_j v_j σ(b_j + w_j'x), σ(a) = 1/(1 + e^{−a}), x_t the lags 1 … p and m … Pm of
 * (y − c)/s and the inputs, e_t ~ N(0, σ²). Each network descends on ½ Σ error² + ½ λ Σ weight² from random weights of its own, for as
 * many steps as lower the errors of rows that are held back; from these come σ² and the widths of intervals. Point forecasts feed
 * predictions back; intervals come from simulated paths. Rows with a missing value are not learned from.
 *
 * @param options settings by name; each has a default.
 * @returns a model; its `fit(series)` estimates it and returns a fitted model.
 * @throws YuleError `bad-order`, `bad-seasonal`, `bad-hidden`, `bad-networks`, `bad-decay`, `bad-seed`, `bad-period`; when fitting
 *   `series-too-short`, `too-large`, `value-range`.
 * @see R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed. (2021), section 12.4.
 * @example forecast(nnar({ order: 8, networks: 5 }).fit(series(lynx)), { horizon: 10 }).mean;
 */
export function nnar(options: NnarOptions = {}): Model<NnarFitted> {
  return makeModel(nnarModel, options);
}

/** `nnar`, `nnar(3,1)[12]`. */
export const nnarModel = defineModel({
  name: "nnar",
  summary: "feed-forward autoregression of one series, the mean of several small networks",
  forms: ["nnar", "nnar(8,0)", "nnar(3,1)[12]"],
  options: NNAR_OPTIONS,
  positions: [["order", "seasonal"]],
  period: "period",
  inputs: "uses",
  values: { observed: NEED, squared: true },
  processes: [nnarProcess],
  fit: fitNnar,
});

function fitNnar(series: Series, { choice, options, written }: Given<typeof NNAR_OPTIONS>): NnarFitted {
  const { order, seasonal, hidden: asked, networks, decay, seed } = choice;
  const period = choice.period ?? series.period;
  const { y, id } = series;
  const turns = seasonal === "auto" ? (period > 1 && y.length > 2 * period ? 1 : 0) : seasonal;
  const p = order === "auto" ? chosenOrder(y, period) : order;
  const lags = lagsOf(p, turns, period);
  const reading = { lags, scaling: scalingOf(y), inputs: inputScalings(series) };
  const rows = rowsOf(series, reading);
  if (rows.target.length < LEAST_ROWS) throw tooFewRows(id, y.length, lags, rows.target.length);
  const read = lags.length + reading.inputs.length;
  const layout = { inputs: read, hidden: asked ?? halfToEven((read + 1) / 2) };
  const training = { networks, decay, seed, signal: options.signal };
  const constant = reading.scaling.scale === 0;
  const tried = (steps: number) =>
    heldOutErrors(series, layout, reading, rows, { ...training, steps, networks: 1 }, TRIAL)?.squares[0];
  const steps = constant ? 0 : chosenSteps(tried);
  const errors = constant ? null : heldOutErrors(series, layout, reading, rows, { ...training, steps });
  const found = constant ? constantNetworks(layout) : trained(layout, rows, { ...training, steps });
  const weights = averaged(layout, found);
  const network = {
    lags,
    inputs: reading.inputs,
    ...reading.scaling,
    hidden: found.length * layout.hidden,
    weights,
  };
  const sigma2 =
    errors === null
      ? finalPredictionError(series, network, rows.places, weightCount(layout))
      : errors.squares[0]! * square(network.scale);
  const params = { ...network, sigma2 };
  const fitted = assembleFit(nnarProcess, params, series, {
    notation: written({ order: p, seasonal: turns, period: turns > 0 ? period : null }),
    coefficients: {},
    sigma2,
    notes: constant ? [constantNote(series)] : [],
    details: {
      sigma2Definition: "mean squared one-step error of rows that the networks had not learned from",
      lags,
      hidden: layout.hidden,
      networks: found.length,
      steps,
      weights: weightCount(layout),
      rows: rows.target.length,
      decay,
    },
  });
  if (errors === null || sigma2 === 0) return fitted;
  const calibration = calibrationOf(fitted, errors, fitted.report.observations);
  return withNote({ ...fitted, calibration }, widthNote(calibration, errors.rows));
}

function constantNetworks(layout: Layout) {
  return [new Float64Array(weightCount(layout))];
}

/** Each regressor by its mean and standard deviation. */
function inputScalings({ inputs: { names, columns } }: Series): InputScaling[] {
  return names.map((name, i) => ({ name, ...scalingOf(Float64Array.from(columns[i]!)) }));
}

/**
 * One-step error variance from the rows learned from, where they are too few to hold any back: at most half of them count as taken up by
 * the weights.
 *
 * @see H. Akaike, Annals of the Institute of Statistical Mathematics 21 (1969), p. 243.
 */
function finalPredictionError(
  series: Series,
  network: Network,
  places: readonly number[],
  weights: number,
): number {
  const predictor = new Predictor(network);
  const { y, inputs } = series;
  const squares = places.reduce(
    (sum, t) => sum + square(y[t]! - predictor.predict(y, t, inputRow(inputs, t))),
    0,
  );
  const count = places.length;
  const taken = Math.min(weights, count / 2);
  return ((squares / count) * (count + taken)) / (count - taken);
}

/** The nearest whole number, of two as near the even one, as R rounds. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  const even = below % 2 === 0 ? below : below + 1;
  return Math.max(1, value - below === 0.5 ? even : Math.round(value));
}

function tooFewRows(id: string, n: number, lags: readonly number[], rows: number): Error {
  const message = `nnar is trained on rows whose lags ${lags.join(", ")} are all observed: ${rows} of the ${n} rows of ${id}, and it needs ${LEAST_ROWS}; take fewer lags, such as nnar(1,0).`;
  return dataError("series-too-short", id, n, message);
}
