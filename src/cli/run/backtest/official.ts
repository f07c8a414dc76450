import { dataError, usageError } from "../../../core/errors.js";
import type { Panel } from "../../../core/series.js";
import { formatFrequency } from "../../../core/time/calendar.js";
import { officialSplit } from "../../../evaluate/official.js";
import type { CsvDecisions } from "../../../io/csv-options.js";
import { chunksOf } from "../../../io/files.js";
import { readCsvChunks } from "../../../io/read-csv.js";
import { largestOf } from "../../../math/extremes.js";
import type { Schedule } from "../../../run/backtest/schedule.js";
import { type Context, pathIn, reportNotes } from "../../context.js";

/** Options that say where to forecast the past from, which a test part fixes. */
const FIXED = ["folds", "step", "gap", "window"] as const;

/**
 * The series with the rows of the test file behind them, read as the training rows were.
 *
 * @throws YuleError `bad-test` for options that a test part fixes, and as `officialSplit` and `readCsv` do.
 */
export async function officialSchedule(
  context: Context,
  file: string,
  panel: Panel,
  decisions: CsvDecisions,
): Promise<Schedule> {
  const { settings, shell } = context;
  const clash = FIXED.find((name) => settings[name] !== undefined);
  if (clash !== undefined) {
    throw usageError(
      "bad-test",
      `--${clash}`,
      settings[clash],
      `With --test the origins are where the training rows end; leave --${clash} out.`,
    );
  }
  const { panel: test, notes } = await readCsvChunks(chunksOf(pathIn(shell, file)), {
    ...asRead(decisions),
    ...(settings.zone === undefined ? {} : { zone: settings.zone }),
    ...(settings.decimal === undefined ? {} : { decimal: settings.decimal }),
    name: file,
  });
  reportNotes(context, "", notes);
  const { joined, without } = officialSplit(panel, test, settings.horizon);
  const longest = largestOf(
    joined.flatMap(({ folds }) => folds.map(({ horizon = 0 }) => horizon)),
    0,
  );
  const leftOut = without.map((id) => ({
    id,
    error: dataError("no-test-rows", id, null, `${file} has no rows of the series ${id}.`),
  }));
  return { scheduled: joined, leftOut, horizon: longest, step: settings.horizon ?? longest };
}

/** The columns of the training file, by the names that were decided on. */
function asRead({ time, values, id, inputs, frequency }: CsvDecisions) {
  return {
    time,
    value: values.length === 1 ? values[0]! : values,
    id: id.length === 0 ? null : id,
    inputs,
    ...(frequency === null ? {} : { frequency: formatFrequency(frequency) }),
  };
}
