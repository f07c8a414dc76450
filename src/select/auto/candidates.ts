import type { Model } from "../../core/model.js";
import { drift, mean, naive, snaive } from "../../models/baselines/index.js";
import { fourier, mstl } from "../../models/decomposed/index.js";
import { holt } from "../../models/ets/index.js";
import { croston, imapa, tsb } from "../../models/intermittent/index.js";
import { robustSes } from "../../models/robust/index.js";
import { theta } from "../../models/theta/index.js";
import { log } from "../../models/transformed/index.js";
import type { Candidate } from "../ensemble/members.js";
import {
  adjusted,
  type Choosing,
  type Contender,
  chosenAr,
  chosenArima,
  chosenEts,
  SPECIAL,
  special,
  usual,
  waves,
  weighed,
  within,
} from "./contenders.js";
import type { Year } from "./features/year.js";
import { candidatesOfFew, isWithinASeason, levelling } from "./few-values/candidates.js";
import { quickArima, settledWaves } from "./settled.js";
import type { Traits } from "./traits.js";

/** Up to this many values the candidates are the last value and the mean only. */
const FEW = 2;
/** Up to this many values the candidates have few parameters only. */
export const SHORT = 9;
/** Up to this many values growth at a constant rate is no candidate for long horizons. */
const FEW_FOR_GROWTH = 12;
/** Least numbers of values for an autoregression of selected order and for a damped trend of fixed form. */
const ENOUGH = { forAr: 20, forDamped: 32 };
/** ARIMA models are candidates up to this many values: beyond, they cost more and autoregressions are as accurate. */
const MOST_FOR_ARIMA = 5000;
/** Shares of missing values up to and from which past forecasts are made from a series with its gaps filled. */
const FEW_MISSING = 0.2;
const MOST_MISSING = 0.7;
/** Most rows for ARIMA candidates when so many are missing, as after a mistyped year. */
const MOST_ROWS_MISSING = 1000;
/** Seasons longer than this are taken out by decomposition rather than modelled. */
const LONGEST_MODELLED = 24;
/** Share of zeros from which models of intermittent demand take part. */
const SOME_ZEROS = 0.1;

/** Prior weights of models whose form was selected by likelihood from all values. */
const CHOSEN = { seasonalArima: 2, seasonalEts: 1.5 };
/** Prior weights of autoregressions of series with a cycle, of damped trends, and of last year's values. */
const CYCLIC = 2;
const DAMPED = 1.25;
const SAME_AGAIN = 0.5;
/** Prior weight of a trend that wears off, where slopes show it. */
const SLOWING = 2.5;
/** Prior weights of waves of a year of days: past errors two weeks ahead say little of the year. */
const YEARLY = { likely: 1, clear: 5 };
const A_WEEK = 7;
/** Values from which an autoregression of the seasonally adjusted series has the usual prior weight. */
const LONG = 100;
/** Prior weight of the last value where most values equal the one before. */
const STANDS = 50;
/** Prior weight of theta models of which there are several with similar forecasts, and of the one with all parameters estimated. */
const ALIKE = { plain: 0.5, seasonal: 0.7 };
const OPTIMISED = 1.5;
/** Prior weight of a fixed season as waves with an autoregressive error that was seen so many times: days and hours repeat a pattern, months and quarters less exactly. */
const FIXED_SEASON = { weight: 5, seen: 10 };

/** From this many values on, past forecasts use the form selected from all values: the bias from that is then small. */
const SETTLED = { seasonal: 50, plain: 200, season: 5, years: 12 };
const [MONTHS, QUARTERS] = [12, 4];

const dynamic = (period?: number) =>
  theta({ method: "dynamic", ...(period === undefined ? {} : { period }) });

/**
 * The candidate models for a series with these traits, in the order they are reported. They differ in how they model
 * trend and season, so that their errors differ too. Past errors decide which of them become members.
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

/**
 * Whether past forecasts use the form selected from the whole series. That form was selected with the values that it
 * forecasts there. For quarters, and for months beyond twelve years, this made weights worse (odd ids of the tourism
 * competition).
 */
function settlesOnce({ observed, periods }: Traits): boolean {
  const [period] = periods;
  if (period === undefined) return observed >= SETTLED.plain;
  if (period < SETTLED.season) return false;
  return observed >= SETTLED.seasonal && (period !== MONTHS || observed <= SETTLED.years * MONTHS);
}

