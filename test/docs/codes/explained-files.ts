import type { Explanations } from "./explained.js";

/** Codes whose sentence in the source shows what was found only, or fills in most of it: mainly those of files and times. */
export const EXPLAINED_FILES: Explanations = {
  "all-failed": ["Every series failed.", "Read the reasons in the messages, or with `--failures FILE`."],
  "ambiguous-dates": [
    "The times can be read in several ways, such as 03/04/2024.",
    "Choose with `--date-order dmy` or `mdy`, or with `--frequency`.",
  ],
  "bad-date": ["A record has an invalid `Date`.", "Make each from a text such as 2024-03-15."],
  "bad-frequency": [
    "The times are whole numbers, not dates, so a step of months or days does not apply.",
    "Leave `--frequency` out, or give the season with `--period`.",
  ],
  "bad-hierarchy": [
    "The notation of the hierarchy cannot be read.",
    "Write total, columns that nest such as region/store, or columns that cross such as region*product.",
  ],
  "bad-ids": [
    "An id of a hierarchy lacks one of the columns that the notation names.",
    "Fill in every column; no name may contain a slash.",
  ],
  "bad-inputs": [
    "The series of a panel have different inputs.",
    "Give all series the same inputs in the same order.",
  ],
  "bad-record": ["A record has a cell of another kind.", "Give numbers, texts, `Date` objects or null."],
  "bad-temperature": [
    "The density to the power 1/temperature has no finite integral.",
    "Give the temperature that the message allows.",
  ],
  "bad-time": [
    "A time cannot be read.",
    "Write all as 2024-01-31, 2024-01, 2024 Q1, 2024-W05 or 2024-01-31T05:00, or count rows with `--time none`.",
  ],
  "beyond-approximation": [
    "Royston's p-value is an approximation for up to 5,000 values.",
    "Test the last 5,000 values, or treat the p-value as approximate.",
  ],
  "constant-series": ["", "Leave the series out: it has no correlations."],
  "days-vary": ["The day of the month varies, so each row represents its whole month.", "None is needed."],
  "decline-to-zero": [
    "The best form declines to 0 within the horizon, and the next best was used.",
    "None is needed; `ets(…)` fixes the form.",
  ],
  "empty-file": ["The file is empty.", "Give a file with at least one column of numbers."],
  "empty-window": [
    "A series has no value in the selected part.",
    "Change `--from`, `--to` or `--last`; the message names the range of the series.",
  ],
  "few-errors": ["", "None is needed: MinT uses variances only. More rows would allow correlations."],
  "future-gap": [
    "A row of the future file is missing between others.",
    "Add it: every step to forecast needs its row.",
  ],
  "late-columns": [
    "Some names appear in later records only and were not read.",
    "Give the first record every name.",
  ],
  "likely-sentinel": [
    "A value far from the others, such as -999, may mark missing values.",
    "If it does, give it with `--na`.",
  ],
  "missing-id": ["The id of a row is missing.", "Fill it in, or remove the row."],
  "missing-input": [
    "A future value of a regressor is missing.",
    "Fill it in: every step to forecast needs one.",
  ],
  "newer-model-file": ["A newer version of yule wrote the model file.", "Update yule."],
  "no-new-rows": [
    "The models already include every row of the file.",
    "None is needed: nothing was changed.",
  ],
  "no-outcomes": [
    "top-k and beams need discrete outcomes, such as counts, and the model forecasts a continuous distribution.",
    "Use top-p=0.9, temperature=0.7 or greedy, or a model of counts.",
  ],
  "no-rows": ["The panel has no series.", "Give at least one."],
  "no-value-column": [
    "No column contains only numbers; some have marks such as % or €.",
    "Give the marks with `--strip`.",
  ],
  "not-coarser": [
    "The step to aggregate to is not longer than that of the series.",
    "Give a longer step with `--frequency`.",
  ],
  "not-converged": ["", "Use fewer coefficients: the data may not identify so many."],
  "not-counts": [
    "A model of counts found a value that is not a whole number of at least 0.",
    "Use likelihood=student-t.",
  ],
  "not-over-redis": [
    "The file is not a table of several series as CSV.",
    "Give a long table with a column of ids, or leave `--redis` out.",
  ],
  "off-grid": ["", "Check the time, or fit the model again."],
  "options-changed": [
    "The stopped run had other options.",
    "Give the same ones, or run without `--resume` to start again.",
  ],
  "ragged-row": [
    "A row has another number of cells than the header.",
    "Put quotes around cells that contain the delimiter.",
  ],
  "rows-sorted": ["The rows were not in order of time, and were sorted.", "None is needed."],
  "search-bounded": [
    "The search for orders ended at its limit of models; the best of those tried was used.",
    "None is needed.",
  ],
  "short-series": [
    "A series of a hierarchy ends before the others, so sums with it are missing from there on.",
    "Give rows of 0 for what was closed, or leave it out with `--where`.",
  ],
  "sign-in-number": [
    "The numbers of a column have marks that may stand for multiples, such as 3k.",
    "Write the numbers in full.",
  ],
  "slow-kernel": [
    "WebAssembly is not allowed here, so training runs about thirty times slower with the same numbers.",
    "Allow WebAssembly ('wasm-unsafe-eval' in a Content-Security-Policy).",
  ],
  "step-assumed": [
    "One row does not show the step to the next, so a step was assumed.",
    "Give it with `--frequency`.",
  ],
  "table-ends": [
    "The published table of critical values ends before the statistic.",
    "Read the p-value as a bound.",
  ],
  "test-not-following": [
    "The test part of a series does not begin where its training part ends.",
    "Give the rows between, or correct the times.",
  ],
  "too-many-gaps": [
    "Two times are so far apart that most rows between them are missing.",
    "Correct the time if it is wrong, give the step with `--frequency`, or count rows with `--frequency index`.",
  ],
  "too-many-tokens": [
    "A count is too large for tokens=counts.",
    "Use tokens=quantile or likelihood=negative-binomial.",
  ],
  "unclosed-quote": [
    "A quote is opened and never closed.",
    "Close it, or double it if it belongs to the text.",
  ],
  "unknown-column": ["The file has no column of this name.", "Use the name that the message suggests."],
  "unknown-holidays": [
    "The dates of the holidays are not known for the years of the forecast.",
    "Fit the model again, or give the future values of the regressor.",
  ],
  "unknown-id": ["There is no series of this name.", "Use the name that the message suggests."],
  "unknown-input": [
    "The model was not fitted with an input of this name.",
    "Use one of the names in the message.",
  ],
  "unknown-region": [
    "There are no holidays for this country or region.",
    "Give ISO codes such as DE, DE-BY or US.",
  ],
  "unknown-series": [
    "Rows belong to series that have no model; nothing was changed.",
    "Correct the ids, or use `--new skip` or `--new fit`.",
  ],
  "unknown-sheet": ["The workbook has no sheet of this name.", "Use the name that the message suggests."],
  unsorted: [
    "The rows of a series are in several places of the file.",
    "Sort the file by id, or leave `--no-sort` out.",
  ],
  "value-too-large": [
    "Networks compute in single precision, and a value is beyond it.",
    "Divide the series by a constant.",
  ],
  "wide-gap": ["A gap is much longer than the usual step.", "Correct the time if it is wrong."],
  "zone-unknown": [
    "A short name of a time zone stands for several offsets; times are read as written.",
    "Name the zone, for example `--zone Asia/Kolkata`.",
  ],
  "bad-printout": ["", "Write the numbers one a line, or the table as CSV."],
  "lists-left-out": [
    "A JSON holds lists of several lengths beside each other; those of one were read.",
    "Write the others into a file of their own if they are meant.",
  ],
  "log-of-requests": ["", "Count the requests of each hour or day, and write a table of times and counts."],
  "names-left-out": ["The names of printed values are no times; the values are counted.", "None is needed."],
  "printout-shortened": [
    "A printed table or vector leaves out rows in its middle or at its end.",
    "Write all rows to a file, e.g. with `write.csv` in R or `to_csv` in pandas.",
  ],
};
