import type { CommandSpec } from "../command.js";
import { COMMON, DATA, MODEL, PANELS, SUMS } from "../options/groups.js";
import { streamed } from "./streamed.js";

export const forecastCommand: CommandSpec = {
  name: "forecast",
  arguments: "[file]",
  summary: "fit (or load) a model and forecast",
  description:
    "Forecasts every series of FILE, with prediction intervals. FILE is CSV, JSON, Parquet, Arrow or Excel, or - for standard input.",
  options: [
    "horizon",
    "level",
    ...MODEL,
    "paths",
    "probability",
    "include-history",
    "digits",
    "future",
    ...DATA,
    ...SUMS,
    ...PANELS,
    "all",
    "plot",
    ...COMMON,
  ],
  examples: [
    "yule forecast sales.csv",
    'yule forecast sales.csv -n 12 --model "ar(3)" --model snaive --level 50,80,95',
    "yule forecast sales.csv --transform log --plot sales.svg --save model.json",
    "yule forecast shops.csv --hierarchy region/shop",
    "yule forecast --load model.json -n 6 --format json",
    'yule forecast sales.csv -n 12 --probability "sum>1000" --probability "any<0" --digits 2',
  ],
  load: () => streamed("forecast", async () => (await import("../run/forecast.js")).runForecast),
};