function withInputs({ periods }: Traits): Candidate[] {
  const seasonal =
    periods.length > 0
      ? [adjusted(chosenArima(), { periods }), waves(periods[0]!, [1, 0, 1]), waves(periods[0]!, [0, 0, 0])]
      : [];
  return usual([chosenArima(), ...seasonal]);
}

function plain(traits: Traits): Candidate[] {
  const { observed, periods, tooLong } = traits;
  if (traits.line && !traits.constant) return usual([drift()]);
  if (observed <= FEW || traits.constant) return usual([naive(), mean()]);
  if (observed <= SHORT || isWithinASeason(traits)) return candidatesOfFew(traits);
  const seasonal = periods.length > 0 ? seasonalModels(traits) : nonSeasonal(traits);
  const still = traits.still ? weighed(STANDS, [naive()]) : [];
  const unsure = tooLong !== null && observed > tooLong ? barelySeasonal(tooLong) : [];
  return [...seasonal, ...usual([...unsure, ...intermittent(traits)]), ...still];
}

/** Whether ARIMA models are candidates: their cost grows with the number of rows and of gaps. */
function isModerate({ observed, missing }: Traits): boolean {
  const rows = observed / (1 - missing);
  return observed <= MOST_FOR_ARIMA && (missing < MOST_MISSING || rows <= MOST_ROWS_MISSING);
}

/** Whether models on the logarithmic scale are candidates: for positive values; for few of them only if their growth stays near the range of the data. */
const usesRatios = ({ positive, grows, observed }: Traits) =>
  positive && (grows || observed > FEW_FOR_GROWTH);
const byRatio = (traits: Traits) => (usesRatios(traits) ? log : (model: Model) => model);
const ratioOf = (one: Choosing, traits: Traits) => (usesRatios(traits) ? within(one, log) : one);

/** Growth that levels off in place of a level, where a few values grow too fast for logarithms. */
function growthOr(traits: Traits, level: Model): Model {
  return traits.accelerates && traits.positive && !usesRatios(traits) ? log(levelling) : level;
}

function nonSeasonal(traits: Traits): Candidate[] {
  const arimas = isModerate(traits) ? [chosenArima(1)] : [];
  const autoregressions =
    traits.observed >= ENOUGH.forAr
      ? weighed(traits.cyclic ? CYCLIC : SPECIAL, [chosenAr(), ratioOf(chosenAr(), traits)])
      : [];
  const long = traits.observed >= ENOUGH.forAr ? [mean(), robustSes()] : [];
  const damped = traits.observed >= ENOUGH.forDamped ? [holt({ damped: true })] : [];
  return [
    ...(traits.slows ? weighed(SLOWING, [wearing]) : []),
    ...usual(arimas),
    ...((traits.relative && !traits.falls) || (traits.cyclic && usesRatios(traits) && isModerate(traits))
      ? weighed(traits.cyclic ? CYCLIC : 1, [within(chosenArima(1), log)])
      : []),
    ...usual([chosenEts(1)]),
    // Where most values equal the one before there is nothing to estimate.
    ...weighed(OPTIMISED, traits.still ? [] : [theta({ method: "optimised", period: 1 })]),
    ...weighed(ALIKE.plain, usesRatios(traits) ? [log(dynamic(1))] : []),
    ...usual([theta({ period: 1 }), growthOr(traits, naive())]),
    ...weighed(DAMPED, damped),
    ...(traits.falls ? weighed(CHOSEN.seasonalEts, [flattening]) : []),
    ...special([ratioOf(chosenEts(1), traits), ...(traits.slows ? [] : [drift()]), ...long]),
    ...autoregressions,
  ];
}

/** A fall by shares of the level that become smaller: a selected form would often have a share that grows, and widths without end. */
const flattening = log(holt({ damped: true }));

/** A trend that wears off by a tenth each step: likelihood, which sees one step ahead, would choose a slower one. */
const wearing = holt({ damped: true, phi: 0.9 });

/** Between one and two seasons of data: last season's values, or one Fourier pair. */
function barelySeasonal(period: number): Contender[] {
  return [snaive(), waves(period, [0, 1, 1], 1), waves(period, [1, 0, 0], Math.min(2, period >> 1))];
}

