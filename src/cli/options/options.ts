import { splitTopLevel } from "../../models/notation.js";
import {
  choice,
  conditions,
  dayWindow,
  duration,
  flag,
  horizon,
  levels,
  list,
  number,
  pathEvents,
  period,
  type Reader,
  text,
  transform,
  whole,
  window,
} from "./readers.js";

export interface OptionSpec<T> {
  /** As commander writes them. */
  readonly flags: string;
  readonly summary: string;
  readonly read: Reader<T>;
  /** What a configuration file may hold for it. */
  readonly kind: "text" | "number" | "list" | "flag";
  /** May be given several times; the values are joined by commas. */
  readonly many?: true;
  /** Accepted, but not in the help: a former name. */
  readonly hidden?: true;
}

function option<T>(
  kind: OptionSpec<T>["kind"],
  flags: string,
  summary: string,
  read: Reader<T>,
  many?: true,
): OptionSpec<T> {
  return { flags, summary, read, kind, ...(many === undefined ? {} : { many }) };
}

const notations: Reader<readonly string[]> = (given, label) =>
  splitTopLevel(given).map((notation) => text(notation, label));

export const FORMATS = ["table", "csv", "json", "ndjson", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** Every option of the command line: the same words are flags, `YULE_*` variables and keys of yule.config.json. */
export const OPTIONS = {
  time: option("text", "--time <column>", "column of times (default: detected)", text),
  value: option(
    "list",
    "--value <columns>",
    "column of values, or several of a wide table: a,b,c",
    list,
    true,
  ),
  id: option("list", "--id <columns>", "column that names the series of a panel", list, true),
  "date-order": option(
    "text",
    "--date-order <order>",
    "dmy, mdy or ymd, for dates such as 03/04/2024 and 03-04-05",
    choice("dmy", "mdy", "ymd"),
  ),
  zone: option("text", "--zone <zone>", "time zone of the times, e.g. Europe/Berlin", text),
  decimal: option("text", "--decimal <mark>", "decimal mark, . or ,", choice(".", ",")),
  na: option(
    "list",
    "--na <value>",
    "number or word that marks a missing value, may be repeated",
    list,
    true,
  ),
  skip: option(
    "number",
    "--skip <lines>",
    "lines before the header (default: detected)",
    whole(0, 1_000_000, "4"),
  ),
  sheet: option("text", "--sheet <name>", "sheet of an Excel workbook, by name or number", text),
  "skip-bad-series": option(
    "flag",
    "--skip-bad-series",
    "leave out series of a panel with a cell or time that cannot be used, instead of refusing the file",
    flag,
  ),
  strip: option("text", "--strip <marks>", 'characters left out beside numbers, e.g. "$€%"', text),
  delimiter: option(
    "text",
    "--delimiter <mark>",
    "delimiter, one of , ; | or tab",
    choice(",", ";", "|", "tab"),
  ),
  period: option("number", "--period <m>", "steps in a season, or auto", period),
  frequency: option(
    "text",
    "--frequency <step>",
    "D B W M Q Y H min S, with a count where not 1: 30min",
    text,
  ),
  aggregate: option(
    "text",
    "--aggregate <how>",
    "sum, mean, median, first, last, min, max or count to the step of --frequency",
    choice("sum", "mean", "median", "first", "last", "min", "max", "count"),
  ),
  partial: option(
    "text",
    "--partial <how>",
    "drop (default) or keep first and last periods that are covered in part",
    choice("drop", "keep"),
  ),
  from: option("text", "--from <time>", "first time used: 2020, 2020-03, 2020-03-15", text),
  to: option("text", "--to <time>", "last time used, a year or month to its end", text),
  last: option("text", "--last <part>", "how much of the end is used: 500 rows, 90d, 12w, 6m, 3y", text),
  only: option("list", "--only <ids>", "series used, by their ids: north,south", list, true),
  where: option(
    "list",
    "--where <condition>",
    'rows used, by a column: "region=North", "price>=10"; may be repeated',
    conditions,
    true,
  ),
  exclude: option(
    "list",
    "--exclude <span>",
    "times whose values become missing: 2020-03..2021-06",
    list,
    true,
  ),
  fill: option(
    "text",
    "--fill <how>",
    "fill missing values in: zero, last or interpolate",
    choice("zero", "last", "interpolate"),
  ),
  hierarchy: option(
    "text",
    "--hierarchy <columns>",
    "forecast sums too, so that all add up: total, region/store, region*product",
    text,
  ),
  reconcile: option(
    "text",
    "--reconcile <how>",
    "how a hierarchy is made to add up: mint (default), ols, bottom-up or top-down",
    choice("mint", "ols", "bottom-up", "top-down"),
  ),
  total: option("flag", "--total", "add the sum of all series as a series of its own", flag),
  model: option(
    "list",
    "-m, --model <notation>",
    "model to fit, may be repeated (default: auto)",
    notations,
    true,
  ),
  inputs: option("list", "--inputs <columns>", "columns of regressors: a,b", list, true),
  future: option("text", "--future <file>", "CSV with the regressors' known future values", text),
  holidays: option(
    "text",
    "--holidays <region>",
    "public holidays as regressors known ahead, by country or region: DE, DE-BY, US",
    text,
  ),
  "holiday-window": option(
    "text",
    "--holiday-window <days>",
    "days before and after a holiday with an effect of their own: -1,1",
    dayWindow,
  ),
  calendar: option(
    "list",
    "--calendar <parts>",
    "regressors of the dates: weekday, month, month-end, trading-days, leap, year-fourier",
    list,
    true,
  ),
  events: option("text", "--events <file>", "CSV of events known ahead: date,name,until", text),
  "inputs-unknown": option(
    "flag",
    "--inputs-unknown",
    "forecast the --inputs of a backtest too, instead of taking what came",
    flag,
  ),
  test: option("text", "--test <file>", "CSV with the held-out rows to forecast", text),
  horizon: option(
    "number",
    "-n, --horizon <steps>",
    "steps ahead (default: two periods, or 10 when not seasonal)",
    horizon,
  ),
  folds: option(
    "number",
    "--folds <count>",
    "origins to forecast from (default: at most 5)",
    whole(1, 1_000_000, "5"),
  ),
  step: option(
    "number",
    "--step <rows>",
    "rows between origins (default: the horizon)",
    whole(1, 1_000_000, "12"),
  ),
  gap: option(
    "number",
    "--gap <rows>",
    "rows between training data and the first scored value (default: 0)",
    whole(0, 1_000_000, "0"),
  ),
  window: option("text", "--window <rows>", "rows to train on, or expanding (default)", window),
  "refit-every": option(
    "number",
    "--refit-every <k>",
    "refit every k folds, update in between (default: 1)",
    whole(1, 1_000_000, "4"),
  ),
  refit: {
    ...option("number", "--refit <k>", "the name of --refit-every in 0.1", whole(1, 1_000_000, "4")),
    hidden: true,
  },
  level: option("list", "--level <percents>", "interval levels (default: 80,95)", levels, true),
  probability: option(
    "list",
    "--probability <event>",
    'how likely it is, from sampled paths: "sum>1000", "max>=80", "any<0"; may be repeated',
    pathEvents,
    true,
  ),
  "include-history": option(
    "flag",
    "--include-history",
    "the observed values with their one-step predictions before the forecast",
    flag,
  ),
  digits: option(
    "number",
    "--digits <count>",
    "decimals of numbers in the result (default: all of them)",
    whole(0, 15, "2"),
  ),
  fitted: option(
    "text",
    "--fitted <file>",
    "write fitted values, residuals and standardised residuals to a file",
    text,
  ),
  paths: option("number", "--paths <count>", "sampled paths", whole(1, 1_000_000, "1000")),
  seed: option(
    "number",
    "--seed <number>",
    "seed of the sampling (default: 1)",
    whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "42"),
  ),
  min: option("number", "--min <x>", "lower bound of point forecasts and intervals", number),
  max: option("number", "--max <x>", "upper bound of point forecasts and intervals", number),
  epochs: option(
    "number",
    "--epochs <count>",
    "most training epochs of a network (deepar)",
    whole(1, 100_000, "50"),
  ),
  "time-budget": option(
    "text",
    "--time-budget <time>",
    "longest training time of a network (deepar): 60s, 5m",
    duration,
  ),
  transform: option(
    "text",
    "--transform <how>",
    "none, log, box-cox, box-cox:LAMBDA (a number, guerrero, likelihood) or auto",
    transform,
  ),
  intervals: option(
    "text",
    "--intervals <how>",
    "auto (default): calibrated by past errors for the model auto only; model: never; conformal: always",
    choice("model", "conformal", "auto"),
  ),
  missing: option(
    "text",
    "--missing <how>",
    "interpolate, keep or error (default: keep where the model supports it)",
    choice("interpolate", "keep", "error"),
  ),
  save: option("text", "--save <file>", "write the fitted models as JSON", text),
  load: option("text", "--load <file>", "use fitted models instead of fitting", text),
  new: option(
    "text",
    "--new <how>",
    "series without a saved model: skip with a warning (default), fit or error",
    choice("skip", "fit", "error"),
  ),
  failures: option(
    "text",
    "--failures <file>",
    "write failed series, each with its reason: .csv or .ndjson",
    text,
  ),
  resume: option("flag", "--resume", "go on where a run with the same -o was stopped", flag),
  sort: option(
    "flag",
    "--no-sort",
    "refuse a large file whose series are not in one piece each, instead of sorting it",
    flag,
  ),
  "safe-csv": option(
    "flag",
    "--safe-csv",
    "put a ' before texts that a spreadsheet would run as formulas",
    flag,
  ),
  all: option(
    "flag",
    "--all",
    "print every row: of a panel, and of anomalies those inside their interval",
    flag,
  ),
  format: option(
    "text",
    "-f, --format <format>",
    "table, csv, json, ndjson or markdown (default: table on a terminal, else csv)",
    choice(...FORMATS),
  ),
  output: option("text", "-o, --output <file>", "write the result to a file", text),
  plot: option("text", "--plot <file>", "draw to a file that ends in .svg, .html or .png", text),
  jobs: option(
    "number",
    "--jobs <count>",
    "worker threads for panels (default: chosen automatically)",
    whole(1, 256, "4"),
  ),
  quiet: option("flag", "-q, --quiet", "hide notes about what was detected; warnings stay", flag),
  verbose: option("flag", "--verbose", "show model searches, and stack traces of errors", flag),
  color: option("flag", "--no-color", "no colours", flag),
} as const satisfies Record<string, OptionSpec<unknown>>;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** What was asked for, whichever way; absent where nothing was said. */
export type Settings = { readonly [N in OptionName]?: ReturnType<(typeof OPTIONS)[N]["read"]> };
