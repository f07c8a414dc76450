import type { Series } from "../../core/series.js";
import { stepNames } from "../../core/time/season-names.js";
import { acf } from "../../diagnostics/correlation/acf.js";
import type { SeasonsResult } from "../../diagnostics/decomposition/seasons.js";
import type { Strengths } from "../../diagnostics/decomposition/strength.js";
import { type BarChart, correlogramChart, histogramChart } from "../../report/pictures/bars.js";
import type { Figure } from "../../report/pictures/figure.js";
import type { Picture } from "../../report/pictures/picture.js";
import { pictureOf } from "../../report/pictures/picture-of.js";
import { correlationsOf } from "../inspection.js";
import { spanNamed } from "./span-names.js";

/** Lags of a correlogram that is drawn. */
const LAGS = 36;
/** Seasons that a seasonal plot shows, the last ones. */
const SEASONS = 8;
/** Longer seasons are no seasonal plot that one could read. */
const LONGEST = 400;

/** Residuals `y` over time, their correlations, and their histogram with the normal curve. */
export function residualFigures(series: Series, y: Float64Array, model: string): Figure[] {
  const over: Picture = {
    ...pictureOf(`${series.id}: residuals of ${model}`, { ...series, y }, []),
    valueName: "observed − predicted",
  };
  const known = y.filter(Number.isFinite);
  if (known.length === 0) return [];
  const histogram = histogramChart(`${series.id}: distribution of the residuals`, known);
  return [
    over,
    ...(histogram === null ? [] : [acfChart(`${series.id}: acf of the residuals`, y, series.period)]),
    ...(histogram === null ? [] : [histogram]),
  ];
}

function acfChart(title: string, y: Float64Array, period: number): BarChart {
  const maxLag = Math.min(y.length - 1, Math.max(LAGS, Math.min(2 * period, 4 * LAGS)));
  return correlogramChart(title, correlationsOf(acf(y, { maxLag })));
}

/** The series itself, then its trend, seasons and remainder. */
export function partPictures(series: Series, { trend, seasons, remainder }: SeasonsResult): Picture[] {
  const part = (name: string, y: Float64Array) => pictureOf(`${series.id}: ${name}`, { ...series, y }, []);
  return [
    pictureOf(series.id, series, []),
    part("trend", trend),
    ...seasons.map(({ period, values }) => part(`season of ${period}`, values)),
    part("remainder", remainder),
  ];
}

/** How much trend and seasons explain, from 0 to 1. */
export function strengthChart(title: string, { seasons }: SeasonsResult, strengths: Strengths): BarChart {
  const names = ["trend", ...seasons.map(({ period }) => `season of ${period}`)];
  return {
    kind: "bars",
    title,
    xName: "part",
    yName: "strength: 0 none, 1 all",
    x: names.map((_, at) => at),
    labels: names,
    values: [strengths.trend, ...strengths.seasons],
    band: null,
    curve: null,
  };
}

/** The last seasons over each other, one line a season; null where there are not two of them. */
export function seasonalPicture(series: Series): Picture | null {
  const { y, period, id } = series;
  const count = Math.min(SEASONS, Math.floor(y.length / period));
  if (period < 2 || period > LONGEST || count < 2) return null;
  const whole = pictureOf(id, series, []);
  const first = y.length - count * period;
  const steps = stepNames(series.time, period);
  const curves = Array.from({ length: count }, (_, at) => {
    const from = first + at * period;
    const name = spanNamed(whole.times[from]!, whole.times[from + period - 1]!);
    return { name, from: 0, mean: y.slice(from, from + period), bands: [] };
  });
  return {
    title: `${id}: the last ${count} seasons of ${period}`,
    times: Array.from({ length: period }, (_, at) => steps?.names(first + at) ?? String(at + 1)),
    instants: null,
    history: [],
    curves: curves.toReversed(),
    timeName: steps?.title ?? "step of the season",
  };
}
