import { requireOptions } from "../../core/arguments/options.js";
import { requireLevel } from "../../core/checks.js";
import { type Forecast, interval, requireForecast } from "../../core/forecast.js";
import { requireSeries, type Series } from "../../core/series.js";
import type { Picture } from "./picture.js";
import { pictureOf } from "./picture-of.js";

export interface ForecastSvgOptions {
  /** Stands above the chart; default: the id of the series. */
  readonly title?: string;
  /** Percent, ascending; default 80 and 95. */
  readonly levels?: readonly number[];
  /** What the values are, for the axis; default `value`. */
  readonly valueName?: string;
  /** What the times are, for the axis; default `time`, or `row` where there are none. */
  readonly timeName?: string;
}

/**
 * A fan chart as SVG text: a series, and one or several forecasts of it with nested intervals.
 *
 * @param forecasts what `forecast(fitted)` returns, or an array of it: one line and its bands each, named in the legend.
 * @returns the text of an SVG.
 * @throws YuleError `not-a-series`, `not-a-forecast`, `bad-level`, `unknown-option`.
 * @example
 * import { writeFile } from "node:fs/promises";
 * await writeFile("sales.svg", await forecastSvg(sales, forecast(fitted), { valueName: "sales in kg" }));
 */
export async function forecastSvg(
  series: Series,
  forecasts: Forecast | readonly Forecast[],
  options: ForecastSvgOptions = {},
): Promise<string> {
  requireSeries(series, "forecastSvg draws");
  requireOptions("forecastSvg", options, {
    title: "text",
    levels: "numbers",
    valueName: "text",
    timeName: "text",
  });
  const { levels = [80, 95], title = series.id, valueName, timeName } = options;
  for (const level of levels) requireLevel(level);
  const all: readonly Forecast[] = Array.isArray(forecasts) ? forecasts : [forecasts as Forecast];
  for (const ahead of all) requireForecast(ahead, "forecastSvg draws");
  const drawn = all.map((ahead) => ({
    name: ahead.notation,
    mean: ahead.mean,
    bands: levels.map((level) => ({ level, ...interval(ahead, level) })),
    origin: originOf(series),
  }));
  const picture: Picture = {
    ...pictureOf(title, series, drawn),
    ...(valueName === undefined ? {} : { valueName }),
    ...(timeName === undefined ? {} : { timeName }),
  };
  return (await import("./svg.js")).svgText([picture]);
}

function originOf({ id, y, period, time }: Series) {
  return { id, length: y.length, period, time, inputNames: [] };
}
