import type { Model } from "../../core/model.js";
import { ar } from "../../models/ar/index.js";
import { arima } from "../../models/arima/index.js";
import type { ArimaParams } from "../../models/arima/params.js";
import { drift, mean, naive, snaive } from "../../models/baselines/index.js";
import { fourier, mstl } from "../../models/decomposed/index.js";
import { holt } from "../../models/ets/index.js";
import { croston, imapa, tsb } from "../../models/intermittent/index.js";
import { withMissing } from "../../models/missing.js";
import { robustSes } from "../../models/robust/index.js";
import { theta } from "../../models/theta/index.js";
import { log } from "../../models/transformed/index.js";
import { autoArima } from "../auto-arima/index.js";
import { autoEts } from "../auto-ets.js";
import type { Candidate } from "../ensemble/members.js";
import { inside, settledAr, settledArima, settledEts, settledWaves } from "./settled.js";
import type { Traits } from "./traits.js";

/** Up to this many values only the last value and the mean take part. */
const FEW = 2;
/** Up to this many values only models with few estimates take part. */
export const SHORT = 9;
/** Up to this many values growth is not believed to go on at a constant rate for long. */
const FEW_FOR_GROWTH = 12;
/** Values from which an autoregression of chosen order takes part. */
const ENOUGH_FOR_AR = 20;
/** The highest order of an autoregression. */
const HIGHEST_ORDER = 12;
/** Values from which a damped trend of fixed form takes part. */
const ENOUGH_FOR_DAMPED = 32;
/** Up to this many values ARIMA models take part: beyond, their cost grows and autoregressions do as well. */
const MOST_FOR_ARIMA = 5000;
/** Shares of missing values up to and from which past forecasts are made from a series with its gaps filled. */
const FEW_MISSING = 0.2;
const MOST_MISSING = 0.7;
/** Rows up to which ARIMA models take part where so many are missing, as after a wrong year among the times. */
const MOST_ROWS_MISSING = 1000;
/** Seasons longer than this are taken out by decomposition rather than modelled. */
const LONGEST_MODELLED = 24;
/** Share of zeros from which models of intermittent demand take part. */
const SOME_ZEROS = 0.1;

/** Weight before past errors speak of models that help with some kinds of series and do a little harm with most. */
const SPECIAL = 0.5;
/** Weights before past errors speak of models whose form was chosen by likelihood from all values, of short series most of all. */
const CHOSEN = { short: 3, arima: 1.5, seasonalArima: 2, seasonalEts: 1.5 };
/** Weights before past errors speak of autoregressions where the series has a cycle, of damped trends, of last year's values. */
const CYCLIC = 2;
const DAMPED = 1.5;
const SAME_AGAIN = 0.5;
/** Values from which an autoregression of what the season leaves counts as much as others. */
const LONG = 100;
/** Where a series stands still most of the time, its last value counts for so many. */
const STANDS = 50;
/** Theta models are several and much alike: each has less weight before past errors speak. */
const ALIKE = { plain: 0.5, seasonal: 0.7 };

/** Values from which the form that a model chose says little of how well it did: past forecasts need no search of their own. */
const SETTLED = { seasonal: 50, plain: 200, season: 5, years: 12 };
const MONTHS = 12;

const dynamic = (period?: number) =>
  theta({ method: "dynamic", ...(period === undefined ? {} : { period }) });

/**
 * The models that may take part for a series of these traits, in the order they are reported. They differ in what they take
 * trend and season to be, so that their errors differ too; which of them do take part, past errors decide.
 */
export function candidatesFor(traits: Traits): readonly Candidate[] {
  const list = traits.inputs.length > 0 ? withInputs(traits) : plain(traits);
  const { missing } = traits;
  const fillsPast =
    traits.inputs.length === 0 && missing > 0 && (missing <= FEW_MISSING || missing >= MOST_MISSING);
  const settles = settlesOnce(traits);
  const treated = list.map(({ settled, ...one }) => ({
    ...one,
    ...(fillsPast ? { fillsPast } : {}),
    ...(settles && settled !== undefined ? { settled } : {}),
  }));
  return [...new Map(treated.map((one) => [one.model.notation, one])).values()];
}

/** A model, or one that chooses its form, with what makes past forecasts by the form it chose. */
type Contender = Model | Choosing;
type Choosing = Required<Pick<Candidate, "model" | "settled">> & Pick<Candidate, "final">;

