import { splitTopLevel } from "../../models/notation.js";
import { CLUSTER_OPTIONS } from "./cluster-options.js";
import { DATA_OPTIONS } from "./data-options.js";
import { type OptionSpec, option } from "./option.js";
import {
  choice,
  dayWindow,
  decoding,
  duration,
  files,
  flag,
  horizon,
  levels,
  list,
  number,
  pathEvents,
  type Reader,
  text,
  transform,
  whole,
  window,
} from "./readers.js";

const notations: Reader<readonly string[]> = (given, label) =>
  splitTopLevel(given).map((notation) => text(notation, label));

export const FORMATS = ["table", "csv", "json", "ndjson", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** Every option of the command line: the same words are flags, `YULE_*` variables and keys of yule.config.json. */
export const OPTIONS = {
  ...DATA_OPTIONS,
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
    "public holidays as regressors known in advance, by country or region: DE, DE-BY, US",
    text,
  ),
  "holiday-window": option(
    "text",
    "--holiday-window <days>",
    "days around a holiday with separate effects: -1,1",
    dayWindow,
  ),
  calendar: option(
    "list",
    "--calendar <parts>",
    "regressors of the dates: weekday, month, month-end, trading-days, leap, year-fourier",
    list,
    true,
  ),
  events: option("text", "--events <file>", "CSV of events known in advance: date,name,until", text),
  "inputs-unknown": option(
    "flag",
    "--inputs-unknown",
    "in a backtest, use seasonal naive values of --inputs instead of the observed ones",
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
  decode: option(
    "text",
    "--decode <how>",
    "how each value is chosen: greedy, temperature=T, top-k=K, top-p=P, or beam=W for whole paths (default: sampled)",
    decoding,
  ),
  draft: option(
    "text",
    "--draft <model>",
    "a fast model that proposes values, which the model accepts or corrects (same distribution), e.g. pooled",
    text,
  ),
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
    "most training epochs of a network (deepar, wavenet, …)",
    whole(1, 100_000, "50"),
  ),
  "time-budget": option(
    "text",
    "--time-budget <time>",
    "longest training time of a network (deepar, wavenet, …): 60s, 5m",
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
  effort: option(
    "text",
    "--effort <how>",
    "normal (default), or high: auto also learns from all series of a panel together, which takes minutes",
    choice("normal", "high"),
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
  resume: option("flag", "--resume", "continue a stopped run with the same -o", flag),
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
  plot: option(
    "list",
    "--plot <file>",
    "draw to a file that ends in .svg, .html or .png, may be repeated",
    files,
    "\n",
  ),
  jobs: option(
    "number",
    "--jobs <count>",
    "worker threads for panels (default: chosen automatically)",
    whole(1, 256, "4"),
  ),
  ...CLUSTER_OPTIONS,
  quiet: option("flag", "-q, --quiet", "hide notes about what was detected; warnings stay", flag),
  verbose: option("flag", "--verbose", "show model searches, and stack traces of errors", flag),
  color: option("flag", "--no-color", "no colours", flag),
} as const satisfies Record<string, OptionSpec<unknown>>;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** What was asked for, whichever way; absent where nothing was said. */
export type Settings = { readonly [N in OptionName]?: ReturnType<(typeof OPTIONS)[N]["read"]> };