function seasonalModels(traits: Traits): Candidate[] {
  const [first, second] = traits.periods;
  const year = first === A_WEEK && traits.year !== null && isModerate(traits) ? yearOfDays(traits.year) : [];
  if (second !== undefined) return [...severalSeasons(traits), ...year];
  return [...(first! > LONGEST_MODELLED ? longSeason(traits) : shortSeason(traits)), ...year];
}

/** Waves of the week and of a year that was seen twice or more: a decomposition of so few years takes their noise for the season. */
function yearOfDays({ period, clear }: Year): Candidate[] {
  const smooth = (order: readonly [number, number, number], pairs: number): Choosing => ({
    model: fourier(quickArima(order), {
      periods: [A_WEEK, period],
      harmonics: [Math.floor(A_WEEK / 2), pairs],
    }),
    settled: settledWaves,
  });
  return weighed(clear ? YEARLY.clear : YEARLY.likely, [smooth([1, 0, 1], 2), smooth([0, 1, 1], 1)]);
}

function shortSeason(traits: Traits): Candidate[] {
  const ratio = byRatio(traits);
  const period = traits.periods[0]!;
  const moderate = isModerate(traits);
  const calendar = period === MONTHS || period === QUARTERS;
  return [
    ...(moderate ? weighed(CHOSEN.seasonalArima, [chosenArima()]) : []),
    ...(traits.relative && !traits.falls ? usual([within(chosenArima(), log)]) : []),
    // Additive forms of a declining series have no lower bound, and their intervals would be far too wide.
    ...weighed(CHOSEN.seasonalEts, [
      traits.falls ? flattening : traits.relative ? within(chosenEts(), log) : chosenEts(),
    ]),
    ...weighed(ALIKE.seasonal, period === MONTHS ? [theta()] : [dynamic(), theta()]),
    ...usual([ratio(mstl(dynamic()))]),
    ...weighed(SAME_AGAIN, [snaive()]),
    ...weighed(traits.cyclic ? CYCLIC : traits.observed >= LONG && !calendar ? 1 : SPECIAL, [
      adjusted(chosenAr(), { window: "periodic" }),
    ]),
    ...weighed(traits.cyclic ? CYCLIC : SPECIAL, [chosenAr()]),
    ...special(isRobustUseful(traits, calendar) ? [mstl(robustSes(), { robust: true })] : []),
    ...(moderate && !calendar && !traits.still
      ? weighed(fixedSeason(traits), [waves(period, [1, 0, 0])])
      : []),
    ...special(
      moderate && calendar && (traits.cyclic || traits.observed <= 3 * period)
        ? [waves(period, [0, 1, 1])]
        : [],
    ),
  ];
}

/** Little weight where the size of the season may have changed with the level, or where a week is not all: the year of these days has waves of its own. */
function fixedSeason({ observed, periods, shifted, year }: Traits): number {
  const all = !shifted && (periods[0] !== A_WEEK || year === null);
  return all && observed >= FIXED_SEASON.seen * periods[0]! ? FIXED_SEASON.weight : SPECIAL;
}

/** Of months and quarters only disturbed ones; never where most positions are closed, so that the median error is 0. */
function isRobustUseful({ disturbed, closed }: Traits, calendar: boolean): boolean {
  return (!calendar || disturbed) && !isMostlyClosed(closed);
}

const isMostlyClosed = (closed: Traits["closed"]) =>
  closed !== null && 2 * closed.positions.length > closed.period;

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
      ...(isMostlyClosed(traits.closed) ? [] : [mstl(robustSes(), { window: "periodic" })]),
      chosenEts(1),
      dynamic(1),
      chosenAr(),
    ]),
    ...(moderate
      ? weighed(fixedSeason(traits), [waves(traits.year?.period ?? traits.periods[0]!, [1, 0, 0])])
      : []),
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
      ...(isMostlyClosed(traits.closed) ? [] : [mstl(robustSes(), { periods, window: "periodic" })]),
      snaive(),
    ]),
  ];
}

function intermittent({ zeros, nonnegative, closes, patterned }: Traits): Model[] {
  return nonnegative && zeros >= SOME_ZEROS && !closes && !patterned ? [tsb(), imapa(), croston()] : [];
}