/**
 * Whether a form chosen from the whole series makes the past forecasts. It knows a little of what it forecasts there: of quarters, and of
 * months beyond twelve years, whose searches are quick or whose season moves, that makes weights worse (the odd ids of the
 * tourism competition).
 */
function settlesOnce({ observed, periods }: Traits): boolean {
  const [period] = periods;
  if (period === undefined) return observed >= SETTLED.plain;
  if (period < SETTLED.season) return false;
  return observed >= SETTLED.seasonal && (period !== MONTHS || observed <= SETTLED.years * MONTHS);
}

const weighed = (prior: number, contenders: readonly Contender[]): Candidate[] =>
  contenders.map((one) => ("model" in one ? { ...one, prior } : { model: one, prior }));
const usual = (contenders: readonly Contender[]): Candidate[] => weighed(1, contenders);
const special = (contenders: readonly Contender[]): Candidate[] => weighed(SPECIAL, contenders);

const chosenArima = (period?: number): Choosing => ({
  model: autoArima({ search: "quick", ...(period === undefined ? {} : { period }) }),
  settled: settledArima,
});
const chosenEts = (period?: number): Choosing => ({
  model: autoEts({ search: "quick", ...(period === undefined ? {} : { period }) }),
  settled: settledEts,
});
/** Burg's method is quick to tell the order, gaps filled; likelihood then estimates that one alone. */
const chosenAr = (): Choosing => ({
  model: withMissing(ar({ method: "burg", maxOrder: HIGHEST_ORDER }), "interpolate"),
  settled: settledAr,
  final: settledAr,
});

/** The same inside another model. */
const within = ({ model, settled, final }: Choosing, wrap: (model: Model) => Model): Choosing => ({
  model: wrap(model),
  settled: inside(settled, wrap),
  ...(final === undefined ? {} : { final: inside(final, wrap) }),
});
const adjusted = (one: Choosing, options: Parameters<typeof mstl>[1] = {}) =>
  within(one, (model) => mstl(model, options));

function withInputs({ periods }: Traits): Candidate[] {
  const seasonal =
    periods.length > 0 ? [adjusted(chosenArima(), { periods }), waves(periods[0]!, [1, 0, 1])] : [];
  return usual([chosenArima(), ...seasonal]);
}

function plain(traits: Traits): Candidate[] {
  const { observed, periods, tooLong } = traits;
  if (traits.line && !traits.constant) return usual([drift()]);
  if (observed <= FEW || traits.constant) return usual([naive(), mean()]);
  if (observed <= SHORT) return short(traits);
  const seasonal = periods.length > 0 ? seasonalModels(traits) : nonSeasonal(traits);
  const still = traits.still ? weighed(STANDS, [naive()]) : [];
  const unsure = tooLong !== null && observed > tooLong + 2 ? barelySeasonal(tooLong) : [];
  return [...seasonal, ...usual([...unsure, ...intermittent(traits)]), ...still];
}

/** Whether ARIMA models take part: their cost grows with the rows, and with gaps once more. */
function isModerate({ observed, missing }: Traits): boolean {
  const rows = observed / (1 - missing);
  return observed <= MOST_FOR_ARIMA && (missing < MOST_MISSING || rows <= MOST_ROWS_MISSING);
}

/** The level, the last value, a straight line and growth at a constant rate, and what likelihoods choose among them. */
function short(traits: Traits): Candidate[] {
  return [
    ...usual([naive(), mean(), drift()]),
    ...(traits.grows ? special([log(drift())]) : []),
    ...weighed(CHOSEN.short, [traits.nonnegative ? withLevel(shortArima) : shortArima]),
  ];
}

const shortArima = autoArima({ search: "quick", period: 1 });

/** A model of orders chosen, which has a level: noise about 0 is no model of a few values that are all above 0. */
function withLevel(model: Model): Model {
  return {
    ...model,
    fit(series, options) {
      const fitted = model.fit(series, options);
      const { order, seasonal, period, mean } = fitted.params as ArimaParams;
      return order[1] > 0 || mean !== null ? fitted : arima({ order, seasonal, period }).fit(series, options);
    },
  };
}

/** Waves of the season with a small ARIMA of what is left. */
const waves = (period: number, order: readonly [number, number, number], harmonics?: number): Choosing => ({
  model: fourier(arima({ order }), {
    periods: [period],
    ...(harmonics === undefined ? {} : { harmonics: [harmonics] }),
  }),
  settled: settledWaves,
});

/** Whether logarithms are modelled: of values above 0, and of few ones where their growth would not leave the data far behind. */
const usesRatios = ({ positive, grows, observed }: Traits) =>
  positive && (grows || observed > FEW_FOR_GROWTH);
