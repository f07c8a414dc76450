import type { Series } from "../../../core/series.js";
import { usualPeriods } from "../../../core/time/usual-periods.js";
import { possible } from "../../../diagnostics/advice/possible.js";
import { mstl } from "../../../diagnostics/decomposition/mstl.js";
import { strengths } from "../../../diagnostics/decomposition/strength.js";
import { correlogramChart } from "../../../report/pictures/bars.js";
import type { Figure } from "../../../report/pictures/figure.js";
import { pictureOf } from "../../../report/pictures/picture-of.js";
import type { Correlations, Looked } from "../../inspection.js";
import { seasonalPicture, strengthChart } from "../../output/figures.js";

/** Lags that are drawn. */
const LAGS = 48;

/** The series, its correlations and those of the differenced one, its seasons over each other, and how strong its parts are. */
export function inspectFigures(series: Series, { item, differenced, foundPeriod }: Looked): Figure[] {
  const { id, y } = series;
  const seasoned = foundPeriod === null ? series : { ...series, period: foundPeriod };
  const bars = (name: string, found: Correlations | null) =>
    found === null ? [] : [correlogramChart(`${id}: ${name}`, shortened(found))];
  const periods = (foundPeriod === null ? usualPeriods(series) : [foundPeriod]).filter(
    (period) => period > 1 && y.length > 2 * period,
  );
  const parts = possible(() => mstl(y, periods.length === 0 ? 1 : periods));
  const seasons = seasonalPicture(seasoned);
  return [
    pictureOf(id, series, []),
    ...(seasons === null ? [] : [seasons]),
    ...bars("acf", item.acf),
    ...bars("pacf", item.pacf),
    ...(differenced === null
      ? []
      : [
          ...bars(`acf of the ${differenced.name}`, differenced.acf),
          ...bars(`pacf of the ${differenced.name}`, differenced.pacf),
        ]),
    ...(parts === null ? [] : [strengthChart(`${id}: strength of the parts`, parts, strengths(parts))]),
  ];
}

function shortened({ lags, values, band }: Correlations): Correlations {
  return { lags: lags.slice(0, LAGS), values: values.slice(0, LAGS), band };
}
