import { ENCODINGS } from "../../io/csv-options.js";
import { type OptionSpec, option } from "./option.js";
import { choice, conditions, flag, list, oneOf, period, text, whole } from "./readers.js";

/** Options that say which data is read, how it is written, and what of it is used at which step. */
export const DATA_OPTIONS = {
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
  strip: option("text", "--strip <marks>", 'characters to ignore beside numbers, e.g. "$€%"', text),
  encoding: option(
    "text",
    "--encoding <name>",
    "encoding of the file, e.g. shift_jis (default: detected)",
    oneOf(ENCODINGS),
  ),
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
    "forecast sums too, coherently: total, region/store, region*product",
    text,
  ),
  reconcile: option(
    "text",
    "--reconcile <how>",
    "reconciliation of a hierarchy: mint (default), ols, bottom-up or top-down",
    choice("mint", "ols", "bottom-up", "top-down"),
  ),
  total: option("flag", "--total", "add the sum of all series as a series of its own", flag),
} as const satisfies Record<string, OptionSpec<unknown>>;
