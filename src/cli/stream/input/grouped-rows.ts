import { usageError } from "../../../core/errors.js";
import type { CsvResult } from "../../../io/csv-options.js";
import { textOf } from "../../../io/stream/batches.js";
import { type Regrouped, regrouped } from "../../../io/stream/regroup.js";
import { type RowsAt, runsOf } from "../../../io/stream/runs.js";
import { type Survey, surveyOf } from "../../../io/stream/survey.js";
import { type Context, reportNotes } from "../../context.js";
import { readingOf, stepText } from "../../data.js";
import { onEnd } from "../../places/guard.js";
import type { Source } from "./source.js";

/** Rows of a file by series, each series in one piece. */
export type GroupedRows = Omit<Regrouped, "runs"> & { readonly runs: () => ReturnType<typeof runsOf> };

/**
 * The rows as they stand in the file, or brought together on the disk, which is told.
 *
 * @throws YuleError `unsorted` where they would have to be brought together, with --no-sort.
 */
export async function groupedRows(context: Context, source: Source, rows: RowsAt): Promise<GroupedRows> {
  const survey = await surveyOf(source.open, rows);
  if (survey.grouped) return { ...survey, runs: () => runsOf(source.open(), rows), end: () => {} };
  tellUnsorted(context, source, survey);
  const sorted = await regrouped(source.open, rows);
  const forget = onEnd(sorted.end);
  return {
    ...sorted,
    end() {
      sorted.end();
      forget();
    },
  };
}

function tellUnsorted({ settings, decided }: Context, { name, whole }: Source, { again }: Survey): void {
  if (whole && settings.sort !== false) return;
  const id = textOf(again ?? "");
  const what = `${name} has the series ${id} in more than one place`;
  if (settings.sort === false) {
    throw usageError(
      "unsorted",
      "no-sort",
      id,
      `${what}; sort its rows by the id, or leave --no-sort out to have them sorted on the disk.`,
    );
  }
  decided(`${what}; its rows are brought together in the folder for temporary files first.`);
}

/** Says how the file is read. */
export function reportReading(
  context: Context,
  { name, whole }: Source,
  { decisions, notes }: Pick<CsvResult, "decisions" | "notes">,
  series: number,
): void {
  const how = whole ? `Read ${decisions.rows} rows of ${name}` : `Reading ${name} series by series`;
  context.decided(`${how}: ${readingOf(decisions)}.`);
  const season = decisions.period === 1 ? "no season" : `period ${decisions.period}`;
  context.decided(`${stepText(decisions.frequency)}, ${series} series, ${season}.`);
  reportNotes(context, "", notes);
}