const byRatio = (traits: Traits) => (usesRatios(traits) ? log : (model: Model) => model);
const ratioOf = (one: Choosing, traits: Traits) => (usesRatios(traits) ? within(one, log) : one);

function nonSeasonal(traits: Traits): Candidate[] {
  const ratio = byRatio(traits);
  const arimas = isModerate(traits) ? [chosenArima(1)] : [];
  const autoregressions =
    traits.observed >= ENOUGH_FOR_AR
      ? weighed(traits.cyclic ? CYCLIC : SPECIAL, [chosenAr(), ratioOf(chosenAr(), traits)])
      : [];
  const long = traits.observed >= ENOUGH_FOR_AR ? [mean(), robustSes()] : [];
  const damped = traits.observed >= ENOUGH_FOR_DAMPED ? [holt({ damped: true })] : [];
  return [
    ...weighed(CHOSEN.arima, arimas),
    ...(traits.relative ? usual([within(chosenArima(1), log)]) : []),
    ...usual([chosenEts(1)]),
    ...weighed(ALIKE.plain, [dynamic(1), ratio(dynamic(1))]),
    ...usual([theta({ period: 1 }), naive()]),
    ...weighed(DAMPED, damped),
    ...special([ratioOf(chosenEts(1), traits), drift(), ...long]),
    ...autoregressions,
  ];
}

/** More than one season, fewer than two: last season's values, or one wave. */
function barelySeasonal(period: number): Contender[] {
  return [snaive(), waves(period, [0, 1, 1], 1), waves(period, [1, 0, 0], Math.min(2, period >> 1))];
}

function seasonalModels(traits: Traits): Candidate[] {
  const [first, second] = traits.periods;
  if (second !== undefined) return severalSeasons(traits);
  return first! > LONGEST_MODELLED ? longSeason(traits) : shortSeason(traits);
}

function shortSeason(traits: Traits): Candidate[] {
  const ratio = byRatio(traits);
  const period = traits.periods[0]!;
  const moderate = isModerate(traits);
  return [
    ...(moderate ? weighed(CHOSEN.seasonalArima, [chosenArima()]) : []),
    ...(traits.relative ? usual([within(chosenArima(), log)]) : []),
    // Additive forms that a decline is left to know no bound: their intervals would cover everything.
    ...weighed(CHOSEN.seasonalEts, [traits.relative ? within(chosenEts(), log) : chosenEts()]),
    ...weighed(ALIKE.seasonal, [dynamic(), theta()]),
    ...usual([ratio(mstl(dynamic()))]),
    ...weighed(SAME_AGAIN, [snaive()]),
    ...weighed(traits.observed >= LONG ? 1 : SPECIAL, [adjusted(chosenAr(), { window: "periodic" })]),
    ...special([
      chosenAr(),
      mstl(robustSes(), { robust: true }),
      ...(moderate ? [waves(period, [0, 1, 1])] : []),
    ]),
  ];
}

function longSeason(traits: Traits): Candidate[] {
  const ratio = byRatio(traits);
  const moderate = isModerate(traits);
  return [
    ...usual([
      adjusted(chosenEts()),
      ...(moderate ? [adjusted(chosenArima())] : []),
      ratio(mstl(dynamic())),
      snaive(),
    ]),
    ...special([
      adjusted(chosenAr(), { window: "periodic" }),
      mstl(robustSes(), { window: "periodic" }),
      chosenEts(1),
      dynamic(1),
      chosenAr(),
      ...(moderate ? [waves(traits.year ?? traits.periods[0]!, [1, 0, 1])] : []),
    ]),
  ];
}

function severalSeasons(traits: Traits): Candidate[] {
  const { periods } = traits;
  const moderate = isModerate(traits);
  return [
    ...usual([
      adjusted(chosenEts(), { periods }),
      ...(moderate ? [adjusted(chosenArima(), { periods })] : []),
      byRatio(traits)(mstl(dynamic(), { periods })),
      adjusted(chosenEts(), { periods: periods.slice(0, 1) }),
      snaive({ period: periods.at(-1)! }),
    ]),
    ...special([
      adjusted(chosenAr(), { periods, window: "periodic" }),
      mstl(robustSes(), { periods, window: "periodic" }),
      snaive(),
    ]),
  ];
}

function intermittent({ zeros, nonnegative, closes }: Traits): Model[] {
  return nonnegative && zeros >= SOME_ZEROS && !closes ? [tsb(), imapa(), croston()] : [];
}
